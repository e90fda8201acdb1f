// What was probably meant by a value in a form that people use elsewhere (`1.3.2026`, `9-17`, `2 business days`, `75`),
// in the form of the configuration; empty when it cannot be told. Only for messages: nothing is ever read this way.
#pragma once

#include <string>

namespace cb {

std::string near_date(const std::string& text);      // day first only where dots say so
std::string near_hours(const std::string& text);     // `09:00-17:00`
std::string near_duration(const std::string& text);  // `1h30m`
std::string near_target(const std::string& text);    // also `2bd`
std::string near_share(const std::string& text);     // `75%`
std::string near_truth(const std::string& text);     // true, false
// `a, b` as `[a, b]`, with quotes where YAML needs them
std::string near_list(const std::string& text);

// `; did you mean `x`?`, or nothing.
std::string did_you_mean(const std::string& guess);

}  // namespace cb
