// Bugzilla's records to the neutral issue, without any I/O.
//
// History: all changes of one person in one second are one entry, in which values of the same field stand side by side
// (`removed: "--- silver", added: "gold ---"`, recording 171). For fields with a list of values the net change is told;
// all other values are passed on as they are. The last values are always those of the bug, never of the history.
//
// Nobody holds a bug whose assignee is the component's default and was never changed, or whose assignee's address
// begins with nobody@: Bugzilla knows no bug without an assignee.
//
// `internal` is a bug in the insider group, and one in any group that its reporter may not see. Other groups do not
// make a bug internal: a product's group often is the customer's.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_directory.hpp"
#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

Issue neutral_issue(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms);
Fetched fetched_bug(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms);
// What the fields we own hold; a slot whose field this bug lacks is absent.
std::map<Slot, Shown> shown_values(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms);
// The time of the last change, which has whole seconds, with what tells two changes of one second apart.
Revision bugzilla_revision(const BugzillaBug& bug);
// Who holds the bug; empty when nobody does.
std::string bugzilla_holder(const BugzillaBug& bug, const BugzillaNames& names);
// The field of that API name or display name, ignoring case; null when there is none.
const BugzillaField* field_named(const std::vector<BugzillaField>& fields, const std::string& name);

}  // namespace cb
