// The state of the service for people: one table, and below it what needs them, each with what to do.
#pragma once

#include <string>

#include "bridge/web/service_state.hpp"

namespace cb {

std::string status_text(const ServiceState& state);

}  // namespace cb
