#include "bridge/cli/open_for_reading.hpp"

namespace cb {

std::unique_ptr<Store> open_for_reading(const std::string& url, Log& log) {
  try {
    return open_store(url, StoreAccess::read);
  } catch (const StoreError& error) {
    log.warning(std::string("only issues that are read now count as users of a pool: ") + error.what());
  }
  return open_store("sqlite::memory:");
}

}  // namespace cb
