// The conditions of a search: boolean charts (f1, o1, v1, n1, j1, OP and CP) and parameters that name a field, over
// what Bugzilla compares: texts as the database holds them, so date-times in the server's local time.
#pragma once

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

// All parameters of the search, fields in their internal names: changed to what Bugzilla makes of them.
using Parameters = std::map<std::string, std::vector<std::string>>;

bool meets_charts(const Call& call, const Parameters& search, const Bug& bug);
bool meets_fields(const Call& call, const Parameters& search, const Bug& bug);

}  // namespace cb::fake_bugzilla
