// GET /api/v1/customers/{id}/history: what was decided about a customer's issues and what the ledger says of them, the
// newest first. GET /api/v1/due: open issues of the configured trackers whose promises fall due before `until`, the
// earliest first. Both in pages:
// `limit`, and `cursor` as `next` of the page before; `next` is null on the last one.
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

WebAnswer api_customer_history(const WebParts& parts, const WebCall& call);
// A page begins behind the last issue of the one before, whether that is still in the list or not: nothing that stays
// where it is can be left out. An issue whose promise moved between two pages may be told twice, or, when it moved to
// before the page, not at all.
WebAnswer api_due(const WebParts& parts, const WebCall& call);

}  // namespace cb
