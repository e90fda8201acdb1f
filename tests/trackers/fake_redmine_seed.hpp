// States to start a fake Redmine with.
#pragma once

#include "tests/trackers/fake_redmine_state.hpp"

namespace cb::fake {

// What Redmine's default data and the recordings' set-up have in common: six statuses, five priorities, three
// trackers, the users admin (1), staff (5) and customer (6) with the keys `admin-key`, `staff-key`, `customer-key`,
// the private project lms, the roles SLA Staff and SLA Customer, five custom fields. No issues.
State small_state(Instant created);

// The four issues and seven journals that the recorded server had before the first exchange.
State recorded_state(Instant created);

// For other tests: an issue of that author in lms, with default values; returns its id.
int add_issue(State& state, const std::string& author, const std::string& tracker, const std::string& subject,
              Instant at);

}  // namespace cb::fake
