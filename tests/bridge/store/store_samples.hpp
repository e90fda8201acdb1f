// Values for the tests of the store.
#pragma once

#include <string>

#include "bridge/store/store.hpp"

namespace cb::samples {

inline Instant at(const std::string& iso) {
  return instant_from_iso(iso).value();
}

inline StoredIssue fetched(const IssueKey& key, const std::string& snapshot = "{}") {
  StoredIssue issue;
  issue.key = key;
  issue.updated = at("2026-06-09T08:00:00Z");
  issue.fetched_at = at("2026-06-09T08:01:00Z");
  issue.revision = {"2026-06-09T08:00:00Z"};
  issue.snapshot = snapshot;
  return issue;
}

inline Claim claim(const IssueKey& key, const std::string& contract, Instant place, int cycle = 1) {
  Claim claim;
  claim.issue = key;
  claim.place = place;
  claim.cycle = cycle;
  claim.contract = {contract};
  claim.period = {at("2026-03-01T00:00:00Z"), at("2027-03-01T00:00:00Z")};
  return claim;
}

inline Record decided(const IssueKey& key, const std::string& decision, bool changed = true) {
  Record record;
  record.key = key;
  record.decision = decision;
  record.book_version = "book-1";
  record.at = at("2026-06-09T08:02:00Z");
  record.changed = changed;
  return record;
}

inline LedgerLine line(const IssueKey& key, const std::string& action) {
  return {key, at("2026-06-09T08:02:00Z"), action, {"ACME-2026"}, "2026-02-28T23:00:00Z", "one unit of five"};
}

}  // namespace cb::samples
