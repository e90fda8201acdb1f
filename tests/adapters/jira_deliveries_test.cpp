#include "adapters/jira/jira_deliveries.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {
const auto k_noon = *instant_from_iso("2026-11-27T12:00:00Z");

// As who takes deliveries does, when all goes well.
bool is_new(JiraDeliveries& deliveries, const std::string& site, const std::string& identifier, Instant now) {
  if (deliveries.knows(site, identifier, now)) return false;
  deliveries.remember(site, identifier, now);
  return true;
}

}  // namespace

TEST_CASE("a delivery is new once in a site") {
  JiraDeliveries deliveries;
  CHECK(is_new(deliveries, "a.example", "1", k_noon));
  CHECK_FALSE(is_new(deliveries, "a.example", "1", k_noon));
  CHECK(is_new(deliveries, "b.example", "1", k_noon));
  CHECK(is_new(deliveries, "a.example", "2", k_noon));
  CHECK(is_new(deliveries, "2.example", "1", k_noon));
  CHECK(deliveries.size() == 4);
}

TEST_CASE("site and identifier cannot be mistaken for each other") {
  JiraDeliveries deliveries;
  CHECK(is_new(deliveries, "c", "ab", k_noon));
  CHECK(is_new(deliveries, "bc", "a", k_noon));
  CHECK(is_new(deliveries, "", "abc", k_noon));
}

TEST_CASE("what came longer ago than the span is forgotten, a repetition does not renew it") {
  JiraDeliveries deliveries(std::chrono::hours(1));
  CHECK(is_new(deliveries, "a", "1", k_noon));
  CHECK_FALSE(is_new(deliveries, "a", "1", k_noon + std::chrono::minutes(59) + Seconds(59)));
  CHECK(is_new(deliveries, "a", "1", k_noon + std::chrono::hours(1)));
  CHECK(deliveries.size() == 1);
  // A clock that was set back.
  CHECK_FALSE(is_new(deliveries, "a", "1", k_noon - std::chrono::hours(10)));
}

TEST_CASE("no more than so many are kept, the newest") {
  JiraDeliveries deliveries(std::chrono::hours(24), 100);
  for (int i = 0; i < 10'000; ++i) REQUIRE(is_new(deliveries, "a", std::to_string(i), k_noon));
  CHECK(deliveries.size() == 100);
  CHECK_FALSE(is_new(deliveries, "a", "9900", k_noon));
  CHECK(is_new(deliveries, "a", "9899", k_noon));
  JiraDeliveries none(std::chrono::hours(24), 0);
  CHECK(is_new(none, "a", "1", k_noon));
  CHECK(is_new(none, "a", "1", k_noon));
}

TEST_CASE("what cannot be recognised is new each time and takes no memory") {
  JiraDeliveries deliveries;
  for (const auto& identifier : {std::string(), std::string(201, 'x')}) {
    CHECK(is_new(deliveries, "a", identifier, k_noon));
    CHECK(is_new(deliveries, "a", identifier, k_noon));
  }
  CHECK(deliveries.size() == 0);
}

TEST_CASE("what was not remembered is not known") {
  JiraDeliveries deliveries;
  CHECK_FALSE(deliveries.knows("a", "1", k_noon));
  CHECK_FALSE(deliveries.knows("a", "1", k_noon));
  deliveries.remember("a", "1", k_noon);
  CHECK(deliveries.knows("a", "1", k_noon));
  deliveries.remember("a", "1", k_noon + std::chrono::hours(1));
  CHECK(deliveries.size() == 1);
}

TEST_CASE("it is a value") {
  JiraDeliveries deliveries;
  CHECK(is_new(deliveries, "a", "1", k_noon));
  auto copy = deliveries;
  CHECK_FALSE(is_new(copy, "a", "1", k_noon));
  CHECK(is_new(copy, "a", "2", k_noon));
  CHECK(is_new(deliveries, "a", "2", k_noon));
}

}  // namespace cb
