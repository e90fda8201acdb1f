#include "bridge/web/health.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bridge/sync/selection.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

using Json = nlohmann::json;

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

LoopStatus failing(Seconds since, Seconds list_ago) {
  auto loop = WebWorld::well("support");
  loop.last_list = k_web_now - list_ago;
  loop.failing_since = k_web_now - since;
  loop.error = "support: the server answered 503 (Mr Novak's proxy)";
  return loop;
}

// What does not pass by itself.
LoopStatus refused(Seconds since) {
  auto loop = failing(since, Seconds(60));
  loop.needs_staff = true;
  return loop;
}

LoopStatus listed_ago(std::optional<Seconds> ago) {
  auto loop = WebWorld::well("support");
  loop.last_list.reset();
  if (ago) loop.last_list = k_web_now - *ago;
  return loop;
}

void stop_writing(WebWorld& world, Instant until) {
  world.memory.park({writing_stop("support"), "support#7: the note for staff is public (Novak saw it)",
                     k_web_now - Seconds(30), until, 1});
}

}  // namespace

TEST_CASE("the process is healthy without anything else") {
  WebWorld world;
  world.settings.reset();
  world.let_the_store_fail();
  const auto answer = world.get("/healthz");
  CHECK(answer.status == 200);
  CHECK(answer.body == "ok\n");
  CHECK(world.get("/readyz").status == 503);
}

TEST_CASE("what is ready and what is not, to the second") {
  struct Row {
    const char* name;
    LoopStatus loop;
    Standing standing;
    int status;
  };
  const Row rows[] = {
      {"well", WebWorld::well("support"), Standing::well, 200},
      {"as far behind as is allowed", listed_ago(Seconds(900)), Standing::well, 200},
      {"a second more", listed_ago(Seconds(901)), Standing::behind, 503},
      {"failing, not for long", failing(Seconds(900), Seconds(60)), Standing::retrying, 200},
      {"failing a second longer", failing(Seconds(901), Seconds(60)), Standing::failing, 503},
      {"refused, which may be right in a moment", refused(Seconds(120)), Standing::retrying, 200},
      {"refused, and nobody has mended it", refused(Seconds(121)), Standing::failing, 503},
      {"failing a little, and behind", failing(Seconds(60), Seconds(901)), Standing::behind, 503},
      {"never listed, and started an hour ago", listed_ago({}), Standing::behind, 503},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    WebWorld world;
    world.loops = {row.loop};
    const auto answer = world.get("/readyz");
    CHECK(answer.status == row.status);
    CHECK(says(answer.body, row.status == 200 ? "ready\n" : "not ready\n"));
    CHECK(says(answer.body, "support: " + to_text(row.standing) + ", "));
  }
}

TEST_CASE("a service that has just started is ready, and late when nothing was listed in time") {
  WebWorld world;
  world.loops = {listed_ago({})};
  world.parts.started = k_web_now - Seconds(900);
  CHECK(world.get("/readyz").status == 200);
  CHECK(says(world.get("/readyz").body, "support: starting, 15m behind: nothing was listed yet") == false);
  CHECK(says(world.get("/readyz").body, "support: starting, 15m behind"));
  world.clock.set(k_web_now + Seconds(1));
  CHECK(says(world.get("/readyz").body, "no list was complete since the start at 2026-06-09T11:45:00Z"));
  // The store knows of a list before the start.
  world.memory.set_cursor({"support", k_web_now - Seconds(700), k_web_now - Seconds(600)});
  CHECK(world.get("/readyz").status == 200);
}

TEST_CASE("a tracker that is asked calmly is not behind for that") {
  WebWorld world;
  auto calm = *world.settings;
  calm.trackers.front().poll_every = Seconds(1'800);
  world.settings = std::make_shared<const Settings>(calm);
  world.loops = {listed_ago(Seconds(3'600))};
  CHECK(world.get("/readyz").status == 200);
  world.loops = {listed_ago(Seconds(3'601))};
  CHECK(world.get("/readyz").status == 503);
}

TEST_CASE("writing that was stopped is told with what to do, until it is allowed again") {
  WebWorld world;
  stop_writing(world, k_web_now + Seconds(1));
  const auto answer = world.get("/readyz");
  CHECK(answer.status == 503);
  CHECK(says(answer.body, "support: writing stopped, 1m behind, since 2026-06-09T11:59:30Z"));
  CHECK(says(answer.body, "the note for staff is public"));
  CHECK(says(answer.body, "contract-bridge retry 'support#writing'"));
  stop_writing(world, k_web_now);
  CHECK(world.get("/readyz").status == 200);
}

TEST_CASE("a store that fails and a tracker that nobody serves are not ready") {
  WebWorld world;
  world.let_the_store_fail();
  CHECK(world.get("/readyz").status == 503);
  CHECK(says(world.get("/readyz").body, "store: "));
  world.faults = FaultPlan();
  CHECK(world.get("/readyz").status == 200);
  world.loops.clear();
  CHECK(world.get("/readyz").status == 503);
  CHECK(says(world.get("/readyz").body, "support: not running"));
}

TEST_CASE("strangers learn how it stands, and not what the tracker said") {
  WebWorld world("a-long-token");
  world.loops = {failing(Seconds(901), Seconds(60))};
  const auto seen = [&](const std::string& accept, const std::string& token) {
    world.headers = {{"Host", "evil.example"}, {"Accept", accept}};
    if (!token.empty()) world.headers.emplace_back("Authorization", "Bearer " + token);
    const auto answer = world.get("/readyz");
    CHECK(answer.status == 503);
    return answer.body;
  };
  for (const auto* accept : {"*/*", "application/json"}) {
    CAPTURE(accept);
    for (const auto* token : {"", "wrong"}) {
      CHECK_FALSE(says(seen(accept, token), "Novak"));
      CHECK(says(seen(accept, token), "it has been failing for too long"));
      CHECK(says(seen(accept, token), "/api/v1/status"));
    }
    CHECK(says(seen(accept, "a-long-token"), "Novak"));
  }
  stop_writing(world, k_web_now + Seconds(60));
  CHECK_FALSE(says(seen("*/*", ""), "Novak"));
  world.let_the_store_fail();
  CHECK_FALSE(says(seen("*/*", ""), "store.counts"));
}

TEST_CASE("readyz as JSON") {
  WebWorld world;
  world.headers.emplace_back("Accept", "application/json");
  CHECK(Json::parse(world.get("/readyz").body).at("ready") == true);
  world.loops = {failing(Seconds(901), Seconds(120))};
  const auto answer = world.get("/readyz");
  CHECK(answer.content_type == "application/json");
  const auto json = Json::parse(answer.body);
  CHECK(json.at("ready") == false);
  CHECK(json.at("store_error") == nullptr);
  const auto& tracker = json.at("trackers").at(0);
  CHECK(tracker.at("name") == "support");
  CHECK(tracker.at("standing") == "failing");
  CHECK(tracker.at("behind_seconds") == 120);
  CHECK(tracker.at("since") == "2026-06-09T11:44:59Z");
  CHECK(says(tracker.at("why"), "15m1s (2026-06-09T11:44:59Z): support: the server answered 503"));
  CHECK(says(tracker.at("advice"), "catches up by itself"));
}

}  // namespace cb
