// Rows as Bugzilla's REST interface gives them, and its include_fields and exclude_fields.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

// What a call wants to see of each row.
class Wanted {
 public:
  explicit Wanted(const Json& params);
  // `kinds`: default, custom or extra. `parent`: the member that holds the row.
  [[nodiscard]] bool has(const std::string& field, const std::set<std::string>& kinds = {"default"},
                         const std::string& parent = "") const;
  [[nodiscard]] Json of(const Json& row, const std::set<std::string>& kinds = {"default"},
                        const std::string& parent = "") const;

 private:
  std::set<std::string> include_, exclude_, include_kinds_, exclude_kinds_;
};

Json bug_json(const Call& call, const Bug& bug, const Wanted& wanted);
// The list of comments gives each its place in the bug; one by its id is counted by time (112).
Json comment_json(const Call& call, const Bug& bug, const Comment& comment, int count);
Json comments_json(const Call& call, const Bug& bug, const Wanted& wanted, const std::string& parent = "");
Json history_json(const Call& call, const Bug& bug, const Wanted& wanted, const std::string& parent = "");
Json alias_json(const State& state, const Bug& bug);
// Harmony and BMO: what they have beyond the others.
bool is_harmony(const State& state);

}  // namespace cb::fake_bugzilla
