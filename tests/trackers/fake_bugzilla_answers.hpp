// The shapes of Bugzilla's answers: JSON, JSONP and a web page of JSON by what the caller accepts, errors with their
// code, the page of a script that died.
#pragma once

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

// `unchanging`: what the ETag is of, where it is not of all.
HttpResponse json_answer(const State& state, const HttpRequest& request, const Json& params, int status,
                         const Json& body);
HttpResponse refusal_answer(const State& state, const HttpRequest& request, const Json& params, const Refusal& refusal);
HttpResponse died_answer(const std::string& message);
HttpResponse options_answer(const std::string& methods);

}  // namespace cb::fake_bugzilla
