// The API under /api/v1, for programs with the token, and the document that describes it (openapi.yaml).
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

// `parts` must outlive the router. /api/v1/status stands with the other routes of the status (status_routes.hpp).
void add_api_routes(Router& router, const WebParts& parts);

}  // namespace cb
