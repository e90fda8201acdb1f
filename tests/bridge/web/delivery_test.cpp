// A delivery on its whole way: socket, server, router, proof, wake.
#include <doctest/doctest.h>

#include "bridge/http/server.hpp"
#include "bridge/web/api_answers.hpp"
#include "tests/bridge/http/web_client.hpp"
#include "tests/bridge/web/hook_world.hpp"

namespace cb {

namespace {

std::string head(const std::string& path, const std::string& more) {
  return "POST " + path + " HTTP/1.1\r\nHost: bridge.vendor.example\r\nConnection: close\r\n" + more + "\r\n";
}

std::string chunks(const std::string& body) {
  std::string text;
  for (const char c : body) text += "1\r\n" + std::string(1, c) + "\r\n";
  return text + "0\r\n\r\n";
}

}  // namespace

TEST_CASE("a delivery reaches the wake as it was signed, however its body travels") {
  HookWorld world;
  WebServerOptions options;
  options.listen = "127.0.0.1:0";
  options.turned_away = [&](const std::string& path, const WebAnswer& answer) { world.turn_away(path, answer); };
  auto server = WebServer::open(
      options, [&](const WebRequest& request) { return world.answer(request); }, [](const std::string&) {});
  REQUIRE(server);
  const auto port = (*server)->port();
  const auto sign = "X-Hub-Signature: " + hmac(k_secret, k_jira_body) + "\r\n";
  const auto length = "Content-Length: " + std::to_string(k_jira_body.size()) + "\r\n";
  CHECK(WebClient(port).ask(head("/webhooks/jira", sign + length) + k_jira_body).starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(WebClient(port)
            .ask(head("/webhooks/jira", sign + "Transfer-Encoding: chunked\r\n") + chunks(k_jira_body))
            .starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(world.woken == std::vector<std::string>{"jira#10068", "jira#10068"});
  // A byte more, and it is not what was signed.
  const auto changed =
      WebClient(port).ask(head("/webhooks/jira", sign + "Transfer-Encoding: chunked\r\n") + chunks(k_jira_body + "\n"));
  CHECK(changed.starts_with("HTTP/1.1 401 Unauthorized\r\n"));
  const auto huge = WebClient(port).ask(head("/webhooks/jira", sign + "Content-Length: 1048577\r\n"));
  CHECK(huge.starts_with("HTTP/1.1 413 Content Too Large\r\n"));
  CHECK(huge.ends_with("The body is longer than 1048576 bytes; that is the most.\n"));
  CHECK(world.log().find("webhook delivery not taken, answered 413") != std::string::npos);
  // Line breaks reach neither an answer's head nor the log, whichever way they come.
  for (const auto* path : {"/webhooks/harmony/x%0d%0aSet-Cookie:%20a=b", "/webhooks/harmony%0d%0aSet-Cookie:%20a=b",
                           "/webhooks/harmony/x%0aSet-Cookie:%20a=b"}) {
    CAPTURE(path);
    const auto answer = WebClient(port).ask(head(path, "X-Bridge-Secret: a%0d%0aSet-Cookie: b\r\n"));
    CHECK(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    CHECK(answer.find("Set-Cookie") == std::string::npos);
  }
  (*server)->stop();
  CHECK(world.woken.size() == 2);
  CHECK(world.log().find("Set-Cookie") == std::string::npos);
  CHECK(world.log().find(k_secret) == std::string::npos);
}

TEST_CASE("what is refused before a handler sees it is told in the API's words below its addresses alone") {
  WebServerOptions options;
  options.listen = "127.0.0.1:0";
  options.words = [](const std::string& path, WebAnswer answer) { return in_api_words(path, std::move(answer)); };
  auto server = WebServer::open(
      options, [](const WebRequest&) -> WebAnswer { throw std::runtime_error("broken"); }, [](const std::string&) {});
  REQUIRE(server);
  const auto asked = [&](const std::string& path, const std::string& headers) {
    return WebClient((*server)->port()).ask(head(path, headers));
  };
  const std::string problem = "Content-Type: application/problem+json\r\n";
  struct Row {
    std::string headers;
    std::string status;
    std::string title;
  };
  const Row rows[] = {
      {"Content-Length: 1048577\r\n", "413 Content Too Large", "Content Too Large"},
      {"Content-Encoding: gzip\r\n", "415 Unsupported Media Type", "Unsupported Media Type"},
      {"Expect: x\r\n", "417 Expectation Failed", "Expectation Failed"},
      {"Transfer-Encoding: gzip\r\n", "501 Not Implemented", "Not Implemented"},
      {"", "500 Internal Server Error", "Internal Server Error"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.status);
    const auto answer = asked("/api/v1/evaluate", row.headers);
    CHECK(answer.starts_with("HTTP/1.1 " + row.status + "\r\n"));
    CHECK(answer.find(problem) != std::string::npos);
    CHECK(answer.find("\"title\":\"" + row.title + "\"") != std::string::npos);
    CHECK(asked("/webhooks/jira", row.headers).find("Content-Type: text/plain") != std::string::npos);
  }
  (*server)->stop();
}

}  // namespace cb
