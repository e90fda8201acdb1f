// Who is told what outside the tracker, once for each cause.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bridge/sync/notices.hpp"
#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

using Events = std::set<NotificationEvent>;

std::vector<NotificationTarget> two_targets() {
  NotificationTarget chat;
  chat.name = "chat";
  chat.kind = NotificationKind::chat;
  chat.events = {NotificationEvent::breach, NotificationEvent::urgent};
  NotificationTarget pager;
  pager.name = "pager";
  pager.events = {NotificationEvent::risk, NotificationEvent::breach};
  return {chat, pager};
}

// Cycles in which somebody is told, each `every`, until then.
void run_until(SyncWorld& world, const std::vector<NotificationTarget>& targets, const std::string& then,
               Seconds every = Seconds{300}) {
  while (world.clock.now() < at_iso(then)) {
    world.pass(every);
    auto parts = world.parts();
    parts.notifications = &targets;
    REQUIRE(Engine(parts).run_cycle().complete());
  }
}

std::vector<std::string> told(SyncWorld& world) {
  std::vector<std::string> all;
  for (const auto* target : {"chat", "pager"}) {
    for (const auto& each : world.store.notifications(target, world.clock.now(), 100))
      all.push_back(each.target + ": " + each.id);
  }
  std::sort(all.begin(), all.end());
  return all;
}

Notification waiting(SyncWorld& world, const std::string& target, const std::string& part_of_id) {
  for (const auto& each : world.store.notifications(target, world.clock.now(), 100)) {
    if (each.id.find(part_of_id) != std::string::npos) return each;
  }
  FAIL("not told: ", part_of_id);
  return {};
}

}  // namespace

TEST_CASE("a risk and a breach are told once each, to who asks for them") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // four open hours: 75 % at 11:00, due at 12:00
  world.tracker.add(issue);
  const auto targets = two_targets();
  run_until(world, targets, "2026-06-08T10:55:00Z");
  CHECK(told(world).empty());
  run_until(world, targets, "2026-06-08T11:50:00Z");
  CHECK(told(world) == std::vector<std::string>{"pager: support#1 risk/first_response 1"});
  // A risk is worth telling until it is a breach.
  CHECK(waiting(world, "pager", "risk").useful_until == at_iso("2026-06-08T12:00:00Z"));
  run_until(world, targets, "2026-06-08T15:00:00Z");
  CHECK_FALSE(waiting(world, "pager", "breach").useful_until);
  CHECK(told(world) == std::vector<std::string>{"chat: support#1 breach/first_response 1",
                                                "pager: support#1 breach/first_response 1",
                                                "pager: support#1 risk/first_response 1"});
  const auto json = nlohmann::json::parse(waiting(world, "pager", "breach").body);
  CHECK(json["event"] == "breach");
  CHECK(json["at"] == "2026-06-08T12:00:00Z");
  CHECK(json["due"] == "2026-06-08T12:00:00Z");
  CHECK(json["issue"] == "support#1");
  CHECK(json["clock"] == "first_response");
  CHECK(json["customer"] == "ACME University");
  CHECK(json["url"] == "https://redmine.vendor.example/issues/1");
  const auto chat = nlohmann::json::parse(waiting(world, "chat", "breach").body);
  CHECK(chat.size() == 1);
  CHECK(
      chat["text"] ==
      "Breached: first response, was due 2026-06-08 14:00 CEST. support#1 How do we set up a course (ACME University) "
      "https://redmine.vendor.example/issues/1");
}

TEST_CASE("who is told outside is told also where the tracker refuses to be written") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";
  world.tracker.add(issue);
  const auto targets = two_targets();
  run_until(world, targets, "2026-06-08T10:55:00Z");
  world.tracker.refused["1"] = {ErrorKind::rejected, "support#1: a required field is empty", {}};
  run_until(world, targets, "2026-06-08T15:00:00Z");
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  CHECK(told(world).size() == 3);
}

TEST_CASE("what is long past is no news") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now() - Seconds{20 * 24 * 3600});
  world.tracker.add(issue);
  run_until(world, two_targets(), "2026-06-08T09:00:00Z");
  CHECK(world.shows("1", Slot::sla_state) == "breached");
  for (const auto& each : told(world)) CHECK(each.find("first_response") == std::string::npos);
}

TEST_CASE("nobody is told where nobody is configured, and by no dry run") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now() - Seconds{3 * 24 * 3600});
  world.tracker.add(issue);
  const auto targets = two_targets();
  auto parts = world.parts();
  parts.notifications = &targets;
  EngineOptions dry;
  dry.dry_run = true;
  CHECK(Engine(parts, dry).run_cycle().written == 1);
  CHECK(world.cycle().written == 1);
  CHECK(told(world).empty());
}

TEST_CASE("a heading cannot call people, link or change the look in a chat, and stays one short line") {
  struct Row {
    const char* name;
    const char* text;
    std::vector<const char*> not_in;
  };
  const Row rows[] = {
      {"everybody is called", "@here @channel <!channel> <@U123>", {"@h", "@c", "<", "<!"}},
      {"a link of Slack", "<https://evil.example|click>", {"<", "://", "|c"}},
      {"a link of Markdown", "[click](https://evil.example)", {"](", "://"}},
      {"a picture", "![x](https://evil.example/x.png)", {"![", "]("}},
      {"line breaks", "a\nb\r\nc\x1b[31m", {"\n", "\r", "\x1b"}},
      {"a direction that is turned", "Gold \xE2\x80\xAEhcaerb\xE2\x81\xA6 x", {"\xE2\x80\xAE", "\xE2\x81\xA6"}},
      {"other control characters and separators", "a\xC2\x9B\x7F\xE2\x80\xA8z", {"\xC2\x9B", "\x7F", "\xE2\x80\xA8"}},
      {"look", "*bold* _it_ `code` ~no~ # head", {"*b", "_i", "`c", "~n", "# "}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto safe = chat_text(row.text);
    for (const auto* part : row.not_in) CHECK(safe.find(part) == std::string::npos);
  }
  CHECK(chat_text(std::string(5000, 'x')).size() < 220);
  // No letter is cut in two.
  const auto long_text = chat_text(std::string(199, 'x') + "ěščřžýáíé");
  CHECK(long_text.substr(199) == "…");
}

TEST_CASE("who is not told of breaches is told of a risk also late") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";
  world.tracker.add(issue);
  auto targets = two_targets();
  targets.back().events = {NotificationEvent::risk};
  run_until(world, targets, "2026-06-08T11:50:00Z");
  CHECK_FALSE(waiting(world, "pager", "risk").useful_until);
}
