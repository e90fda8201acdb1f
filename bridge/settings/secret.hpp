// Secrets come from the environment or a file; the program keeps them out of every text.
#pragma once

#include <cstddef>
#include <string>

#include "adapters/result.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

// `${NAME}` from the environment, `file:/path` from a file (refused when others may read it), anything else is
// refused: a secret does not stand in a configuration file. Messages name the variable or the file, never the value.
Result<std::string> resolve(const SecretReference& reference);

// The same for a secret that stands alone between us and a stranger: one of less than 16 bytes could be guessed and is
// refused, too. `whose` begins each message: server: token.
Result<std::string> resolve_long(const SecretReference& reference, const std::string& whose);

inline constexpr std::size_t k_shortest_secret = 16;

}  // namespace cb
