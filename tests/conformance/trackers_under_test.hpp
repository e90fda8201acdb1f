// Which trackers the conformance cases run against: the fakes through a socket, always; real ones when the environment
// names them (CB_TEST_REDMINE_URL, CB_TEST_BUGZILLA_URL and so on; README, "Testing against your own tracker"). A
// server that is named and does not answer is a failure, never skipped. CB_TEST_ONLY narrows a run to the fakes of one
// kind (jira), and the summary says so.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/conformance/backstage.hpp"
#include "tests/conformance/words.hpp"
#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_jira.hpp"
#include "tests/trackers/fake_redmine.hpp"

namespace cb::conformance {

// With whose key and for which projects a tracker is opened.
struct Opening {
  std::string key;
  std::vector<std::string> projects;
};

struct TrackerUnderTest {
  std::string name;
  std::string kind;  // as Capabilities say it
  Words words;
  std::string bridge_key, customer_key;
  std::string project;
  Backstage* backstage = nullptr;
  // Only where it is one. The tracker's own state is for the cases that only it can show.
  FakeTracker* fake = nullptr;
  FakeRedmine* redmine = nullptr;
  FakeBugzilla* bugzilla = nullptr;
  FakeJira* jira = nullptr;
  std::string list_path, issue_path;  // of the requests that list issues, and that read and write one
  int more_than_a_page = 103;         // issues that one page of a list does not hold
  bool copying_moves = false;         // putting somebody in copy is an update of the issue
  int requests_to_copy = 0;           // for each person, besides the one for everything else
  int requests_to_comment = 0;        // for each comment, likewise; then a lost edit leaves the comment to be written
  bool batches = false;               // several issues are read and written with few requests
  bool quiet = false;                 // writes can be kept from mailing people
  // Markup of this tracker that must not arrive as it was written; everything else must.
  std::vector<std::string> markup{};
  std::function<std::unique_ptr<Tracker>(const Opening&)> make;
  std::function<std::unique_ptr<Tracker>(const std::map<Slot, std::string>&)> make_writing;  // other fields; fakes only
  std::function<void(Seconds)> let_time_pass;  // a virtual clock moves, a real one is waited for
  std::function<Instant()> now;

  [[nodiscard]] std::unique_ptr<Tracker> open() const { return make({bridge_key, {project}}); }
  [[nodiscard]] std::unique_ptr<Tracker> open_with(const std::string& key) const { return make({key, {project}}); }
  [[nodiscard]] std::unique_ptr<Tracker> open_for(const std::string& other) const {
    return make({bridge_key, {other}});
  }
  [[nodiscard]] IssueKey key(const std::string& id) const { return {"support", id}; }
  // The first of the facts that is no write of ours: what the issue's field of that slot holds, as staff see it.
  [[nodiscard]] std::string field(const std::string& id, Slot slot) const {
    return backstage->field(id, words.field(slot));
  }
};

using Case = std::function<void(TrackerUnderTest&)>;

// Runs the case against each tracker, each time with fresh fakes.
void on_every_tracker(const Case& run);
// Runs it against the fakes alone: what only a server that fails on demand can show.
void on_the_fakes(const Case& run);
void on_the_fake_redmine(const Case& run);
// In each of its flavours.
void on_the_fake_bugzillas(const Case& run);
// In each of its forms.
void on_the_fake_jiras(const Case& run);

// A case that this server cannot show says so; the summary repeats it.
void not_possible(const TrackerUnderTest& tracker, const std::string& why);

// Every issue that the list yields, all pages, in order. Throws std::runtime_error when the list fails.
std::vector<IssueRef> everything_since(Tracker& tracker, std::optional<Instant> since);
bool contains(const std::vector<IssueRef>& refs, const std::string& id);

// `fake Redmine: 31 runs; Redmine at http://127.0.0.1:8092: 25 runs`
std::string tested();

}  // namespace cb::conformance
