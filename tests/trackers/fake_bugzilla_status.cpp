// Status, resolution and duplicates: the workflow and who may take which step.
#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_edit.hpp"

namespace cb::fake_bugzilla {

namespace {

const Status& status_named(const State& state, const std::string& name) {
  const auto* status = status_by_name(state, name);
  if (!status) refuse(51, "There is no status named '" + name + "'.");
  return *status;
}

void confirm(Edit& edit, bool is_confirmed) {
  if (edit.bug.is_confirmed == is_confirmed) return;
  edit.bug.is_confirmed = is_confirmed;
  edit.changed("is_confirmed", is_confirmed ? "0" : "1", is_confirmed ? "1" : "0");
}

void set_resolution(Edit& edit, const std::string& after) {
  if (edit.bug.resolution == after) return;
  edit.check("resolution", "Resolution", edit.bug.resolution, after);
  const auto before = edit.bug.resolution;
  edit.bug.resolution = after;
  edit.changed("resolution", before, after);
}

// A step that a person may not take is refused like one that the workflow does not have (216).
void move(Edit& edit, const Status& to) {
  const auto from = status_named(edit.state, edit.bug.status);
  const bool is_step = std::find(from.next.begin(), from.next.end(), to.name) != from.next.end();
  if (!is_step || !who_may_change(edit.state, edit.user, edit.bug, "status", from.name, to.name).empty())
    refuse(123, "You are not allowed to change the bug status from " + from.name + " to " + to.name + ".");
  edit.bug.status = to.name;
  edit.changed("status", from.name, to.name);
  if (to.name == "UNCONFIRMED") confirm(edit, false);
  if (to.is_open && to.name != "UNCONFIRMED") confirm(edit, true);
}

void mark_duplicate(Edit& edit, const std::string& id) {
  const auto& original = visible_bug(edit.state.bugs, &edit.user, id);
  if (original.id == edit.bug.id || original.duplicate_of == edit.bug.id)
    refuse(118, "You cannot mark bug " + std::to_string(edit.bug.id) + " as a duplicate of itself.");
  if (edit.bug.duplicate_of == original.id) return;
  const auto before = edit.bug.duplicate_of ? std::to_string(*edit.bug.duplicate_of) : "";
  if (status_named(edit.state, edit.bug.status).is_open) move(edit, status_named(edit.state, "RESOLVED"));
  set_resolution(edit, "DUPLICATE");
  edit.bug.duplicate_of = original.id;
  edit.changes["dupe_of"] = {{"removed", before}, {"added", std::to_string(original.id)}};
  add_comment(edit, "*** This bug has been marked as a duplicate of bug " + std::to_string(original.id) + " ***",
              false);
  auto other = edit_of(edit, original.id);
  add_comment(other, "*** Bug " + std::to_string(edit.bug.id) + " has been marked as a duplicate of this bug. ***",
              false);
  const auto& roles = other.bug;
  if (roles.reporter != edit.bug.reporter && roles.assignee != edit.bug.reporter)
    add_person_in_copy(other, edit.bug.reporter);
  other.finish();
}

void resolve(Edit& edit, const std::string& given) {
  const auto after = given.empty() ? "" : choice(edit.state.resolutions, "Resolution", given);
  if (after == edit.bug.resolution) return;
  if (status_named(edit.state, edit.bug.status).is_open) refuse(122, "You cannot set a resolution for open bugs.");
  if (after == "DUPLICATE") refuse(119, "You must specify a bug id to mark this bug as a duplicate of.");
  if (after.empty()) refuse(121, "A valid resolution is required to mark bugs as " + edit.bug.status + ".");
  set_resolution(edit, after);
  edit.bug.duplicate_of.reset();
}

}  // namespace

void set_status(Edit& edit, const Json& params) {
  const auto* key = params.contains("status") ? "status" : "bug_status";
  if (params.contains(key)) {
    const auto given = text_of(params[key]);
    if (given.empty()) refuse(50, "You must select/enter a Status.");
    const auto to = status_named(edit.state, given);
    if (to.name != edit.bug.status) {
      move(edit, to);
      if (to.is_open) {
        set_resolution(edit, "");
        edit.bug.duplicate_of.reset();
      }
    }
  }
  if (params.contains("dupe_of")) return mark_duplicate(edit, text_of(params["dupe_of"]));
  if (params.contains("resolution")) resolve(edit, text_of(params["resolution"]));
  if (!status_named(edit.state, edit.bug.status).is_open && edit.bug.resolution.empty())
    refuse(121, "A valid resolution is required to mark bugs as " + edit.bug.status + ".");
}

}  // namespace cb::fake_bugzilla
