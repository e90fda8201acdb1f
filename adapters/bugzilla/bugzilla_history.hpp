// What happened to a bug, as events of the neutral issue: a comment is one event, all changes that one person made in
// one second are another one.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/bugzilla/bugzilla_directory.hpp"
#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"

namespace cb {

// Oldest first; in the same second comments before changes. The description (comment 0) is no event unless it is
// private. The visibility of a comment is that of now.
std::vector<Event> bugzilla_events(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms);

// What one entry's values of a field with a list of values mean: of `--- silver` to `gold ---` the change is silver to
// gold, however the server arranged them; values that are none of the list stay as they are. Empty on both sides: no
// net change.
std::pair<std::string, std::string> bugzilla_net_change(const std::string& removed, const std::string& added,
                                                        const std::vector<std::string>& values);
// `---`, `--` and nothing are no value of a select.
std::string bugzilla_meaning(const std::string& value);
// The role of whoever wrote a comment for insiders: few accounts are told the groups of others, but only an insider can
// have done that.
inline constexpr const char* k_bugzilla_insider = "insider";
// A login as an author of this bug.
Author bugzilla_author(const BugzillaPerson& person, const BugzillaBug& bug, const BugzillaNames& names);
// 16 hexadecimal digits (FNV-1a), the same on every machine.
std::string bugzilla_digest(const std::vector<std::string>& parts);
// `[x]` each, with its brackets.
std::vector<std::string> bugzilla_whiteboard_labels(const std::string& whiteboard);

}  // namespace cb
