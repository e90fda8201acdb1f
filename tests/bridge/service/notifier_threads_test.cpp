// One who is told slowly, or not at all, keeps nobody else from being told. Also run under ThreadSanitizer.
#include "bridge/service/notifier_threads.hpp"

#include "bridge/store/locked_store.hpp"
#include "tests/bridge/service/service_world.hpp"

using namespace cb;

namespace {

// Never answers, until it is broken off.
class Deaf final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& /*request*/) override {
    ++asked;
    while (!broken_off) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return failure(ErrorKind::retry_later, "broken off");
  }
  std::atomic<int> asked = 0;
  std::atomic<bool> broken_off = false;
};

class Quick final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& /*request*/) override {
    ++told;
    return HttpResponse{204, {}, ""};
  }
  std::atomic<int> told = 0;
};

struct World {
  RealClock clock;
  std::ostringstream log_text;
  Log log{LogLevel::error, Log::Form::human, log_text};
  std::unique_ptr<Threads> threads = make_real_threads();
  MemoryStore memory;
  std::unique_ptr<Store> store = make_locked_store(memory);
  std::shared_ptr<Deaf> deaf = std::make_shared<Deaf>();
  std::shared_ptr<Quick> quick = std::make_shared<Quick>();

  void add(const std::string& id, const std::string& target) {
    const IssueKey key{"support", "1"};
    const auto now = clock.now();
    store->save_fetched({key, now, now, {}, "", "", "", {}, false}, {});
    Record record;
    record.key = key;
    record.at = now;
    record.notifications = {{id, target, "{}", now, now, 0, ""}};
    store->record(record);
  }
  NotifierThreads::Parts parts(std::vector<NotificationRoute> routes) {
    return {*store, clock, log, *threads, [] { return std::make_unique<SeededChance>(7); }, std::move(routes)};
  }
  std::size_t waiting() { return store->next_notifications().size(); }
};

}  // namespace

TEST_CASE("a receiver that never answers keeps nobody else from being told, whatever waits for it") {
  World world;
  for (int i = 0; i < 60; ++i) world.add("a" + std::to_string(i), "deaf");  // more than a portion
  world.add("b", "quick");
  NotifierThreads threads(world.parts({{"deaf", "/", "", world.deaf, {}}, {"quick", "/", "", world.quick, {}}}));
  CHECK(comes_true([&] { return world.deaf->asked == 1; }));
  CHECK(comes_true([&] { return world.quick->told == 1; }));
  world.add("c", "quick");
  CHECK(comes_true([&] { return world.quick->told == 2; }));
  CHECK(world.deaf->asked == 1);
  threads.ask_to_stop();
  world.deaf->broken_off = true;
  CHECK(comes_true([&] { return threads.ended(); }));
  CHECK(world.deaf->asked == 1);
}

TEST_CASE("many targets share few threads, and each is told") {
  World world;
  std::vector<NotificationRoute> routes;
  for (std::size_t i = 0; i < 3 * k_most_notifier_threads + 1; ++i) {
    routes.push_back({"t" + std::to_string(i), "/", "", world.quick, {}});
    world.add("a", routes.back().name);
  }
  const NotifierThreads threads(world.parts(routes));
  CHECK(comes_true([&] { return world.quick->told == static_cast<int>(routes.size()); }));
}

TEST_CASE("what waits for nobody is given up, also where nobody is configured") {
  World world;
  world.add("a", "gone");
  const NotifierThreads threads(world.parts({}));
  CHECK(comes_true([&] { return world.waiting() == 0; }));
  CHECK(world.store->audit_lines(10).size() == 1);
}
