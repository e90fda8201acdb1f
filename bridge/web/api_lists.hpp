// GET /api/v1/customers/{id}/history: what was decided about a customer's issues and what the ledger says of them, the
// newest first. GET /api/v1/due: open issues whose promises fall due before `until`, the earliest first. Both in pages:
// `limit`, and `cursor` as `next` of the page before; `next` is null on the last one.
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

WebAnswer api_customer_history(const WebParts& parts, const WebCall& call);
// Pages count on from where the last one ended in the list as it is now: what was done between two pages may hide as
// many others until the list is read again.
WebAnswer api_due(const WebParts& parts, const WebCall& call);

}  // namespace cb
