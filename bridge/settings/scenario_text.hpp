// The one spelling of values that scenarios expect and decisions have: instants ISO with Z, durations `4h30m`, names
// as they stand, sets sorted and separated by commas, `none` for what is absent. An expectation and a fact are equal
// when their texts are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/time.hpp"

namespace cb {

inline constexpr const char* k_absent = "none";

std::string scenario_text(const std::string& word);  // none when empty
std::string scenario_text(Instant instant);
std::string scenario_text(Seconds duration);
std::string scenario_text(int number);
std::string scenario_text(std::vector<std::string> set);  // sorted, each once

template <class T>
std::string scenario_text(const std::optional<T>& value) {
  return value ? scenario_text(*value) : k_absent;
}

}  // namespace cb
