// What the service asks of a store: what wakes issues, what is due, lists and counts by outline, notifications.
#include <doctest/doctest.h>

#include "tests/bridge/store/opened_stores.hpp"
#include "tests/bridge/store/store_samples.hpp"

namespace cb {
namespace {

using samples::at;
using samples::decided;
using samples::fetched;

const IssueKey k_one{"support", "1"};
const IssueKey k_two{"support", "2"};
const IssueKey k_ten{"support", "10"};
const IssueKey k_other{"bugs", "1"};
const Instant k_now = at("2026-06-09T08:00:00Z");

using Texts = std::vector<std::string>;

Texts texts(const std::vector<IssueKey>& keys) {
  Texts found;
  for (const auto& key : keys) found.push_back(to_text(key));
  return found;
}

Texts texts(const std::vector<Wake>& wakes) {
  Texts found;
  for (const auto& wake : wakes) found.push_back(to_text(wake.key) + " " + wake.why);
  return found;
}

void record_with(Store& store, const IssueKey& key, const Outline& outline, const std::string& version = "book-1") {
  store.save_fetched(fetched(key), {});
  auto record = decided(key, "open");
  record.book_version = version;
  record.outline = outline;
  store.record(record);
}

void wakes_are_kept_in_order_until_they_are_done(Opened& opened) {
  opened.store().wake({k_ten, k_two, k_other}, "changed", k_now);
  opened.store().wake({k_one}, "webhook", k_now);
  opened.reopen();
  CHECK(texts(opened.store().wakes("support", k_now, 10)) ==
        Texts{"support#1 webhook", "support#2 changed", "support#10 changed"});
  CHECK(texts(opened.store().wakes("support", k_now, 2)) == Texts{"support#1 webhook", "support#2 changed"});
  CHECK(texts(opened.store().wakes("bugs", k_now, 10)) == Texts{"bugs#1 changed"});
  CHECK(opened.store().last_wake({"support", "77"}) == 0);
  CHECK(opened.store().woken("support") == 3);
  CHECK(opened.store().woken("nobody") == 0);
}

void a_wake_that_came_while_the_issue_was_decided_stays(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {});
  opened.store().wake({k_one}, "changed", k_now);
  auto record = decided(k_one, "open");
  record.seen_wake = opened.store().last_wake(k_one);
  REQUIRE(record.seen_wake > 0);
  opened.store().wake({k_one}, "the pool changed", k_now);
  opened.store().record(record);
  opened.reopen();
  CHECK(texts(opened.store().wakes("support", k_now, 10)) == Texts{"support#1 the pool changed"});
  record.seen_wake = opened.store().last_wake(k_one);
  opened.store().record(record);
  CHECK(opened.store().wakes("support", k_now, 10).empty());
  opened.store().wake({k_one}, "again", k_now);
  CHECK(opened.store().last_wake(k_one) > record.seen_wake);
}

void who_waits_for_a_retry_is_neither_woken_nor_due(Opened& opened) {
  record_with(opened.store(), k_one, {});
  auto record = decided(k_one, "open");
  record.recheck_at = k_now;
  opened.store().record(record);
  opened.store().wake({k_one, k_two}, "changed", k_now);
  opened.store().park({k_one, "500", k_now, k_now + Seconds{60}, 1});
  CHECK(texts(opened.store().wakes("support", k_now, 10)) == Texts{"support#2 changed"});
  CHECK(opened.store().due("support", k_now, 10).empty());
  CHECK(opened.store().decided_otherwise("support", "book-2", k_now, 10).empty());
  CHECK(texts(opened.store().wakes("support", k_now + Seconds{60}, 10)).size() == 2);
  CHECK(opened.store().due("support", k_now + Seconds{60}, 10).size() == 1);
  CHECK(opened.store().retry(k_one, k_now));
  CHECK_FALSE(opened.store().retry(k_two, k_now));
  opened.reopen();
  CHECK(opened.store().wakes("support", k_now, 10).size() == 2);
  CHECK(opened.store().parked(k_one)->attempts == 1);
}

void the_next_due_is_the_first_one_later_than_asked(Opened& opened) {
  CHECK_FALSE(opened.store().next_due("support", k_now));
  for (const auto& [key, seconds] : {std::pair{k_one, 300}, std::pair{k_two, 100}, std::pair{k_other, 10}}) {
    opened.store().save_fetched(fetched(key), {});
    auto record = decided(key, "open");
    record.recheck_at = k_now + Seconds{seconds};
    opened.store().record(record);
  }
  opened.store().park({k_ten, "500", k_now, k_now + Seconds{200}, 1});
  opened.reopen();
  CHECK(opened.store().next_due("support", k_now) == k_now + Seconds{100});
  CHECK(opened.store().next_due("support", k_now + Seconds{100}) == k_now + Seconds{200});
  CHECK(opened.store().next_due("support", k_now + Seconds{200}) == k_now + Seconds{300});
  CHECK_FALSE(opened.store().next_due("support", k_now + Seconds{300}));
  CHECK(texts(opened.store().due("support", k_now + Seconds{400}, 1)) == Texts{"support#2"});
}

void who_was_decided_under_another_configuration_is_found(Opened& opened) {
  record_with(opened.store(), k_one, {}, "book-1");
  record_with(opened.store(), k_ten, {}, "book-3");
  record_with(opened.store(), k_other, {}, "book-1");
  opened.store().save_fetched(fetched(k_two), {});  // never decided
  opened.reopen();
  CHECK(texts(opened.store().decided_otherwise("support", "book-1", k_now, 10)) == Texts{"support#2", "support#10"});
  CHECK(texts(opened.store().decided_otherwise("support", "book-2", k_now, 10)) ==
        Texts{"support#1", "support#2", "support#10"});
  CHECK(opened.store().decided_otherwise("support", "book-2", k_now, 2).size() == 2);
  opened.store().mark_gone(k_two, k_now);
  CHECK(texts(opened.store().decided_otherwise("support", "book-1", k_now, 10)) == Texts{"support#10"});
}

void outlines_answer_lists_and_counts(Opened& opened) {
  record_with(opened.store(), k_one, {"acme", "ACME-1", "pool", "at_risk", false, k_now + Seconds{20}});
  record_with(opened.store(), k_two, {"acme", "ACME-1", "pool", "met", true, {}});
  record_with(opened.store(), k_ten, {"acme", "ACME-1", "undecided", "none", false, k_now + Seconds{10}});
  record_with(opened.store(), k_other, {"acme", "ACME-1", "free", "ok", false, k_now + Seconds{15}});
  opened.reopen();
  auto& store = opened.store();
  CHECK(texts(store.open_issues({"ACME-1"})) == Texts{"bugs#1", "support#1", "support#10"});
  CHECK(store.open_issues({""}).empty());
  CHECK(texts(store.customer_issues("acme", {}, 3)) == Texts{"bugs#1", "support#1", "support#2"});
  CHECK(texts(store.customer_issues("acme", k_two, 3)) == Texts{"support#10"});
  CHECK(store.customer_issues("other", {}, 3).empty());
  const auto due = store.due_issues(k_now + Seconds{20}, {}, 10);
  REQUIRE(due.size() == 2);
  CHECK(due[0].key == k_ten);
  CHECK(due[1].key == k_other);
  CHECK(due[1].outline == Outline{"acme", "ACME-1", "free", "ok", false, k_now + Seconds{15}});
  // Behind a place, also one whose issue is not there: the same instant is in order of tracker and number.
  const auto behind = [&](const IssueKey& key, int seconds) {
    Texts keys;
    for (const auto& each :
         store.due_issues(k_now + Seconds{21}, DueIssue{key, {"", "", "", "", false, k_now + Seconds{seconds}}}, 10))
      keys.push_back(to_text(each.key));
    return keys;
  };
  CHECK(store.due_issues(k_now + Seconds{21}, due[0], 1).front().key == k_other);
  CHECK(behind(k_ten, 10) == Texts{"bugs#1", "support#1"});
  CHECK(behind({"support", "9"}, 10) == Texts{"support#10", "bugs#1", "support#1"});
  CHECK(behind({"support", "11"}, 10) == Texts{"bugs#1", "support#1"});
  CHECK(behind({"a", "99"}, 15) == Texts{"bugs#1", "support#1"});
  CHECK(behind(k_other, 15) == Texts{"support#1"});
  CHECK(behind(k_one, 20).empty());
  store.park({k_one, "500", k_now, k_now, 1});
  store.wake({k_one, k_two}, "changed", k_now);
  store.intend({k_one, k_now, "{}"});
  CHECK(store.counts("support") == StoreCounts{3, 2, 1, 1, 2, 1, {{"at_risk", 1}, {"none", 1}}});
  store.mark_gone(k_one, k_now);
  CHECK(store.counts("support").open == 1);
  CHECK(texts(store.open_issues({"ACME-1"})) == Texts{"bugs#1", "support#10"});
}

void what_is_withdrawn_is_not_sent_and_may_be_put_again(Opened& opened) {
  const std::vector<Notification> both{{"risk-1", "chat", "{}", k_now, k_now, 0, ""},
                                       {"risk-1", "pager", "{}", k_now, k_now, 0, ""}};
  opened.store().notify(both);
  opened.store().notification_sent("risk-1", "pager", k_now);
  opened.store().withdraw("risk-1", "pager");  // too late: it was sent
  opened.store().withdraw("risk-1", "chat");
  opened.store().withdraw("never put", std::nullopt);
  opened.reopen();
  CHECK(opened.store().next_notifications().empty());
  CHECK_FALSE(opened.store().notification_tried("risk-1", "chat", k_now + Seconds{60}));
  CHECK_FALSE(opened.store().notification_tried("risk-1", "pager", k_now + Seconds{60}));
  opened.store().notification_sent("risk-1", "chat", k_now);
  opened.store().notification_failed("risk-1", "chat", "no answer", k_now);
  CHECK(opened.store().next_notifications().empty());
  opened.store().notify(both);
  CHECK(opened.store().next_notifications() == std::map<std::string, Instant>{{"chat", k_now}});
  CHECK(opened.store().notification_tried("risk-1", "chat", k_now + Seconds{60}));
  opened.store().withdraw("risk-1", std::nullopt);
  CHECK(opened.store().next_notifications().empty());
}

void a_notification_is_told_once_for_its_cause(Opened& opened) {
  opened.store().save_fetched(fetched(k_one), {});
  auto record = decided(k_one, "open");
  record.notifications = {{"breach-1", "chat", "{\"a\":1}", k_now, k_now, 0, "", k_now + Seconds{900}},
                          {"breach-1", "pager", "{\"b\":1}", k_now, k_now + Seconds{5}, 0, ""}};
  opened.store().record(record);
  record.notifications.front().body = "{\"a\":2}";
  opened.store().record(record);
  opened.store().intend({k_one, k_now, "billing=free", record.notifications});
  opened.reopen();
  using Next = std::map<std::string, Instant>;
  CHECK(opened.store().next_notifications() == Next{{"chat", k_now}, {"pager", k_now + Seconds{5}}});
  CHECK(opened.store().notifications("pager", k_now, 10).empty());
  auto found = opened.store().notifications("chat", k_now, 10);
  REQUIRE(found.size() == 1);
  CHECK(found.front().body == "{\"a\":1}");
  CHECK(found.front().useful_until == k_now + Seconds{900});
  opened.store().notification_tried("breach-1", "chat", k_now + Seconds{60});
  CHECK(opened.store().notifications("chat", k_now + Seconds{59}, 10).empty());
  CHECK(opened.store().notifications("chat", k_now + Seconds{60}, 10).size() == 1);
  opened.store().notification_failed("breach-1", "chat", "no answer", k_now + Seconds{90});
  CHECK(opened.store().notifications("chat", k_now + Seconds{89}, 10).empty());
  // Put off by a clock that has been set back by days since.
  CHECK(opened.store().notifications("chat", k_now - Seconds{7200}, 10).size() == 1);
  found = opened.store().notifications("chat", k_now + Seconds{90}, 10);
  REQUIRE(found.size() == 1);
  CHECK(found.back().attempts == 1);
  CHECK(found.back().error == "no answer");
  found = opened.store().notifications("pager", k_now + Seconds{90}, 10);
  REQUIRE(found.size() == 1);
  CHECK(found.back().attempts == 0);
  CHECK_FALSE(found.back().useful_until);
  opened.store().notification_sent("breach-1", "chat", k_now + Seconds{61});
  opened.store().notification_sent("breach-1", "pager", k_now + Seconds{61});
  opened.store().record(record);
  opened.reopen();
  CHECK(opened.store().next_notifications().empty());
  opened.store().tidy(k_now + k_told_is_kept_for + Seconds{61});
  opened.store().record(record);
  CHECK(opened.store().next_notifications().empty());
  opened.store().tidy(k_now + k_told_is_kept_for + Seconds{62});
  opened.store().record(record);
  CHECK(opened.store().next_notifications().at("chat") == k_now);  // so long ago that nobody asks any more
}

void what_belongs_to_no_issue_is_told_once_too(Opened& opened) {
  CHECK_FALSE(opened.store().is_notified("support outage"));
  const std::vector<Notification> both{{"support outage", "chat", "{\"a\":1}", k_now, k_now, 0, ""},
                                       {"support outage", "pager", "{}", k_now, k_now, 0, ""}};
  opened.store().notify(both);
  auto again = both;
  again.front().body = "{\"a\":2}";
  opened.store().notify(again);
  opened.reopen();
  CHECK(opened.store().is_notified("support outage"));
  CHECK_FALSE(opened.store().is_notified("support outage of yesterday"));
  REQUIRE(opened.store().notifications("chat", k_now, 10).size() == 1);
  CHECK(opened.store().notifications("chat", k_now, 10).front().body == "{\"a\":1}");
  opened.store().notification_sent("support outage", "chat", k_now);
  opened.store().notification_sent("support outage", "pager", k_now);
  opened.store().notify(both);
  CHECK(opened.store().next_notifications().empty());
  CHECK(opened.store().is_notified("support outage"));
}

Texts texts(const std::vector<HistoryEntry>& entries) {
  Texts found;
  for (const auto& entry : entries) {
    found.push_back(to_iso(entry.at) + " " + to_text(entry.issue) + " " +
                    (entry.decision.empty() ? entry.line.action : entry.decision + " by " + entry.book_version));
  }
  return found;
}

// One decision and, with an action, one ledger line of that instant.
void record_at(Store& store, const IssueKey& key, Instant when, const std::string& decision,
               const std::string& action = "", const std::string& customer = "acme") {
  store.save_fetched(fetched(key), {});
  auto record = decided(key, decision);
  record.at = when;
  record.outline.customer = customer;
  if (!action.empty()) {
    record.ledger = {samples::line(key, action)};
    record.ledger.front().at = when;
  }
  store.record(record);
}

void a_customers_history_is_told_newest_first_in_pages(Opened& opened) {
  record_at(opened.store(), k_one, k_now, "a", "reserve");
  record_at(opened.store(), k_other, k_now + Seconds{1}, "b");
  record_at(opened.store(), k_two, k_now + Seconds{1}, "c");
  record_at(opened.store(), k_ten, k_now + Seconds{2}, "d", "reserve", "other");
  record_at(opened.store(), k_one, k_now + Seconds{3}, "e", "consume");
  opened.reopen();
  const Texts all{"2026-06-09T08:00:03Z support#1 consume",     "2026-06-09T08:00:03Z support#1 e by book-1",
                  "2026-06-09T08:00:01Z support#2 c by book-1", "2026-06-09T08:00:01Z bugs#1 b by book-1",
                  "2026-06-09T08:00:00Z support#1 reserve",     "2026-06-09T08:00:00Z support#1 a by book-1"};
  CHECK(texts(opened.store().customer_history("acme", {}, 10)) == all);
  CHECK(opened.store().customer_history("nobody", {}, 10).empty());
  const auto line = opened.store().customer_history("acme", {}, 1).front().line;
  CHECK(line.contract == ContractId{"ACME-2026"});
  CHECK(line.note == "one unit of five");
  for (int size = 1; size <= 6; ++size) {
    CAPTURE(size);
    Texts read;
    std::optional<HistoryEntry> after;
    for (;;) {
      const auto page = opened.store().customer_history("acme", after, size);
      if (page.empty()) break;
      for (const auto& text : texts(page)) read.push_back(text);
      after = page.back();
    }
    CHECK(read == all);
  }
}

void totals_and_due_counts_agree_with_the_lists(Opened& opened) {
  CHECK(opened.store().totals() == StoreTotals{});
  CHECK(opened.store().count_due("support", k_now + Seconds{100}) == 0);
  record_with(opened.store(), k_one, {"acme", "ACME-1", "pool", "at_risk", false, k_now});
  record_with(opened.store(), k_two, {"acme", "ACME-1", "pool", "met", true, k_now});
  record_with(opened.store(), k_ten, {"acme", "ACME-1", "pool", "ok", false, k_now + Seconds{10}});
  record_with(opened.store(), k_other, {"acme", "ACME-1", "free", "ok", false, k_now});
  CHECK(opened.store().count_due("support", k_now) == 0);
  CHECK(opened.store().count_due("support", k_now + Seconds{1}) == 1);
  CHECK(opened.store().count_due("support", k_now + Seconds{11}) == 2);
  CHECK(opened.store().next_promise("support", k_now) == k_now);
  CHECK(opened.store().next_promise("support", k_now + Seconds{1}) == k_now + Seconds{10});
  CHECK_FALSE(opened.store().next_promise("support", k_now + Seconds{11}));
  CHECK_FALSE(opened.store().next_promise("elsewhere", k_now));
  opened.store().mark_gone(k_ten, k_now);
  CHECK(opened.store().count_due("support", k_now + Seconds{11}) == 1);
  auto record = decided(k_one, "later");
  record.ledger = {samples::line(k_one, "reserve"), samples::line(k_one, "consume"), samples::line(k_one, "reserve")};
  record.notifications = {{"a", "chat", "{}", k_now, k_now, 0, ""}, {"b", "chat", "{}", k_now, k_now, 0, ""}};
  opened.store().record(record);
  opened.store().notification_tried("a", "chat", k_now + Seconds{60});
  opened.store().notification_failed("a", "chat", "no answer", k_now + Seconds{60});
  opened.reopen();
  CHECK(opened.store().totals() == StoreTotals{{{"reserve", 2}, {"consume", 1}}, 5, 2, 1});
  opened.store().notification_sent("a", "chat", k_now);
  CHECK(opened.store().totals().notifications_waiting == 1);
  CHECK(opened.store().totals().notifications_failing == 0);
}

const Case k_cases[] = {
    {"wakes", wakes_are_kept_in_order_until_they_are_done},
    {"a wake while deciding", a_wake_that_came_while_the_issue_was_decided_stays},
    {"waiting for a retry", who_waits_for_a_retry_is_neither_woken_nor_due},
    {"next due", the_next_due_is_the_first_one_later_than_asked},
    {"decided otherwise", who_was_decided_under_another_configuration_is_found},
    {"outlines", outlines_answer_lists_and_counts},
    {"history of a customer", a_customers_history_is_told_newest_first_in_pages},
    {"totals", totals_and_due_counts_agree_with_the_lists},
    {"notifications", a_notification_is_told_once_for_its_cause},
    {"notifications withdrawn", what_is_withdrawn_is_not_sent_and_may_be_put_again},
    {"notifications of no issue", what_belongs_to_no_issue_is_told_once_too},
};

TEST_CASE("every store knows what is to be done") {
  for (const auto& row : k_cases) {
    CAPTURE(row.name);
    over_every_store(row.run);
  }
}

}  // namespace
}  // namespace cb
