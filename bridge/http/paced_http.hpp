// An Http that keeps the limits of a Jira: it waits before a request whenever the host's pace asks for it, and sends a
// request that was refused with 429 again, since that was not done, whatever its method; nothing else is ever sent
// twice. Waits longer than 30 s are not waited here: the answer is handed up with its Retry-After, and until then
// requests fail unsent with retry_later. One thread at a time per object; those that share a pace may run at once.
#pragma once

#include <memory>

#include "adapters/http.hpp"
#include "bridge/http/pace.hpp"
#include "bridge/ports/clock.hpp"

namespace cb {

// `inner`, `clock` and `chance` have to outlive it. `pace`: of the host that `inner` speaks to, see Paces.
std::unique_ptr<Http> make_paced_http(Http& inner, Clock& clock, Chance& chance, std::shared_ptr<Pace> pace);

}  // namespace cb
