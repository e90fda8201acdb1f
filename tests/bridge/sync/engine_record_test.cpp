// Records, links and changes of status through whole cycles: written once, together where that is possible, and quiet
// from then on.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

// Nothing but records and links is written.
void make_recording(SyncWorld& world, std::size_t write_batch) {
  auto& write = world.settings.trackers.front().write;
  write = {};
  write.property = "contract-bridge";
  write.pages = "https://support.vendor.example";
  auto& can = world.tracker.capabilities_;
  can.record = true;
  can.page_links = true;
  can.transitions = true;
  can.write_batch = write_batch;
}

std::string billing_in_record(SyncWorld& world, const std::string& id) {
  const auto& record = world.tracker.at(id).record;
  return record ? nlohmann::json::parse(*record).at("billing").get<std::string>() : "no record";
}

}  // namespace

TEST_CASE("each issue gets its own record and link, also in one request, and nothing more until its state changes") {
  for (const std::size_t batch : {1U, 10U}) {
    CAPTURE(batch);
    SyncWorld world;
    make_recording(world, batch);
    for (const auto* id : {"1", "2", "3"}) world.tracker.add(defect(id, world.clock.now()));
    const auto report = world.cycle();
    CHECK(report.written == 3);
    CHECK(world.tracker.write_batches == (batch == 1 ? std::vector<std::size_t>{} : std::vector<std::size_t>{3}));
    for (const auto* id : {"1", "2", "3"}) {
      CAPTURE(id);
      CHECK(billing_in_record(world, id) == "free");
      CHECK(nlohmann::json::parse(*world.tracker.at(id).record).at("issue") == std::string("support#") + id);
      CHECK(world.tracker.at(id).links.at(std::string("contract-bridge:support#") + id) ==
            std::string("https://support.vendor.example/issues/support/") + id);
    }
    for (const auto& row : report.rows) {
      REQUIRE(row.changes.links.size() == 1);
      CHECK(row.changes.links.front().id == "contract-bridge:" + to_text(row.key));
      CHECK(row.changes.record.find("\"" + to_text(row.key) + "\"") != std::string::npos);
    }
    // An hour of a running clock is no change of state.
    for (int i = 0; i < 3; ++i) {
      world.pass(Seconds{1200});
      CHECK(world.cycle().written == 0);
    }
    CHECK(world.tracker.writes == 3);
    world.tracker.comment("2", alena(), "We look at it.", Visibility::everybody);
    CHECK(world.cycle().written == 1);
    const auto record = nlohmann::json::parse(*world.tracker.at("2").record);
    CHECK(record.at("clocks").at("first_response").at("state") == "met");
  }
}

TEST_CASE("one more request of a pool rewrites no other issue's record") {
  SyncWorld world;
  make_recording(world, 1);
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(consultation("2", world.clock.now()));
  CHECK(world.cycle().written == 2);
  CHECK(billing_in_record(world, "1") == "pool");
  world.pass(Seconds{600});
  world.tracker.add(consultation("3", world.clock.now()));
  CHECK(world.cycle().written == 1);
}

TEST_CASE("a dry run shows records and links, and writes none") {
  SyncWorld world;
  make_recording(world, 10);
  world.tracker.add(defect("1", world.clock.now()));
  EngineOptions dry;
  dry.dry_run = true;
  const auto report = world.cycle(dry);
  REQUIRE(report.rows.size() == 1);
  CHECK(report.rows.front().changes.links.size() == 1);
  CHECK_FALSE(report.rows.front().changes.record.empty());
  CHECK(world.tracker.writes == 0);
  CHECK_FALSE(world.tracker.at("1").record);
}

TEST_CASE("one of a batch that is refused is told, tried again, and gets its own record") {
  SyncWorld world;
  make_recording(world, 10);
  for (const auto* id : {"1", "2", "3"}) world.tracker.add(defect(id, world.clock.now()));
  world.tracker.refused["2"] = {ErrorKind::rejected, "support#2: refused", {}};
  CHECK(world.cycle().parked == 1);
  CHECK_FALSE(world.tracker.at("2").record);
  CHECK(billing_in_record(world, "3") == "free");
  world.tracker.refused.clear();
  world.pass(Seconds{3600});
  CHECK(world.cycle().written == 1);
  CHECK(nlohmann::json::parse(*world.tracker.at("2").record).at("issue") == "support#2");
  CHECK(world.tracker.at("2").links.size() == 1);
}

TEST_CASE("one of a batch that moved meanwhile is decided anew and gets the record of what it is now") {
  SyncWorld world;
  make_recording(world, 10);
  for (const auto* id : {"1", "2"}) world.tracker.add(defect(id, world.clock.now()));
  bool moved = false;
  world.tracker.before_apply = [&] {
    if (moved) return;
    moved = true;
    world.tracker.comment("2", alena(), "We look at it.", Visibility::everybody);
  };
  CHECK(world.cycle().written == 2);
  const auto record = nlohmann::json::parse(*world.tracker.at("2").record);
  CHECK(record.at("issue") == "support#2");
  CHECK(record.at("clocks").at("first_response").at("state") == "met");
}

TEST_CASE("the status is changed once, and who moves it back keeps it there") {
  SyncWorld world;
  make_recording(world, 10);
  world.settings.trackers.front().write.transitions = {{"free", "New", "In Progress"}};
  world.tracker.add(defect("1", world.clock.now()));
  const auto report = world.cycle();
  CHECK(report.rows.front().status_before == "New");
  CHECK(report.rows.front().changes.status == "In Progress");
  CHECK(world.tracker.at("1").issue.status == "In Progress");
  world.pass(Seconds{600});
  world.tracker.change_status("1", alena(), "New");
  for (int i = 0; i < 3; ++i) {
    world.cycle();
    world.pass(Seconds{600});
  }
  CHECK(world.tracker.at("1").issue.status == "New");
  CHECK(world.cycle().written == 0);
}
