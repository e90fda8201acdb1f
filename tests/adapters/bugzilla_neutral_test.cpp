#include "adapters/bugzilla/bugzilla_neutral.hpp"

#include <doctest/doctest.h>

#include "adapters/bugzilla/bugzilla_history.hpp"

namespace cb {

using Names = std::vector<std::string>;

TEST_CASE("values that stand side by side, because they changed twice in a second") {
  const Names values{"---", "gold", "silver", "very gold", "NEW", "IN_PROGRESS", "1.0", "1.0 beta"};
  struct Row {
    const char *removed, *added, *from, *to;
  };
  const Row rows[] = {{"gold", "silver", "gold", "silver"},
                      {"", "gold", "", "gold"},
                      {"--- silver", "gold ---", "silver", "gold"},  // recording 171
                      {"silver ---", "--- gold", "silver", "gold"},
                      {"gold very gold", "very gold silver", "gold", "silver"},
                      {"1.0 1.0 beta", "1.0 beta NEW", "1.0", "NEW"},
                      {"NEW IN_PROGRESS", "IN_PROGRESS NEW", "", ""},
                      {" gold", "gold ", "", ""},
                      {"gold silver", "NEW 1.0", "gold silver", "NEW 1.0"},
                      {"lead silver", "gold lead", "lead silver", "gold lead"}};
  for (const auto& row : rows) {
    CAPTURE(row.removed);
    CAPTURE(row.added);
    const auto [from, to] = bugzilla_net_change(row.removed, row.added, values);
    CHECK(from == row.from);
    CHECK(to == row.to);
  }
}

TEST_CASE("labels of a whiteboard") {
  struct Row {
    const char* whiteboard;
    Names labels;
  };
  const Row rows[] = {{"", {}},
                      {"no label", {}},
                      {"[a][b c] text [a]", {"[a]", "[b c]"}},
                      {"[] [x", {}},
                      {"[[x]] [y]]", {"[x]", "[y]"}}};
  for (const auto& row : rows) {
    CAPTURE(row.whiteboard);
    CHECK(bugzilla_whiteboard_labels(row.whiteboard) == row.labels);
  }
}

namespace {

BugzillaBug bug_with(const BugzillaChange& change) {
  BugzillaBug bug;
  bug.id = 7;
  bug.history = {{*instant_from_iso("2026-11-22T09:00:00Z"), "ann", {change}, false}};
  return bug;
}

std::string text_of(const FieldChange& change) {
  static constexpr const char* k_names[] = {"status",    "priority", "type",  "resolution", "assignee", "project",
                                            "component", "version",  "label", "field",      "flag"};
  return std::string(k_names[static_cast<int>(change.what)]) + (change.name.empty() ? "" : " " + change.name) + ": " +
         change.from + " > " + change.to;
}

BugzillaNames names() {
  BugzillaNames out;
  out.fields = {{"cf_due", "Due", BugzillaFieldType::date_time, true, false, {}},
                {"cf_day", "Day", BugzillaFieldType::date, true, false, {}},
                {"cf_class", "Class", BugzillaFieldType::select, true, false, {"---", "gold", "silver"}},
                {"cf_res", "CF_RES", BugzillaFieldType::text, true, false, {}},
                {"bug_status", "Status", BugzillaFieldType::select, false, false, {"NEW", "DONE"}},
                {"priority", "Priority", BugzillaFieldType::select, false, false, {"P1", "---"}}};
  out.zone = Zone::find("Europe/Berlin");
  return out;
}

}  // namespace

TEST_CASE("what a change of the history means") {
  struct Row {
    BugzillaChange change;
    Names means;
  };
  const Row rows[] = {
      {{"status", "NEW", "DONE"}, {"status: NEW > DONE"}},
      {{"status", "NEW DONE", "DONE NEW"}, {}},
      {{"priority", "---", "P1"}, {"priority: --- > P1"}},
      {{"severity", "--", "major"}, {"field severity:  > major"}},
      {{"resolution", "", "FIXED"}, {"resolution:  > FIXED"}},
      {{"assigned_to", "a@x", "b@x"}, {"assignee: a@x > b@x"}},
      {{"product", "A", "B"}, {"project: A > B"}},
      {{"keywords", "old", "new, newer"}, {"label: old > ", "label:  > new", "label:  > newer"}},
      {{"keywords", "a", "a"}, {}},
      {{"whiteboard", "[a] x", "[b] x"}, {"label: [a] > ", "label:  > [b]", "field whiteboard: [a] x > [b] x"}},
      {{"flagtypes.name", "", "entitled?(ann@x.example)"}, {"flag entitled:  > ?"}},
      {{"flagtypes.name", "entitled?, vip+", "entitled+"}, {"flag entitled: ? > +", "flag vip: + > "}},
      {{"flagtypes.name", "entitled?(a@x)", "entitled?(b@x)"}, {}},
      {{"flagtypes.name", "entitled? entitled+", "entitled+ entitled-"}, {"flag entitled: ? > -"}},
      {{"cf_class", "--- silver", "gold ---"}, {"field cf_class: silver > gold", "field Class: silver > gold"}},
      {{"cf_class", "---", "gold"}, {"field cf_class:  > gold", "field Class:  > gold"}},
      {{"cf_due", "2026-11-22 15:00:00", "2026-07-01 12:00:00"},
       {"field cf_due: 2026-11-22T14:00:00Z > 2026-07-01T10:00:00Z",
        "field Due: 2026-11-22T14:00:00Z > 2026-07-01T10:00:00Z"}},
      {{"cf_due", "", "2026-11-22 15:00:00 +0200"},
       {"field cf_due:  > 2026-11-22 15:00:00 +0200", "field Due:  > 2026-11-22 15:00:00 +0200"}},
      {{"cf_day", "2026-11-22 00:00:00", "2026-11-23"},
       {"field cf_day: 2026-11-22 > 2026-11-23", "field Day: 2026-11-22 > 2026-11-23"}},
      {{"cf_res", "", "done"}, {"field cf_res:  > done", "resolution:  > done"}},
      {{"cf_gone", "a", "b"}, {"field cf_gone: a > b"}},
      {{"cc", "", "a@x"}, {}},
      {{"longdescs.isprivate", "1", "0"}, {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.change.field);
    CAPTURE(row.change.removed);
    BugzillaTerms terms;
    if (row.change.field == "cf_res") terms.read.resolution = Source{"CF_res", "", ""};
    const auto events = bugzilla_events(bug_with(row.change), names(), terms);
    Names means;
    for (const auto& event : events)
      for (const auto& change : event.changes) means.push_back(text_of(change));
    CHECK(means == row.means);
  }
}

TEST_CASE("only insiders write private comments, but staff may hide what a customer wrote") {
  BugzillaNames with;
  with.insider_group = "staff";
  BugzillaBug bug;
  bug.has_history = true;
  bug.history = {{{}, "bob", {{"status", "NEW", "DONE"}}, false}};
  bug.comments = {{1, 0, "ann", {}, false, "public"}, {2, 1, "Bob", {}, true, "private"}};
  CHECK(bugzilla_author({0, "ann", "", ""}, bug, with).groups.empty());
  CHECK(bugzilla_author({0, "bob", "", ""}, bug, with).groups == Names{"staff"});
  bug.history.push_back({{}, "bob", {}, true});
  CHECK(bugzilla_author({0, "bob", "", ""}, bug, with).groups.empty());
  bug.history.clear();
  bug.has_history = false;
  CHECK(bugzilla_author({0, "bob", "", ""}, bug, with).groups.empty());
}

TEST_CASE("a private description is a note, not the description") {
  BugzillaBug bug;
  bug.comments = {{1, 0, "ann", {}, true, "secret"}, {2, 1, "ann", {}, false, "public"}};
  const auto issue = neutral_issue(bug, {}, {});
  CHECK(issue.description.empty());
  REQUIRE(issue.history.size() == 2);
  CHECK(issue.history.front().comment->visibility == Visibility::internal);
}

TEST_CASE("who holds a bug") {
  BugzillaNames with;
  with.default_assignees = {{{"LMS", "Core"}, "Triage@x.example"}};
  BugzillaBug bug;
  bug.product = "LMS";
  bug.component = "Core";
  bug.status = "SUBMITTED";  // of a workflow of their own
  for (const auto* nobody : {"triage@x.example", "nobody@bugzilla.org", "NOBODY@x", "nobody", ""}) {
    CAPTURE(nobody);
    bug.assignee.login = nobody;
    CHECK(bugzilla_holder(bug, with).empty());
  }
  bug.assignee.login = "bob@x.example";
  CHECK(bugzilla_holder(bug, with) == "bob@x.example");
  bug.assignee.login = "triage@x.example";
  bug.history = {{{}, "ann", {{"assigned_to", "bob@x.example", "triage@x.example"}}, false}};
  CHECK(bugzilla_holder(bug, with) == "triage@x.example");
  bug.history = {{{}, "ann", {{"status", "SUBMITTED", "CONFIRMED"}}, false}};
  bug.status = "CONFIRMED";
  CHECK(bugzilla_holder(bug, with).empty());
  bug.status = "IN_PROGRESS";
  CHECK(bugzilla_holder(bug, with) == "triage@x.example");
  bug.history.clear();
  bug.component = "Unknown";
  CHECK(bugzilla_holder(bug, with) == "triage@x.example");
}

TEST_CASE("a bug is internal when its reporter does not see it, or only insiders do") {
  struct Row {
    Names groups;
    bool creator_accessible;
    bool internal;
  };
  const Row rows[] = {{{}, true, false},
                      {{}, false, false},
                      {{"acme"}, true, false},
                      {{"acme"}, false, true},
                      {{"acme", "staff"}, true, true}};
  for (const auto& row : rows) {
    BugzillaNames with;
    with.insider_group = "Staff";
    BugzillaBug bug;
    bug.groups = row.groups;
    bug.is_creator_accessible = row.creator_accessible;
    CHECK(neutral_issue(bug, with, {}).internal == row.internal);
  }
}

TEST_CASE("a revision tells two changes of one second apart, and does not depend on an order") {
  BugzillaBug bug;
  bug.updated = *instant_from_iso("2026-11-22T09:00:00Z");
  bug.keywords = {"a", "b"};
  bug.cc = {{1, "x", "", ""}, {2, "y", "", ""}};
  bug.fields = {{"cf_a", {"1"}}};
  bug.flags = {{1, "entitled", "?", ""}};
  bug.comments = {{1, 0, "x", {}, false, "text"}};
  const auto before = bugzilla_revision(bug);
  CHECK(before.value.find("2026-11-22T09:00:00Z/1/") == 0);
  auto other = bug;
  std::swap(other.keywords[0], other.keywords[1]);
  std::swap(other.cc[0], other.cc[1]);
  CHECK(bugzilla_revision(other) == before);
  const auto differs = [&](auto change) {
    auto changed = bug;
    change(changed);
    CHECK(bugzilla_revision(changed) != before);
  };
  differs([](auto& b) { b.keywords.pop_back(); });
  differs([](auto& b) { b.cc.pop_back(); });
  differs([](auto& b) { b.fields["cf_a"] = {"2"}; });
  differs([](auto& b) { b.flags[0].status = "+"; });
  differs([](auto& b) { b.comments[0].is_private = true; });
  differs([](auto& b) { b.comments.push_back({2, 1, "y", {}, false, ""}); });
  differs([](auto& b) { b.status = "DONE"; });
  differs([](auto& b) { b.assignee.login = "z"; });
  differs([](auto& b) { b.whiteboard = "[x]"; });
  differs([](auto& b) { b.see_also = {"https://x"}; });
  differs([](auto& b) { b.updated += Seconds(1); });
}

}  // namespace cb
