// The bulk edit's own form of values, turned into that of a single edit.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

struct Edits {
  Json fields = Json::object(), update = Json::object();
};

Edits bulk_edits(const Json& input);
// Refuses an input whose fields are not just the selected ones.
void check_bulk_edits(const Json& input, const std::vector<std::string>& selected);

}  // namespace cb::fake_jira
