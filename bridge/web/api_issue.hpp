// GET /api/v1/issues/{tracker}/{id}: the stored decision with its reasons and when it was made, the ledger lines, and
// the error of an issue that is parked. POST .../retry: a parked issue is tried again at once.
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

WebAnswer api_issue(const WebParts& parts, const WebCall& call);
WebAnswer api_retry(const WebParts& parts, const WebCall& call);

}  // namespace cb
