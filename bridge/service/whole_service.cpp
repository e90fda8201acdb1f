#include "bridge/service/whole_service.hpp"

namespace cb {

WholeService::WholeService(const ServiceParts& parts, Store& web_store, const HttpCounts& requests,
                           const std::string& version)
    : loops_(parts),
      site_({web_store, parts.clock, parts.log, requests, version, [this] { return loops_.status(); },
             [this](const std::string& tracker) { loops_.list_soon(tracker); }}) {}

std::vector<std::string> WholeService::use(const std::shared_ptr<const Settings>& settings,
                                           const std::function<bool()>& enough) {
  auto problems = Site::problems_of(*settings);
  if (problems.empty()) problems = loops_.use(settings, enough);
  if (problems.empty()) site_.use(settings);
  return problems;
}

}  // namespace cb
