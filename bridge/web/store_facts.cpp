#include "bridge/web/store_facts.hpp"

#include <algorithm>

#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

TrackerFacts ask_of(const std::string& name, Store& store, Instant now) {
  TrackerFacts facts;
  if (const auto cursor = store.cursor(name)) facts.last_list = cursor->completed_at;
  facts.counts = store.counts(name);
  const auto parked = store.all_parked(name);
  facts.counts.parked = static_cast<int>(
      std::count_if(parked.begin(), parked.end(), [](const Parked& each) { return !is_stop(each.key); }));
  facts.writing_stop = store.parked(writing_stop(name));
  facts.overdue = store.count_due(name, now);
  const auto in_an_hour = store.count_due(name, now + Seconds(3'600));
  facts.due_next_hour = in_an_hour - facts.overdue;
  facts.due_next_day = store.count_due(name, now + Seconds(86'400)) - in_an_hour;
  return facts;
}

}  // namespace

StoreFacts ask_store(const Settings& settings, Store& store, Instant now) {
  StoreFacts facts;
  facts.asked_at = now;
  try {
    for (const auto& tracker : settings.trackers) facts.trackers[tracker.name] = ask_of(tracker.name, store, now);
    facts.totals = store.totals();
  } catch (const StoreError& error) {
    facts.error = error.what();
  }
  return facts;
}

}  // namespace cb
