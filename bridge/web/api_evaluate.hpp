// POST /api/v1/evaluate: decides an issue that another program posts, with the contracts as they are configured. Pools
// are as `before` leaves them, not as the store knows them. Nothing is stored, and no tracker is asked.
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

WebAnswer api_evaluate(const WebParts& parts, const WebCall& call);

}  // namespace cb
