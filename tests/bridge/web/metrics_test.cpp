#include "bridge/web/metrics.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "bridge/sync/selection.hpp"
#include "rules/pool.hpp"
#include "tests/bridge/store/store_samples.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

// name{labels} to value, as Prometheus reads the text.
std::map<std::string, std::string> series_of(const std::string& text) {
  std::map<std::string, std::string> series;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto blank = line.rfind(' ');
    REQUIRE(blank != std::string::npos);
    CHECK(series.emplace(line.substr(0, blank), line.substr(blank + 1)).second);
  }
  return series;
}

void fill(WebWorld& world) {
  const auto decide = [&](const std::string& id, const Outline& outline) {
    const IssueKey key{"support", id};
    world.memory.save_fetched(samples::fetched(key), {});
    auto record = samples::decided(key, "{}");
    record.outline = outline;
    record.ledger = {samples::line(key, "reserve")};
    record.notifications = {{"n" + id, "chat", "{}", k_web_now, k_web_now, 0, ""}};
    world.memory.record(record);
  };
  decide("1", {"acme", "ACME-2026", "pool", "breached", false, k_web_now - Seconds(1)});
  decide("2", {"acme", "ACME-2026", "pool", "ok", false, k_web_now + Seconds(3'599)});
  decide("3", {"", "", "undecided", "none", false, {}});
  decide("4", {"acme", "ACME-2026", "free", "met", true, {}});
  world.memory.notification_failed("n1", "chat", "no answer", k_web_now);
  world.memory.park({{"support", "9"}, "500", k_web_now, k_web_now, 2});
  world.memory.park({writing_stop("support"), "a public note", k_web_now, k_web_now + Seconds(60), 1});
  world.memory.wake({{"support", "1"}}, "changed", k_web_now);
  world.requests.add({"support", "GET", "2xx"}, std::chrono::milliseconds(250));
  world.requests.add({"support", "PUT", "none"}, std::chrono::seconds(30));
  world.requests.set_skew("support", Seconds(-7));
}

}  // namespace

TEST_CASE("every number of the service is told") {
  WebWorld world;
  fill(world);
  const auto answer = world.get("/metrics");
  CHECK(answer.status == 200);
  CHECK(answer.content_type == "text/plain; version=0.0.4; charset=utf-8");
  const auto series = series_of(answer.body);
  const std::string support = "{tracker=\"support\"}";
  const std::map<std::string, std::string> expected{
      {"build_info{version=\"0.0.0-test\"}", "1"},
      {"ready", "0"},
      {"store_up", "1"},
      {"tracker_up" + support, "1"},
      {"tracker_behind_seconds" + support, "60"},
      {"tracker_failing_seconds" + support, "0"},
      {"tracker_writing_stopped" + support, "1"},
      {"tracker_clock_skew_seconds" + support, "-7"},
      {"tracker_lists_total" + support, "7"},
      {"tracker_failed_steps_total" + support, "4"},
      {"issues_fetched_total" + support, "5"},
      {"issues_written_total" + support, "3"},
      {"issues_unchanged_total" + support, "2"},
      {"issues_parked_total" + support, "1"},
      {"issues_known" + support, "4"},
      {"issues_open" + support, "3"},
      {"issues_undecided" + support, "1"},
      {"issues_parked" + support, "1"},
      {"issues_woken" + support, "1"},
      {"issues_begun" + support, "0"},
      {"issues_overdue" + support, "1"},
      {"issues_due_next_hour" + support, "1"},
      {"issues_by_sla_state{tracker=\"support\",sla_state=\"breached\"}", "1"},
      {"issues_by_sla_state{tracker=\"support\",sla_state=\"ok\"}", "1"},
      {"issues_by_sla_state{tracker=\"support\",sla_state=\"none\"}", "1"},
      {"issues_by_sla_state{tracker=\"support\",sla_state=\"at_risk\"}", "0"},
      {"ledger_lines_total{action=\"reserve\"}", "4"},
      {"decisions_total", "4"},
      {"notifications_waiting", "4"},
      {"notifications_failing", "1"},
      {"pool_units{contract=\"ACME-2026\"}", "5"},
      {"pool_left{contract=\"ACME-2026\"}", "5"},
      {"pool_reserved{contract=\"ACME-2026\"}", "0"},
      {"pool_consumed{contract=\"ACME-2026\"}", "0"},
      {"pools_not_told", "0"},
      {"http_requests_total{tracker=\"support\",method=\"GET\",status=\"2xx\"}", "1"},
      {"http_requests_total{tracker=\"support\",method=\"PUT\",status=\"none\"}", "1"},
      {"http_request_seconds_total{tracker=\"support\",method=\"GET\",status=\"2xx\"}", "0.25"},
  };
  for (const auto& entry : expected) {
    const auto& [name, value] = entry;
    CAPTURE(entry.first);
    const auto found = series.find("contract_bridge_" + name);
    CHECK((found == series.end() ? "missing" : found->second) == value);
  }
  for (const auto* name : {"process_resident_memory_bytes", "process_open_files", "process_cpu_seconds_total"}) {
    CAPTURE(name);
    const auto found = series.find(std::string("contract_bridge_") + name);
    REQUIRE(found != series.end());
    CHECK(std::stod(found->second) > 0);
  }
  // For tests/metrics_check.py, which looks up what the alerts and the dashboard name.
  if (const char* file = std::getenv("CB_METRICS_DUMP")) std::ofstream(file) << answer.body;
}

TEST_CASE("every family has a help text, a type and a name with our prefix") {
  WebWorld world;
  fill(world);
  std::istringstream lines(world.get("/metrics").body);
  std::set<std::string> helped;
  std::set<std::string> typed;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string mark;
    std::string kind;
    std::string name;
    words >> mark >> kind >> name;
    if (mark != "#") {
      const auto family = mark.substr(0, mark.find('{'));
      CAPTURE(family);
      CHECK(typed.count(family) == 1);
      continue;
    }
    CHECK(name.starts_with("contract_bridge_"));
    std::string rest;
    std::getline(words, rest);
    CHECK(rest.size() > 4);
    (kind == "HELP" ? helped : typed).insert(name);
    if (kind == "TYPE") CHECK((rest == " counter") == name.ends_with("_total"));
  }
  CHECK(helped == typed);
  CHECK(helped.size() > 25);
}

TEST_CASE("how many series there are does not depend on the issues") {
  WebWorld world;
  fill(world);
  const auto before = series_of(world.get("/metrics").body).size();
  for (int id = 100; id < 200; ++id) {
    const IssueKey key{"support", std::to_string(id)};
    world.memory.save_fetched(samples::fetched(key), {});
    auto record = samples::decided(key, "{}");
    record.outline = {"customer-" + key.id, "CONTRACT-" + key.id, "paid", "ok", false, k_web_now};
    world.memory.record(record);
    world.memory.park({key, "error " + key.id, k_web_now, k_web_now, 1});
  }
  const auto answer = world.get("/metrics");
  CHECK(series_of(answer.body).size() == before);
  CHECK(answer.body.find("customer-") == std::string::npos);
}

TEST_CASE("pools are told as the rules count them, for the present period of contracts that serve today") {
  WebWorld world;
  const auto& book = world.settings->book;
  const auto claim_on = [&](const std::string& id, const std::string& contract, Instant place, int rank = 0) {
    Claim claim;
    claim.issue = {"support", id};
    claim.place = place;
    claim.contract = {contract};
    const auto* found = find_contract(book, claim.contract);
    REQUIRE(found != nullptr);
    claim.period = period_of(*found, found->plan.pool->per, place);
    claim.rank = rank;
    return claim;
  };
  const auto keep = [&](const std::vector<Claim>& claims) {
    world.memory.save_fetched(samples::fetched(claims.front().issue), claims);
  };
  const auto in_may = at("2026-05-04T08:00:00Z");
  auto consumed = claim_on("1", "ACME-2026", in_may);
  consumed.hold = Hold::consumed;
  keep({consumed});
  keep({claim_on("2", "ACME-2026", in_may)});
  auto withdrawn = claim_on("3", "ACME-2026", in_may);
  withdrawn.ended_at = in_may + Seconds(60);
  keep({withdrawn});
  // Of the quarter before.
  keep({claim_on("4", "ACME-REPORTS", at("2026-02-02T08:00:00Z"))});
  // The partner's contract is asked only when the customer's own gives nothing, and it gives.
  keep({claim_on("5", "VOLGA-LIC", in_may), claim_on("5", "IMPL-2026", in_may, 1)});
  const auto told = [&](const std::string& name, const std::string& contract) {
    const auto series = series_of(world.get("/metrics").body);
    const auto found = series.find("contract_bridge_pool_" + name + "{contract=\"" + contract + "\"}");
    return found == series.end() ? "none" : found->second;
  };
  CHECK(told("units", "ACME-2026") == "5");
  CHECK(told("consumed", "ACME-2026") == "1");
  CHECK(told("reserved", "ACME-2026") == "1");
  CHECK(told("left", "ACME-2026") == "3");
  CHECK(told("left", "ACME-REPORTS") == "12");
  CHECK(told("left", "VOLGA-LIC") == "4");
  CHECK(told("left", "IMPL-2026") == told("units", "IMPL-2026"));
  CHECK(told("left", "DUNA-OLD") == "5");
  world.clock.set(at("2026-07-01T12:00:00Z"));
  CHECK(told("left", "DUNA-OLD") == "none");
}

TEST_CASE("more pools than a monitor can take are counted and not told") {
  WebWorld world;
  auto settings = *world.settings;
  auto& contracts = settings.book.customers.front().contracts;
  const auto first = contracts.front();
  for (int i = 0; i < k_most_pools; ++i) {
    contracts.push_back(first);
    contracts.back().id = {"MORE-" + std::to_string(i)};
  }
  const auto facts = ask_pools(*world.settings, world.memory, k_web_now);
  const auto many = ask_pools(settings, world.memory, k_web_now);
  CHECK(many.pools.size() == k_most_pools);
  CHECK(many.not_told == static_cast<int>(facts.pools.size()));
}

TEST_CASE("numbers that are not known are left out") {
  WebWorld world;
  fill(world);
  world.let_the_store_fail();
  auto loop = WebWorld::well("support");
  loop.last_step.reset();
  world.loops = {loop};
  const auto series = series_of(world.get("/metrics").body);
  CHECK(series.at("contract_bridge_store_up") == "0");
  CHECK(series.count("contract_bridge_issues_open{tracker=\"support\"}") == 0);
  CHECK(series.count("contract_bridge_pool_left{contract=\"ACME-2026\"}") == 0);
  CHECK(series.count("contract_bridge_tracker_up{tracker=\"support\"}") == 0);
  CHECK(series.at("contract_bridge_tracker_behind_seconds{tracker=\"support\"}") == "60");
}

TEST_CASE("metrics are for who has the token") {
  WebWorld world("a-long-token");
  CHECK(world.get("/metrics").status == 401);
  world.headers.emplace_back("Authorization", "Bearer a-long-token");
  CHECK(world.get("/metrics").status == 200);
}

}  // namespace cb
