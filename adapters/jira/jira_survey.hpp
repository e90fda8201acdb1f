// What `check` and `init` ask a Jira: its words, fields, projects and roles as far as the account may see them, and the
// rights that are missing, in sentences for its administrator. Reads only.
#pragma once

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_session.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

Result<Survey> jira_survey(JiraSession& session, JiraDirectory& directory, const JiraTerms& terms,
                           const Identity& identity);

// Makes a custom field; Data Center and company-managed projects of Cloud show it once it is on their screens.
Result<FieldInfo> jira_create_field(JiraSession& session, const NewField& field);

}  // namespace cb
