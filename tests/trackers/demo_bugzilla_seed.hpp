// The demo's issues as a Bugzilla's rows, from the same file as the fake Redmine's: projects become products, types the
// field cf_type, fields cf_* (`SLA next due` is cf_sla_next_due), labels keywords; logins are mail addresses. Statuses
// are New: UNCONFIRMED, Resolved: RESOLVED FIXED, Closed: VERIFIED FIXED, Rejected: REJECTED WONTFIX, and others in
// capitals. Who has a role for staff is in the groups staff and editbugs; private issues are restricted to staff.
#pragma once

#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_bugzilla_state.hpp"

namespace cb {

struct DemoBugzillaSeed : DemoCast {
  fake_bugzilla::State state;
};

// Throws std::runtime_error for what is wrong in the file. `key_for` gets the login of the file, not the address.
DemoBugzillaSeed demo_bugzilla_seed(const std::string& json, Instant start, const KeyMaker& key_for);

// `SLA next due` as cf_sla_next_due.
std::string demo_field_name(const std::string& label);

}  // namespace cb
