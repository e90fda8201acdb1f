// Statuses, priorities and people of a server in the bridge's terms.
#pragma once

#include "bridge/init/proposal.hpp"

namespace cb {

// Every status belongs to one phase. What is not recognised waits for us, or is closed where the tracker says that it
// ends an issue; either is marked as not sure.
void propose_statuses(const Survey& survey, Proposal& proposal);
void propose_priorities(const Survey& survey, Proposal& proposal);
// By role on Redmine and Jira, by group on Bugzilla and Jira; by the domain of the bridge's own account where neither
// tells.
void propose_staff(const Survey& survey, Proposal& proposal);

}  // namespace cb
