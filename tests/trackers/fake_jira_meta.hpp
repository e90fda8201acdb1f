// What can be put into which field: editmeta, and the screens of transitions. New issues begin here as well.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

Json system_meta(const Call& call, const Project& project, const std::string& field, bool is_required);
Json custom_meta(const Call& call, const Field& field);

// With the next id and the project's next key, without a time.
Issue new_issue(const State& state, const Project& project, const std::string& type, const std::string& reporter);

}  // namespace cb::fake_jira
