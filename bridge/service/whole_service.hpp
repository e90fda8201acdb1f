// The service as a whole, as `run` starts it and a simulation drives it: the trackers' loops, who is told outside of
// them, and the web side, all from one configuration and over one store. Any number of threads may ask; use() is for
// one.
#pragma once

#include "bridge/service/service.hpp"
#include "bridge/service/site.hpp"

namespace cb {

class WholeService {
 public:
  // All must outlive it. Wakes in the store are to reach loops(). `web_store` is the same store, for who waits for an
  // answer (Site).
  WholeService(const ServiceParts& parts, Store& web_store, const HttpCounts& requests, const std::string& version);

  // Everything of the configuration takes the place of what was used before. The problems in words; then nothing has
  // changed. `enough` as BridgeService::use() has it.
  std::vector<std::string> use(const std::shared_ptr<const Settings>& settings,
                               const std::function<bool()>& enough = {});
  [[nodiscard]] WebAnswer answer(const WebRequest& request) const { return site_.answer(request); }
  void turned_away(const std::string& path, const WebAnswer& answer) const { site_.turned_away(path, answer); }
  [[nodiscard]] BridgeService& loops() { return loops_; }

 private:
  BridgeService loops_;
  Site site_;
};

}  // namespace cb
