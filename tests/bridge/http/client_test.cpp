#include "bridge/http/client.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "local_server.hpp"

namespace cb {

namespace {

using namespace std::chrono_literals;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

HttpRequest get(const std::string& target) {
  return {"GET", target, {{"X-Redmine-API-Key", "SECRET"}}, {}};
}

HttpOptions options_for(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return options;
}

// The error of a request that must fail; no secret in it, whatever it was.
Error error_of_get(const HttpOptions& options, const std::string& target = "/x?key=SECRET") {
  const auto client = make_http_client(options);
  const auto answer = client->send(get(target));
  if (answer) return {ErrorKind::bad_reply, "(answered " + std::to_string(answer->status) + ")", {}};
  CHECK(!has(answer.error().what, "SECRET"));
  CHECK(!has(answer.error().what, "key="));
  return answer.error();
}

// A server that sends exactly these bytes to whoever connects and hangs up, or keeps silent.
class RawServer {
 public:
  explicit RawServer(std::string bytes, bool hang_up = true) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_, 4) == 0);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, bytes = std::move(bytes), hang_up] {
      const int peer = ::accept(socket_, nullptr, nullptr);
      if (peer < 0) return;
      char buffer[4096];
      if (::recv(peer, buffer, sizeof buffer, 0) > 0) ::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      // Until the client gives up, where it is kept waiting.
      while (!hang_up && ::recv(peer, buffer, sizeof buffer, 0) > 0) continue;
      ::close(peer);
    });
  }
  ~RawServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE("request and answer pass as they are, below the address's path") {
  LocalServer server;
  for (const auto* slash : {"", "/"}) {
    auto options = options_for(server.url() + "/redmine" + slash);
    options.user_agent = "contract-bridge/1";
    const auto client = make_http_client(options);
    const auto answer = client->send(
        {"PUT", "/echo?a=%3E%3D1&b=*", {{"Content-Type", "application/json"}, {"X-Test", "1"}}, "{\"a\":1}"});
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(header(*answer, "content-type") == "text/plain");
    CHECK(has(answer->body, "PUT /redmine/echo?a=%3E%3D1&b=*\n"));
    CHECK(has(answer->body, "Content-Type: application/json\n"));
    CHECK(has(answer->body, "Accept: application/json\n"));
    CHECK(has(answer->body, "User-Agent: contract-bridge/1\n"));
    CHECK(has(answer->body, "X-Test: 1\n"));
    CHECK(has(answer->body, "\n\n{\"a\":1}"));
  }
}

TEST_CASE("every status is an answer, with its body") {
  LocalServer server;
  const auto client = make_http_client(options_for(server.url()));
  for (const int status : {204, 401, 404, 422, 500, 503}) {
    CAPTURE(status);
    const auto answer = client->send(get("/status/" + std::to_string(status)));
    REQUIRE(answer.has_value());
    CHECK(answer->status == status);
    if (status != 204) CHECK(answer->body == "body");
  }
}

TEST_CASE("one connection serves many requests") {
  LocalServer server;
  const auto client = make_http_client(options_for(server.url()));
  std::string first;
  for (int i = 0; i < 20; ++i) {
    const auto answer = client->send(get("/port"));
    REQUIRE(answer.has_value());
    if (i == 0) first = answer->body;
    CHECK(answer->body == first);
  }
}

TEST_CASE("a connection that the server closed while it was idle costs nothing") {
  const auto file = std::filesystem::temp_directory_path() / ("cb-idle-" + std::to_string(::getpid()) + ".pem");
  const auto certificate = SelfSigned::make("localhost", file);
  LocalServer plain;
  LocalServer tls(certificate);
  for (const auto* server : {&plain, &tls}) {
    for (const auto idle : {100ms, 60'000ms}) {
      CAPTURE(server->url());
      CAPTURE(idle.count());
      auto options = options_for(server->url());
      options.idle = idle;
      if (server == &tls) options.ca_file = file;
      const auto client = make_http_client(options);
      CHECK(client->send(get("/bytes/5")).has_value());
      std::this_thread::sleep_for(1500ms);  // longer than the server keeps a connection
      const auto answer = client->send(get("/bytes/5"));
      if (!answer) FAIL_CHECK(answer.error().what);
    }
  }
  std::filesystem::remove(file);
}

TEST_CASE("a redirect is an answer and not followed") {
  LocalServer server;
  const auto client = make_http_client(options_for(server.url()));
  const auto answer = client->send(get("/redirect"));
  REQUIRE(answer.has_value());
  CHECK(answer->status == 302);
  CHECK(header(*answer, "Location") == "http://other.example/login");
  CHECK(has(error_of(*answer, "x").what, "it points to http://other.example/login"));
}

TEST_CASE("more than is read: announced, chunked, and small only while packed") {
  LocalServer server;
  struct Row {
    const char* name;
    const char* target;
    std::size_t limit;
    bool fits;
  };
  const Row rows[] = {
      {"at the limit", "/bytes/1000", 1000, true},           {"one above", "/bytes/1001", 1000, false},
      {"chunked at the limit", "/chunked/1000", 1000, true}, {"chunked above", "/chunked/1001", 1000, false},
      {"packed", "/packed/1000000", 1'000'000, true},        {"packed bomb", "/packed/1000001", 1'000'000, false}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto options = options_for(server.url());
    options.largest_body = row.limit;
    const auto answer = make_http_client(options)->send(get(row.target));
    CHECK(answer.has_value() == row.fits);
    if (row.fits && answer) CHECK(answer->body.size() == row.limit);
    if (!row.fits && !answer) {
      CHECK(answer.error().kind == ErrorKind::bad_reply);
      CHECK(has(answer.error().what, "sends more than the " + std::to_string(row.limit) + " bytes"));
    }
  }
}

TEST_CASE("the same client goes on after a failure") {
  LocalServer server;
  auto options = options_for(server.url());
  options.largest_body = 100;
  const auto client = make_http_client(options);
  CHECK(!client->send(get("/bytes/5000")).has_value());
  CHECK(client->send(get("/bytes/50")).has_value());
}

TEST_CASE("half an answer is none") {
  struct Row {
    const char* name;
    std::string bytes;
  };
  const Row rows[] = {{"nothing", ""},
                      {"half a status line", "HTTP/1.1 2"},
                      {"half the headers", "HTTP/1.1 200 OK\r\nContent-Le"},
                      {"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"issues\":["},
                      {"half a chunked body", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"iss"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const RawServer server(row.bytes);
    const auto error = error_of_get(options_for(server.url()));
    CHECK(error.kind == ErrorKind::retry_later);
    CHECK(has(error.what, "broke the connection off before its answer was complete"));
    CHECK_FALSE(error.unanswered);
  }
}

TEST_CASE("where the status is enough, it counts whatever becomes of the body, and without it nothing does") {
  struct Row {
    const char* name;
    std::string bytes;
    bool hangs_up;
    int status;  // 0: no answer
  };
  const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
  const Row rows[] = {
      {"announced too long", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", false, 200},
      {"too long", "HTTP/1.1 202 Accepted\r\n" + chunked + "100\r\n" + std::string(256, 'x') + "\r\n", false, 202},
      {"too slow", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx", false, 200},
      {"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx", true, 200},
      {"no status to be glad of", "HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 50\r\n\r\nx", true, 503},
      {"half the headers", "HTTP/1.1 200 OK\r\nContent-Le", true, 0},
      {"half the headers, and silence", "HTTP/1.1 200 OK\r\nContent-Le", false, 0}};
  for (const auto& row : rows) {
    for (const bool enough : {true, false}) {
      CAPTURE(row.name);
      CAPTURE(enough);
      const RawServer server(row.bytes, row.hangs_up);
      auto options = options_for(server.url());
      options.largest_body = 100;
      options.read = 200ms;
      options.status_is_enough = enough;
      const auto answer = make_http_client(options)->send({"POST", "/hook", {}, "{}"});
      REQUIRE(answer.has_value() == (enough && row.status != 0));
      if (!answer) continue;
      CHECK(answer->status == row.status);
      CHECK(answer->body.size() <= options.largest_body);
      if (row.status == 503) CHECK(header(*answer, "Retry-After") == "7");
    }
  }
}

TEST_CASE("where the status is enough, a body that drips is left after its time, and the next answer is its own") {
  LocalServer server;
  auto options = options_for(server.url());
  options.total = 200ms;
  options.status_is_enough = true;
  const auto client = make_http_client(options);
  const auto answer = client->send(get("/drip"));
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  const auto next = client->send(get("/status/404"));
  REQUIRE(next.has_value());
  CHECK(next->status == 404);
  CHECK(next->body == "body");
}

TEST_CASE("a server that keeps silent, and one that drips for ever") {
  {
    const RawServer server("", false);
    auto options = options_for(server.url());
    options.read = 200ms;
    const auto error = error_of_get(options);
    CHECK(error.kind == ErrorKind::retry_later);
    CHECK(has(error.what, "did not answer within 200 ms"));
    CHECK(error.unanswered);
  }
  LocalServer server;
  auto options = options_for(server.url());
  options.total = 200ms;
  const auto error = error_of_get(options, "/drip");
  CHECK(error.kind == ErrorKind::retry_later);
  CHECK(has(error.what, "did not finish its answer within 200 ms"));
  CHECK(error.unanswered);
}

TEST_CASE("whoever is interrupted comes back at once, on a connection in use as on a new one, and asks nobody again") {
  for (const std::string where : {"reused", "new", "in the TLS handshake"}) {
    CAPTURE(where);
    const bool reused = where == "reused";
    LocalServer server;
    const RawServer silent("", false);
    const auto scheme = where == "new" ? "http" : "https";
    const auto client = make_http_client(options_for(reused ? server.url() : scheme + silent.url().substr(4)));
    if (reused) REQUIRE(client->send({"GET", "/", {}, ""}).has_value());
    std::atomic<bool> back = false;
    std::thread waiting([&] {
      const auto answer = client->send({"GET", reused ? "/slow" : "/", {}, ""});
      CHECK_FALSE(answer.has_value());
      back = true;
    });
    std::this_thread::sleep_for(200ms);
    const auto began = std::chrono::steady_clock::now();
    while (!back && std::chrono::steady_clock::now() - began < 5s) {
      client->interrupt();
      std::this_thread::sleep_for(10ms);
    }
    CHECK(std::chrono::steady_clock::now() - began < 2s);
    waiting.join();
    const auto later = client->send({"GET", "/", {}, ""});
    REQUIRE_FALSE(later.has_value());
    CHECK(later.error().kind == ErrorKind::retry_later);
    CHECK(has(later.error().what, "the program is ending"));
  }
}

TEST_CASE("a head that drips is broken off by whoever looks after requests, and no other request is") {
  const RawServer dripping("HTTP/1.1 200 OK\r\nContent-", false);
  auto options = options_for(dripping.url());
  options.total = 200ms;
  const auto client = make_http_client(options);
  client->break_off_late();
  std::optional<Error> error;
  std::atomic<bool> back = false;
  std::thread waiting([&] {
    const auto answer = client->send({"GET", "/", {}, ""});
    if (!answer) error = answer.error();
    back = true;
  });
  const auto began = std::chrono::steady_clock::now();
  while (!back && std::chrono::steady_clock::now() - began < 5s) {
    client->break_off_late();
    std::this_thread::sleep_for(10ms);
  }
  waiting.join();
  CHECK(std::chrono::steady_clock::now() - began >= 200ms);
  REQUIRE(error.has_value());
  CHECK(error->kind == ErrorKind::retry_later);
  CHECK(has(error->what, "did not finish its answer within 200 ms"));
}

TEST_CASE("nobody there") {
  const auto refused = error_of_get(options_for("http://127.0.0.1:1"));
  CHECK(refused.kind == ErrorKind::retry_later);
  CHECK(has(refused.what, "http://127.0.0.1:1 cannot be reached: the connection was refused"));
  const auto unknown = error_of_get(options_for("http://no-such-host.invalid"));
  CHECK(unknown.kind == ErrorKind::retry_later);
  CHECK(has(unknown.what, "the host name no-such-host.invalid is unknown"));
}

TEST_CASE("TLS: only a certificate that is trusted and made for this host") {
  const auto folder = std::filesystem::temp_directory_path() / ("cb-tls-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto good = SelfSigned::make("localhost", folder / "good.pem");
  const auto other = SelfSigned::make("other.example", folder / "other.pem");
  {
    LocalServer server(good);
    auto options = options_for(server.url());
    const auto untrusted = error_of_get(options);
    CHECK(untrusted.kind == ErrorKind::denied);
    CHECK(has(untrusted.what, "cannot be trusted (self"));
    CHECK(has(untrusted.what, "ca_file"));
    options.ca_file = good.file;
    const auto answer = make_http_client(options)->send(get("/bytes/5"));
    REQUIRE(answer.has_value());
    CHECK(answer->body.size() == 5);
    options.ca_file = other.file;
    CHECK(error_of_get(options).kind == ErrorKind::denied);
  }
  {
    LocalServer server(other);
    auto options = options_for(server.url());
    options.ca_file = other.file;
    const auto wrong = error_of_get(options);
    CHECK(wrong.kind == ErrorKind::denied);
    CHECK(has(wrong.what, "is for another host than localhost"));
  }
  {
    LocalServer server(SelfSigned::make("localhost", folder / "old.pem", -1));
    auto options = options_for(server.url());
    options.ca_file = folder / "old.pem";
    const auto expired = error_of_get(options);
    CHECK(expired.kind == ErrorKind::denied);
    CHECK(has(expired.what, "expired"));
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("TLS where none is spoken, and certificate files that are none") {
  LocalServer server;
  const auto error = error_of_get(options_for("https://127.0.0.1:" + std::to_string(server.port())));
  CHECK(error.kind == ErrorKind::retry_later);
  CHECK(has(error.what, "does this port speak https?"));
  auto options = options_for("https://127.0.0.1:" + std::to_string(server.port()));
  options.ca_file = "/no/such/file.pem";
  const auto missing = error_of_get(options);
  CHECK(missing.kind == ErrorKind::denied);
  CHECK(has(missing.what, "/no/such/file.pem cannot be read"));
  options.ca_file = std::string(CB_TEST_DATA) + "/broken.json";
  const auto no_pem = error_of_get(options);
  CHECK(no_pem.kind == ErrorKind::denied);
  CHECK(has(no_pem.what, "a PEM file with certificates is expected"));
}

TEST_CASE("nothing that would become a second header or request is sent") {
  LocalServer server;
  const auto client = make_http_client(options_for(server.url()));
  const HttpRequest rows[] = {{"GET", "/echo\r\nX-Evil: 1", {}, {}},
                              {"GET", "/echo HTTP/1.1", {}, {}},
                              {"GET", "echo", {}, {}},
                              {"GET", "", {}, {}},
                              {"GET /", "/echo", {}, {}},
                              {"GET", "/echo", {{"X-A", "SECRET\r\nX-Evil: 1"}}, {}},
                              {"GET", "/echo", {{"X-A: b\nX-Evil", "1"}}, {}},
                              {"GET", "/echo", {{"", "1"}}, {}}};
  for (const auto& row : rows) {
    CAPTURE(row.target);
    const auto answer = client->send(row);
    REQUIRE(!answer.has_value());
    CHECK(answer.error().kind == ErrorKind::rejected);
    CHECK(!has(answer.error().what, "SECRET"));
  }
  CHECK(server.requests() == 0);
}

}  // namespace cb
