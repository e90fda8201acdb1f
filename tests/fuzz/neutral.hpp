// What holds of every issue that an adapter makes out of an answer, and of every error.
#pragma once

#include <string>

#include "adapters/tracker.hpp"

namespace cb::fuzz {

void check_error(const Error& error);
template <class T>
void check(const Result<T>& result) {
  if (!result) check_error(result.error());
}
// `id`: as the answer told it.
void check_fetched(const Fetched& fetched, const std::string& id);

}  // namespace cb::fuzz
