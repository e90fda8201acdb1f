// The web server over real sockets on loopback: its limits, slow and broken clients, and its end. What is timed here
// has limits of tens of milliseconds and seconds of room, so that a busy machine changes nothing.
#include "bridge/http/server.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <future>

namespace cb {

namespace {

using Milliseconds = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr Milliseconds k_patience{10'000};  // of a client; nothing here should take as long

class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  [[nodiscard]] bool is_connected() const { return connected_; }
  bool say(const std::string& text) const {
    return ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  // Until the text ends so, or the server closed.
  std::string hear(const std::string& end = "never") {
    const auto until = Steady::now() + k_patience;
    while (heard_.find(end) == std::string::npos && Steady::now() < until && hear_more(k_patience)) {
    }
    return std::exchange(heard_, {});
  }
  std::string ask(const std::string& text, const std::string& end = "never") {
    say(text);
    return hear(end);
  }
  bool hears_within(Milliseconds wait) { return hear_more(wait); }
  [[nodiscard]] bool is_closed() { return !hear_more(k_patience) && closed_; }

 private:
  bool hear_more(Milliseconds wait) {
    pollfd watched{socket_.number(), POLLIN, 0};
    if (poll(&watched, 1, static_cast<int>(wait.count())) <= 0) return false;
    std::string bytes(65'536, '\0');
    const auto count = recv(socket_.number(), bytes.data(), bytes.size(), 0);
    closed_ = count <= 0;
    if (count > 0) heard_.append(bytes, 0, static_cast<std::size_t>(count));
    return count > 0;
  }

  Socket socket_;
  bool connected_ = false;
  bool closed_ = false;
  std::string heard_;
};

// Holds handlers up until they are let go.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_for(int inside) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, k_patience, [&] { return inside_ >= inside; }));
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

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
  Client client(server->port());
  const auto first = client.ask(get("/a%20b?c=d", "X: y%0d%0az\r\n"), "near\n");
  CHECK(first.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(first.ends_with("\r\n\r\nGET /a%20b?c=d y%0d%0az 0 near\n"));
  CHECK(client.ask(post("abc"), "near\n").ends_with("POST /p? - 3 near\n"));
  const auto both = client.ask(get("/1") + post("ab") + get("/2", k_close));
  CHECK(both.find("GET /1? - 0 near\n") < both.find("POST /p? - 2 near\n"));
  CHECK(both.ends_with("GET /2? - 0 near\n"));
  CHECK(client.is_closed());
  const auto head = Client(server->port()).ask("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  CHECK(head.find("Content-Length: 17\r\n") != std::string::npos);
  CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE("a connection is closed after so many requests") {
  auto options = small();
  options.limits.requests = 3;
  const auto server = serving(options);
  Client client(server->port());
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
    Client client(server->port());
    const auto answer = client.ask(row.bytes + get("/smuggled"));
    CHECK(answer.starts_with("HTTP/1.1 " + row.status + " "));
    CHECK(answer.find("Connection: close") != std::string::npos);
    CHECK(answer.find("smuggled") == std::string::npos);
    CHECK(client.is_closed());
  }
  // A client that sends on reads why; its whole body never fits into anything here.
  Client client(server->port());
  const auto body = std::string(3'000'000, 'x');
  std::thread sender([&] { client.say(post(body)); });
  CHECK(client.hear().starts_with("HTTP/1.1 413 "));
  sender.join();
}

TEST_CASE("a body that waits to be asked for is asked for, unless it is too big") {
  const auto server = serving(small());
  Client client(server->port());
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
  Client client(server->port());
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
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 60; ++i) {
    slow.push_back(std::make_unique<Client>(server->port()));
    REQUIRE(slow.back()->is_connected());
    // In the head, in the body, and never begun.
    if (i % 3 < 2) slow.back()->say(i % 3 == 0 ? "GET / HTTP/1.1\r\nX: " : post("abc").substr(0, 58));
  }
  const auto begun = Steady::now();
  CHECK(Client(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
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
  Client deaf(server->port());
  deaf.say(get("/big"));
  CHECK(Client(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
  std::this_thread::sleep_for(Milliseconds(1'000));
  const auto heard = deaf.hear();
  CHECK(heard.size() > 0);
  CHECK(heard.size() < 5'000'000);
  // Who reads gets it all.
  const auto patient = serving(small());
  CHECK(Client(patient->port()).ask(get("/big", k_close)).size() > 5'000'000);
}

TEST_CASE("a full house makes room for who comes") {
  auto options = small();
  options.limits.connections = 10;
  const auto server = serving(options);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 30; ++i) {
    slow.push_back(std::make_unique<Client>(server->port()));
    slow.back()->say("GET / HTTP/1.1\r\n");
    CHECK(Client(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
  }
  CHECK(slow.front()->is_closed());
}

TEST_CASE("unfinished requests together hold no more than so much") {
  auto options = small();
  options.limits.request.body = 100'000;
  options.limits.held = 150'000;
  const auto server = serving(options);
  const auto body = post(std::string(100'000, 'x'));
  Client clients[] = {Client(server->port()), Client(server->port())};
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
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 2; ++i) {
    waiting.push_back(std::make_unique<Client>(server->port()));
    waiting.back()->say(get("/", k_close));
    gate.wait_for(i + 1);
  }
  // One more finds a place in the queue; which of the two does not matter.
  Client third(server->port());
  Client fourth(server->port());
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
  Client idle(server->port());
  Client slow(server->port());
  CHECK(idle.ask(get("/"), "near\n").starts_with("HTTP/1.1 200 "));
  slow.say("GET / HT");
  auto begun = Steady::now();
  server->stop();
  CHECK(Steady::now() - begun < Milliseconds(1'400));  // less than the grace
  CHECK(idle.is_closed());
  CHECK(Client(server->port()).ask(get("/")).empty());
  server->stop();

  Gate gate;
  auto busy = serving(small(), [&](const WebRequest& request) {
    gate.pass();
    return echo(request);
  });
  Client working(busy->port());
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
    Client client(server->port());
    client.say(i % 2 == 0 ? get("/") : post("abc").substr(0, static_cast<std::size_t>(i) / 3));
  }
  CHECK(Client(server->port()).ask(get("/", k_close)).starts_with("HTTP/1.1 200 "));
}

TEST_CASE("an address that cannot be had says why and what to do") {
  const auto server = serving(small());
  struct Row {
    std::string listen;
    std::string why;
  };
  const Row rows[] = {
      {"127.0.0.1:" + std::to_string(server->port()), "another program listens there already"},
      {"192.0.2.1:8480", "this machine has no such address"},  // of no network (RFC 5737)
      {"no-such-host.invalid:8480", "the host or port is not known"},
      {"127.0.0.1", "no port is named"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.listen);
    const auto none = WebServer::open({.listen = row.listen, .limits = {}, .workers = {}}, echo, {});
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::denied);
    CHECK_MESSAGE(none.error().what.starts_with("cannot listen on " + row.listen + ": " + row.why), none.error().what);
  }
  auto options = small();
  options.listen = "[::1]:0";
  const auto six = WebServer::open(options, echo, {});
  if (!six) {
    MESSAGE("not tested: this machine has no IPv6 (" << six.error().what << ")");
  } else {
    CHECK((*six)->port() > 0);
  }
}

}  // namespace cb
