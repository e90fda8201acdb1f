// /healthz and /readyz, open to anybody; /metrics and /api/v1/status, for who has the token.
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

// `parts` must outlive the router.
void add_status_routes(Router& router, const WebParts& parts);

}  // namespace cb
