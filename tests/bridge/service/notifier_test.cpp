// What is told outside the tracker: signed, until it was received, and given up after days.
#include "bridge/service/notifier.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <sstream>

#include "bridge/http/server.hpp"
#include "bridge/service/open_tracker.hpp"
#include "tests/support/failing.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/virtual_clock.hpp"

using namespace cb;

namespace {

class Receiver final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& request) override {
    requests.push_back(request);
    if (while_sending) while_sending();
    if (dead) return failure(ErrorKind::retry_later, "receiver.example cannot be reached");
    return HttpResponse{status, headers, "sorry"};
  }
  std::string header_of(std::size_t request, const std::string& name) const {
    return header({0, requests.at(request).headers, {}}, name).value_or("");
  }
  std::vector<HttpRequest> requests;
  int status = 200;
  Headers headers;
  bool dead = false;
  std::function<void()> while_sending;
};

struct World {
  VirtualClock clock{*instant_from_iso("2026-06-08T08:00:00Z")};
  SeededChance chance{7};
  MemoryStore store;
  std::ostringstream log_text;
  Log log{LogLevel::info, Log::Form::human, log_text};
  std::shared_ptr<Receiver> receiver = std::make_shared<Receiver>();
  Notifier notifier{{store, clock, chance, log, {{"chat", "/hook?key=1", "a secret", receiver, {}}}}};

  void add(const std::string& id, const std::string& target = "chat", std::optional<Instant> useful_until = {}) {
    const IssueKey key{"support", "1"};
    store.save_fetched({key, clock.now(), clock.now(), {}, "", "", "", {}, false}, {});
    Record record;
    record.key = key;
    record.at = clock.now();
    record.notifications = {{id, target, R"({"text":"x"})", clock.now(), clock.now(), 0, "", useful_until}};
    store.record(record);
  }
  void step() {
    notifier.step([] { return false; });
  }
};

}  // namespace

TEST_CASE("a signature is that of Standard Webhooks") {
  // Their published example.
  CHECK(webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                          Instant(Seconds(1614265330)),
                          R"({"test": 2432232314})") == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("what waits is sent once, signed, with an id that stays") {
  World world;
  world.add("support#1 breach/first_response 1");
  CHECK(world.notifier.next_at() == world.clock.now());
  world.step();
  world.step();
  REQUIRE(world.receiver->requests.size() == 1);
  const auto& request = world.receiver->requests.front();
  CHECK(request.method == "POST");
  CHECK(request.target == "/hook?key=1");
  CHECK(request.body == R"({"text":"x"})");
  CHECK(world.receiver->header_of(0, "Content-Type") == "application/json");
  const auto id = world.receiver->header_of(0, "webhook-id");
  CHECK(world.receiver->header_of(0, "webhook-signature") ==
        webhook_signature("a secret", id, world.clock.now(), request.body));
  CHECK_FALSE(world.notifier.next_at().has_value());
}

TEST_CASE("a receiver that fails is tried again, later each time, with the same id, and then it is told once") {
  for (const bool dead : {true, false}) {
    World world;
    world.receiver->dead = dead;
    world.receiver->status = 500;
    world.add("a breach");
    Seconds before{0};
    for (int i = 0; i < 5; ++i) {
      world.step();
      const auto wait = *world.notifier.next_at() - world.clock.now();
      CHECK(wait > before);
      before = wait;
      world.step();  // not before its time
      CHECK(world.receiver->requests.size() == static_cast<std::size_t>(i + 1));
      world.clock.set(*world.notifier.next_at());
    }
    world.receiver->dead = false;
    world.receiver->status = 204;
    world.step();
    world.step();
    CHECK(world.receiver->requests.size() == 6);
    CHECK(world.receiver->header_of(0, "webhook-id") == world.receiver->header_of(5, "webhook-id"));
  }
}

TEST_CASE("what the service breaks off itself is no failure of the receiver, and is told at once by who comes next") {
  World world;
  world.receiver->status = 500;
  world.add("a breach");
  world.step();
  world.clock.set(*world.notifier.next_at());
  const auto due = world.clock.now();
  const auto logged = world.log_text.str().size();
  bool ends = false;
  world.receiver->dead = true;
  world.receiver->while_sending = [&] {
    ends = true;
    world.clock.set(world.clock.now() + Seconds{5});
  };
  world.notifier.step([&] { return ends; });
  CHECK(world.receiver->requests.size() == 2);
  const auto said = world.log_text.str().substr(logged);
  CHECK(said.find("cannot be reached") == std::string::npos);
  CHECK(said.find("could not be told") == std::string::npos);
  CHECK(said.find("telling chat of a breach was broken off") != std::string::npos);
  const auto waiting = world.store.notifications("chat", world.clock.now(), 10);
  REQUIRE(waiting.size() == 1);
  CHECK(waiting.front().retry_at == due);
  CHECK(waiting.front().error == "it answered with status 500 (sorry)");  // what the receiver did before stays known

  world.receiver->dead = false;
  world.receiver->status = 204;
  world.receiver->while_sending = {};
  Notifier next({world.store, world.clock, world.chance, world.log, {{"chat", "/hook", "", world.receiver, {}}}});
  next.step([] { return false; });
  REQUIRE(world.receiver->requests.size() == 3);
  CHECK(world.receiver->header_of(1, "webhook-id") == world.receiver->header_of(2, "webhook-id"));
  CHECK_FALSE(next.next_at().has_value());
}

TEST_CASE("what a receiver answers while the service ends counts as its answer") {
  World world;
  world.receiver->status = 500;
  world.add("a breach");
  bool ends = false;
  world.receiver->while_sending = [&] { ends = true; };
  world.notifier.step([&] { return ends; });
  CHECK(world.log_text.str().find("it answered with status 500") != std::string::npos);
  CHECK(world.store.notifications("chat", world.clock.now(), 10).empty());
}

TEST_CASE("a store that cannot be written keeps what waits from being sent again and again") {
  World world;
  world.add("a breach");
  FaultPlan plan;
  plan.fail_at = 3;  // reading works, writing does not
  plan.only_once = false;
  FailingStore failing(world.store, plan);
  Notifier notifier({failing, world.clock, world.chance, world.log, {{"chat", "/", "", world.receiver, {}}}});
  for (int i = 0; i < 20; ++i) {
    plan.calls.clear();
    CHECK_THROWS_AS(notifier.step([] { return false; }), StoreError);
    world.clock.set(world.clock.now() + Seconds{3});
  }
  CHECK(world.receiver->requests.empty());
  world.step();
  CHECK(world.receiver->requests.size() == 1);
}

TEST_CASE("one that fails does not keep the others from being told") {
  World world;
  const auto good = std::make_shared<Receiver>();
  Notifier both({world.store,
                 world.clock,
                 world.chance,
                 world.log,
                 {{"chat", "/", "", world.receiver, {}}, {"pager", "/", "", good, {}}}});
  world.receiver->dead = true;
  world.add("a", "chat");
  world.add("b", "pager");
  both.step([] { return false; });
  CHECK(good->requests.size() == 1);
  CHECK(good->requests.front().headers.size() == 3);  // not signed
}

TEST_CASE("a receiver that asks to be left alone is, with everything that waits for it, and for an hour at most") {
  struct Row {
    const char* name;
    int status;
    Headers headers;
    Seconds wait;
  };
  const Row rows[] = {
      {"seconds", 429, {{"Retry-After", "1800"}}, Seconds{1800}},
      {"a date", 503, {{"Retry-After", "Mon, 08 Jun 2026 08:40:00 GMT"}}, Seconds{2400}},
      {"a date by its own clock",
       503,
       {{"Date", "Mon, 08 Jun 2026 07:00:00 GMT"}, {"Retry-After", "Mon, 08 Jun 2026 07:30:00 GMT"}},
       Seconds{1800}},
      {"more than is obeyed", 429, {{"retry-after", "86400"}}, Seconds{3600}},
      {"less than we wait anyway", 429, {{"Retry-After", "1"}}, Seconds{1}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    World world;
    world.receiver->status = row.status;
    world.receiver->headers = row.headers;
    world.add("a");
    world.add("b");
    const auto began = world.clock.now();
    world.step();
    CHECK(world.receiver->requests.size() == 1);  // b is not tried
    CHECK(world.notifier.next_at() == began + row.wait);
    world.clock.set(began + row.wait - Seconds{1});
    world.step();
    CHECK(world.receiver->requests.size() == 1);
    // The one that was refused waits as long in the store, too, for the next start.
    const auto due = world.store.notifications("chat", world.clock.now(), 10);
    REQUIRE(due.size() == 1);
    CHECK(due.front().id == "b");
    world.receiver->status = 200;
    world.clock.set(began + row.wait);
    world.step();
    CHECK(world.receiver->requests.size() >= 2);
  }
}

TEST_CASE("a Retry-After of who refuses one message holds up no other") {
  World world;
  world.receiver->status = 400;
  world.receiver->headers = {{"Retry-After", "3000"}};
  world.add("a");
  world.add("b");
  world.step();
  CHECK(world.receiver->requests.size() == 2);
}

TEST_CASE("what is no news any more is dropped and never sent late, and the audit says so") {
  World world;
  world.receiver->dead = true;
  const auto due = world.clock.now() + Seconds{3600};
  world.add("support#1 risk/resolution 1", "chat", due);
  world.add("support#1 breach/resolution 1");
  while (world.clock.now() < due) {
    world.step();
    world.clock.set(std::min(due, std::max(world.clock.now() + Seconds{3}, *world.notifier.next_at())));
  }
  CHECK(world.receiver->requests.size() > 5);
  world.receiver->dead = false;
  world.receiver->requests.clear();
  while (world.notifier.next_at()) {
    world.step();
    if (world.notifier.next_at()) world.clock.set(std::max(world.clock.now(), *world.notifier.next_at()));
  }
  REQUIRE(world.receiver->requests.size() == 1);
  CHECK(world.receiver->header_of(0, "webhook-id") ==
        webhook_id({"support#1 breach/resolution 1", "chat", "", {}, {}, 0, ""}));
  REQUIRE(world.store.audit_lines(1).size() == 1);
  CHECK(world.store.audit_lines(1).front().what ==
        "chat was not told of support#1 risk/resolution 1: it is no news any more since 2026-06-08T09:00:00Z, and "
        "before that receiver.example cannot be reached");
  // The promise moved, and is at risk again: that is news.
  world.receiver->requests.clear();
  world.add("support#1 risk/resolution 1", "chat", world.clock.now() + Seconds{3600});
  world.step();
  CHECK(world.receiver->requests.size() == 1);
}

TEST_CASE("what is withdrawn while others are sent is not sent") {
  World world;
  world.add("first");
  world.add("second");
  int asked = 0;
  world.notifier.step([&] {
    if (++asked == 1) world.store.withdraw("second", std::nullopt);
    return false;
  });
  CHECK(world.receiver->requests.size() == 1);
}

TEST_CASE("after three days it is given up, and the audit says so") {
  World world;
  world.receiver->status = 404;
  world.add("a breach");
  int attempts = 0;
  for (; world.notifier.next_at() && attempts < 1000; ++attempts) {
    world.clock.set(*world.notifier.next_at());
    world.step();
  }
  CHECK(attempts > 50);
  CHECK(attempts < 130);
  REQUIRE(world.store.audit_lines(1).size() == 1);
  CHECK(world.store.audit_lines(1).front().what ==
        "chat was not told of a breach: it answered with status 404 (sorry)");
}

TEST_CASE("a clock that was days ahead neither gives up nor puts off what waits") {
  World world;
  world.add("a breach");
  const Seconds days{4 * 24 * 3600};
  world.receiver->status = 500;
  world.clock.set(world.clock.now() + days);
  world.step();
  CHECK(world.receiver->requests.size() == 1);
  world.clock.set(world.clock.now() - days);
  world.receiver->status = 200;
  REQUIRE(world.notifier.next_at().has_value());
  CHECK(*world.notifier.next_at() <= world.clock.now());
  world.step();
  CHECK(world.receiver->requests.size() == 2);
  CHECK_FALSE(world.notifier.next_at().has_value());
  CHECK(world.store.audit_lines(1).empty());
}

TEST_CASE("who is not configured any more is not waited for") {
  World world;
  world.add("a breach", "gone");
  world.step();
  CHECK_FALSE(world.notifier.next_at().has_value());
  CHECK(world.receiver->requests.empty());
}

TEST_CASE("who says that he has it, and then more than is read, is told once") {
  World world;
  std::atomic<int> told = 0;
  WebServerOptions options;
  options.listen = "127.0.0.1:0";
  const auto server = WebServer::open(
      options,
      [&](const WebRequest&) {
        ++told;
        return plain_answer(200, std::string(100'000, 'x'));
      },
      [](const std::string&) {});
  REQUIRE(server.has_value());
  NotificationTarget target;
  target.name = "chat";
  target.url.text = "http://127.0.0.1:" + std::to_string((*server)->port()) + "/hook";
  const auto route = open_route(target, world.log, open_channel);
  REQUIRE(route.has_value());
  world.add("a breach");
  Notifier notifier({world.store, world.clock, world.chance, world.log, {*route}});
  notifier.step([] { return false; });
  CHECK(told == 1);
  CHECK_FALSE(notifier.next_at().has_value());
}

TEST_CASE("an address is taken apart, and no secret of it reaches the log") {
  World world;
  std::string base;
  const auto make = [&](const std::string& url) {
    base = url;
    return NotificationChannel{world.receiver, {}};
  };
  ::setenv("CB_TEST_CHAT", "https://chat.example:8443/services/T0/s3cr3t/?key=k3y", 1);
  ::setenv("CB_TEST_SIGN", "sign-with-s3cr3t", 1);
  NotificationTarget target;
  target.name = "chat";
  target.url.text = "${CB_TEST_CHAT}";
  target.secret.text = "${CB_TEST_SIGN}";
  const auto route = open_route(target, world.log, make);
  REQUIRE(route.has_value());
  CHECK(base == "https://chat.example:8443");
  CHECK(route->path == "/services/T0/s3cr3t/?key=k3y");
  CHECK(route->secret == "sign-with-s3cr3t");
  world.log.info("POST /services/T0/s3cr3t/?key=k3y with sign-with-s3cr3t");
  CHECK(world.log_text.str().find("s3cr3t") == std::string::npos);

  target.url.text = "https://oncall.example/hook/";
  CHECK(open_route(target, world.log, make)->path == "/hook/");
  target.url.text = "https://oncall.example";
  CHECK(open_route(target, world.log, make)->path == "/");
  target.url.text = "${CB_TEST_NOT_SET}";
  const auto missing = open_route(target, world.log, make);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().what.find("notification chat: ") == 0);
  CHECK(missing.error().what.find("CB_TEST_NOT_SET") != std::string::npos);
}

TEST_CASE("a secret that signs is long, and what stands behind whsec_ is base64") {
  struct Row {
    const char* name;
    std::string secret;
    std::string says;  // empty: it is taken
  };
  const Row rows[] = {
      {"one sign", "a", "holds less than 16 signs"},
      {"fifteen", "abcdefghijklmno", "holds less than 16 signs"},
      {"sixteen", "abcdefghijklmnop", ""},
      {"nothing encoded", "whsec_", "holds less than 16 signs"},
      {"no base64", "whsec_a-secret-that-is-long", "begins with whsec_, and what stands behind that is no base64"},
      {"an end is missing", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "is no base64"},
      {"fifteen bytes", "whsec_YWJjZGVmZ2hpamtsbW5v", "holds less than 16 bytes behind whsec_"},
      {"sixteen bytes", "whsec_YWJjZGVmZ2hpamtsbW5vcA==", ""},
      {"as it is published", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ""},
  };
  World world;
  NotificationTarget target;
  target.name = "on-call";
  target.url.text = "https://oncall.example/hook";
  target.secret.text = "${CB_TEST_SIGN}";
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ::setenv("CB_TEST_SIGN", row.secret.c_str(), 1);
    const auto route = open_route(target, world.log, [&](const std::string&) {
      return NotificationChannel{world.receiver, {}};
    });
    REQUIRE(route.has_value() == row.says.empty());
    if (route) continue;
    CHECK(route.error().what.find("notification on-call: secret: ${CB_TEST_SIGN} ") == 0);
    CHECK(route.error().what.find(row.says) != std::string::npos);
    if (row.secret.size() > 6) CHECK(route.error().what.find(row.secret) == std::string::npos);
  }
  // What was refused is not kept out of the log: it may be any letter.
  world.log.info("a plain line");
  CHECK(world.log_text.str().find("a plain line") != std::string::npos);
}
