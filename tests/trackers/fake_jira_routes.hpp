// From a request to its answer: who asks, whether a limit is reached, and which resource answers.
#pragma once

#include "adapters/http.hpp"
#include "tests/trackers/fake_jira_state.hpp"

namespace cb::fake_jira {

// `index` is what searches look at.
HttpResponse answer(State& state, const Issues& index, const HttpRequest& request, Instant now);

}  // namespace cb::fake_jira
