// Several threads at one store whose file another program keeps locked: who waits how long, and that nobody waits for
// those who wait. What is timed has seconds of room.
#include "bridge/store/locked_store.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <thread>

#include "bridge/store/connection.hpp"
#include "tests/bridge/store/store_samples.hpp"
#include "tests/support/failing.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
using Asker = StoreTurns::Asker;
using samples::at;
using samples::fetched;

const IssueKey k_one{"support", "1"};

Milliseconds time_of(const std::function<void()>& work) {
  const auto began = Steady::now();
  work();
  return std::chrono::duration_cast<Milliseconds>(Steady::now() - began);
}

// A store as the service opens it, for the engine and for the web, and a stranger who can lock it.
struct World {
  World() : stranger(folder.path("bridge.db"), StoreAccess::beside) { engine->save_fetched(fetched(k_one), {}); }
  void lock() { stranger.run("BEGIN EXCLUSIVE"); }
  void let_go() { stranger.run("COMMIT"); }
  void wake_by(Store& store) { store.wake({k_one}, "webhook", at("2026-06-09T08:00:00Z")); }

  TemporaryFolder folder;
  std::unique_ptr<Store> opened =
      open_store("sqlite:" + folder.path("bridge.db"), StoreAccess::exclusive, Milliseconds{0});
  std::shared_ptr<StoreTurns> turns = std::make_shared<StoreTurns>();
  std::atomic<int> told = 0;
  std::unique_ptr<Store> engine = make_locked_store(*opened, {}, turns);
  std::unique_ptr<Store> web = make_locked_store(
      *opened, [this](const std::string&) { ++told; }, turns, Asker::web);
  Connection stranger;
};

TEST_CASE("the web waits a second for a locked file, reads meanwhile, and then tries but once") {
  World world;
  world.lock();
  auto engine = std::async(std::launch::async, [&] { world.wake_by(*world.engine); });
  const auto waited = time_of([&] {
    CHECK_THROWS_WITH_AS(world.wake_by(*world.web), doctest::Contains("another program keeps it locked"), StoreBusy);
  });
  CHECK(waited >= Milliseconds{900});
  CHECK(waited < Milliseconds{4'000});
  const auto rest = time_of([&] {
    CHECK(world.web->issue(k_one));
    CHECK(world.web->counts("support").issues == 1);
    CHECK_THROWS_AS(world.wake_by(*world.web), StoreBusy);
    CHECK_THROWS_AS(world.wake_by(*world.web), StoreBusy);
  });
  CHECK(rest < Milliseconds{900});
  CHECK(world.told == 0);
  CHECK(engine.wait_for(Milliseconds{0}) == std::future_status::timeout);
  world.let_go();
  world.wake_by(*world.web);
  CHECK(world.told == 1);
  engine.get();
}

TEST_CASE("several who wait for a locked file wait at the same time and not one after the other") {
  World world;
  world.lock();
  const auto waited = time_of([&] {
    std::vector<std::future<void>> all;
    for (int i = 0; i < 8; ++i) all.push_back(std::async(std::launch::async, [&] { world.wake_by(*world.web); }));
    for (auto& each : all) CHECK_THROWS_AS(each.get(), StoreBusy);
  });
  CHECK(waited < Milliseconds{4'000});
  world.let_go();
}

TEST_CASE("the engine waits its time for a locked file, and in a hurry not") {
  World world;
  const auto turns = std::make_shared<StoreTurns>(StoreWaits{Milliseconds{2'500}, Milliseconds{100}, Milliseconds{0}});
  const auto engine = make_locked_store(*world.opened, {}, turns);
  world.lock();
  const auto patient = time_of([&] { CHECK_THROWS_AS(world.wake_by(*engine), StoreBusy); });
  CHECK(patient >= Milliseconds{2'400});
  auto waiting = std::async(std::launch::async, [&] { world.wake_by(*engine); });
  std::this_thread::sleep_for(Milliseconds{50});
  turns->hurry();
  CHECK(time_of([&] { CHECK_THROWS_AS(waiting.get(), StoreBusy); }) < Milliseconds{2'000});
  world.let_go();
  world.wake_by(*engine);
}

TEST_CASE("the web does not wait long for its turn either, and gets it when it comes") {
  MemoryStore memory;
  FaultPlan plan;
  std::promise<void> begun, end;
  plan.decide = [&, held = end.get_future().share()](FaultPlan&, const std::string& call) {
    if (call != "store.tidy") return false;
    begun.set_value();
    held.wait();
    return false;
  };
  FailingStore slow(memory, plan);
  const auto turns = std::make_shared<StoreTurns>();
  const auto engine = make_locked_store(slow, {}, turns);
  const auto web = make_locked_store(slow, {}, turns, Asker::web);
  auto working = std::async(std::launch::async, [&] { engine->tidy(at("2026-06-09T08:00:00Z")); });
  begun.get_future().wait();
  const auto waited = time_of([&] {
    CHECK_THROWS_WITH_AS(web->issue(k_one), doctest::Contains("busy with other work of the bridge"), StoreBusy);
  });
  CHECK(waited >= Milliseconds{900});
  CHECK(waited < Milliseconds{4'000});
  auto next = std::async(std::launch::async, [&] { return engine->counts("support").issues; });
  end.set_value();
  working.get();
  CHECK(next.get() == 0);
  CHECK_FALSE(web->issue(k_one));
}

TEST_CASE("what fails for another reason is not tried again") {
  MemoryStore memory;
  FaultPlan plan;
  plan.fail_at = 1;
  FailingStore failing(memory, plan);
  const auto engine = make_locked_store(failing);
  CHECK_THROWS_AS(engine->totals(), StoreError);
  CHECK(plan.calls.size() == 1);
}

}  // namespace
}  // namespace cb
