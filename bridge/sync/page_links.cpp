#include "bridge/sync/page_links.hpp"

#include "adapters/http.hpp"

namespace cb {

namespace {

// The same for every issue: whoever sees the issue reads it.
const std::string k_title = "Support contract: what was decided, and the deadlines";

}  // namespace

std::string page_of(const IssueKey& issue, const std::string& pages) {
  return pages + "/issues/" + url_encoded(issue.tracker) + "/" + url_encoded(issue.id);
}

void plan_page_link(Changes& changes, const Fetched& fetched, const PlanTerms& terms) {
  if (terms.write.pages.empty() || !terms.capabilities.page_links) return;
  const auto& key = fetched.issue.key;
  const Link link{"contract-bridge:" + to_text(key), page_of(key, terms.write.pages), k_title};
  const auto there = fetched.links.find(link.id);
  if (there != fetched.links.end() && there->second == link.url) return;
  changes.links.push_back(link);
}

}  // namespace cb
