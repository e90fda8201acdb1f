// `run`: the service, until a signal ends it. Reads the configuration again on SIGHUP; one that is not valid changes
// nothing. Exit codes are those of options.hpp: 0 ended by a signal; 1 the configuration is wrong; 3 the store or the
// address cannot be had.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "bridge/log.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

struct RunOptions {
  std::string folder;  // of the configuration, read again on SIGHUP
};

int run_service(const RunOptions& options, const std::shared_ptr<const Settings>& settings, Log& log,
                std::ostream& err);

}  // namespace cb
