// What the API tells about one issue, and the retry of a parked one.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/bridge/store/store_samples.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

using Json = nlohmann::json;

std::string detail_of(const WebAnswer& answer) {
  CHECK(answer.content_type == "application/problem+json");
  const auto json = Json::parse(answer.body);
  CHECK(json.at("status") == answer.status);
  return json.at("detail");
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a decided issue is told as it is stored") {
  WebWorld world;
  world.keep("12");
  world.clock.set(k_web_now + Seconds(60));
  const auto answer = world.get("/api/v1/issues/support/12");
  CHECK(answer.status == 200);
  CHECK(answer.content_type == "application/json");
  const auto json = Json::parse(answer.body);
  CHECK(json.at("issue") == "support#12");
  CHECK(json.at("url") == "https://redmine.vendor.example/issues/12");
  CHECK(json.at("summary") == "Login does nothing");
  CHECK(json.at("decided_at") == "2026-06-09T12:00:00Z");
  CHECK(json.at("book_version") == world.settings->book.version);
  CHECK(json.at("decision").at("customer") == "acme");
  CHECK(json.at("decision").at("billing") == "free");
  CHECK_FALSE(json.at("decision").at("reasons").empty());
  CHECK(json.at("decision") == Json::parse(world.memory.issue({"support", "12"})->decision));
  CHECK(json.at("ledger").size() == 1);
  CHECK(json.at("ledger").at(0).at("contract") == "ACME-2026");
  CHECK(json.at("parked") == nullptr);
  CHECK(json.at("gone") == false);
  const auto head = world.ask("HEAD", "/api/v1/issues/support/12");
  CHECK(head.status == 200);
  CHECK(head.body == answer.body);  // the server leaves it out
}

TEST_CASE("what is known of issues that are not in order") {
  WebWorld world;
  SUBCASE("read and not decided") {
    world.memory.save_fetched(samples::fetched({"support", "12"}, "not a snapshot"), {});
    const auto json = Json::parse(world.get("/api/v1/issues/support/12").body);
    CHECK(json.at("decision") == nullptr);
    CHECK(json.at("decided_at") == nullptr);
    CHECK(json.at("summary") == nullptr);
  }
  SUBCASE("parked and never read") {
    world.memory.park({{"support", "12"}, "support#12: 500", k_web_now, k_web_now + Seconds(60), 3});
    const auto json = Json::parse(world.get("/api/v1/issues/support/12").body);
    CHECK(json.at("parked").at("error") == "support#12: 500");
    CHECK(json.at("parked").at("attempts") == 3);
    CHECK(json.at("parked").at("retry_at") == "2026-06-09T12:01:00Z");
    CHECK(json.at("updated") == nullptr);
  }
  SUBCASE("gone") {
    world.keep("12");
    world.memory.mark_gone({"support", "12"}, k_web_now);
    CHECK(Json::parse(world.get("/api/v1/issues/support/12").body).at("gone") == true);
  }
  SUBCASE("a decision that cannot be read is no decision that is missing") {
    world.memory.save_fetched(samples::fetched({"support", "12"}), {});
    world.memory.record(samples::decided({"support", "12"}, "{\"cut"));
    const auto answer = world.get("/api/v1/issues/support/12");
    CHECK(answer.status == 500);
    CHECK(says(detail_of(answer), "support#12"));
  }
}

TEST_CASE("issues that nobody can ask for") {
  WebWorld world;
  struct Row {
    const char* name;
    std::string path;
    int status;
    std::string says;
  };
  const Row rows[] = {
      {"never seen", "support/12", 404, "has not seen the issue support#12"},
      {"no such tracker", "helpdesk/12", 404, "the trackers are: support."},
      {"a tracker of another case", "Support/12", 404, "the trackers are: support."},
      {"a name", "support/writing", 400, "whole number"},
      {"007", "support/007", 400, "whole number"},
      {"nothing", "support/0", 400, "whole number"},
      {"negative", "support/-1", 400, "whole number"},
      {"too long", "support/1234567890123456789", 400, "whole number"},
      {"markup", "support/%3Cscript%3E", 400, "whole number"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    for (const auto& [method, more] : {std::pair{"GET", ""}, std::pair{"POST", "/retry"}}) {
      const auto answer = world.ask(method, "/api/v1/issues/" + row.path + more);
      CHECK(answer.status == row.status);
      CHECK(says(detail_of(answer), row.says));
      CHECK_FALSE(says(answer.body, "<script"));
    }
  }
}

TEST_CASE("a parked issue is tried again at once, and its tracker is woken") {
  WebWorld world;
  const IssueKey key{"support", "12"};
  world.keep("12");
  world.memory.park({key, "support#12: 500", k_web_now, k_web_now + Seconds(3'600), 3});
  const auto answer = world.ask("POST", "/api/v1/issues/support/12/retry");
  CHECK(answer.status == 200);
  CHECK(Json::parse(answer.body).at("retry_at") == "2026-06-09T12:00:00Z");
  CHECK(world.memory.parked(key)->retry_at == k_web_now);
  CHECK(world.memory.parked(key)->attempts == 3);
  CHECK(world.memory.wakes("support", k_web_now, 10).size() == 1);
  CHECK(world.get("/api/v1/issues/support/12/retry").status == 405);
}

TEST_CASE("a retry waits for a write that was not answered") {
  WebWorld world;
  const IssueKey key{"support", "12"};
  world.keep("12");
  world.memory.intend({key, k_web_now - Seconds(30), "comment"});
  world.memory.park({key, "support#12: no answer", k_web_now, k_web_now + Seconds(3'600), 1});
  const auto answer = world.ask("POST", "/api/v1/issues/support/12/retry");
  CHECK(answer.status == 200);
  CHECK(Json::parse(answer.body).at("retry_at") == "2026-06-09T12:01:30Z");
  CHECK(world.memory.parked(key)->retry_at == k_web_now + Seconds(90));
}

TEST_CASE("an issue that is not parked is not woken by a retry") {
  WebWorld world;
  world.keep("12");
  const auto answer = world.ask("POST", "/api/v1/issues/support/12/retry");
  CHECK(answer.status == 409);
  CHECK(says(detail_of(answer), "support#12 is not parked"));
  CHECK(world.memory.wakes("support", k_web_now, 10).empty());
}

}  // namespace cb
