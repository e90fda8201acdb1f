// Redmine's records to the neutral issue, without any I/O: ids become words through RedmineNames, and an id that nobody
// could name stays as its number. Journals are ordered by time, then id, because the order of the answer depends on a
// preference of the account. A private note sent with changes arrives as two journals and stays two events.
#pragma once

#include <map>

#include "adapters/redmine/redmine_records.hpp"
#include "adapters/redmine/redmine_terms.hpp"

namespace cb {

Issue neutral_issue(const RedmineIssue& issue, const RedmineNames& names, const RedmineTerms& terms);
// What the fields we own hold; a slot whose field this issue lacks is absent.
std::map<Slot, Shown> shown_values(const RedmineIssue& issue, const RedmineTerms& terms);
Fetched fetched_issue(const RedmineIssue& issue, const RedmineNames& names, const RedmineTerms& terms);
// The issue's custom field of that name, ignoring case; null when it has none.
const RedmineFieldValue* field_named(const RedmineIssue& issue, const std::string& name);

}  // namespace cb
