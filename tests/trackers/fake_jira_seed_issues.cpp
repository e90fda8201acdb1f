#include <algorithm>
#include <stdexcept>

#include "tests/trackers/fake_jira_meta.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

namespace cb::fake_jira {

namespace {

const Project& project_named(const State& state, const std::string& key) {
  const auto* project = project_by_key(state, key);
  if (!project) throw std::invalid_argument("the fake Jira has no project " + key);
  return *project;
}

const Status& status_named(const State& state, const std::string& name) {
  const auto* status = status_by_name(state, name);
  if (!status) throw std::invalid_argument("the fake Jira has no status " + name);
  return *status;
}

void log_change(State& state, Issue& row, const std::string& author, std::vector<Item> items, Moment at) {
  row.updated = at;
  row.history.push_back({next_id(state), user_id(state, author), at, std::move(items), ""});
}

}  // namespace

Issue& issue(State& state, const std::string& id_or_key) {
  const auto* found = issue_by_key(state.issues, id_or_key);
  if (!found) throw std::invalid_argument("the fake Jira has no issue " + id_or_key);
  return state.issues.at(std::stoi(found->id));
}

std::string add_issue(State& state, const std::string& project, const std::string& reporter, const std::string& summary,
                      const std::string& description, Instant at) {
  const auto& where = project_named(state, project);
  auto row = new_issue(state, where, where.types.front(), user_id(state, reporter));
  row.summary = summary;
  row.description = {description, ""};
  row.created = row.updated = next_moment(state, at);
  for (const auto& field : state.fields)
    for (const auto& organization : state.organizations)
      if (field.kind == FieldKind::organizations && where.is_service_desk &&
          std::find(organization.users.begin(), organization.users.end(), row.reporter) != organization.users.end())
        row.custom[field.id()].push_back(organization.id);
  const auto id = row.id;
  state.issues[std::stoi(id)] = std::move(row);
  return id;
}

void add_comment(State& state, const std::string& issue_id, const std::string& author, const std::string& text,
                 bool is_internal, Instant at) {
  auto& row = issue(state, issue_id);
  Comment comment;
  comment.id = next_id(state);
  comment.author = comment.editor = user_id(state, author);
  comment.created = comment.updated = row.updated = next_moment(state, at);
  comment.body = {text, ""};
  comment.is_internal = is_internal;
  row.comments.push_back(std::move(comment));
}

void set_status(State& state, const std::string& issue_id, const std::string& author, const std::string& status,
                Instant at) {
  auto& row = issue(state, issue_id);
  const auto& to = status_named(state, status);
  const auto& from = *status_by_id(state, row.status);
  const auto moment = next_moment(state, at);
  std::vector<Item> items;
  const auto& done = state.resolutions.front();
  if (to.category == "done" && row.resolution.empty()) {
    items.push_back({"resolution", "resolution", false, std::nullopt, std::nullopt, done.id, done.name});
    row.resolution = done.id;
    row.resolved = moment;
  } else if (to.category != "done" && !row.resolution.empty()) {
    const auto name = named_by_id(state.resolutions, row.resolution)->name;
    items.push_back({"resolution", "resolution", false, row.resolution, name, std::nullopt, std::nullopt});
    row.resolution.clear();
    row.resolved.reset();
  }
  items.push_back({"status", "status", false, from.id, from.name, to.id, to.name});
  row.status = to.id;
  log_change(state, row, author, std::move(items), moment);
}

void move_issue(State& state, const std::string& issue_id, const std::string& project, const std::string& author,
                Instant at) {
  auto& row = issue(state, issue_id);
  const auto& from = *project_by_key(state, row.project);
  const auto& to = project_named(state, project);
  const auto key = new_issue(state, to, row.type, row.reporter).key;
  std::vector<Item> items{{"Key", "", false, std::nullopt, row.key, std::nullopt, key},
                          {"project", "project", false, from.id, from.name, to.id, to.name}};
  row.former_keys.push_back(row.key);
  row.key = key;
  row.project = to.id;
  log_change(state, row, author, std::move(items), next_moment(state, at));
}

void rename_status(State& state, const std::string& from, const std::string& to) {
  const auto id = status_named(state, from).id;
  for (auto& status : state.statuses)
    if (status.id == id) status.name = to;
}

void delete_user(State& state, const std::string& name) {
  const auto id = user_id(state, name);
  for (auto& user : state.users) {
    if (user.id != id) continue;
    user.type = "unknown";
    user.display_name = state.settings.cloud ? "Former user" : "user-" + id.substr(id.size() - 4);
    user.name = user.display_name;
    user.email.clear();
    user.token.clear();
    user.password.clear();
    user.groups.clear();
    user.active = user.is_agent = false;
  }
}

}  // namespace cb::fake_jira
