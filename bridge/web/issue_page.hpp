// GET /issues/{tracker}/{id}: a page for staff with what was decided about an issue and why, where the links lead that
// the bridge puts into issues. The store holds decisions as JSON; the page decides the stored snapshot anew instead of
// reading that: it shows then what `explain` prints, in the same words, with the time that is used and left by now. The
// tracker is not asked. Where the stored decision says something else, because the configuration or the pool changed
// since, the page says so.
#pragma once

#include "bridge/web/router.hpp"
#include "bridge/web/web_parts.hpp"

namespace cb {

// The page, and its style at /pages.css. `parts` must outlive the router.
void add_page_routes(Router& router, const WebParts& parts);

}  // namespace cb
