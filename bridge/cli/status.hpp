// `status`: how the service and its trackers are doing, asked of the service that runs; without one, what the store
// alone knows. Exit codes: 0 all is well, 3 something is not: behind, failing, kept from writing, not running.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>

#include "bridge/cli/running_service.hpp"
#include "bridge/store/store.hpp"
#include "rules/time.hpp"

namespace cb {

struct StatusOptions {
  bool json = false;
  Instant now;  // where the store is asked
};

struct StatusCommandParts {
  const Settings& settings;
  OpenHttp open_http;
  std::function<std::unique_ptr<Store>()> open_store;  // for reading; may throw StoreError
};

int status(const StatusOptions& options, const StatusCommandParts& parts, std::ostream& out, std::ostream& err);

}  // namespace cb
