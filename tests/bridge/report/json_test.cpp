// Decisions and issues as JSON: the names that programs rely on, and the round trip of snapshots.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bridge/report/decision_json.hpp"
#include "bridge/report/issue_json.hpp"

namespace cb {
namespace {

using Json = nlohmann::ordered_json;

Instant at(const std::string& iso) {
  return instant_from_iso(iso).value();
}

Decision full_decision() {
  Decision decision;
  decision.issue = {"support", "224"};
  decision.book_version = "b1";
  decision.customer = CustomerId{"acme"};
  decision.contract = ContractId{"ACME-2026"};
  decision.plan = PlanId{"standard"};
  decision.contract_until = date_from_iso("2027-02-28");
  decision.category.claimed = CategoryId{"consultation"};
  decision.category.claimed_by = RuleId{"question"};
  decision.billing = Billing::pool;
  decision.pool = PoolView{{"ACME-2026"}, {at("2026-02-28T23:00:00Z"), at("2027-02-28T23:00:00Z")}, 5, -1, 4, 2};
  decision.budget = BudgetView{{"training"}, Seconds(57600), Seconds(5400), Seconds(52200)};
  ClockReading clock;
  clock.name = ClockName::resolution;
  clock.state = ClockState::running;
  clock.start = at("2026-06-11T08:00:00Z");
  clock.due = at("2026-06-18T16:00:00Z");
  clock.target = BusinessTime{Seconds(162000)};
  clock.used = BusinessTime{Seconds(66600)};
  clock.left = BusinessTime{Seconds(-1)};
  clock.calendar = {"office-prague"};
  clock.counted = {{at("2026-06-11T08:00:00Z"), at("2026-06-11T16:00:00Z")}};
  clock.paused = {{at("2026-06-12T17:00:00Z"), k_never}};
  decision.clocks = {clock};
  clock.cycle = 1;
  decision.past_clocks = {clock};
  decision.sla_state = SlaState::ok;
  decision.next_due = clock.due;
  decision.phase = Phase::waiting_for_us;
  decision.language = "cs";
  decision.advice = {Advice::no_nda};
  decision.internal_advice = {"kb-exports"};
  decision.consultant = "alena";
  decision.claims = {
      {decision.issue, at("2026-06-11T08:00:00Z"), 1, {"ACME-2026"}, decision.pool->period, Hold::consumed}};
  decision.reasons = {{"customer", "", "by the address"}, {"billing", "standard", "pool"}};
  decision.recheck_at = at("2026-06-17T09:15:00Z");
  return decision;
}

TEST_CASE("a decision has the names of a scenario's expect") {
  const auto json = Json::parse(decision_json(full_decision()));
  struct Row {
    const char* path;
    Json value;
  };
  const Row rows[] = {
      {"/issue", "support#224"},
      {"/customer", "acme"},
      {"/contract", "ACME-2026"},
      {"/category/claimed", "consultation"},
      {"/category/established", nullptr},
      {"/billing", "pool"},
      {"/refusal", nullptr},
      {"/pool/size", 5},
      {"/pool/left", -1},
      {"/pool/reserved", 4},
      {"/pool/consumed", 2},
      {"/budget/hours", 57600},
      {"/budget/used", 5400},
      {"/budget/left", 52200},
      {"/clocks/resolution/state", "running"},
      {"/clocks/resolution/due", "2026-06-18T16:00:00Z"},
      {"/clocks/resolution/stopped", nullptr},
      {"/clocks/resolution/used", 66600},
      {"/clocks/resolution/left", -1},
      {"/clocks/resolution/counted/0/from", "2026-06-11T08:00:00Z"},
      {"/clocks/resolution/paused/0/to", nullptr},
      {"/past_clocks/0/clock", "resolution"},
      {"/past_clocks/0/cycle", 1},
      {"/sla_state", "ok"},
      {"/next_due", "2026-06-18T16:00:00Z"},
      {"/advice", {"no_nda"}},
      {"/reasons/0", {{"step", "customer"}, {"rule", ""}, {"text", "by the address"}}},
      {"/reasons/1/rule", "standard"},
      {"/plan", "standard"},
      {"/contract_until", "2027-02-28"},
      {"/order_approved", false},
      {"/phase", "waiting_for_us"},
      {"/language", "cs"},
      {"/covering_plans", Json::array()},
      {"/internal_advice", {"kb-exports"}},
      {"/claims/0/hold", "consumed"},
      {"/recheck_at", "2026-06-17T09:15:00Z"},
      {"/book_version", "b1"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    REQUIRE(json.contains(Json::json_pointer(row.path)));
    CHECK(json.at(Json::json_pointer(row.path)) == row.value);
  }
}

TEST_CASE("an empty decision has every key too, with null where there is no value") {
  const auto empty = Json::parse(decision_json(Decision()));
  const auto full = Json::parse(decision_json(full_decision()));
  for (const auto& item : full.items()) {
    CAPTURE(item.key());
    CHECK(empty.contains(item.key()));
  }
  CHECK(empty.size() == full.size());
  for (const auto* key :
       {"customer", "contract", "refusal", "pool", "budget", "next_due", "plan", "phase", "recheck_at"}) {
    CAPTURE(key);
    CHECK(empty.at(key).is_null());
  }
  CHECK(empty.at("category").at("claimed") == "undecided");
  CHECK(empty.at("clocks") == Json::object());
  CHECK(empty.at("advice") == Json::array());
  CHECK(empty.at("billing") == "undecided");
  CHECK(empty.at("sla_state") == "none");
}

TEST_CASE("an unlimited pool says so") {
  Decision decision;
  decision.pool = PoolView{};
  const auto json = Json::parse(decision_json(decision));
  CHECK(json.at("pool").at("size") == "unlimited");
  CHECK(json.at("pool").at("left") == "unlimited");
}

TEST_CASE("a decision is one line, or indented, and text that is not UTF-8 does not break it") {
  auto decision = full_decision();
  CHECK(decision_json(decision).find('\n') == std::string::npos);
  CHECK(Json::parse(decision_json(decision, 2)) == Json::parse(decision_json(decision)));
  CHECK(decision_json(decision, 2).find("\n  \"customer\"") != std::string::npos);
  decision.reasons[0].text = "broken \xff text\n\"quoted\"";
  CHECK(Json::parse(decision_json(decision)).at("reasons")[0].at("text") == "broken \xef\xbf\xbd text\n\"quoted\"");
}

Issue full_issue() {
  Author eva{"7", "eva", "eva.mala@acme.example", "Eva Malá", {"Customers"}, {"Reporter"}, false};
  Author bridge;
  bridge.id = "9";
  bridge.self = true;
  Issue issue;
  issue.key = {"support", "224"};
  issue.url = "https://tracker.example/issues/224";
  issue.project = "lms";
  issue.product = "lms";
  issue.component = "login";
  issue.version = "4.2";
  issue.type = "Bug";
  issue.priority = "High";
  issue.status = "In Progress";
  issue.resolution = "fixed";
  issue.summary = "Вход не работает \"совсем\"";
  issue.description = std::string("line\r\n\ttab \x01 zero \0 end", 23);
  issue.reporter = eva;
  issue.assignee = bridge;
  issue.organisation = "ACME";
  issue.labels = {"vip", ""};
  issue.fields = {{"Customer", {"ACME"}}, {"Empty", {}}, {"Many", {"a", "", "b"}}, {"", {"no name"}}};
  issue.channel = "portal";
  issue.language = "ru";
  issue.detected_language = "uk";
  issue.created = at("2026-06-11T08:00:00Z");
  issue.updated = at("2199-12-31T23:59:59Z");
  issue.revision = {"2026-06-11T08:00:00Z"};
  issue.internal = true;
  issue.history_known = false;
  issue.logged_hours = 1.1;
  Event event;
  event.id = "1";
  event.at = at("2026-06-11T08:30:00Z");
  event.by = eva;
  event.comment = Comment{Visibility::internal, "note"};
  for (int what = 0; what <= static_cast<int>(Attribute::flag); ++what) {
    event.changes.push_back({static_cast<Attribute>(what), "name", "from", "to"});
  }
  Event empty;
  empty.at = event.at;
  empty.comment = Comment{};
  issue.history = {event, empty};
  return issue;
}

TEST_CASE("a snapshot reads back equal") {
  Issue bare;
  bare.key = {"a", "b"};
  Issue no_author = full_issue();
  no_author.assignee = Author{};  // assigned to nobody who is told; not the same as unassigned
  Issue nobody = full_issue();
  nobody.assignee.reset();
  for (const auto& issue : {full_issue(), bare, no_author, nobody}) {
    const auto text = issue_json(issue);
    CAPTURE(text);
    const auto back = issue_from_json(text);
    REQUIRE(back);
    CHECK(*back == issue);
    CHECK(issue_json(*back) == text);
  }
}

TEST_CASE("a snapshot that cannot be read says where and why") {
  struct Row {
    const char* name;
    const char* path;  // what is replaced in a good snapshot
    Json value;
    std::vector<std::string> words;
  };
  const Row rows[] = {
      {"text for a number", "/logged_hours", "1.1", {"`logged_hours`", "a number", "\"1.1\""}},
      {"number for a text", "/summary", 5, {"`summary`", "a text", "5"}},
      {"no instant", "/created", "yesterday", {"`created`", "2026-11-22T14:30:00Z", "yesterday"}},
      {"an instant of an event", "/history/1/at", 7, {"`history[1].at`", "an instant"}},
      {"an unknown word",
       "/history/0/changes/2/what",
       "colour",
       {"`history[0].changes[2].what`", "one of status, priority"}},
      {"an unknown visibility",
       "/history/0/comment/visibility",
       "some",
       {"`history[0].comment.visibility`", "everybody, internal"}},
      {"object for a list", "/labels", Json::object(), {"`labels`", "a list"}},
      {"list for an object", "/reporter", Json::array(), {"`reporter`", "an object"}},
      {"a field's value", "/fields/Many/1", nullptr, {"`fields.Many[1]`", "a text", "null"}},
      {"text for yes or no", "/internal", "yes", {"`internal`", "true or false"}},
      {"a long value", "/history", Json(std::string(500, 'x')), {"`history`", "a longer string"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto json = Json::parse(issue_json(full_issue()));
    json[Json::json_pointer(row.path)] = row.value;
    const auto read = issue_from_json(json.dump());
    REQUIRE_FALSE(read);
    CAPTURE(read.error().what);
    CHECK(read.error().kind == ErrorKind::bad_reply);
    for (const auto& words : row.words) CHECK(read.error().what.find(words) != std::string::npos);
  }
}

TEST_CASE("a snapshot without what every issue has is refused, whatever it is") {
  for (const auto* key : {"tracker", "id", "created", "updated"}) {
    CAPTURE(key);
    auto json = Json::parse(issue_json(full_issue()));
    json.erase(key);
    const auto read = issue_from_json(json.dump());
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("`" + std::string(key) + "` is missing") != std::string::npos);
  }
  const std::string deep(200'000, '[');
  for (const auto& text : {std::string(), std::string("{"), std::string("null"), std::string("[]"),
                           std::string("\"x\""), std::string("<html>"), deep, std::string("{\"id\":\"\xff\"}")}) {
    const auto read = issue_from_json(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().what.size() < 500);
  }
}

TEST_CASE("keys that are not known are passed over") {
  auto json = Json::parse(issue_json(full_issue()));
  json["of_a_newer_program"] = 1;
  const auto read = issue_from_json(json.dump());
  REQUIRE(read);
  CHECK(*read == full_issue());
}

}  // namespace
}  // namespace cb
