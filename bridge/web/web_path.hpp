// The path and query of a request, taken apart without trust: everything is decoded once, after it was cut into parts,
// so that no escape can make a new part. What cannot be a name of ours is refused as a whole rather than repaired.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb {

// `/issues/support/12` as issues, support, 12; `/` as nothing. None for what no page of ours is called: without a
// leading `/`, longer than 2,000 bytes or 16 parts, with an empty part, `.` or `..`, a broken escape, and parts that
// decoded hold a `/`, a `\`, a control character or bytes that are no UTF-8.
std::optional<std::vector<std::string>> path_parts(std::string_view path);

struct Parameter {
  // malformed: its text is refused as in a path (a `/` is allowed).
  enum class State { absent, given, twice, malformed } state = State::absent;
  std::string value;  // of one that is given
};
// `name` in a query (`page=2&limit=50`), decoded, `+` as a blank. Names are compared as sent.
Parameter parameter(std::string_view query, std::string_view name);
// What is wrong with a query that may hold these parameters and no others, each once; empty when nothing is.
std::string query_problem(std::string_view query, const std::vector<std::string>& known);

}  // namespace cb
