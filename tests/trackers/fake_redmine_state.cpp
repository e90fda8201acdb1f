#include "tests/trackers/fake_redmine_state.hpp"

#include <algorithm>

namespace cb::fake {

const User* user_by_login(const State& state, const std::string& login) {
  for (const auto& user : state.users)
    if (user.login == login) return &user;
  return nullptr;
}

const Project* find_project(const State& state, const std::string& id_or_identifier) {
  for (const auto& project : state.projects)
    if (project.identifier == id_or_identifier || std::to_string(project.id) == id_or_identifier) return &project;
  return nullptr;
}

bool serves(const Field& field, int tracker) {
  return field.trackers.empty() || field.trackers.count(tracker) > 0;
}

int next_issue_id(const State& state) {
  return state.issues.empty() ? 1 : state.issues.rbegin()->first + 1;
}

int next_journal_id(const State& state) {
  int top = 0;
  for (const auto& [id, issue] : state.issues)
    if (!issue.journals.empty()) top = std::max(top, issue.journals.back().id);
  return top + 1;
}

void touch(State& state, IssueRow& issue, Instant now) {
  issue.updated = now;
  issue.update_order = ++state.updates;
  ++issue.lock_version;
}

}  // namespace cb::fake
