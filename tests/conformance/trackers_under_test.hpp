// Which trackers the conformance cases run against: the fake Redmine through a socket, always; a real one when the
// environment names it (CB_TEST_REDMINE_URL, _KEY, _STAFF_KEY, _CUSTOMER_KEY, _PROJECT; the fields and words of
// tests/live/conformance.json). A server that is named and does not answer is a failure, never skipped.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/redmine/redmine_tracker.hpp"
#include "tests/conformance/backstage.hpp"
#include "tests/trackers/fake_redmine.hpp"

namespace cb::conformance {

struct TrackerUnderTest {
  std::string name;
  RedmineTerms terms;  // with the bridge's key
  std::string customer_key;
  Http* http = nullptr;
  Backstage* backstage = nullptr;
  FakeRedmine* fake = nullptr;                 // only where it is one
  std::function<void(Seconds)> let_time_pass;  // a virtual clock moves, a real one is waited for
  std::function<Instant()> now;

  [[nodiscard]] std::unique_ptr<Tracker> open() const { return make_redmine_tracker(terms, *http); }
  [[nodiscard]] std::unique_ptr<Tracker> open_with(const std::string& key) const;
  [[nodiscard]] IssueKey key(const std::string& id) const { return {terms.name, id}; }
};

using Case = std::function<void(TrackerUnderTest&)>;

// Runs the case against each tracker, each time with a fresh fake.
void on_every_tracker(const Case& run);
// Runs it against the fake alone: what only a server that fails on demand can show.
void on_the_fake(const Case& run);

// Every issue that the list yields, all pages, in order. Throws std::runtime_error when the list fails.
std::vector<IssueRef> everything_since(Tracker& tracker, std::optional<Instant> since);
bool contains(const std::vector<IssueRef>& refs, const std::string& id);

// `fake Redmine: 31 runs; Redmine at http://127.0.0.1:8092: 25 runs`
std::string tested();

}  // namespace cb::conformance
