// Decisions as the store or an issue holds them: whatever stands there is one, or none.
#include "adapters/json_read.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void one_input(const std::string& bytes) {
  const auto [first, second] = first_line(bytes);
  must(same_decision(bytes, bytes), "a decision is itself");
  must(same_decision(first, second) == same_decision(second, first), "either way about");
  must(is_same_json(first, second) == is_same_json(second, first), "JSON too");
}

}  // namespace cb::fuzz
