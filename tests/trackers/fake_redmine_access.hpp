// Who asks, and what may that person see and do: Redmine's keys, roles and issue visibility.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "adapters/http.hpp"
#include "tests/trackers/fake_redmine_state.hpp"

namespace cb::fake {

// A request taken apart: path without query, decoded parameters (the last of a name wins).
struct Call {
  std::string method, path;
  std::map<std::string, std::string> parameters;
  Headers headers;
  std::string body;
  [[nodiscard]] std::string parameter(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const { return parameters.count(name) > 0; }
  [[nodiscard]] std::string header(const std::string& name) const;
  // `include=journals,watchers` names it.
  [[nodiscard]] bool includes(const std::string& what) const;
};
Call take_apart(const HttpRequest& request);

struct Caller {
  const User* user = nullptr;        // nobody: anonymous
  bool unknown_switch_user = false;  // answered with 412
};
Caller caller_of(const State& state, const Call& call);

bool is_member(const User* user, const Project& project);
bool allowed(const State& state, const User* user, const Project& project, const std::string& permission);
bool may_change_status(const State& state, const User* user, const Project& project);
bool sees(const User* user, const Project& project);
bool sees(const State& state, const User* user, const IssueRow& issue);
bool sees(const State& state, const User* user, const IssueRow& issue, const Journal& journal);

}  // namespace cb::fake
