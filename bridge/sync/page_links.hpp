// The link from an issue to the bridge's page about it (server.public_url): pure.
#pragma once

#include "bridge/sync/plan.hpp"

namespace cb {

// `https://support.vendor.example/issues/TRACKER/ID`, escaped.
std::string page_of(const IssueKey& issue, const std::string& pages);

// Nothing where the tracker takes no such link, where no address is configured, or where the link stands there.
void plan_page_link(Changes& changes, const Fetched& fetched, const PlanTerms& terms);

}  // namespace cb
