// The service with its threads: every tracker is served, a wake is acted upon at once, and it ends and changes its
// configuration with nothing half done. Also run under ThreadSanitizer.
#include <doctest/doctest.h>
#include <pthread.h>

#include "bridge/service/signals.hpp"
#include "tests/bridge/service/service_world.hpp"

using namespace cb;

namespace {

using Milliseconds = std::chrono::milliseconds;

Milliseconds time_of(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - began);
}

// Takes what it is told; while it hangs, nothing can break that off.
class Receiver final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& /*request*/) override {
    ++asked;
    while (hangs) std::this_thread::sleep_for(Milliseconds{2});
    return HttpResponse{204, {}, ""};
  }
  std::atomic<int> asked = 0;
  std::atomic<bool> hangs = true;
};

// Somebody is told of each, and something waits for him.
std::shared_ptr<Receiver> add_receiver(ServiceWorld& world) {
  auto receiver = std::make_shared<Receiver>();
  world.channel = [receiver](const std::string&) { return NotificationChannel{receiver, {}}; };
  NotificationTarget target;
  target.name = "chat";
  target.url.text = "https://chat.example/hook";
  world.settings->notifications = {target};
  const IssueKey key{"elsewhere", "1"};
  const auto now = world.system.now();
  world.store->save_fetched({key, now, now, {}, "", "", "", {}, false}, {});
  Record record;
  record.key = key;
  record.at = now;
  record.notifications = {{"a breach", "chat", "{}", now, now, 0, ""}};
  world.store->record(record);
  return receiver;
}

std::shared_ptr<Settings> changed(const ServiceWorld& world) {
  auto settings = std::make_shared<Settings>(*world.settings);
  settings->book.version = "another";
  return settings;
}

}  // namespace

TEST_CASE("all trackers are served, each by its own thread, over one store") {
  ServiceWorld world;
  REQUIRE(world.service.use(world.settings).empty());
  CHECK(comes_true([&] { return world.written(world.redmine) == 3 && world.written(world.other) == 3; }));
  CHECK(comes_true([&] { return world.is_calm("support") && world.is_calm("other"); }));
  const auto status = world.service.status();
  REQUIRE(status.size() == 2);
  CHECK(status[0].tracker == "support");
  CHECK(status[0].error == "");
  CHECK(world.service.stop(Milliseconds{5000}));
  for (const auto* tracker : {"support", "other"}) {
    CAPTURE(tracker);
    CHECK(world.store->counts(tracker).issues == 3);
    CHECK(world.store->counts(tracker).intended == 0);
    CHECK(world.store->counts(tracker).parked == 0);
  }
}

TEST_CASE("a wake is acted upon at once, long before the next list") {
  ServiceWorld world;
  for (auto& tracker : world.settings->trackers) tracker.poll_every = Seconds{3600};
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.store->counts("support").issues == 3; }));
  REQUIRE(comes_true([&] { return world.service.status()[0].last_list && world.service.silent_for().count() == 0; }));
  const auto fetched = world.service.status()[0].fetched;
  const auto took = time_of([&] {
    world.store->wake({{"support", "1"}}, "webhook", world.system.now());
    CHECK(comes_true([&] { return world.service.status()[0].fetched > fetched; }));
  });
  CHECK(took < Milliseconds{5000});
  CHECK(comes_true([&] { return world.store->last_wake({"support", "1"}) == 0; }));
  CHECK(world.service.stop(Milliseconds{5000}));
}

TEST_CASE("a tracker that hangs keeps nobody from ending, and nothing is parked for it") {
  ServiceWorld world;
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.is_calm("support"); }));
  world.http_.load()->hangs = true;
  world.store->wake({{"support", "1"}}, "webhook", world.system.now());
  REQUIRE(comes_true([&] { return world.http_.load()->hanging.load(); }));
  const auto took = time_of([&] { CHECK(world.service.stop(Milliseconds{300})); });
  CHECK(took < Milliseconds{3000});
  CHECK(world.store->counts("support").parked == 0);
  CHECK(world.store->counts("support").woken > 0);  // the next start does it
}

TEST_CASE("a new configuration takes the place of the old one, and one that cannot be used changes nothing") {
  ServiceWorld world;
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.written(world.redmine) == 3; }));
  auto wrong = std::make_shared<Settings>(*world.settings);
  world.cannot_open = "other";
  CHECK(world.service.use(wrong) == std::vector<std::string>{"tracker other: no key"});
  CHECK(world.service.settings() == world.settings);
  world.cannot_open.clear();

  auto changed = std::make_shared<Settings>(*world.settings);
  changed->trackers.pop_back();
  changed->book.version = "another";
  REQUIRE(world.service.use(changed).empty());
  CHECK(world.service.settings() == changed);
  CHECK(world.service.status().size() == 1);
  // Everything is decided anew under it.
  CHECK(comes_true([&] { return world.store->issue({"support", "3"})->book_version == "another"; }));
  CHECK(world.service.stop(Milliseconds{5000}));
  CHECK(world.store->configs().size() == 2);
}

TEST_CASE("a receiver that hangs holds up no tracker of a new configuration, and ends later") {
  ServiceWorld world;
  const auto receiver = add_receiver(world);
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return receiver->asked == 1 && world.is_calm("support") && world.is_calm("other"); }));
  const auto took = time_of([&] { REQUIRE(world.service.use(changed(world)).empty()); });
  CHECK(took < Milliseconds{5000});
  CHECK_FALSE(world.service.settled());
  CHECK(comes_true([&] { return world.store->issue({"support", "3"})->book_version == "another"; }));
  CHECK(comes_true([&] { return world.store->issue({"other", "3"})->book_version == "another"; }));
  world.service.look_after();
  CHECK_FALSE(world.service.settled());
  receiver->hangs = false;
  CHECK(comes_true([&] {
    world.service.look_after();
    return world.service.settled();
  }));
  CHECK(world.store->next_notifications().empty());
  CHECK(world.service.stop(Milliseconds{5000}));
}

TEST_CASE("a tracker that nothing breaks off goes on after what was begun, and the others at once") {
  ServiceWorld world;
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.is_calm("support") && world.is_calm("other"); }));
  auto& before = *world.http_.load();
  before.unbreakable = true;
  before.hangs = true;
  world.store->wake({{"support", "1"}}, "webhook", world.system.now());
  REQUIRE(comes_true([&] { return before.hanging.load(); }));
  for (int i = 0; i < 2; ++i) {  // also for the configuration after the next
    REQUIRE(world.service.use(changed(world)).empty());
    CHECK_FALSE(world.service.settled());
    CHECK_FALSE(world.service.rests());
    world.service.look_after();
    CHECK(comes_true([&] { return world.other_http.load()->asked > 0; }));
    CHECK(comes_true([&] { return world.store->issue({"other", "3"})->book_version == "another"; }));
    CHECK(world.http_.load()->asked == 0);
    CHECK(world.service.status()[0].tracker == "support");
  }
  CHECK_FALSE(world.service.stop(Milliseconds{100}));
  before.hangs = false;
  CHECK(world.service.stop(Milliseconds{5000}));
}

TEST_CASE("the loop of a tracker begins when the one before it has ended at last") {
  ServiceWorld world;
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.is_calm("support"); }));
  auto& before = *world.http_.load();
  before.unbreakable = true;
  before.hangs = true;
  world.store->wake({{"support", "1"}}, "webhook", world.system.now());
  REQUIRE(comes_true([&] { return before.hanging.load(); }));
  REQUIRE(world.service.use(changed(world)).empty());
  before.hangs = false;
  CHECK(comes_true([&] {
    world.service.look_after();
    return world.service.settled();
  }));
  CHECK(comes_true([&] { return world.store->issue({"support", "3"})->book_version == "another"; }));
  CHECK(comes_true([&] { return world.is_calm("support"); }));
  CHECK(world.service.stop(Milliseconds{5000}));
}

TEST_CASE("who changes the configuration can break off the wait for the one before") {
  ServiceWorld world;
  const auto receiver = add_receiver(world);
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return receiver->asked == 1; }));
  int asked = 0;
  CHECK(world.service.use(changed(world), [&] { return ++asked == 3; }).empty());
  CHECK(asked == 3);
  receiver->hangs = false;
  CHECK(world.service.stop(Milliseconds{5000}));
}

TEST_CASE("where that wait is broken off, what was begun keeps its grace") {
  ServiceWorld world(3, Milliseconds{600'000});
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.is_calm("support"); }));
  auto& before = *world.http_.load();
  before.hangs = true;
  world.store->wake({{"support", "1"}}, "webhook", world.system.now());
  REQUIRE(comes_true([&] { return before.hanging.load(); }));
  REQUIRE(world.service.use(changed(world), [] { return true; }).empty());
  world.service.look_after();
  CHECK_FALSE(before.interrupted);
  CHECK(world.service.stop(Milliseconds{100}));
  CHECK(before.interrupted);
}

TEST_CASE("a signal to stop is seen before it is taken, and one to reload is none") {
  std::thread([] {
    Signals signals;
    CHECK_FALSE(signals.has_come_to_stop());
    ::pthread_kill(::pthread_self(), SIGHUP);
    CHECK_FALSE(signals.has_come_to_stop());
    ::pthread_kill(::pthread_self(), SIGTERM);
    CHECK(signals.has_come_to_stop());
    CHECK(signals.wait(Milliseconds{0}) == Told::to_reload);
    CHECK(signals.wait(Milliseconds{0}) == Told::to_stop);
    CHECK_FALSE(signals.has_come_to_stop());
  }).join();
}

TEST_CASE("counts and a failure go on under a new configuration, for trackers that stay") {
  ServiceWorld world;
  REQUIRE(world.service.use(world.settings).empty());
  REQUIRE(comes_true([&] { return world.service.status()[0].written >= 3 && world.service.status()[1].written >= 3; }));
  world.http_.load()->fails = true;
  world.service.list_soon("support");
  REQUIRE(comes_true([&] { return world.service.status()[0].failing_since.has_value(); }));
  const auto before = world.service.status();
  std::this_thread::sleep_for(Milliseconds{1100});  // a failure that began anew would be told by another second
  world.next_fails = true;
  auto changed = std::make_shared<Settings>(*world.settings);
  auto third = changed->trackers[1];
  third.name = "third";
  auto terms = changed->book.trackers.at("other");
  terms.name = third.name;
  changed->book.trackers[third.name] = terms;
  changed->trackers[1] = third;
  REQUIRE(world.service.use(changed).empty());
  REQUIRE(comes_true([&] { return world.service.status()[0].failures > before[0].failures; }));
  const auto after = world.service.status();
  CHECK(after[0].failing_since == before[0].failing_since);
  CHECK(after[0].lists >= before[0].lists);
  CHECK(after[0].fetched >= before[0].fetched);
  CHECK(after[0].written >= before[0].written);
  CHECK(after[1].tracker == "third");
  CHECK(after[1].failures == 0);
  CHECK(world.service.stop(Milliseconds{5000}));
}

TEST_CASE("changed, woken, asked and stopped by several threads at once") {
  ServiceWorld world(6);
  REQUIRE(world.service.use(world.settings).empty());
  std::atomic<bool> over = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; !over; ++n) {
        world.store->wake({{"support", std::to_string(1 + n % 6)}, {"other", std::to_string(1 + (n + i) % 6)}},
                          "webhook", world.system.now());
        static_cast<void>(world.service.status());
        static_cast<void>(world.store->counts("support"));
        static_cast<void>(world.store->due_issues(world.system.now(), {}, 10));
        std::this_thread::sleep_for(Milliseconds{3});
      }
    });
  }
  for (int i = 0; i < 4; ++i) {
    std::this_thread::sleep_for(Milliseconds{200});
    CHECK(world.service.use(std::make_shared<Settings>(*world.settings)).empty());
  }
  over = true;
  for (auto& thread : threads) thread.join();
  CHECK(comes_true([&] { return world.is_calm("support") && world.is_calm("other"); }));
  CHECK(world.service.stop(Milliseconds{5000}));
  CHECK(world.log_text.str() == "");
  CHECK(world.written(world.redmine) == 6);
  CHECK(world.written(world.other) == 6);
  for (const auto* tracker : {"support", "other"}) CHECK(world.store->counts(tracker).intended == 0);
}

TEST_CASE("who sleeps by the service's clock is woken when it ends") {
  RealClock system;
  const auto threads = make_real_threads();
  StoppableClock clock(system, *threads);
  std::thread sleeper([&] { clock.sleep(Seconds{3600}); });
  std::this_thread::sleep_for(Milliseconds{20});
  const auto took = time_of([&] {
    clock.stop();
    sleeper.join();
    clock.sleep(Seconds{3600});
  });
  CHECK(took < Milliseconds{3000});
  CHECK(clock.stopped());
}
