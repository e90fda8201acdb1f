// What explain prints, against golden files in tests/data/explain. CB_UPDATE_GOLDEN=1 writes them anew: read the diff.
#include "bridge/report/explain.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "bridge/report/layout.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

Instant at(const std::string& iso) {
  return instant_from_iso(iso).value();
}
Date date(const std::string& iso) {
  return date_from_iso(iso).value();
}
Span span(const std::string& from, const std::string& to) {
  return {at(from), at(to)};
}
BusinessTime minutes(int count) {
  return {Seconds(60 * count)};
}

ClockReading clock(ClockName name, ClockState state) {
  ClockReading reading;
  reading.name = name;
  reading.state = state;
  return reading;
}

ContractBook small_book() {
  ContractBook book;
  CalendarTerms prague;
  prague.timezone = "Europe/Prague";
  for (int day = 0; day < 5; ++day) prague.week[static_cast<std::size_t>(day)] = {{9 * 60, 18 * 60}};
  book.calendars.emplace(CalendarId{"office-prague"}, Calendar::make(prague).value());
  CalendarTerms always;
  always.timezone = "UTC";
  always.always = true;
  book.calendars.emplace(CalendarId{"round-the-clock"}, Calendar::make(always).value());
  Plan standard;
  standard.id = {"standard"};
  standard.title = {{"en", "Standard support"}, {"cs", "Standardní podpora"}};
  book.plans[standard.id] = standard;
  Plan extended;
  extended.id = {"extended"};
  book.plans[extended.id] = extended;
  book.without_contract.calendar = {"office-prague"};
  Customer acme;
  acme.id = {"acme"};
  acme.name = "ACME University";
  acme.zone = Zone::find("Europe/Prague").value();
  book.customers.push_back(acme);
  Customer volga;
  volga.id = {"volga"};
  volga.name = "Volga Trade";
  volga.zone = Zone::find("Asia/Vladivostok").value();
  book.customers.push_back(volga);
  book.staff = {{"alena", "Alena", {}}};
  return book;
}

Issue small_issue() {
  Issue issue;
  issue.key = {"support", "224"};
  issue.url = "https://tracker.example/issues/224";
  issue.project = issue.product = "lms";
  issue.type = "Support";
  issue.priority = "High";
  issue.status = "In Progress";
  issue.summary = "How do I export the marks of all students to a table?";
  issue.reporter.name = "Eva Malá";
  issue.reporter.address = "eva.mala@acme.example";
  issue.created = at("2026-06-11T08:00:00Z");
  return issue;
}

Decision small_decision() {
  Decision decision;
  decision.issue = {"support", "224"};
  decision.customer = CustomerId{"acme"};
  decision.phase = Phase::waiting_for_us;
  decision.priority = Priority::high;
  return decision;
}

struct Example {
  const char* file;
  Issue issue;
  Decision decision;
};

Example pool_with_a_pause() {
  Example example{"pool_with_a_pause.txt", small_issue(), small_decision()};
  auto& decision = example.decision;
  decision.contract = ContractId{"ACME-2026"};
  decision.plan = PlanId{"standard"};
  decision.contract_until = date("2027-02-28");
  decision.category.claimed = CategoryId{"consultation"};
  decision.billing = Billing::pool;
  decision.pool = PoolView{{"ACME-2026"}, span("2026-02-28T23:00:00Z", "2027-02-28T23:00:00Z"), 5, 3, 1, 1};
  decision.sla_state = SlaState::ok;
  decision.next_due = at("2026-06-18T16:00:00Z");
  decision.advice = {Advice::priority_mismatch, Advice::assign_consultant};
  decision.internal_advice = {"kb-exports"};
  decision.consultant = "alena";
  decision.escalation_owner = "vera";
  decision.escalation.people = {"alena", "boris", "vera"};
  auto first = clock(ClockName::first_response, ClockState::met);
  first.start = at("2026-06-11T08:00:00Z");
  first.due = at("2026-06-11T12:00:00Z");
  first.stopped = at("2026-06-11T08:30:00Z");
  first.target = minutes(240);
  first.used = minutes(30);
  first.left = minutes(210);
  first.calendar = {"office-prague"};
  first.counted = {span("2026-06-11T08:00:00Z", "2026-06-11T08:30:00Z")};
  auto resolution = clock(ClockName::resolution, ClockState::running);
  resolution.start = first.start;
  resolution.due = decision.next_due;
  resolution.target = minutes(45 * 60);
  resolution.used = minutes(18 * 60 + 30);
  resolution.left = minutes(26 * 60 + 30);
  resolution.calendar = {"office-prague"};
  resolution.counted = {span("2026-06-11T08:00:00Z", "2026-06-11T16:00:00Z"),
                        span("2026-06-12T07:00:00Z", "2026-06-12T14:30:00Z"),
                        span("2026-06-15T07:00:00Z", "2026-06-15T10:00:00Z")};
  resolution.paused = {span("2026-06-12T17:00:00Z", "2026-06-14T18:00:00Z")};
  decision.clocks = {first, resolution};
  decision.claims = {
      {decision.issue, at("2026-06-11T08:00:00Z"), 1, {"ACME-2026"}, decision.pool->period, Hold::reserved}};
  decision.reasons = {
      {"customer", "", "eva.mala@acme.example is a contact of ACME University"},
      {"contract", "ACME-REPORTS", "passed over: it is for the product reports, the issue is about lms"},
      {"contract", "ACME-2026", "serves the product lms from 2026-03-01 until 2027-02-28"},
      {"category", "question", "consultation, because the type is Support and the summary begins as a question"},
      {"billing", "standard", "consultation is pool (standard)"},
      {"pool", "ACME-2026",
       "one of five requests a contract year; this one is the second in the order of registration, and three are left "
       "for the time until the end of February of the year after"},
  };
  decision.recheck_at = at("2026-06-17T09:15:00Z");
  return example;
}

Example refused_and_late() {
  Example example{"refused_and_late.txt", small_issue(), small_decision()};
  auto& decision = example.decision;
  decision.customer = CustomerId{"volga"};
  decision.refused_by = ContractId{"VOLGA-LIC"};
  decision.refusal = Refusal::expired;
  decision.covering_plans = {{"standard"}, {"extended"}, {"of-another-list"}};
  decision.category.claimed = CategoryId{"consultation"};
  decision.category.established = CategoryId{"training"};
  decision.billing = Billing::paid;
  decision.sla_state = SlaState::breached;
  auto first = clock(ClockName::first_response, ClockState::breached);
  first.start = at("2026-06-11T08:00:00Z");
  first.due = at("2026-06-15T16:00:00Z");
  first.target = minutes(26 * 60);
  first.used = BusinessTime{Seconds(26 * 3600 + 1)};
  first.left = BusinessTime{Seconds(-1)};
  first.calendar = {"office-prague"};
  first.counted = {span("2026-06-11T08:00:00Z", "2026-06-11T16:00:00Z"),
                   span("2026-06-12T07:00:00Z", "2026-06-12T16:00:00Z"),
                   span("2026-06-15T07:00:00Z", "2026-06-15T16:00:01Z")};
  auto resolution = clock(ClockName::resolution, ClockState::not_started);
  resolution.target = minutes(600);
  decision.clocks = {first, resolution};
  decision.reasons = {{"contract", "VOLGA-LIC", "refused: it ended on 2026-05-31"},
                      {"billing", "without_contract", "training is paid (without_contract)"}};
  return example;
}

Example undecided_customer() {
  Example example{"undecided_customer.txt", small_issue(), small_decision()};
  example.issue.summary =
      "\x1b[31mred\x1b[0m\r\n\x07 bell, \xc2\x9b"
      "31m and a tab\tend";
  example.issue.url.clear();
  example.issue.reporter = {};
  example.issue.reporter.login = "eva";
  example.issue.product = "reports";
  auto& decision = example.decision;
  decision.customer.reset();
  decision.customer_candidates = {{"acme"}, {"volga"}, {"unknown"}};
  decision.phase.reset();
  decision.category.problem = "no rule matches";
  decision.reasons = {{"customer", "ruling 1", "two answers: the field says ACME University, the project Volga Trade"}};
  return example;
}

Example reopened_round_the_clock() {
  Example example{"reopened_round_the_clock.txt", small_issue(), small_decision()};
  auto& decision = example.decision;
  decision.customer = CustomerId{"volga"};
  decision.contract = ContractId{"VOLGA-24"};
  decision.plan = PlanId{"extended"};
  decision.order_approved = true;
  decision.billing = Billing::pool;
  decision.category.established = CategoryId{"training"};
  decision.pool = PoolView{{"VOLGA-24"}, {at("2026-01-14T14:00:00Z"), k_never}, {}, {}, 4, 17};
  decision.budget = BudgetView{{"training"}, Seconds(16 * 3600), Seconds(5400), Seconds(14 * 3600 + 1800)};
  decision.sla_state = SlaState::paused;
  auto update = clock(ClockName::next_update, ClockState::paused);
  update.start = at("2026-06-01T00:00:00Z");
  update.target = minutes(240);
  update.used = minutes(20 * 60);
  update.left = minutes(-16 * 60);
  update.calendar = {"round-the-clock"};
  update.cycle = 2;
  update.moves = 2;
  update.urgent_procedure = true;
  for (int day = 1; day <= 20; ++day) {
    const auto start = at("2026-06-01T00:00:00Z") + std::chrono::hours(24 * (day - 1));
    update.counted.push_back({start, start + std::chrono::hours(1)});
    update.paused.push_back({start + std::chrono::hours(1), day == 20 ? k_never : start + std::chrono::hours(24)});
  }
  auto earlier = clock(ClockName::resolution, ClockState::met);
  earlier.start = at("2026-03-01T00:00:00Z");
  earlier.due = at("2026-03-02T00:00:00Z");
  earlier.stopped = at("2026-03-01T12:00:00Z");
  earlier.target = minutes(24 * 60);
  earlier.used = minutes(12 * 60);
  earlier.left = minutes(12 * 60);
  earlier.calendar = {"round-the-clock"};
  earlier.counted = {span("2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z")};
  decision.clocks = {update};
  decision.past_clocks = {earlier};
  decision.claims = {
      {decision.issue,
       at("2026-03-01T00:00:00Z"),
       1,
       {"VOLGA-24"},
       decision.pool->period,
       Hold::consumed,
       at("2026-06-01T00:00:00Z")},
      {decision.issue, at("2026-06-01T00:00:00Z"), 2, {"VOLGA-24"}, decision.pool->period, Hold::reserved}};
  decision.reasons = {{"clock", "", "reopened 92 days after it was resolved: a new cycle"}};
  return example;
}

std::string file_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST_CASE("explain prints what the golden files show, and no line is wider than the terminal") {
  const auto book = small_book();
  for (const auto& example :
       {pool_with_a_pause(), refused_and_late(), undecided_customer(), reopened_round_the_clock()}) {
    CAPTURE(example.file);
    const auto path = std::string(CB_TEST_DATA "/explain/") + example.file;
    const auto text = explain_text(example.decision, example.issue, book);
    if (std::getenv("CB_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
    CHECK(text == file_text(path));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(display_width(line) <= 100);
      CHECK(line.find('\x1b') == std::string::npos);
    }
  }
}

TEST_CASE("text of users becomes one harmless line") {
  struct Row {
    const char* name;
    std::string text;
    std::string line;
  };
  const Row rows[] = {
      {"empty", "", ""},
      {"blanks at both ends", "  a  b  ", "a b"},
      {"line ends", "a\r\nb\n", "a b"},
      {"colours", "\x1b[31mred\x1b[0m", "[31mred [0m"},
      {"the control characters of U+0080 to U+009F",
       "a\xc2\x9b"
       "31m",
       "a 31m"},
      {"a letter that begins with the same byte",
       "\xc2\xab"
       "quoted\xc2\xbb",
       "\xc2\xab"
       "quoted\xc2\xbb"},
      {"delete",
       "a\x7f"
       "b",
       "a b"},
      {"letters of any script", "Věra и я", "Věra и я"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(one_line(row.text) == row.line);
  }
}

TEST_CASE("lines break between words, and a long word stands alone") {
  CHECK(wrapped("a  ", "bb cc dd", 8) == "a  bb cc\n   dd\n");
  CHECK(wrapped("a  ", "bb cc dd", 7) == "a  bb\n   cc\n   dd\n");
  CHECK(wrapped("a  ", "x longerthanall y", 8) == "a  x\n   longerthanall\n   y\n");
  CHECK(wrapped("я  ", "да нет", 9) == "я  да нет\n");
  CHECK(wrapped("a", "", 8) == "a\n");
  CHECK(padded("ся", 4) == "ся  ");
  CHECK(padded("long", 2) == "long");
}

}  // namespace
}  // namespace cb
