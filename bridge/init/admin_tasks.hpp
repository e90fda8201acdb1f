// What remains for an administrator, because no tracker's API can do it, or not with this key: names, types and values
// to be typed in, and where. Facts: Bugzilla 5.2's pages admin/custom_fields, admin/flag-type and WebService/User.pm;
// observed.md 7.
#pragma once

#include <vector>

#include "bridge/init/proposal.hpp"

namespace cb {

// Everything but `tasks` of the proposal is filled already.
std::vector<AdminTask> admin_tasks(const Proposal& proposal, const Survey& survey);

// The parts of it, by tracker. Internal.
std::vector<AdminTask> redmine_tasks(const Proposal& proposal);
std::vector<AdminTask> jira_tasks(const Proposal& proposal);
std::vector<AdminTask> bugzilla_tasks(const Proposal& proposal, const Survey& survey);

// `cf_billing: Drop Down with the values free, paid; who pays (written by the bridge)`
std::string field_line(const MissingField& field);

// The whole list as text for people, numbered; nothing when there is nothing to do.
std::string tasks_text(const Proposal& proposal);

}  // namespace cb
