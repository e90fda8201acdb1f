// The web server over real sockets on loopback: its limits, slow and broken clients, and its end. What is timed here
// has limits of tens of milliseconds and seconds of room, so that a busy machine changes nothing.
#include "bridge/http/server.hpp"

#include <doctest/doctest.h>

#include <future>

#include "web_client.hpp"

namespace cb {

namespace {

WebAnswer echo(const WebRequest& request) {
  if (request.path == "/throw") throw std::runtime_error("the password is 1234");
  if (request.path == "/throw-any") throw 7;
  if (request.path == "/big") return plain_answer(200, std::string(5'000'000, 'x'));
  return plain_answer(200, request.method + " " + request.path + "?" + request.query + " " +
                               header(request, "X").value_or("-") + " " + std::to_string(request.body.size()) +
                               (request.from_loopback ? " near" : " far"));
}

WebServerOptions small() {
  WebServerOptions options;
  options.listen = "127.0.0.1:0";
  options.limits.request.body = 1'000;
  return options;
}

std::unique_ptr<WebServer> serving(
    const WebServerOptions& options, WebWorkers::Handler handler = echo,
    WebWorkers::Fault fault = [](const std::string&) {}) {
  auto server = WebServer::open(options, std::move(handler), std::move(fault));
  REQUIRE_MESSAGE(server, server.error().what);
  return *std::move(server);
}

std::string get(const std::string& path, const std::string& more = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

std::string post(const std::string& body) {
  return "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string k_close = "Connection: close\r\n";

}  // namespace

TEST_CASE("requests are answered on one connection, one after the other and in bunches") {
  const auto server = serving(small());
  WebClient client(server->port());
  const auto first = client.ask(get("/a%20b?c=d", "X: y%0d%0az\r\n"), "near\n");
  CHECK(first.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(first.ends_with("\r\n\r\nGET /a%20b?c=d y%0d%0az 0 near\n"));
  CHECK(client.ask(post("abc"), "near\n").ends_with("POST /p? - 3 near\n"));
  const auto both = client.ask(get("/1") + post("ab") + get("/2", k_close));
  CHECK(both.find("GET /1? - 0 near\n") < both.find("POST /p? - 2 near\n"));
  CHECK(both.ends_with("GET /2? - 0 near\n"));
  CHECK(client.is_closed());
  const auto head = WebClient(server->port()).ask("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  CHECK(head.find("Content-Length: 17\r\n") != std::string::npos);
  CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE("a connection is closed after so many requests") {
  auto options = small();
  options.limits.requests = 3;
  const auto server = serving(options);
  WebClient client(server->port());
  CHECK(client.ask(get("/"), "near\n").find("keep-alive") != std::string::npos);
  CHECK(client.ask(get("/"), "near\n").find("keep-alive") != std::string::npos);
  CHECK(client.ask(get("/"), "near\n").find("Connection: close") != std::string::npos);
  CHECK(client.is_closed());
}

TEST_CASE("what is too big or malformed is refused, and the connection ends") {
  const auto server = serving(small());
  struct Row {
    const char* name;
    std::string bytes;
    std::string status;
  };
  const Row rows[] = {
      {"body", post(std::string(1'001, 'x')), "413"},
      {"body, announced", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", "413"},
      {"head", get("/", "X: " + std::string(20'000, 'x') + "\r\n"), "431"},
      {"address", get("/" + std::string(9'000, 'x')), "414"},
      {"garbage", "\x16\x03\x01 hello\r\n\r\n", "400"},
      {"packed", "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", "415"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    WebClient client(server->port());
    const auto answer = client.ask(row.bytes + get("/smuggled"));
    CHECK(answer.starts_with("HTTP/1.1 " + row.status + " "));
    CHECK(answer.find("Connection: close") != std::string::npos);
    CHECK(answer.find("smuggled") == std::string::npos);
    CHECK(client.is_closed());
  }
  // A client that sends on reads why; its whole body never fits into anything here.
  WebClient client(server->port());
  const auto body = std::string(3'000'000, 'x');
  std::thread sender([&] { client.say(post(body)); });
  CHECK(client.hear().starts_with("HTTP/1.1 413 "));
  sender.join();
}

TEST_CASE("a body that waits to be asked for is asked for, unless it is too big") {
  const auto server = serving(small());
  WebClient client(server->port());
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
  CHECK(client.ask(head + "2\r\n\r\n", "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(client.ask("ab", "near\n").starts_with("HTTP/1.1 200 OK"));
  CHECK(client.ask(head + "1001\r\n\r\n").starts_with("HTTP/1.1 413 "));
}

TEST_CASE("a handler's exception is a 500 that tells nothing, and the log's") {
  std::mutex mutex;
  std::vector<std::string> faults;
  const auto server = serving(small(), echo, [&](const std::string& what) {
    const std::lock_guard lock(mutex);
    faults.push_back(what);
  });
  WebClient client(server->port());
  const auto answer = client.ask(get("/throw"), "what.\n");
  CHECK(answer.starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
  CHECK(answer.find("1234") == std::string::npos);
  CHECK(client.ask(get("/throw-any"), "what.\n").starts_with("HTTP/1.1 500 "));
  CHECK(client.ask(get("/"), "near\n").starts_with("HTTP/1.1 200 "));
  const std::lock_guard lock(mutex);
  CHECK(faults == std::vector<std::string>{"the password is 1234", "an exception without words"});
}

TEST_CASE("slow clients hold nobody up, and are sent away") {
  auto options = small();
  options.limits.read = Milliseconds(1'000);
  options.limits.idle = Milliseconds(1'000);
  options.workers.threads = 1;
  const auto server = serving(options);
  std::vector<std::unique_ptr<WebClient>> slow;
  for (int i = 0; i < 60; ++i) {
    slow.push_back(std::make_unique<WebClient>(server->port()));
    REQUIRE(slow.back()->is_connected());
    // In the head, in the body, and never begun.
    if (i % 3 < 2) slow.back()->say(i % 3 == 0 ? "GET / HTTP/1.1\r\nX: " : post("abc").substr(0, 58));
  }
  const auto begun = Steady::now();
  CHECK(WebClient(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
  CHECK(Steady::now() - begun < options.limits.read);
  // Dripping does not help: the deadline is for the whole request.
  auto& dripping = *slow.front();
  const auto until = begun + k_patience;
  while (dripping.say("x") && Steady::now() < until) std::this_thread::sleep_for(Milliseconds(20));
  CHECK(Steady::now() < until);
  CHECK(dripping.hear().starts_with("HTTP/1.1 408 "));
  CHECK(slow[1]->hear().starts_with("HTTP/1.1 408 "));
  CHECK(slow[2]->is_closed());
}

TEST_CASE("a reader that does not read is sent away") {
  auto options = small();
  options.limits.write = Milliseconds(200);
  options.workers.threads = 1;
  const auto server = serving(options);
  WebClient deaf(server->port());
  deaf.say(get("/big"));
  CHECK(WebClient(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
  std::this_thread::sleep_for(Milliseconds(1'000));
  const auto heard = deaf.hear();
  CHECK(heard.size() > 0);
  CHECK(heard.size() < 5'000'000);
  // Who reads gets it all.
  const auto patient = serving(small());
  CHECK(WebClient(patient->port()).ask(get("/big", k_close)).size() > 5'000'000);
}

TEST_CASE("a full house makes room for who comes") {
  auto options = small();
  options.limits.connections = 10;
  const auto server = serving(options);
  std::vector<std::unique_ptr<WebClient>> slow;
  for (int i = 0; i < 30; ++i) {
    slow.push_back(std::make_unique<WebClient>(server->port()));
    slow.back()->say("GET / HTTP/1.1\r\n");
    CHECK(WebClient(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
  }
  CHECK(slow.front()->is_closed());
}

TEST_CASE("unfinished requests together hold no more than so much") {
  auto options = small();
  options.limits.request.body = 100'000;
  options.limits.held = 150'000;
  const auto server = serving(options);
  const auto body = post(std::string(100'000, 'x'));
  WebClient clients[] = {WebClient(server->port()), WebClient(server->port())};
  for (auto& client : clients) client.say(body.substr(0, body.size() - 1));
  // Whichever was read last.
  const auto until = Steady::now() + k_patience;
  int refused = -1;
  for (int i = 0; refused < 0 && Steady::now() < until; ++i)
    if (clients[i % 2].hears_within(Milliseconds(10))) refused = i % 2;
  REQUIRE(refused >= 0);
  CHECK(clients[refused].hear().starts_with("HTTP/1.1 503 "));
  CHECK(clients[1 - refused].ask("x", "near\n").starts_with("HTTP/1.1 200 "));
}

TEST_CASE("when all are at work and the queue is full, others are asked to come again") {
  auto options = small();
  options.workers = {.threads = 2, .waiting = 1};
  Gate gate;
  const auto server = serving(options, [&](const WebRequest& request) {
    gate.pass();
    return echo(request);
  });
  std::vector<std::unique_ptr<WebClient>> waiting;
  for (int i = 0; i < 2; ++i) {
    waiting.push_back(std::make_unique<WebClient>(server->port()));
    waiting.back()->say(get("/", k_close));
    gate.wait_for(i + 1);
  }
  // One more finds a place in the queue; which of the two does not matter.
  WebClient third(server->port());
  WebClient fourth(server->port());
  third.say(get("/", k_close));
  fourth.say(get("/", k_close));
  auto refusal = std::async(std::launch::async, [&] { return third.hear(); });
  auto other = std::async(std::launch::async, [&] { return fourth.hear(); });
  const auto until = Steady::now() + k_patience;
  while (refusal.wait_for(Milliseconds(5)) != std::future_status::ready &&
         other.wait_for(Milliseconds(5)) != std::future_status::ready && Steady::now() < until) {
  }
  gate.open();
  const auto a = refusal.get();
  const auto b = other.get();
  const auto& refused = a.starts_with("HTTP/1.1 503 ") ? a : b;
  const auto& served = a.starts_with("HTTP/1.1 503 ") ? b : a;
  CHECK(refused.starts_with("HTTP/1.1 503 "));
  CHECK(refused.find("Retry-After: 5\r\n") != std::string::npos);
  CHECK(served.starts_with("HTTP/1.1 200 "));
  for (auto& client : waiting) CHECK(client->hear().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("it stops at once when nobody is being answered, and soon when somebody is") {
  auto server = serving(small());
  WebClient idle(server->port());
  WebClient slow(server->port());
  CHECK(idle.ask(get("/"), "near\n").starts_with("HTTP/1.1 200 "));
  slow.say("GET / HT");
  auto begun = Steady::now();
  server->stop();
  CHECK(Steady::now() - begun < Milliseconds(1'400));  // less than the grace
  CHECK(idle.is_closed());
  CHECK(WebClient(server->port()).ask(get("/")).empty());
  server->stop();

  Gate gate;
  auto busy = serving(small(), [&](const WebRequest& request) {
    gate.pass();
    return echo(request);
  });
  WebClient working(busy->port());
  working.say(get("/"));
  gate.wait_for(1);
  auto stopped = std::async(std::launch::async, [&] { busy->stop(); });
  gate.open();
  CHECK(working.hear("near\n").starts_with("HTTP/1.1 200 "));
  begun = Steady::now();
  stopped.get();
  CHECK(Steady::now() - begun < k_patience);
}

TEST_CASE("a client that goes away in the middle harms nobody") {
  auto options = small();
  options.workers.waiting = 1'000;
  const auto server = serving(options);
  for (int i = 0; i < 200; ++i) {
    WebClient client(server->port());
    client.say(i % 2 == 0 ? get("/") : post("abc").substr(0, static_cast<std::size_t>(i) / 3));
  }
  CHECK(WebClient(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
}

TEST_CASE("what the server itself refuses is told in the words of the address") {
  auto options = small();
  options.workers = {.threads = 1, .waiting = 0};
  options.limits.read = Milliseconds(300);
  options.words = [](const std::string& path, WebAnswer answer) {
    answer.headers.emplace_back("X-Words", path.empty() ? "none" : path);
    return answer;
  };
  const std::string first = "POST /a HTTP/1.1\r\nHost: a\r\n";
  struct Row {
    std::string bytes;
    std::string status;
    std::string path;
  };
  const Row rows[] = {
      {first + "Content-Length: 1001\r\n\r\n", "413", "/a"},
      {first + "Content-Encoding: gzip\r\n\r\n", "415", "/a"},
      {first + "Expect: x\r\n\r\n", "417", "/a"},
      {first + "Content-Length: 5\r\n\r\nabc", "408", "/a"},
      {"GET /a?" + std::string(8'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", "414", "/a"},
      {get("/a"), "503", "/a"},
      {"GET /a HTTP/1.1\r\nX: " + std::string(20'000, 'x'), "431", "none"},
      {"GET /a HTTP/1.1\r\n", "408", "none"},
      {"\x16\x03\x01 hello\r\n\r\n", "400", "none"},
  };
  const auto server = serving(options);
  for (const auto& row : rows) {
    CAPTURE(row.bytes.substr(0, 100));
    const auto answer = WebClient(server->port()).ask(row.bytes);
    CHECK(answer.starts_with("HTTP/1.1 " + row.status + " "));
    CHECK(answer.find("X-Words: " + row.path + "\r\n") != std::string::npos);
  }
  options.workers = {.threads = 1, .waiting = 8};
  const auto working = serving(options);
  WebClient client(working->port());
  CHECK(client.ask(get("/throw"), "what.\n").find("X-Words: /throw\r\n") != std::string::npos);
  CHECK(client.ask(get("/b"), "near\n").find("X-Words: /b\r\n") != std::string::npos);
  CHECK(client.ask(post(std::string(1'001, 'x'))).find("X-Words: /p\r\n") != std::string::npos);
}

TEST_CASE("what must be answered at once is, while every worker waits and the queue is full") {
  auto options = small();
  options.workers = {.threads = 2, .waiting = 1};
  options.at_once = [](const WebRequest& request) {
    return request.path == "/now" ? std::optional(plain_answer(200, "at once")) : std::nullopt;
  };
  Gate gate;
  const auto server = serving(options, [&](const WebRequest& request) {
    gate.pass();
    return echo(request);
  });
  std::vector<std::unique_ptr<WebClient>> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.push_back(std::make_unique<WebClient>(server->port()));
    waiting.back()->say(get("/", k_close));
    gate.wait_for(std::min(i + 1, 2));
  }
  WebClient client(server->port());
  CHECK(client.ask(get("/now"), "once\n").starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(client.ask(get("/now", k_close)).ends_with("at once\n"));
  const auto head = WebClient(server->port()).ask("HEAD /now HTTP/1.1\r\nHost: a\r\n" + k_close + "\r\n");
  CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  gate.open();
  for (auto& each : waiting) CHECK(each->hear().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("who is turned away before the handler is told of, by path and answer") {
  auto options = small();
  options.limits.read = Milliseconds(300);
  options.workers = {.threads = 1, .waiting = 1};
  std::mutex mutex;
  std::vector<std::string> told;
  options.turned_away = [&](const std::string& path, const WebAnswer& answer) {
    const std::lock_guard lock(mutex);
    told.push_back(path + " " + std::to_string(answer.status));
  };
  Gate gate;
  const auto server = serving(options, [&](const WebRequest& request) {
    gate.pass();
    return echo(request);
  });
  const auto port = server->port();
  const std::string head = " HTTP/1.1\r\nHost: a\r\nContent-Length: ";
  CHECK(WebClient(port).ask("POST /big?a=b" + head + "1001\r\n\r\n").starts_with("HTTP/1.1 413 "));
  CHECK(
      WebClient(port).ask("POST /packed" + head + "1\r\nContent-Encoding: gzip\r\n\r\n").starts_with("HTTP/1.1 415 "));
  CHECK(WebClient(port).ask("POST /slow" + head + "5\r\n\r\nx").starts_with("HTTP/1.1 408 "));
  // Nobody knows what for.
  CHECK(WebClient(port).ask("POST /nothing").starts_with("HTTP/1.1 408 "));
  CHECK(WebClient(port).ask("\x16\x03\x01\r\n\r\n").starts_with("HTTP/1.1 400 "));
  WebClient first(port);
  first.say(get("/1", k_close));
  gate.wait_for(1);
  WebClient second(port);
  WebClient third(port);
  second.say(get("/queue", k_close));
  third.say(get("/queue", k_close));
  const auto until = Steady::now() + k_patience;
  const auto seen = [&] {
    const std::lock_guard lock(mutex);
    return told;
  };
  while (seen().size() < 4 && Steady::now() < until) std::this_thread::sleep_for(Milliseconds(5));
  gate.open();
  CHECK(seen() == std::vector<std::string>{"/big 413", "/packed 415", "/slow 408", "/queue 503"});
}

}  // namespace cb
