// What the seeds of all fake trackers read the demo's file with (tests/data/demo/README.md tells the format). What is
// wrong in it is thrown as std::runtime_error with words.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "rules/time.hpp"

namespace cb::demo_file {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& what);
std::string text_at(const Json& json, const char* key);
// `@+12d` is the day at that distance from the start.
std::string value_text(const std::string& text, Instant start);
// `-3d2h` as seconds.
Seconds offset_from_text(const std::string& text);

}  // namespace cb::demo_file
