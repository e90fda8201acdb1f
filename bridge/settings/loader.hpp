// Reads a configuration folder. Strict: unknown keys, duplicate keys, wrong types, dangling references and values that
// make no sense are errors, all of them listed at once, each with file, line, column (from 1), what was expected and
// the nearest known word. Nothing is resolved from the environment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

struct Loaded {
  std::optional<Settings> settings;  // empty when there is any error
  std::vector<Problem> problems;     // errors and warnings in the order of file, line, column
};

Loaded load_settings(const std::string& folder);

}  // namespace cb
