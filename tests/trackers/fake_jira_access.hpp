// Who asks, and what they may do.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

struct Caller {
  const User* user = nullptr;
  std::optional<HttpResponse> refused;  // the answer to credentials that are not accepted
  bool failed = false;                  // wrong credentials, taken for nobody's
};
Caller caller_of(const State& state, const HttpRequest& request);

bool is_admin(const State& state, const User* user);
bool has_role(const State& state, const Project& project, const User& user, const std::string& role);
// A project's permission, BROWSE_PROJECTS for example, or a global one: ADMINISTER, BULK_CHANGE.
bool may(const State& state, const User* user, const Project& project, const std::string& permission);
bool may_globally(const State& state, const User* user, const std::string& permission);
const std::vector<std::string>& project_permissions();

const Project& project_of(const State& state, const Issue& issue);
bool sees(const State& state, const User* user, const Issue& issue);
// Over the portal: one's own requests, those one takes part in, and those of one's organisations.
bool sees_request(const State& state, const User* user, const Issue& issue);
bool sees_comment(const State& state, const User* user, const Issue& issue, const Comment& comment);
bool is_agent(const State& state, const User* user, const Project& project);

// 404 for what is not there or not seen.
Issue& visible_issue(const Call& call, const std::string& id_or_key);
const Project& visible_project(const Call& call, const std::string& id_or_key);
// 403, or 401 for nobody.
void require(const Call& call, const Project& project, const std::string& permission, const std::string& to_do_what);
void require_login(const Call& call);

}  // namespace cb::fake_jira
