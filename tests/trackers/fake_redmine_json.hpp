// Redmine's rows as the JSON it answers with: keys in its order, absent associations left out, nulls kept.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/trackers/fake_redmine_access.hpp"
#include "tests/trackers/fake_redmine_state.hpp"

namespace cb::fake {

using Json = nlohmann::ordered_json;

struct IssueParts {
  bool spent = true;  // the answer to a creation does not tell them
  bool journals = false, watchers = false, allowed_statuses = false, attachments = false, changesets = false;
};

Json issue_json(const State& state, const User* reader, const IssueRow& issue, const IssueParts& parts);
Json user_json(const User& user, const User* reader, bool own_key);
Json memberships_json(const State& state, const User& user);
Json project_json(const Project& project);
Json field_json(const State& state, const Field& field);
Json reference(int id, const std::string& name);
Json reference(const Status& status);

}  // namespace cb::fake
