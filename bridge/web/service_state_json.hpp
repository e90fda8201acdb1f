// The state of the service as JSON: what GET /api/v1/status answers and `contract-bridge status` reads. All keys are
// always there; null is what is not known.
#pragma once

#include <string>

#include "adapters/result.hpp"
#include "bridge/web/service_state.hpp"

namespace cb {

// indent < 0: one line.
std::string service_state_json(const ServiceState& state, int indent = -1);
// bad_reply with the place of what is not as expected. `attempt` begins every message.
Result<ServiceState> service_state_from_json(const std::string& text, const std::string& attempt);

}  // namespace cb
