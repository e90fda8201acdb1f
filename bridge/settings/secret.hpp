// Secrets come from the environment or a file; the program keeps them out of every text.
#pragma once

#include <string>

#include "adapters/result.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

// `${NAME}` from the environment, `file:/path` from a file (refused when others may read it), anything else is
// refused: a secret does not stand in a configuration file. Messages name the variable or the file, never the value.
Result<std::string> resolve(const SecretReference& reference);

}  // namespace cb
