// Clock histories with the expected reading, worked out by hand (business days and hours of small_book's Prague office;
// June 2026 is UTC+2, so its hours are 07:00Z to 16:00Z, Friday to 15:00Z with lunch 10:00Z to 10:30Z).
#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/small_book.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

std::string text_of(const Decision& decision, ClockName name) {
  const auto* clock = find_clock(decision, name);
  if (!clock) return "none";
  auto out = to_text(clock->state);
  if (clock->due) out += " due " + to_iso(*clock->due);
  if (clock->stopped) out += " stopped " + to_iso(*clock->stopped);
  if (clock->used) out += " used " + duration_text(clock->used->amount);
  if (clock->left) out += " left " + duration_text(clock->left->amount);
  return out;
}

struct Row {
  std::string name;
  std::string created;
  std::function<void(Issue&)> history;
  std::string now;
  ClockName clock;
  std::string expected;
};

const auto k_nothing = [](Issue&) {};
constexpr auto k_response = ClockName::first_response;
constexpr auto k_resolution = ClockName::resolution;

const std::vector<Row> k_rows = {
    {"running on the day of receipt", "2026-06-09T07:00:00Z", k_nothing, "2026-06-09T10:00:00Z", k_response,
     "running due 2026-06-09T16:00:00Z used 3h left 6h"},
    {"one second before three quarters", "2026-06-09T07:00:00Z", k_nothing, "2026-06-09T13:44:59Z", k_response,
     "running due 2026-06-09T16:00:00Z used 6h44m59s left 2h15m1s"},
    {"at risk from three quarters on", "2026-06-09T07:00:00Z", k_nothing, "2026-06-09T13:45:00Z", k_response,
     "at_risk due 2026-06-09T16:00:00Z used 6h45m left 2h15m"},
    {"exactly on the deadline", "2026-06-09T07:00:00Z", k_nothing, "2026-06-09T16:00:00Z", k_response,
     "at_risk due 2026-06-09T16:00:00Z used 9h left 0m"},
    {"one second after the deadline", "2026-06-09T07:00:00Z", k_nothing, "2026-06-09T16:00:01Z", k_response,
     "breached due 2026-06-09T16:00:00Z used 9h left 0m"},
    {"overdue the next morning", "2026-06-09T07:00:00Z", k_nothing, "2026-06-10T09:00:00Z", k_response,
     "breached due 2026-06-09T16:00:00Z used 11h left -2h"},
    {"received in the night is received at opening", "2026-06-09T01:00:00Z", k_nothing, "2026-06-09T03:00:00Z",
     k_response, "running due 2026-06-09T16:00:00Z used 0m left 9h"},
    {"received on Saturday", "2026-06-13T10:00:00Z", k_nothing, "2026-06-13T12:00:00Z", k_response,
     "running due 2026-06-15T16:00:00Z used 0m left 9h"},
    {"answered by staff", "2026-06-09T07:00:00Z", [](Issue& i) { comment(i, "2026-06-09T08:00:00Z", "alena.k"); },
     "2026-06-09T12:00:00Z", k_response, "met due 2026-06-09T16:00:00Z stopped 2026-06-09T08:00:00Z used 1h left 8h"},
    {"answered exactly on the deadline", "2026-06-09T07:00:00Z",
     [](Issue& i) { comment(i, "2026-06-09T16:00:00Z", "alena.k"); }, "2026-06-09T17:00:00Z", k_response,
     "met due 2026-06-09T16:00:00Z stopped 2026-06-09T16:00:00Z used 9h left 0m"},
    {"answered one second late", "2026-06-09T07:00:00Z",
     [](Issue& i) { comment(i, "2026-06-09T16:00:01Z", "alena.k"); }, "2026-06-09T17:00:00Z", k_response,
     "breached due 2026-06-09T16:00:00Z stopped 2026-06-09T16:00:01Z used 9h left 0m"},
    {"a private comment is no answer", "2026-06-09T07:00:00Z",
     [](Issue& i) { comment(i, "2026-06-09T08:00:00Z", "alena.k", false); }, "2026-06-09T09:00:00Z", k_response,
     "running due 2026-06-09T16:00:00Z used 2h left 7h"},
    {"a robot's comment is no answer", "2026-06-09T07:00:00Z",
     [](Issue& i) { comment(i, "2026-06-09T08:00:00Z", "ci@vendor.example"); }, "2026-06-09T09:00:00Z", k_response,
     "running due 2026-06-09T16:00:00Z used 2h left 7h"},
    {"the customer's own comment is no answer", "2026-06-09T07:00:00Z",
     [](Issue& i) { comment(i, "2026-06-09T08:00:00Z", "jan@acme.example"); }, "2026-06-09T09:00:00Z", k_response,
     "running due 2026-06-09T16:00:00Z used 2h left 7h"},
    {"staff who report do not answer themselves", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("alena.k");
       i.fields["Customer"] = {"ACME"};
       comment(i, "2026-06-09T08:00:00Z", "alena.k");
     },
     "2026-06-09T09:00:00Z", k_response, "running due 2026-06-09T16:00:00Z used 2h left 7h"},
    {"but their colleague does", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("alena.k");
       i.fields["Customer"] = {"ACME"};
       comment(i, "2026-06-09T08:00:00Z", "boris.s");
     },
     "2026-06-09T09:00:00Z", k_response, "met due 2026-06-09T16:00:00Z stopped 2026-06-09T08:00:00Z used 1h left 8h"},
    {"resolved without a word by staff is an answer", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Resolved"); }, "2026-06-09T09:00:00Z",
     k_response, "met due 2026-06-09T16:00:00Z stopped 2026-06-09T08:00:00Z used 1h left 8h"},
    {"closed by the reporter needs no answer", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-09T08:00:00Z", "eva@acme.example", "Closed"); }, "2026-06-09T09:00:00Z",
     k_response, "cancelled stopped 2026-06-09T08:00:00Z used 1h left 8h"},
    {"withdrawn cancels", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-09T08:00:00Z", "eva@acme.example", "Rejected"); }, "2026-06-09T09:00:00Z",
     k_resolution, "cancelled stopped 2026-06-09T08:00:00Z used 1h left 95h"},
    {"withdrawn after the deadline stays breached", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-10T08:00:00Z", "eva@acme.example", "Rejected"); }, "2026-06-10T09:00:00Z",
     k_response, "breached due 2026-06-09T16:00:00Z stopped 2026-06-10T08:00:00Z used 10h left -1h"},
    {"the response is never paused", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Feedback"); }, "2026-06-09T10:00:00Z",
     k_response, "running due 2026-06-09T16:00:00Z used 3h left 6h"},
    {"the resolution is", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Feedback"); }, "2026-06-09T10:00:00Z",
     k_resolution, "paused used 1h left 95h"},
    {"a pause outside hours moves nothing", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       change_status(i, "2026-06-09T16:00:00Z", "alena.k", "Feedback");
       change_status(i, "2026-06-10T07:00:00Z", "eva@acme.example", "In Progress");
     },
     "2026-06-10T08:00:00Z", k_resolution, "running due 2026-06-23T16:00:00Z used 10h left 86h"},
    {"third parties do not pause unless the plan says so", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Vendor"); }, "2026-06-09T10:00:00Z",
     k_resolution, "running due 2026-06-23T16:00:00Z used 3h left 93h"},
    {"a pause that begins at the deadline is too late", "2026-06-11T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       change_status(i, "2026-06-12T15:00:00Z", "alena.k", "Feedback");
     },
     "2026-06-12T15:00:01Z", ClockName::workaround, "breached due 2026-06-12T15:00:00Z used 16h30m left 0m"},
    {"at the deadline itself it still stands", "2026-06-11T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       change_status(i, "2026-06-12T15:00:00Z", "alena.k", "Feedback");
     },
     "2026-06-12T15:00:00Z", ClockName::workaround, "paused used 16h30m left 0m"},
    {"resolved in time", "2026-06-11T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       change_status(i, "2026-06-15T16:00:00Z", "alena.k", "Resolved");
     },
     "2026-06-16T10:00:00Z", k_resolution,
     "met due 2026-06-15T16:00:00Z stopped 2026-06-15T16:00:00Z used 25h30m left 0m"},
    {"closing later moves nothing", "2026-06-11T07:00:00Z",
     [](Issue& i) {
       change_status(i, "2026-06-12T08:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-16T08:00:00Z", "eva@acme.example", "Closed");
     },
     "2026-06-17T10:00:00Z", k_resolution,
     "met due 2026-06-25T16:00:00Z stopped 2026-06-12T08:00:00Z used 10h left 86h"},
    {"raised late: a quarter of the new target from the change on", "2026-06-09T07:00:00Z",
     // 2bd = 18h+9h = 27h from Tue 9; raised Fri 12 at 12:00Z, when 9+9+9+4.5 = 31.5h were used: 6h45m more
     [](Issue& i) { change_priority(i, "2026-06-12T12:00:00Z", "eva@acme.example", "urgent"); }, "2026-06-12T12:00:00Z",
     k_resolution, "at_risk due 2026-06-15T10:45:00Z used 31h30m left 6h45m"},
    {"lowered: more time from the start", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.priority = "high";
       change_priority(i, "2026-06-09T10:00:00Z", "eva@acme.example", "normal");
     },
     "2026-06-09T11:00:00Z", k_resolution, "running due 2026-06-23T16:00:00Z used 4h left 92h"},
    {"lowered after the breach stays breached", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       change_priority(i, "2026-06-09T09:30:00Z", "alena.k", "normal");
     },
     "2026-06-09T10:00:00Z", k_response, "breached due 2026-06-09T09:00:00Z used 3h left -1h"},
    {"a priority without this promise cancels it", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       change_priority(i, "2026-06-09T08:00:00Z", "alena.k", "high");
     },
     "2026-06-09T10:00:00Z", ClockName::workaround, "cancelled stopped 2026-06-09T08:00:00Z used 1h left 17h"},
    {"reopened inside the window: solved time does not count", "2026-06-01T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       change_status(i, "2026-06-02T16:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-05T07:00:00Z", "eva@acme.example", "In Progress");
     },
     "2026-06-05T08:00:00Z", k_resolution, "running due 2026-06-08T08:30:00Z used 19h left 8h"},
    {"reopened exactly at the end of the window", "2026-06-01T07:00:00Z",
     [](Issue& i) {
       change_status(i, "2026-06-02T10:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-16T10:00:00Z", "eva@acme.example", "In Progress");
     },
     "2026-06-16T11:00:00Z", k_resolution, "running due 2026-06-29T16:00:00Z used 13h left 83h"},
    {"one second later it is a new cycle", "2026-06-01T07:00:00Z",
     [](Issue& i) {
       change_status(i, "2026-06-02T10:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-16T10:00:01Z", "eva@acme.example", "In Progress");
     },
     "2026-06-16T11:00:00Z", k_response, "running due 2026-06-16T16:00:00Z used 59m59s left 5h"},
    {"the update promise begins with the answer", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       comment(i, "2026-06-09T08:00:00Z", "alena.k");
     },
     "2026-06-09T09:00:00Z", ClockName::next_update, "running due 2026-06-09T12:00:00Z used 1h left 3h"},
    {"not before", "2026-06-09T07:00:00Z", [](Issue& i) { i.priority = "urgent"; }, "2026-06-09T08:00:00Z",
     ClockName::next_update, "not_started used 0m left 4h"},
    {"a late update stays a breach, though the next is in time", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.priority = "urgent";
       comment(i, "2026-06-09T08:00:00Z", "alena.k");
       comment(i, "2026-06-09T13:00:00Z", "alena.k");
     },
     "2026-06-09T14:00:00Z", ClockName::next_update, "breached due 2026-06-10T08:00:00Z used 1h left 3h"},
    {"a fix date was stated", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-10T08:00:00Z", "alena.k", "Fix promised", "2026-06-16"); },
     "2026-06-10T12:00:00Z", ClockName::state_fix_date,
     "met due 2026-06-11T16:00:00Z stopped 2026-06-10T08:00:00Z used 10h left 17h"},
    {"and is to be kept", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-10T08:00:00Z", "alena.k", "Fix promised", "2026-06-16"); },
     "2026-06-10T12:00:00Z", ClockName::keep_fix_date, "running due 2026-06-16T16:00:00Z used 4h left 38h30m"},
    {"a date on Sunday means closing of Friday", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-10T08:00:00Z", "alena.k", "Fix promised", "2026-06-14"); },
     "2026-06-10T12:00:00Z", ClockName::keep_fix_date, "running due 2026-06-12T15:00:00Z used 4h left 20h30m"},
    {"a date the customer filled in is no promise", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-10T08:00:00Z", "eva@acme.example", "Fix promised", "2026-06-16"); },
     "2026-06-10T12:00:00Z", ClockName::keep_fix_date, "none"},
    {"closed by the customer is confirmed", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       change_status(i, "2026-06-10T09:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-11T08:00:00Z", "jan@acme.example", "Closed");
     },
     "2026-06-12T10:00:00Z", ClockName::confirmation,
     "met due 2026-06-24T16:00:00Z stopped 2026-06-11T08:00:00Z used 8h left 86h"},
    {"closed by staff is not", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       change_status(i, "2026-06-10T09:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-11T08:00:00Z", "alena.k", "Closed");
     },
     "2026-06-12T10:00:00Z", ClockName::confirmation, "cancelled stopped 2026-06-11T08:00:00Z used 8h left 86h"},
    {"a plan without the promise has no clock", "2026-06-09T07:00:00Z", k_nothing, "2026-06-09T08:00:00Z",
     ClockName::workaround, "none"},
    {"history after now is ignored", "2026-06-09T07:00:00Z",
     [](Issue& i) { comment(i, "2026-06-09T08:00:01Z", "alena.k"); }, "2026-06-09T08:00:00Z", k_response,
     "running due 2026-06-09T16:00:00Z used 1h left 8h"},
};

}  // namespace

TEST_CASE("clock histories read as worked out by hand") {
  const auto book = small_book();
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    auto issue = an_issue(row.created);
    row.history(issue);
    const auto decision = evaluate(issue, book, {}, at(row.now));
    CHECK(text_of(decision, row.clock) == row.expected);
  }
}

TEST_CASE("recheck_at is when the answer changes by itself") {
  const auto book = small_book();
  auto issue = an_issue("2026-06-09T07:00:00Z");
  const auto check = [&](const std::string& now, const std::string& expected) {
    CAPTURE(now);
    const auto decision = evaluate(issue, book, {}, at(now));
    REQUIRE(decision.recheck_at);
    CHECK(to_iso(*decision.recheck_at) == expected);
  };
  check("2026-06-09T08:00:00Z", "2026-06-09T13:45:00Z");  // at risk
  check("2026-06-09T13:45:00Z", "2026-06-09T15:06:00Z");  // 90 %
  check("2026-06-09T16:00:00Z", "2026-06-09T16:00:01Z");  // missed
}

TEST_CASE("a share of a target that is no whole number of seconds is looked at when it is reached, and not before") {
  const auto book = small_book();
  for (int second = 0; second < 4; ++second) {
    CAPTURE(second);
    const auto issue = an_issue("2026-06-09T07:00:0" + std::to_string(second) + "Z");
    const auto first = evaluate(issue, book, {}, at("2026-06-09T08:00:00Z"));
    REQUIRE(first.recheck_at);
    const auto state_at = [&](Instant now) { return find_clock(evaluate(issue, book, {}, now), k_response)->state; };
    CHECK(state_at(*first.recheck_at) == ClockState::at_risk);
    CHECK(state_at(*first.recheck_at - Seconds{1}) == ClockState::running);
  }
}

TEST_CASE("a paid issue waits for the order, and only for one who may order") {
  const auto book = small_book();
  auto issue = an_issue("2026-06-09T07:00:00Z");
  issue.type = "Training";
  change_status(issue, "2026-06-09T08:00:00Z", "alena.k", "Offered");
  CHECK(text_of(evaluate(issue, book, {}, at("2026-06-09T09:00:00Z")), k_resolution) == "not_started used 0m left 96h");
  auto wrong = issue;
  change_field(wrong, "2026-06-10T08:00:00Z", "eva@acme.example", "Order approved", "yes");
  CHECK(text_of(evaluate(wrong, book, {}, at("2026-06-10T09:00:00Z")), k_resolution) == "not_started used 0m left 96h");
  change_field(issue, "2026-06-10T08:00:00Z", "jan@acme.example", "Order approved", "yes");
  const auto decision = evaluate(issue, book, {}, at("2026-06-10T09:00:00Z"));
  CHECK(decision.order_approved);
  CHECK(text_of(decision, k_resolution) == "running due 2026-06-24T16:00:00Z used 1h left 94h");
}

TEST_CASE("an issue whose history is not known has no clocks") {
  const auto book = small_book();
  for (const auto* what : {"unknown history", "unknown status", "out of order"}) {
    CAPTURE(what);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    if (std::string(what) == "unknown history") issue.history_known = false;
    if (std::string(what) == "unknown status") issue.status = "Weird";
    if (std::string(what) == "out of order") {
      comment(issue, "2026-06-09T08:00:00Z", "alena.k");
      comment(issue, "2026-06-09T07:30:00Z", "alena.k");
    }
    const auto decision = evaluate(issue, book, {}, at("2026-06-09T09:00:00Z"));
    CHECK(decision.clocks.empty());
    CHECK(decision.billing == Billing::undecided);
    CHECK(decision.reasons.back().text.rfind("undecided: ", 0) == 0);
  }
}

TEST_CASE("only the reporter, his colleagues and his partner confirm") {
  const auto book = small_book();
  for (const auto& entry :
       std::vector<std::pair<std::string, ClockState>>{{"ivan@volga.example", ClockState::met},
                                                       {"other@volga.example", ClockState::met},
                                                       {"olga@implementers.example", ClockState::met},
                                                       {"kata@duna.example", ClockState::cancelled},
                                                       {"x@nowhere.example", ClockState::cancelled},
                                                       {"alena.k", ClockState::cancelled},
                                                       {"ci@vendor.example", ClockState::cancelled}}) {
    const auto& [who, state] = entry;
    CAPTURE(entry.first);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    issue.reporter = person("ivan@volga.example");
    change_status(issue, "2026-06-09T09:00:00Z", "alena.k", "Resolved");
    change_status(issue, "2026-06-10T09:00:00Z", who, "Closed");
    const auto decision = evaluate(issue, book, {}, at("2026-06-11T09:00:00Z"));
    REQUIRE(find_clock(decision, ClockName::confirmation));
    CHECK(find_clock(decision, ClockName::confirmation)->state == state);
  }
}

TEST_CASE("rejected by mistake and taken up again has used no unit") {
  const auto book = small_book();
  auto issue = an_issue("2026-06-09T07:00:00Z");
  issue.type = "Support";
  change_status(issue, "2026-06-09T08:00:00Z", "alena.k", "Rejected");
  change_status(issue, "2026-06-09T09:00:00Z", "alena.k", "New");
  const auto decision = evaluate(issue, book, {}, at("2026-06-09T10:00:00Z"));
  REQUIRE(decision.pool);
  CHECK(decision.pool->reserved == 1);
  CHECK(decision.pool->consumed == 0);
}
