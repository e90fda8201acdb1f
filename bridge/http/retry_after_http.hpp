// An Http whose answers tell a pause in seconds: a server that names an instant and not its own time, as a Redmine
// without a proxy does, means our clock. So whoever turns the answer into an error needs none.
#pragma once

#include <memory>

#include "adapters/http.hpp"
#include "bridge/ports/clock.hpp"

namespace cb {

// `inner` and `clock` have to outlive it.
std::unique_ptr<Http> make_retry_after_http(Http& inner, Clock& clock);

// The answer with that pause in place of any other.
HttpResponse with_retry_after(HttpResponse response, Seconds wait);

}  // namespace cb
