// What a Bugzilla tells of itself and its people: version, clock, parameters, users, groups.
#pragma once

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

Json version(const Call& call);
Json extensions(const Call& call);
Json time_now(const Call& call);
Json time_zone(const Call& call);
Json last_audit_time(const Call& call);
Json parameters(const Call& call);

Json who_am_i(const Call& call);
Json valid_login(const Call& call);
Json log_in(const Call& call);
Json users(const Call& call);
Json groups(const Call& call);

Json fields(const Call& call);
Json field_values(const Call& call);
Json products(const Call& call);
Json product_ids(const Call& call);
Json flag_types(const Call& call);

}  // namespace cb::fake_bugzilla
