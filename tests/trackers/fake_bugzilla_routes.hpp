// Which resource answers what: Bugzilla's REST routes over the rows, with its status codes and odd cases.
#pragma once

#include "adapters/http.hpp"
#include "tests/trackers/fake_bugzilla_state.hpp"

namespace cb::fake_bugzilla {

// `replica`: what is read where a real server reads its replica.
HttpResponse answer(State& state, const Bugs& replica, const HttpRequest& request, Instant now);

}  // namespace cb::fake_bugzilla
