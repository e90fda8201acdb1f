// Stores that tests rebuild.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "bridge/store/rebuild.hpp"
#include "tests/bridge/store/store_samples.hpp"

namespace cb::samples {

inline const Instant k_later = at("2026-06-09T08:00:00Z");
inline constexpr int k_issues = 40;

inline IssueKey key(int number) {
  return {"support", std::to_string(number)};
}

// One decision and one ledger line for each issue.
inline void fill(const std::string& path) {
  const auto store = open_store("sqlite:" + path);
  for (int i = 1; i <= k_issues; ++i) {
    store->save_fetched(fetched(key(i), std::string(500, 'x')), {});
    auto record = decided(key(i), R"({"billing": "pool"})");
    record.ledger = {line(key(i), "reserve")};
    store->record(record);
  }
}

inline int ledger_lines(const std::string& path) {
  const auto store = open_store("sqlite:" + path);
  int lines = 0;
  for (int i = 1; i <= k_issues; ++i) lines += static_cast<int>(store->ledger(key(i)).size());
  return lines;
}

inline std::string refusal(const std::string& path) {
  try {
    rebuild_store("sqlite:" + path, k_later);
  } catch (const StoreError& error) {
    return error.what();
  }
  return {};
}

inline const SavedTable& table(const RebuiltStore& rebuilt, const std::string& what) {
  const auto found =
      std::find_if(rebuilt.tables.begin(), rebuilt.tables.end(), [&](const auto& each) { return each.what == what; });
  REQUIRE(found != rebuilt.tables.end());
  return *found;
}

}  // namespace cb::samples
