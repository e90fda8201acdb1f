// Answers for those who watch over the service. /healthz: the process answers, and needs nothing else for it. /readyz:
// 200 only while the store answers and no tracker is behind, failing for longer than is allowed, or kept from writing;
// else 503. It tells for each tracker how far behind, since when, why and what to do, as JSON where the request prefers
// that (Accept: application/json), else as text. Both are open to anybody, so that what trackers and the store said is
// shown only to who may read the pages; the others are told where it stands.
#pragma once

#include <optional>

#include "bridge/http/web_request.hpp"
#include "bridge/web/service_state.hpp"

namespace cb {

WebAnswer healthz();
// The same for who asks for it, before anything else is asked; none: the request is for something else.
std::optional<WebAnswer> healthz_at_once(const WebRequest& request);
WebAnswer readyz(const ServiceState& state, const WebRequest& request, bool may_read_pages);

}  // namespace cb
