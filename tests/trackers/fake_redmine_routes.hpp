// Which resource answers what: Redmine's REST routes over the rows, with its status codes and odd cases.
#pragma once

#include "tests/trackers/fake_redmine_access.hpp"
#include "tests/trackers/fake_redmine_state.hpp"

namespace cb::fake {

HttpResponse answer(State& state, const Call& call, Instant now);

}  // namespace cb::fake
