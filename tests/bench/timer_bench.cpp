// What timers cost: which issues are due, and when the next one will be, asked of a store with few and with many open
// issues, of which always ten are due. Each answer must cost the same, however many are open.
#include <benchmark/benchmark.h>

#include "bridge/store/store.hpp"

namespace cb {
namespace {

const std::string k_tracker = "support";
const Instant k_now{Seconds{1'800'000'000}};
constexpr int k_due = 10;
constexpr int k_portion = 500;

// All but ten are due later, one a minute.
std::unique_ptr<Store> store_with(int open) {
  auto store = open_store("sqlite::memory:");
  for (int i = 0; i < open; ++i) {
    StoredIssue issue;
    issue.key = {k_tracker, std::to_string(i)};
    issue.updated = issue.fetched_at = k_now;
    issue.snapshot = "{}";
    store->save_fetched(issue, {});
    Record record;
    record.key = issue.key;
    record.decision = "{}";
    record.recheck_at = k_now + (i < k_due ? -Seconds{1 + i} : Seconds{60 * i});
    record.at = k_now;
    record.outline.next_due = record.recheck_at;
    store->record(record);
  }
  return store;
}

void timers(benchmark::State& state) {
  const auto store = store_with(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    const auto due = store->due(k_tracker, k_now, k_portion);
    if (due.size() != k_due) state.SkipWithError("not ten are due");
    benchmark::DoNotOptimize(store->next_due(k_tracker, k_now));
  }
  state.SetLabel("ten due of " + std::to_string(state.range(0)) + " open");
}
BENCHMARK(timers)->Arg(100)->Arg(5'000)->Arg(20'000)->Iterations(500)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cb
