// Creating and changing issues as Redmine does it: what the caller may not set is dropped in silence, what is invalid
// is refused as a whole with English sentences, and whatever got through moves updated_on, changed or not.
#pragma once

#include <string>
#include <vector>

#include "tests/trackers/fake_redmine_json.hpp"

namespace cb::fake {

// What is asked of one issue, after validation: nothing is stored while there is an error.
struct Outcome {
  IssueRow issue;
  std::vector<std::string> errors;
};

// The values of `attributes` (the JSON below "issue") that `user` may set, put into a copy of the row.
// `fresh`: the issue is being created.
Outcome changed(const State& state, const User& user, const IssueRow& before, const Json& attributes, bool fresh);

// Stores a changed row: journals for the differences and the note (split in two when a private note comes with
// changes), closed_on, updated_on.
void store_update(State& state, const User& user, const IssueRow& after, const Json& attributes, Instant now);

// Thrown where Redmine itself breaks with 500: an attribute of a type it does not expect.
struct Broken {};

}  // namespace cb::fake
