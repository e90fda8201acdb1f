// Jira's records to the neutral issue, without any I/O. Fields stand under their id and, where only one field has it,
// under their name. An issue with a security level is internal: Jira shows it to that level alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

Fetched fetched_issue(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms, const JiraServer& server);
Issue neutral_issue(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms, const JiraServer& server);
// What the fields we own hold; a slot whose field this issue lacks is absent.
std::map<Slot, Shown> shown_values(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms);
// A person with their roles in the issue's project.
Author jira_author(const JiraUser& user, const JiraIssue& issue, const JiraNames& names);
// The field that a slot is written into; null when none is configured, or the server has none of that name.
const JiraField* jira_field_of(Slot slot, const std::map<Slot, std::string>& write,
                               const std::vector<JiraField>& fields);
// The field of that id or, where only one has it, of that name, ignoring case; null when there is none.
const JiraField* field_named(const std::vector<JiraField>& fields, const std::string& name);
// Why no note for staff can be written on this issue, in words; empty: one can. Customers who bear the role or are in
// the group that staff's notes are for would read them.
std::string jira_no_staff_notes(const JiraIssue& issue, const JiraNames& names);
// Whether the customer does not see it: a comment for a role or group, and an internal note of a service desk.
bool is_internal(const JiraComment& comment);

}  // namespace cb
