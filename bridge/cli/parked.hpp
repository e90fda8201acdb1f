// `parked`: the issues that could not be processed, with the error, since when, how often it was tried and when it is
// tried next; and what else is kept back for a while: writing to a tracker, assigning a person. Reads the store alone,
// beside a service that runs.
// `retry`: lets them be tried again at once. The store is told, then the service, if one runs.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "bridge/cli/running_service.hpp"
#include "bridge/store/store.hpp"

namespace cb {

int list_parked(bool json, const Settings& settings, Store& store, std::ostream& out);

struct RetryOptions {
  std::string issue;  // support#123, or 123 where there is one tracker
  bool all = false;   // instead of an issue; without what is no issue
  Instant now;
};

// Exit codes: 0 done, also when nothing is parked and all was asked for; 1 the issue is not parked; 2 no such tracker.
int retry(const RetryOptions& options, const Settings& settings, Store& store, const OpenHttp& open_http,
          std::ostream& out, std::ostream& err);

}  // namespace cb
