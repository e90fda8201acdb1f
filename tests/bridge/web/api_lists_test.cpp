// The lists of the API, and their pages.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/bridge/store/store_samples.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

using Json = nlohmann::json;

std::string shown(const Json& item) {
  std::string text = item.at("issue");
  if (item.contains("kind"))
    return text + " " + (item["kind"] == "ledger" ? item["action"] : item["kind"]).get<std::string>();
  return text + " " + item.at("next_due").get<std::string>();
}

// Every page of a list one after the other.
std::vector<std::string> read_all(WebWorld& world, const std::string& path, const std::string& query, int limit) {
  std::vector<std::string> all;
  std::string cursor;
  for (int pages = 0; pages < 100; ++pages) {
    const auto answer =
        world.get(path + "?limit=" + std::to_string(limit) + query + (cursor.empty() ? "" : "&cursor=" + cursor));
    REQUIRE(answer.status == 200);
    const auto json = Json::parse(answer.body);
    CHECK(static_cast<int>(json.at("items").size()) <= limit);
    for (const auto& item : json.at("items")) all.push_back(shown(item));
    if (json.at("next").is_null()) return all;
    cursor = json.at("next");
  }
  FAIL("the list does not end");
  return all;
}

void make_due(WebWorld& world, const std::string& id, Instant due, bool finished = false,
              const std::string& tracker = "support") {
  const IssueKey key{tracker, id};
  world.memory.save_fetched(samples::fetched(key), {});
  auto record = samples::decided(key, "{}");
  record.outline = {"acme", "", "pool", "ok", finished, due};
  world.memory.record(record);
}

}  // namespace

TEST_CASE("a customer's history, newest first, in pages of any size") {
  WebWorld world;
  world.keep("1");
  world.clock.set(k_web_now + Seconds(10));
  world.keep("2");
  world.clock.set(k_web_now + Seconds(20));
  world.keep("1");
  const std::vector<std::string> all{"support#1 reserve",  "support#1 decision", "support#2 reserve",
                                     "support#2 decision", "support#1 reserve",  "support#1 decision"};
  for (const int limit : {1, 2, 3, 5, 6, 7, 200}) {
    CAPTURE(limit);
    CHECK(read_all(world, "/api/v1/customers/acme/history", "", limit) == all);
  }
  const auto json = Json::parse(world.get("/api/v1/customers/acme/history").body);
  CHECK(json.at("customer") == "acme");
  CHECK(json.at("items").at(1).at("billing") == "free");
  CHECK(json.at("items").at(1).at("category").at("claimed") == "defect");
  CHECK(json.at("items").at(0).at("note") == "one unit of five");
}

TEST_CASE("customers without history, and without being there") {
  WebWorld world;
  CHECK(Json::parse(world.get("/api/v1/customers/volga/history").body).at("items").empty());
  CHECK(Json::parse(world.get("/api/v1/customers/implementers/history").body).at("next") == nullptr);
  CHECK(world.get("/api/v1/customers/nobody/history").status == 404);
  CHECK(world.get("/api/v1/customers/%3Cb%3E/history").status == 404);
  // One that is configured no longer still has its history.
  const IssueKey key{"support", "1"};
  world.keep("1");
  auto record = samples::decided(key, world.memory.issue(key)->decision, false);
  record.outline.customer = "former";
  world.memory.record(record);
  CHECK(read_all(world, "/api/v1/customers/former/history", "", 1).size() == 2);
}

TEST_CASE(
    "a tracker that was taken out of the configuration owes nothing any more, and pages are as full as without it") {
  WebWorld world;
  std::vector<std::string> all;
  for (int i = 1; i <= 5; ++i) {
    for (int gone = 0; gone < 300; ++gone)
      make_due(world, std::to_string(1'000 * i + gone), k_web_now + Seconds(2 * i), false, "gone");
    make_due(world, std::to_string(i), k_web_now + Seconds(2 * i + 1));
    all.push_back("support#" + std::to_string(i) + " " + to_iso(k_web_now + Seconds(2 * i + 1)));
  }
  for (const int limit : {1, 2, 4, 5, 6, 200}) {
    CAPTURE(limit);
    CHECK(read_all(world, "/api/v1/due", "", limit) == all);
  }
  const auto page = Json::parse(world.get("/api/v1/due?limit=4").body);
  CHECK(page.at("items").size() == 4);
  CHECK(page.at("next").is_string());
  CHECK(Json::parse(world.get("/api/v1/due?limit=5").body).at("next").is_null());
}

TEST_CASE("what falls due, the earliest first, until the instant that is asked for") {
  WebWorld world;
  make_due(world, "3", k_web_now - Seconds(1));
  make_due(world, "2", k_web_now);
  make_due(world, "10", k_web_now);
  make_due(world, "1", k_web_now + Seconds(86'399));
  make_due(world, "5", k_web_now + Seconds(86'400));
  make_due(world, "6", k_web_now, true);
  const std::vector<std::string> day{"support#3 2026-06-09T11:59:59Z", "support#2 2026-06-09T12:00:00Z",
                                     "support#10 2026-06-09T12:00:00Z", "support#1 2026-06-10T11:59:59Z"};
  for (const int limit : {1, 2, 3, 4, 5}) {
    CAPTURE(limit);
    CHECK(read_all(world, "/api/v1/due", "", limit) == day);
  }
  CHECK(read_all(world, "/api/v1/due", "&until=2026-06-10T12:00:01Z", 2).size() == 5);
  CHECK(read_all(world, "/api/v1/due", "&until=2026-06-09T12%3A00%3A00Z", 2).size() == 1);
  const auto json = Json::parse(world.get("/api/v1/due").body);
  CHECK(json.at("until") == "2026-06-10T12:00:00Z");
  CHECK(json.at("items").at(0).at("overdue") == true);
  CHECK(json.at("items").at(1).at("overdue") == false);
  CHECK(json.at("items").at(1).at("contract") == nullptr);
}

TEST_CASE("a page's cursor keeps the instant of the first page") {
  WebWorld world;
  for (const auto* id : {"1", "2", "3"}) make_due(world, id, k_web_now + Seconds(86'399));
  const auto first = Json::parse(world.get("/api/v1/due?limit=2").body);
  world.clock.set(k_web_now + Seconds(7));
  const auto second = Json::parse(world.get("/api/v1/due?cursor=" + first.at("next").get<std::string>()).body);
  CHECK(second.at("until") == first.at("until"));
  CHECK(second.at("items").size() == 1);
}

TEST_CASE("what is done between two pages hides no other issue") {
  WebWorld world;
  for (const auto* id : {"1", "2", "3", "10", "11"}) make_due(world, id, k_web_now);
  const auto first = Json::parse(world.get("/api/v1/due?limit=2").body);
  make_due(world, "1", k_web_now, true);
  make_due(world, "2", k_web_now, true);  // the very one that the page begins behind
  std::vector<std::string> rest;
  for (Json page = first; !page.at("next").is_null();) {
    page = Json::parse(world.get("/api/v1/due?limit=2&cursor=" + page.at("next").get<std::string>()).body);
    for (const auto& item : page.at("items")) rest.push_back(item.at("id"));
  }
  CHECK(rest == std::vector<std::string>{"3", "10", "11"});
}

TEST_CASE("pages that cannot be asked for") {
  WebWorld world;
  for (int i = 1; i < 4; ++i) make_due(world, std::to_string(i), k_web_now);
  const std::string due = Json::parse(world.get("/api/v1/due?limit=1").body).at("next");
  world.keep("1");
  world.keep("2");
  const std::string history = Json::parse(world.get("/api/v1/customers/acme/history?limit=1").body).at("next");
  const auto refused = [&](const std::string& target) {
    CAPTURE(target);
    const auto answer = world.get(target);
    CHECK(answer.status == 400);
    CHECK(answer.content_type == "application/problem+json");
  };
  for (const std::string path : {"/api/v1/due", "/api/v1/customers/acme/history"}) {
    for (const auto* limit : {"0", "-1", "201", "1.5", "ten", "", "99999999999", "1%20"})
      refused(path + "?limit=" + limit);
    for (const auto* cursor : {"", "x", "abc", "zz", "20", "647565", "64756520", "..%2f"})
      refused(path + "?cursor=" + cursor);
  }
  refused("/api/v1/due?cursor=" + history);
  refused("/api/v1/customers/acme/history?cursor=" + due);
  refused("/api/v1/due?cursor=" + due.substr(0, due.size() - 2));
  refused("/api/v1/customers/acme/history?cursor=" + history + "41");
  // Places that a list never told: `due UNTIL 12`, `due UNTIL DUE support`, `history AT decision -3`.
  const auto hex = [](const std::string& text) {
    std::ostringstream out;
    for (const unsigned char c : text) out << std::hex << static_cast<int>(c);
    return out.str();
  };
  for (const auto* place : {"2026-06-09T12:00:00Z 12", "2026-06-09T12:00:00Z 2026-06-09T12:00:00Z support",
                            "2026-06-09T12:00:00Z soon support 1", "2026-06-09T12:00:00Z 2026-06-09T12:00:00Z a b 1"})
    refused("/api/v1/due?cursor=" + hex(std::string("due ") + place));
  for (const auto* place : {"decision -3", "decision 0", "line -1", "line 1.5"})
    refused("/api/v1/customers/acme/history?cursor=" + hex(std::string("history 2026-06-09T12:00:00Z ") + place));
  for (const std::string path : {"/api/v1/due", "/api/v1/customers/acme/history"}) {
    for (const auto* query : {"limit=5%00", "limit=%ff", "limit=5&limit=7", "limit=5&limit=5", "cursor=%zz", "page=2",
                              "Limit=5", "limit=5&x", "until=2026-06-10T12:00:01Z&until=2026-06-10T12:00:01Z"})
      refused(path + "?" + query);
    refused(path + "?cursor=" + due + "&cursor=" + history);
  }
  for (const auto* until : {"tomorrow", "2026-06-10", "2026-06-10T12:00:00", ""})
    refused(std::string("/api/v1/due?until=") + until);
}

}  // namespace cb
