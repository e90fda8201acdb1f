// Phases from statuses and resolutions together, and values of flags over time.
#include "rules/timeline.hpp"

#include <doctest/doctest.h>

#include <tuple>

#include "tests/rules/support/small_book.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

// A Bugzilla: whatever is done is RESOLVED, and the resolution says how.
TrackerTerms bugzilla() {
  TrackerTerms terms;
  terms.name = "support";
  terms.statuses = {{"new", Phase::waiting_for_us},
                    {"in progress", Phase::waiting_for_us},
                    {"resolved", Phase::resolved},
                    {"resolved duplicate", Phase::withdrawn},
                    {"resolved invalid", Phase::withdrawn},
                    {"resolved later on", Phase::waiting_for_customer},
                    {"verified", Phase::closed}};
  return terms;
}

struct Change {
  const char* at;
  Attribute what;
  const char* from;
  const char* to;
};

Issue with_changes(const std::vector<Change>& changes, const std::string& status, const std::string& resolution) {
  auto issue = an_issue("2026-06-08T08:00:00Z");
  issue.status = status;
  issue.resolution = resolution;
  for (const auto& change : changes) {
    Event event;
    event.at = at(change.at);
    event.by = person("alena");
    event.changes = {{change.what, "", change.from, change.to}};
    issue.history.push_back(event);
  }
  return issue;
}

std::string phases_text(const Timeline& timeline) {
  std::string text;
  for (const auto& each : timeline.phases) text += to_iso(each.at).substr(11, 5) + " " + to_text(each.phase) + "; ";
  return text;
}

constexpr auto k_status = Attribute::status;
constexpr auto k_resolution = Attribute::resolution;

}  // namespace

TEST_CASE("a phase is read from the status and the resolution of the same instant, the pair before the status alone") {
  struct Row {
    const char* name;
    std::vector<Change> changes;
    const char* status;
    const char* resolution;
    const char* phases;
  };
  const Row rows[] = {
      {"never touched", {}, "NEW", "", "08:00 waiting_for_us; "},
      {"a blank in the status", {}, "In Progress", "", "08:00 waiting_for_us; "},
      {"done from the beginning", {}, "RESOLVED", "DUPLICATE", "08:00 withdrawn; "},
      {"fixed: the status alone",
       {{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"}, {"2026-06-08T09:00:00Z", k_resolution, "", "FIXED"}},
       "RESOLVED",
       "FIXED",
       "08:00 waiting_for_us; 09:00 resolved; "},
      {"a duplicate",
       {{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"}, {"2026-06-08T09:00:00Z", k_resolution, "", "DUPLICATE"}},
       "RESOLVED",
       "DUPLICATE",
       "08:00 waiting_for_us; 09:00 withdrawn; "},
      {"the resolution is told first",
       {{"2026-06-08T09:00:00Z", k_resolution, "", "Invalid"}, {"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"}},
       "RESOLVED",
       "Invalid",
       "08:00 waiting_for_us; 09:00 withdrawn; "},
      {"a resolution of several words",
       {{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"}, {"2026-06-08T09:00:00Z", k_resolution, "", "Later on"}},
       "RESOLVED",
       "Later on",
       "08:00 waiting_for_us; 09:00 waiting_for_customer; "},
      {"the resolution moves a second later, and back",
       {{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"},
        {"2026-06-08T09:00:00Z", k_resolution, "", "FIXED"},
        {"2026-06-08T09:01:00Z", k_resolution, "FIXED", "DUPLICATE"},
        {"2026-06-08T09:02:00Z", k_resolution, "DUPLICATE", "INVALID"},
        {"2026-06-08T09:03:00Z", k_resolution, "INVALID", "FIXED"}},
       "RESOLVED",
       "FIXED",
       "08:00 waiting_for_us; 09:00 resolved; 09:01 withdrawn; 09:03 resolved; "},
      {"reopened, and done again",
       {{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"},
        {"2026-06-08T09:00:00Z", k_resolution, "", "DUPLICATE"},
        {"2026-06-08T10:00:00Z", k_status, "RESOLVED", "NEW"},
        {"2026-06-08T10:00:00Z", k_resolution, "DUPLICATE", ""},
        {"2026-06-08T11:00:00Z", k_status, "NEW", "RESOLVED"},
        {"2026-06-08T11:00:00Z", k_resolution, "", "FIXED"},
        {"2026-06-08T12:00:00Z", k_status, "RESOLVED", "VERIFIED"}},
       "VERIFIED",
       "FIXED",
       "08:00 waiting_for_us; 09:00 withdrawn; 10:00 waiting_for_us; 11:00 resolved; 12:00 closed; "},
      {"what is not known yet",
       {{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"},
        {"2026-06-08T09:00:00Z", k_resolution, "", "FIXED"},
        {"2026-06-09T09:00:00Z", k_resolution, "FIXED", "DUPLICATE"}},
       "RESOLVED",
       "DUPLICATE",
       "08:00 waiting_for_us; 09:00 resolved; "},
  };
  const auto terms = bugzilla();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto issue = with_changes(row.changes, row.status, row.resolution);
    const auto timeline = read_timeline(issue, terms, small_book(), at("2026-06-09T00:00:00Z"));
    CHECK(timeline.problem.empty());
    CHECK(timeline.unmapped_statuses.empty());
    CHECK(phases_text(timeline) == row.phases);
  }
}

TEST_CASE("a status that is mapped with some resolutions only is unmapped without them") {
  auto terms = bugzilla();
  terms.statuses.erase("resolved");
  const auto now = at("2026-06-09T00:00:00Z");
  const std::vector<Change> fixed{{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"},
                                  {"2026-06-08T09:00:00Z", k_resolution, "", "FIXED"}};
  auto issue = with_changes(fixed, "RESOLVED", "FIXED");
  auto timeline = read_timeline(issue, terms, small_book(), now);
  CHECK(timeline.problem == "the status \"RESOLVED\" belongs to no phase of tracker support");
  CHECK(timeline.unmapped_statuses == std::vector<std::string>{"RESOLVED"});

  auto changes = fixed;
  changes.push_back({"2026-06-08T10:00:00Z", k_resolution, "FIXED", "DUPLICATE"});
  issue = with_changes(changes, "RESOLVED", "DUPLICATE");
  timeline = read_timeline(issue, terms, small_book(), now);
  CHECK(timeline.problem.empty());
  CHECK(phases_text(timeline) == "08:00 waiting_for_us; 10:00 withdrawn; ");
  CHECK(timeline.unmapped_statuses == std::vector<std::string>{"RESOLVED"});
}

TEST_CASE("who moves the resolution moves the phase") {
  auto issue = with_changes({{"2026-06-08T09:00:00Z", k_status, "NEW", "RESOLVED"},
                             {"2026-06-08T09:00:00Z", k_resolution, "", "FIXED"},
                             {"2026-06-08T10:00:00Z", k_resolution, "FIXED", "INVALID"}},
                            "RESOLVED", "INVALID");
  issue.history.back().by = issue.reporter;
  const auto timeline = read_timeline(issue, bugzilla(), small_book(), at("2026-06-09T00:00:00Z"));
  REQUIRE(timeline.phases.size() == 3);
  CHECK(same_person(*timeline.phases.back().who, issue.reporter));
}

TEST_CASE("a flag's signs over time, by its name alone") {
  auto issue = an_issue("2026-06-08T08:00:00Z");
  for (const auto& [name, from, to] : std::vector<std::tuple<const char*, const char*, const char*>>{
           {"entitled", "", "?"}, {"needinfo", "", "?"}, {"Entitled", "?", "+"}}) {
    Event event;
    event.at = at("2026-06-08T09:00:00Z");
    event.by = person("alena");
    event.changes = {{Attribute::flag, name, from, to}, {Attribute::field, name, "", "-"}};
    issue.history.push_back(event);
  }
  std::string signs;
  for (const auto& each : flag_values_of("entitled", issue, bugzilla(), small_book(), k_never)) {
    signs += "[" + each.value + "]";
  }
  CHECK(signs == "[][?][+]");
}
