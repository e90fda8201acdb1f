#include "tests/trackers/fake_jira_state.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb::fake_jira {

namespace {

template <class Row, class Fits>
const Row* first_of(const std::vector<Row>& rows, const Fits& fits) {
  const auto found = std::find_if(rows.begin(), rows.end(), fits);
  return found == rows.end() ? nullptr : &*found;
}

template <class Row>
const Row* by_id(const std::vector<Row>& rows, const std::string& id) {
  return first_of(rows, [&](const Row& row) { return row.id == id; });
}

template <class Row>
const Row* by_name(const std::vector<Row>& rows, const std::string& name) {
  return first_of(rows, [&](const Row& row) { return same_name(row.name, name); });
}

bool is_number(const std::string& text) {
  constexpr std::size_t k_longest = 9;
  return !text.empty() && text.size() <= k_longest && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

const User* user_by_id(const State& state, const std::string& id) {
  return by_id(state.users, id);
}

const User* user_by_name(const State& state, const std::string& name) {
  return by_name(state.users, name);
}

const Project* project_by_key(const State& state, const std::string& key_or_id) {
  return first_of(state.projects,
                  [&](const Project& row) { return same_name(row.key, key_or_id) || row.id == key_or_id; });
}

const Project* project_by_name(const State& state, const std::string& name) {
  return by_name(state.projects, name);
}

const Status* status_by_id(const State& state, const std::string& id) {
  return by_id(state.statuses, id);
}

const Status* status_by_name(const State& state, const std::string& name) {
  return by_name(state.statuses, name);
}

const Role* role_by_name(const State& state, const std::string& name) {
  return by_name(state.roles, name);
}

const Field* field_by_id(const State& state, const std::string& id) {
  return first_of(state.fields, [&](const Field& row) { return row.id() == id; });
}

const Field* field_by_name(const State& state, const std::string& name) {
  return by_name(state.fields, name);
}

const Organization* organization_by_id(const State& state, const std::string& id) {
  return by_id(state.organizations, id);
}

const Named* named_by_id(const std::vector<Named>& rows, const std::string& id) {
  return by_id(rows, id);
}

const Named* named_by_name(const std::vector<Named>& rows, const std::string& name) {
  return by_name(rows, name);
}

const Issue* issue_by_key(const Issues& issues, const std::string& id_or_key) {
  if (is_number(id_or_key)) {
    const auto found = issues.find(std::stoi(id_or_key));
    return found == issues.end() ? nullptr : &found->second;
  }
  const Issue* moved = nullptr;
  for (const auto& [id, issue] : issues) {
    if (same_name(issue.key, id_or_key)) return &issue;
    if (contains_name(issue.former_keys, id_or_key)) moved = &issue;
  }
  return moved;
}

Moment next_moment(State& state, Instant now) {
  constexpr std::chrono::milliseconds k_first{123};
  state.last = std::max(Moment(now) + k_first, state.last + std::chrono::milliseconds(1));
  return state.last;
}

std::string next_id(State& state) {
  return std::to_string(++state.last_id);
}

}  // namespace cb::fake_jira
