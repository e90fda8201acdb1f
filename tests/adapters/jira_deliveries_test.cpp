#include "adapters/jira/jira_deliveries.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {
const auto k_noon = *instant_from_iso("2026-11-27T12:00:00Z");
}

TEST_CASE("a delivery is new once in a site") {
  JiraDeliveries deliveries;
  CHECK(deliveries.is_new("a.example", "1", k_noon));
  CHECK_FALSE(deliveries.is_new("a.example", "1", k_noon));
  CHECK(deliveries.is_new("b.example", "1", k_noon));
  CHECK(deliveries.is_new("a.example", "2", k_noon));
  CHECK(deliveries.is_new("2.example", "1", k_noon));
  CHECK(deliveries.size() == 4);
}

TEST_CASE("site and identifier cannot be mistaken for each other") {
  JiraDeliveries deliveries;
  CHECK(deliveries.is_new("c", "ab", k_noon));
  CHECK(deliveries.is_new("bc", "a", k_noon));
  CHECK(deliveries.is_new("", "abc", k_noon));
}

TEST_CASE("what came longer ago than the span is forgotten, a repetition does not renew it") {
  JiraDeliveries deliveries(std::chrono::hours(1));
  CHECK(deliveries.is_new("a", "1", k_noon));
  CHECK_FALSE(deliveries.is_new("a", "1", k_noon + std::chrono::minutes(59) + Seconds(59)));
  CHECK(deliveries.is_new("a", "1", k_noon + std::chrono::hours(1)));
  CHECK(deliveries.size() == 1);
  // A clock that was set back.
  CHECK_FALSE(deliveries.is_new("a", "1", k_noon - std::chrono::hours(10)));
}

TEST_CASE("no more than so many are kept, the newest") {
  JiraDeliveries deliveries(std::chrono::hours(24), 100);
  for (int i = 0; i < 10'000; ++i) REQUIRE(deliveries.is_new("a", std::to_string(i), k_noon));
  CHECK(deliveries.size() == 100);
  CHECK_FALSE(deliveries.is_new("a", "9900", k_noon));
  CHECK(deliveries.is_new("a", "9899", k_noon));
  JiraDeliveries none(std::chrono::hours(24), 0);
  CHECK(none.is_new("a", "1", k_noon));
  CHECK(none.is_new("a", "1", k_noon));
}

TEST_CASE("what cannot be recognised is new each time and takes no memory") {
  JiraDeliveries deliveries;
  for (const auto& identifier : {std::string(), std::string(201, 'x')}) {
    CHECK(deliveries.is_new("a", identifier, k_noon));
    CHECK(deliveries.is_new("a", identifier, k_noon));
  }
  CHECK(deliveries.size() == 0);
}

TEST_CASE("it is a value") {
  JiraDeliveries deliveries;
  CHECK(deliveries.is_new("a", "1", k_noon));
  auto copy = deliveries;
  CHECK_FALSE(copy.is_new("a", "1", k_noon));
  CHECK(copy.is_new("a", "2", k_noon));
  CHECK(deliveries.is_new("a", "2", k_noon));
}

}  // namespace cb
