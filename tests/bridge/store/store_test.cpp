// What every store promises, as a table of cases that runs over the store in memory, over SQLite in memory and over an
// SQLite file that is closed and opened again between the steps where a case asks for it.
#include <doctest/doctest.h>

#include <algorithm>

#include "bridge/store/store.hpp"
#include "tests/bridge/store/opened_stores.hpp"
#include "tests/bridge/store/store_samples.hpp"

namespace cb {
namespace {

using samples::at;
using samples::claim;
using samples::decided;
using samples::fetched;
using samples::line;

const IssueKey k_one{"support", "1"};
const IssueKey k_two{"support", "2"};
const IssueKey k_nine{"support", "9"};
const IssueKey k_ten{"support", "10"};
const IssueKey k_text{"support", "LMS-3"};
const IssueKey k_other{"bugs", "1"};

std::vector<std::string> texts(const std::vector<IssueKey>& keys) {
  std::vector<std::string> found;
  for (const auto& key : keys) found.push_back(to_text(key));
  return found;
}

using Texts = std::vector<std::string>;

void cursor_is_kept_per_tracker(Opened& opened) {
  CHECK_FALSE(opened.store().cursor("support"));
  opened.store().set_cursor({"support", at("2026-06-09T08:00:00Z"), at("2026-06-09T08:05:00Z")});
  opened.store().set_cursor({"bugs", at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:01Z")});
  opened.store().set_cursor({"support", at("2026-06-09T09:00:00Z"), at("2026-06-09T09:05:00Z")});
  opened.reopen();
  const auto cursor = opened.store().cursor("support");
  REQUIRE(cursor);
  CHECK(cursor->tracker == "support");
  CHECK(cursor->since == at("2026-06-09T09:00:00Z"));
  CHECK(cursor->completed_at == at("2026-06-09T09:05:00Z"));
  CHECK(opened.store().cursor("bugs")->since == at("2026-01-01T00:00:00Z"));
}

void saved_issue_comes_back_as_it_was(Opened& opened) {
  CHECK_FALSE(opened.store().issue(k_one));
  auto saved = fetched(k_one, "{\"summary\":\"Вход не работает; DROP TABLE issue; -- '\\\"\"}");
  saved.updated = at("2199-12-31T23:59:59Z");
  opened.store().save_fetched(saved, {});
  opened.reopen();
  const auto issue = opened.store().issue(k_one);
  REQUIRE(issue);
  CHECK(issue->key == k_one);
  CHECK(issue->updated == saved.updated);
  CHECK(issue->fetched_at == saved.fetched_at);
  CHECK(issue->revision == saved.revision);
  CHECK(issue->snapshot == saved.snapshot);
  CHECK(issue->decision.empty());
  CHECK(issue->book_version.empty());
  CHECK_FALSE(issue->recheck_at);
  CHECK_FALSE(issue->gone);
  CHECK_FALSE(opened.store().issue(k_other));
}

void text_is_kept_byte_by_byte(Opened& opened) {
  std::string every_byte;
  for (int value = 0; value < 256; ++value) every_byte.push_back(static_cast<char>(value));
  for (const auto& text : {std::string(), every_byte, std::string(3'000'000, 'x')}) {
    opened.store().save_fetched(fetched(k_one, text), {});
    opened.reopen();
    CHECK(opened.store().issue(k_one)->snapshot == text);
  }
}

void fetching_again_keeps_the_decision(Opened& opened) {
  opened.store().save_fetched(fetched(k_one, "old"), {});
  auto record = decided(k_one, "first");
  record.recheck_at = at("2026-06-10T08:00:00Z");
  record.ledger = {line(k_one, "reserve")};
  opened.store().record(record);
  auto again = fetched(k_one, "new");
  again.decision = "not this";
  again.book_version = "nor this";
  again.recheck_at = at("2030-01-01T00:00:00Z");
  opened.store().save_fetched(again, {});
  opened.reopen();
  const auto issue = opened.store().issue(k_one);
  REQUIRE(issue);
  CHECK(issue->snapshot == "new");
  CHECK(issue->decision == "first");
  CHECK(issue->book_version == "book-1");
  CHECK(issue->recheck_at == at("2026-06-10T08:00:00Z"));
  CHECK(opened.store().ledger(k_one).size() == 1);
}

void decisions_of_the_past_are_kept(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {});
  CHECK(opened.store().decisions(k_one).empty());
  opened.store().record(decided(k_one, "first", false));  // the first is kept in any case
  opened.store().record(decided(k_one, "first, seen later", false));
  auto second = decided(k_one, "second", true);
  second.book_version = "book-2";
  second.at = at("2026-06-09T09:00:00Z");
  opened.store().record(second);
  opened.reopen();
  const auto kept = opened.store().decisions(k_one);
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].decision == "first, seen later");
  CHECK(kept[0].at == at("2026-06-09T08:02:00Z"));
  CHECK(kept[0].book_version == "book-1");
  CHECK(kept[1].decision == "second");
  CHECK(kept[1].at == at("2026-06-09T09:00:00Z"));
  CHECK(kept[1].book_version == "book-2");
  CHECK(opened.store().issue(k_one)->decision == "second");
  CHECK(opened.store().issue(k_one)->book_version == "book-2");
}

void record_forgets_an_instant_that_is_over(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {});
  auto record = decided(k_one, "open");
  record.recheck_at = at("2026-06-10T08:00:00Z");
  opened.store().record(record);
  opened.store().record(decided(k_one, "closed"));
  opened.reopen();
  CHECK_FALSE(opened.store().issue(k_one)->recheck_at);
  CHECK(opened.store().due("support", at("2027-01-01T00:00:00Z"), 100).empty());
}

void ledger_only_grows(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {});
  opened.store().save_fetched(fetched(k_two), {});
  auto record = decided(k_one, "first");
  record.ledger = {line(k_one, "reserve"), line(k_one, "billing")};
  opened.store().record(record);
  record = decided(k_one, "second");
  record.ledger = {line(k_one, "release")};
  opened.store().record(record);
  opened.reopen();
  const auto lines = opened.store().ledger(k_one);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].action == "reserve");
  CHECK(lines[1].action == "billing");
  CHECK(lines[2].action == "release");
  CHECK(lines[0].issue == k_one);
  CHECK(lines[0].at == at("2026-06-09T08:02:00Z"));
  CHECK(lines[0].contract == ContractId{"ACME-2026"});
  CHECK(lines[0].period == "2026-02-28T23:00:00Z");
  CHECK(lines[0].note == "one unit of five");
  CHECK(opened.store().ledger(k_two).empty());
}

void claims_come_in_the_order_of_registration(Opened& opened) {
  const auto early = at("2026-03-01T08:00:00Z");
  const auto late = at("2026-03-01T08:00:01Z");
  // Seen in another order than they were registered.
  opened.store().save_fetched(fetched(k_text), {claim(k_text, "ACME-2026", early)});
  opened.store().save_fetched(fetched(k_ten), {claim(k_ten, "ACME-2026", early)});
  opened.store().save_fetched(fetched(k_other), {claim(k_other, "ACME-2026", late)});
  opened.store().save_fetched(fetched(k_nine), {claim(k_nine, "OTHER", early), claim(k_nine, "ACME-2026", early)});
  opened.store().save_fetched(fetched(k_one), {claim(k_one, "ACME-2026", late)});
  opened.reopen();
  std::vector<IssueKey> order;
  for (const auto& found : opened.store().claims({"ACME-2026"})) order.push_back(found.issue);
  CHECK(texts(order) == Texts{"support#9", "support#10", "support#LMS-3", "bugs#1", "support#1"});
  CHECK(opened.store().claims({"OTHER"}).size() == 1);
  CHECK(opened.store().claims({"NOBODY"}).empty());
}

void claims_come_back_equal(Opened& opened) {
  auto consumed = claim(k_one, "ACME-2026", at("2026-03-01T08:00:00Z"), 2);
  consumed.hold = Hold::consumed;
  consumed.approved_at = at("2026-06-02T08:00:00Z");
  consumed.ended_at = at("2026-06-03T08:00:00Z");
  consumed.promised = true;
  consumed.rank = 1;
  consumed.budget = {"training"};
  consumed.logged = std::chrono::minutes{90};
  consumed.period = {at("2026-03-01T00:00:00Z"), k_never};
  opened.store().save_fetched(fetched(k_one), {claim(k_one, "ACME-2026", at("2026-02-28T23:00:00Z")), consumed});
  opened.reopen();
  const auto claims = opened.store().claims({"ACME-2026"});
  REQUIRE(claims.size() == 2);
  CHECK(claims[0] == claim(k_one, "ACME-2026", at("2026-02-28T23:00:00Z")));
  CHECK(claims[1] == consumed);
}

void claims_are_replaced_as_a_whole(Opened& opened) {
  const auto place = at("2026-03-01T08:00:00Z");
  opened.store().save_fetched(fetched(k_one), {claim(k_one, "A", place), claim(k_one, "B", place)});
  opened.store().save_fetched(fetched(k_two), {claim(k_two, "A", place)});
  opened.store().replace_claims(k_one, {claim(k_one, "C", place)});
  opened.reopen();
  CHECK(opened.store().claims({"A"}).size() == 1);
  CHECK(opened.store().claims({"B"}).empty());
  CHECK(opened.store().claims({"C"}).size() == 1);
  opened.store().replace_claims(k_one, {});
  CHECK(opened.store().claims({"C"}).empty());
  opened.store().save_fetched(fetched(k_two), {});
  CHECK(opened.store().claims({"A"}).empty());
}

void recording_leaves_the_claims(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {claim(k_one, "A", at("2026-03-01T08:00:00Z"))});
  opened.store().record(decided(k_one, "first"));
  CHECK(opened.store().claims({"A"}).size() == 1);
}

void due_is_decided_to_the_second(Opened& opened) {
  const auto moment = at("2026-06-10T08:00:00Z");
  for (const auto& key : {k_ten, k_nine, k_one, k_two, k_other}) opened.store().save_fetched(fetched(key), {});
  auto record = decided(k_ten, "x");
  record.recheck_at = moment;
  opened.store().record(record);
  record.key = k_nine;
  opened.store().record(record);
  record.key = k_other;
  opened.store().record(record);
  record.key = k_two;
  record.recheck_at = moment - Seconds(60);
  opened.store().record(record);
  opened.reopen();
  CHECK(opened.store().due("support", moment - Seconds(61), 100).empty());
  CHECK(texts(opened.store().due("support", moment - Seconds(60), 100)) == Texts{"support#2"});
  CHECK(texts(opened.store().due("support", moment - Seconds(1), 100)) == Texts{"support#2"});
  CHECK(texts(opened.store().due("support", moment, 100)) == Texts{"support#2", "support#9", "support#10"});
  CHECK(texts(opened.store().due("bugs", moment, 100)) == Texts{"bugs#1"});
}

void issue_that_is_gone_stays_known(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {claim(k_one, "A", at("2026-03-01T08:00:00Z"))});
  auto record = decided(k_one, "open");
  record.recheck_at = at("2026-06-10T08:00:00Z");
  record.ledger = {line(k_one, "reserve")};
  opened.store().record(record);
  opened.store().park({k_one, "404", at("2026-06-09T08:00:00Z"), at("2026-06-09T08:10:00Z"), 1});
  opened.store().mark_gone(k_one, at("2026-06-09T09:00:00Z"));
  opened.store().mark_gone(k_two, at("2026-06-09T09:00:00Z"));  // never saved
  opened.reopen();
  CHECK(opened.store().issue(k_one)->gone);
  CHECK(opened.store().issue(k_one)->decision == "open");
  CHECK(opened.store().ledger(k_one).size() == 1);
  CHECK(opened.store().claims({"A"}).size() == 1);
  CHECK(opened.store().due("support", at("2027-01-01T00:00:00Z"), 100).empty());
  CHECK_FALSE(opened.store().parked(k_one));
  CHECK_FALSE(opened.store().issue(k_two));
  CHECK(texts(opened.store().issues("support", {}, 10)) == Texts{"support#1"});
  opened.store().save_fetched(fetched(k_one), {});
  CHECK_FALSE(opened.store().issue(k_one)->gone);
  CHECK(opened.store().due("support", at("2027-01-01T00:00:00Z"), 100).size() == 1);
}

void issues_come_in_pages(Opened& opened) {
  CHECK(opened.store().issues("support", {}, 10).empty());
  for (const auto& key : {k_text, k_ten, k_two, k_nine, k_one, k_other}) opened.store().save_fetched(fetched(key), {});
  opened.reopen();
  const auto first = opened.store().issues("support", {}, 2);
  CHECK(texts(first) == Texts{"support#1", "support#2"});
  const auto second = opened.store().issues("support", first.back(), 2);
  CHECK(texts(second) == Texts{"support#9", "support#10"});
  CHECK(texts(opened.store().issues("support", second.back(), 2)) == Texts{"support#LMS-3"});
  CHECK(opened.store().issues("support", k_text, 2).empty());
  // The place to go on from need not be an issue that is there.
  CHECK(texts(opened.store().issues("support", IssueKey{"support", "5"}, 1)) == Texts{"support#9"});
  CHECK(opened.store().issues("support", {}, 0).empty());
}

void intent_is_open_until_it_is_recorded(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {});
  opened.store().save_fetched(fetched(k_two), {});
  opened.store().intend({k_two, at("2026-06-09T08:00:00Z"), "two"});
  opened.store().intend({k_one, at("2026-06-09T08:01:00Z"), "one"});
  opened.store().intend({k_two, at("2026-06-09T08:02:00Z"), "two, again"});
  opened.reopen();
  const auto open = opened.store().open_intents("support");
  REQUIRE(open.size() == 2);
  CHECK(open[0].key == k_one);
  CHECK(open[0].changes == "one");
  CHECK(open[1].key == k_two);
  CHECK(open[1].changes == "two, again");
  CHECK(open[1].at == at("2026-06-09T08:02:00Z"));
  CHECK(opened.store().open_intents("bugs").empty());
  opened.store().record(decided(k_two, "x"));
  opened.reopen();
  CHECK(opened.store().open_intents("support").size() == 1);
  opened.store().record(decided(k_one, "x"));
  CHECK(opened.store().open_intents("support").empty());
}

void parked_issue_waits_for_its_record(Opened& opened) {
  CHECK_FALSE(opened.store().parked(k_one));
  opened.store().park({k_ten, "timed out", at("2026-06-09T08:00:00Z"), at("2026-06-09T08:10:00Z"), 1});
  opened.store().park({k_nine, "timed out", at("2026-06-09T08:00:00Z"), at("2026-06-09T08:10:00Z"), 1});
  opened.store().park({k_one, "timed out", at("2026-06-09T08:00:00Z"), at("2026-06-09T08:10:00Z"), 1});
  opened.store().park({k_one, "422 Status is invalid", at("2026-06-09T08:00:00Z"), at("2026-06-09T09:00:00Z"), 2});
  opened.reopen();
  const auto parked = opened.store().parked(k_one);
  REQUIRE(parked);
  CHECK(parked->key == k_one);
  CHECK(parked->error == "422 Status is invalid");
  CHECK(parked->since == at("2026-06-09T08:00:00Z"));
  CHECK(parked->retry_at == at("2026-06-09T09:00:00Z"));
  CHECK(parked->attempts == 2);
  std::vector<IssueKey> order;
  for (const auto& waiting : opened.store().all_parked("support")) order.push_back(waiting.key);
  CHECK(texts(order) == Texts{"support#9", "support#10", "support#1"});
  CHECK(opened.store().all_parked("bugs").empty());
  opened.store().save_fetched(fetched(k_one), {});
  CHECK(opened.store().parked(k_one));
  opened.store().record(decided(k_one, "x"));
  opened.reopen();
  CHECK_FALSE(opened.store().parked(k_one));
  CHECK(opened.store().all_parked("support").size() == 2);
}

void what_was_never_saved_is_not_recorded(Opened& opened) {
  auto record = decided(k_one, "x");
  record.ledger = {line(k_one, "reserve")};
  CHECK_THROWS_AS(opened.store().record(record), StoreError);
  CHECK_THROWS_AS(opened.store().intend({k_one, at("2026-06-09T08:00:00Z"), "x"}), StoreError);
  CHECK_THROWS_AS(opened.store().replace_claims(k_one, {}), StoreError);
  opened.reopen();
  CHECK(opened.store().ledger(k_one).empty());
  CHECK(opened.store().open_intents("support").empty());
  opened.store().save_fetched(fetched(k_one), {});  // the store goes on after a refusal
  opened.store().record(record);
  CHECK(opened.store().ledger(k_one).size() == 1);
}

void audit_keeps_every_line(Opened& opened) {
  CHECK(opened.store().audit_lines(10).empty());
  for (int i = 1; i <= 3; ++i)
    opened.store().audit(at("2026-06-09T08:00:00Z") + Seconds(i), "line " + std::to_string(i));
  opened.reopen();
  const auto lines = opened.store().audit_lines(2);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].what == "line 2");
  CHECK(lines[1].what == "line 3");
  CHECK(lines[1].at == at("2026-06-09T08:00:03Z"));
  CHECK(opened.store().audit_lines(10).size() == 3);
  CHECK(opened.store().audit_lines(0).empty());
}

void configurations_are_kept_in_the_order_of_use(Opened& opened) {
  const auto start = at("2026-06-09T08:00:00Z");
  CHECK(opened.store().configs().empty());
  for (const auto& [version, minutes] : {std::pair("a", 0), {"a", 1}, {"b", 2}, {"a", 3}}) {
    opened.store().use_config(version, start + std::chrono::minutes(minutes));
  }
  opened.reopen();
  const auto configs = opened.store().configs();
  REQUIRE(configs.size() == 3);
  CHECK(configs[0].version == "a");
  CHECK(configs[0].since == start);
  CHECK(configs[1].version == "b");
  CHECK(configs[2].version == "a");
  CHECK(configs[2].since == start + std::chrono::minutes(3));
}

const Case k_cases[] = {
    {"the cursor is kept per tracker", cursor_is_kept_per_tracker},
    {"a saved issue comes back as it was", saved_issue_comes_back_as_it_was},
    {"text is kept byte by byte", text_is_kept_byte_by_byte},
    {"fetching again keeps the decision", fetching_again_keeps_the_decision},
    {"decisions of the past are kept", decisions_of_the_past_are_kept},
    {"a record forgets an instant that is over", record_forgets_an_instant_that_is_over},
    {"the ledger only grows", ledger_only_grows},
    {"claims come in the order of registration", claims_come_in_the_order_of_registration},
    {"claims come back equal", claims_come_back_equal},
    {"claims are replaced as a whole", claims_are_replaced_as_a_whole},
    {"recording leaves the claims", recording_leaves_the_claims},
    {"due is decided to the second", due_is_decided_to_the_second},
    {"an issue that is gone stays known", issue_that_is_gone_stays_known},
    {"issues come in pages", issues_come_in_pages},
    {"an intent is open until it is recorded", intent_is_open_until_it_is_recorded},
    {"a parked issue waits for its record", parked_issue_waits_for_its_record},
    {"what was never saved is not recorded", what_was_never_saved_is_not_recorded},
    {"the audit keeps every line", audit_keeps_every_line},
    {"configurations are kept in the order of use", configurations_are_kept_in_the_order_of_use},
};

TEST_CASE("every store keeps the promises of a store") {
  for (const auto& row : k_cases) {
    CAPTURE(row.name);
    over_every_store(row.run);
  }
}

}  // namespace
}  // namespace cb
