#include "tests/trackers/fake_redmine_watchers.hpp"

#include <algorithm>

#include "tests/trackers/fake_redmine_answers.hpp"

namespace cb::fake {

namespace {

// The issue that this caller may do that to; null: refused.
IssueRow* open_to(State& state, const User* user, int issue, const char* permission) {
  const auto found = state.issues.find(issue);
  if (found == state.issues.end() || !sees(state, user, found->second)) return nullptr;
  const auto* project = by_id(state.projects, found->second.project);
  if (!project || project->state != Project::State::active) return nullptr;
  return allowed(state, user, *project, permission) ? &found->second : nullptr;
}

void collect(const Json& value, std::vector<int>& ids) {
  if (value.is_number_integer()) ids.push_back(value.get<int>());
  if (value.is_array())
    for (const auto& one : value) collect(one, ids);
  if (!value.is_string()) return;
  const auto text = value.get<std::string>();
  if (!text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos)
    ids.push_back(std::stoi(text));
}

// `{"user_id": 7}`, a list of ids there, or `{"watcher": {"user_ids": [7, 8]}}`.
std::vector<int> wanted_ids(const Json& body) {
  std::vector<int> ids;
  if (!body.is_object()) return ids;
  if (!body.contains("watcher")) {
    if (body.contains("user_id")) collect(body["user_id"], ids);
  } else if (body["watcher"].is_object()) {
    for (const auto* key : {"user_ids", "user_id"})
      if (body["watcher"].contains(key)) collect(body["watcher"][key], ids);
  }
  return ids;
}

}  // namespace

HttpResponse add_watcher(State& state, const User* user, const Call& call, int issue) {
  Json body = Json::object();
  if (call.header("Content-Type").rfind("application/json", 0) == 0 && !call.body.empty()) {
    body = Json::parse(call.body, nullptr, false);
    if (body.is_discarded()) return error_answer(400, "Bad Request");
  }
  auto* row = open_to(state, user, issue, "add_issue_watchers");
  if (!row) return denied(user);
  for (const auto id : wanted_ids(body)) {
    const auto* person = by_id(state.users, id);
    const bool there = std::find(row->watchers.begin(), row->watchers.end(), id) != row->watchers.end();
    if (person && !person->locked && !there) row->watchers.push_back(id);
  }
  return done_answer();
}

HttpResponse remove_watcher(State& state, const User* user, int issue, int watcher) {
  auto* row = open_to(state, user, issue, "delete_issue_watchers");
  if (!row) return denied(user);
  if (!by_id(state.users, watcher)) return empty_answer(404);
  row->watchers.erase(std::remove(row->watchers.begin(), row->watchers.end(), watcher), row->watchers.end());
  return done_answer();
}

}  // namespace cb::fake
