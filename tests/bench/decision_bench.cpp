// A whole decision about an issue with 20 events, alone and as the last of a well-used pool.
#include <benchmark/benchmark.h>

#include "tests/rules/support/small_book.hpp"

namespace {

using namespace cb;
using namespace cb::testing;

Issue busy_issue() {
  auto out = an_issue("2026-06-01T07:00:00Z");
  out.type = "Support";
  out.priority = "High";
  for (int day = 2; day < 7; ++day) {
    const auto date = "2026-06-0" + std::to_string(day);
    comment(out, date + "T08:00:00Z", "alena.k");
    change_status(out, date + "T09:00:00Z", "alena.k", "Feedback");
    comment(out, date + "T11:00:00Z", "eva@acme.example");
    change_status(out, date + "T12:00:00Z", "eva@acme.example", "In Progress");
  }
  return out;
}

void decide(benchmark::State& state) {
  const auto book = small_book();
  const auto issue = busy_issue();
  const auto now = at("2026-06-08T10:00:00Z");
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(issue, book, {}, now));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide);

void decide_in_pool(benchmark::State& state) {
  const auto book = small_book();
  const auto issue = busy_issue();
  const auto now = at("2026-06-08T10:00:00Z");
  LedgerView ledger;
  for (int each = 0; each < state.range(0); ++each) {
    auto other = busy_issue();
    other.key.id = std::to_string(200 + each);
    for (const auto& claim : claims_of(other, book, now)) ledger.claims.push_back(claim);
  }
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(issue, book, ledger, now));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide_in_pool)->Arg(10)->Arg(100);

}  // namespace
