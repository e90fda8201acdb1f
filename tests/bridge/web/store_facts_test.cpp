// What monitors ask of the store is asked once for all who ask within some seconds.
#include "bridge/web/store_facts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "bridge/store/locked_store.hpp"
#include "bridge/web/status_routes.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

// The world's routes as the service has them, with what is kept.
struct Kept {
  explicit Kept(WebWorld& from) : world(from), parts(from.parts), router(parts.access) {
    parts.facts_kept = k_facts_kept;
    parts.pools_kept = k_pools_kept;
    add_status_routes(router, parts);
  }
  WebAnswer get(const std::string& path) {
    WebRequest request;
    request.method = "GET";
    request.path = path;
    request.headers = world.headers;
    return router.answer(request);
  }
  WebWorld& world;
  WebParts parts;
  Router router;
};

// Those for pools are kept for another time.
std::size_t questions(const WebWorld& world, bool of_pools = false) {
  const auto& calls = world.faults.calls;
  return static_cast<std::size_t>(std::count_if(
      calls.begin(), calls.end(), [&](const std::string& call) { return (call == "store.claims") == of_pools; }));
}

std::string age_of(const WebAnswer& answer) {
  for (const auto& [name, value] : answer.headers)
    if (name == "Age") return value;
  return "none";
}

}  // namespace

TEST_CASE("a flood of questions asks the store as often as one, and each answer says how old it is") {
  WebWorld world;
  Kept kept(world);
  world.faults.calls.clear();
  CHECK(age_of(kept.get("/readyz")) == "0");
  const auto once = questions(world);
  REQUIRE(once > 0);
  CHECK(questions(world, true) == 0);
  CHECK(kept.get("/metrics").status == 200);
  const auto once_of_pools = questions(world, true);
  CHECK(once_of_pools > 0);
  world.clock.set(k_web_now + Seconds(4));
  for (int i = 0; i < 1000; ++i) {
    CHECK(kept.get(i % 2 == 0 ? "/readyz" : "/metrics").status == 200);
  }
  CHECK(questions(world) == once);
  CHECK(age_of(kept.get("/api/v1/status")) == "4");
  CHECK(kept.get("/metrics").body.find("contract_bridge_store_asked_seconds 4\n") != std::string::npos);
  world.clock.set(k_web_now + k_facts_kept);
  CHECK(age_of(kept.get("/metrics")) == "0");
  CHECK(questions(world) == 2 * once);
  CHECK(questions(world, true) == once_of_pools);
  world.clock.set(k_web_now + k_pools_kept);
  CHECK(kept.get("/metrics").status == 200);
  CHECK(questions(world, true) == 2 * once_of_pools);
}

TEST_CASE("pools that the store did not tell are asked for anew at once") {
  WebWorld world;
  KeptPools kept(k_pools_kept);
  world.let_the_store_fail();
  CHECK(kept.get(*world.settings, world.store, k_web_now)->pools.empty());
  world.faults = FaultPlan();
  CHECK_FALSE(kept.get(*world.settings, world.store, k_web_now)->pools.empty());
}

TEST_CASE("a store that fails, or answers again, is told within seconds; what loops say is told at once") {
  WebWorld world;
  Kept kept(world);
  CHECK(kept.get("/readyz").status == 200);
  world.let_the_store_fail();
  world.clock.set(k_web_now + k_facts_kept);
  CHECK(kept.get("/readyz").status == 503);
  world.faults = FaultPlan();
  world.clock.set(k_web_now + 2 * k_facts_kept);
  CHECK(kept.get("/readyz").status == 200);
  world.loops.clear();
  CHECK(kept.get("/readyz").status == 503);
}

TEST_CASE("writing that is allowed again is told at its second") {
  WebWorld world;
  world.memory.park({{"support", "writing"}, "a public note", k_web_now, k_web_now + Seconds(2), 1});
  Kept kept(world);
  CHECK(kept.get("/readyz").status == 503);
  world.clock.set(k_web_now + Seconds(2));
  CHECK(kept.get("/readyz").status == 200);
}

TEST_CASE("what is kept is asked anew after the clock was set back, and for another configuration") {
  WebWorld world;
  KeptFacts kept(k_facts_kept);
  const auto ask = [&](Instant now) { return kept.get(*world.settings, world.memory, now)->asked_at; };
  CHECK(ask(k_web_now) == k_web_now);
  CHECK(ask(k_web_now - Seconds(3'600)) == k_web_now - Seconds(3'600));
  CHECK(ask(k_web_now - Seconds(3'599)) == k_web_now - Seconds(3'600));
  auto changed = *world.settings;
  changed.book.version = "another";
  CHECK(kept.get(changed, world.memory, k_web_now - Seconds(3'599))->asked_at == k_web_now - Seconds(3'599));
}

TEST_CASE("many threads that ask at once ask the store once") {
  WebWorld world;
  const auto locked = make_locked_store(world.store);
  KeptFacts kept(k_facts_kept);
  world.faults.calls.clear();
  static_cast<void>(ask_store(*world.settings, *locked, k_web_now));
  const auto once = world.faults.calls.size();
  world.faults.calls.clear();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) static_cast<void>(kept.get(*world.settings, *locked, k_web_now));
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(world.faults.calls.size() == once);
}

}  // namespace cb
