// The demo's issues as a Jira's rows, from the same file as the fake Redmine's: projects become service desks (key: the
// identifier in capitals), types issue types, organisations those of the service desk, fields custom fields of the same
// name (what contract-bridge writes and ends in "due" holds a date-time), the field `Labels` the labels.
// Statuses are New: Waiting for support, Feedback: Waiting for customer, Offered: Waiting for approval, Rejected:
// Canceled; priorities Immediate: Blocker, Urgent: Highest, Normal: Medium; others keep their names. Who has a role for
// staff is an agent; the others are the portal's customers. Jira measures two promises of its own, around the clock.
#pragma once

#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_jira_state.hpp"

namespace cb {

struct DemoJiraSeed : DemoCast {
  fake_jira::State state;
};

// Throws std::runtime_error for what is wrong in the file. Logins are those of the file; on Cloud accounts are called
// 712020:LOGIN (with a licence; their addresses are hidden) and qm:LOGIN (customers).
DemoJiraSeed demo_jira_seed(const std::string& json, Instant start, const KeyMaker& key_for, bool cloud);

}  // namespace cb
