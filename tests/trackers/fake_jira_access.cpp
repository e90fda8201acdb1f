#include "tests/trackers/fake_jira_access.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb::fake_jira {

namespace {

std::string from_base64(const std::string& text) {
  static const std::string k_signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto at = k_signs.find(c);
    if (at == std::string::npos) break;
    bits = bits << 6U | static_cast<unsigned>(at);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
  }
  return out;
}

const User* by_token(const State& state, const std::string& token) {
  const auto found = std::find_if(state.users.begin(), state.users.end(), [&](const User& user) {
    return user.active && !token.empty() && user.token == token;
  });
  return found == state.users.end() ? nullptr : &*found;
}

// Cloud: address and API token. Data Center: name and password.
const User* by_basic(const State& state, const std::string& encoded) {
  const auto pair = from_base64(encoded);
  const auto colon = pair.find(':');
  if (colon == std::string::npos) return nullptr;
  const auto login = pair.substr(0, colon), secret = pair.substr(colon + 1);
  if (state.settings.cloud) {
    const auto* user = by_token(state, secret);
    return user && same_name(user->email, login) ? user : nullptr;
  }
  const auto* user = user_by_name(state, login);
  const bool fits = user && user->active && !user->password.empty() && user->password == secret;
  return state.settings.passwords && fits ? user : nullptr;
}

HttpResponse refused_by_cloud() {
  return {401,
          {{"Content-Type", "application/json;charset=UTF-8"},
           {"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"},
           {"WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Fjira.example\""}},
          R"({"message":"Client must be authenticated to access this resource.","status-code":401})"};
}

HttpResponse refused_by_data_center() {
  return {
      401,
      {{"Content-Type", "text/html;charset=UTF-8"},
       {"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"},
       {"WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Fjira.example\""}},
      "<html>\n<head>\n    <title>Unauthorized (401)</title>\n</head>\n<body>\n<h1>Unauthorized (401)</h1>\n"
      "<p>Encountered a <code>\"401 - Unauthorized\"</code> error while loading this page.</p>\n</body>\n</html>\n"};
}

HttpResponse locked_out() {
  return {403,
          {{"Content-Type", "text/html;charset=UTF-8"},
           {"X-Seraph-LoginReason", "AUTHENTICATION_DENIED"},
           {"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira.example/login.jsp"}},
          "<html>\n<head>\n    <title>Forbidden (403)</title>\n</head>\n<body>\n<h1>Forbidden (403)</h1>\n"
          "<p>Encountered a <code>\"403 - Forbidden\"</code> error while loading this page.</p>\n"
          "<p>Basic Authentication Failure - Reason : AUTHENTICATION_DENIED</p>\n</body>\n</html>\n"};
}

bool shares_organization(const State& state, const User& user, const Issue& issue) {
  for (const auto& field : state.fields) {
    if (field.kind != FieldKind::organizations) continue;
    const auto found = issue.custom.find(field.id());
    if (found == issue.custom.end()) continue;
    for (const auto& id : found->second) {
      const auto* row = organization_by_id(state, id);
      if (row && std::find(row->users.begin(), row->users.end(), user.id) != row->users.end()) return true;
    }
  }
  return false;
}

}  // namespace

Caller caller_of(const State& state, const HttpRequest& request) {
  const auto given = request_header(request.headers, "Authorization");
  if (given.empty()) return {};
  const bool is_basic = given.rfind("Basic ", 0) == 0;
  if (is_basic && !state.settings.cloud && state.settings.locked_out) return {nullptr, locked_out(), true};
  const User* user = nullptr;
  if (is_basic) user = by_basic(state, given.substr(6));
  if (given.rfind("Bearer ", 0) == 0 && !state.settings.cloud) user = by_token(state, given.substr(7));
  if (user) return {user, std::nullopt, false};
  if (!state.settings.cloud) return {nullptr, refused_by_data_center(), true};
  if (state.settings.bad_login == BadLogin::refused) return {nullptr, refused_by_cloud(), true};
  return {nullptr, std::nullopt, true};
}

bool is_admin(const State& state, const User* user) {
  if (!user) return false;
  return std::any_of(state.admin_groups.begin(), state.admin_groups.end(),
                     [&](const std::string& group) { return user->groups.count(group) > 0; });
}

bool has_role(const State& state, const Project& project, const User& user, const std::string& role) {
  const auto* row = role_by_name(state, role);
  if (!row) return false;
  const auto found = project.roles.find(row->id);
  if (found == project.roles.end()) return false;
  const auto& groups = found->second.groups;
  return found->second.users.count(user.id) > 0 ||
         std::any_of(groups.begin(), groups.end(), [&](const auto& group) { return user.groups.count(group) > 0; });
}

const std::vector<std::string>& project_permissions() {
  static const std::vector<std::string> k_all{
      "ADMINISTER_PROJECTS", "BROWSE_PROJECTS", "CREATE_ISSUES",     "EDIT_ISSUES",        "TRANSITION_ISSUES",
      "RESOLVE_ISSUES",      "ADD_COMMENTS",    "ASSIGN_ISSUES",     "MANAGE_WATCHERS",    "WORK_ON_ISSUES",
      "EDIT_ALL_COMMENTS",   "DELETE_ISSUES",   "SERVICEDESK_AGENT", "DELETE_ALL_COMMENTS"};
  return k_all;
}

bool may(const State& state, const User* user, const Project& project, const std::string& permission) {
  const auto found = project.permissions.find(permission);
  if (!user || user->portal_only || found == project.permissions.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](const std::string& role) { return has_role(state, project, *user, role); });
}

bool may_globally(const State& state, const User* user, const std::string& permission) {
  if (permission == "ADMINISTER" || permission == "SYSTEM_ADMIN") return is_admin(state, user);
  return user && !user->portal_only && (permission == "BULK_CHANGE" || permission == "USER_PICKER");
}

const Project& project_of(const State& state, const Issue& issue) {
  return *project_by_key(state, issue.project);
}

bool sees(const State& state, const User* user, const Issue& issue) {
  return may(state, user, project_of(state, issue), "BROWSE_PROJECTS");
}

bool sees_request(const State& state, const User* user, const Issue& issue) {
  if (!user || !project_of(state, issue).is_service_desk) return false;
  if (sees(state, user, issue) || issue.reporter == user->id) return true;
  return std::find(issue.participants.begin(), issue.participants.end(), user->id) != issue.participants.end() ||
         shares_organization(state, *user, issue);
}

bool is_agent(const State& state, const User* user, const Project& project) {
  return user && user->is_agent && may(state, user, project, "SERVICEDESK_AGENT");
}

bool sees_comment(const State& state, const User* user, const Issue& issue, const Comment& comment) {
  if (!comment.visibility) return true;
  if (!user) return false;
  const auto& name = comment.visibility->value;
  return comment.visibility->type == "group" ? user->groups.count(name) > 0
                                             : has_role(state, project_of(state, issue), *user, name);
}

Issue& visible_issue(const Call& call, const std::string& id_or_key) {
  const auto* issue = issue_by_key(call.state.issues, id_or_key);
  if (!issue || !sees(call.state, call.user, *issue))
    refuse(404,
           call.is_cloud() ? "Issue does not exist or you do not have permission to see it." : "Issue Does Not Exist");
  return call.state.issues.at(std::stoi(issue->id));
}

const Project& visible_project(const Call& call, const std::string& id_or_key) {
  const auto* project = project_by_key(call.state, id_or_key);
  if (!project || !may(call.state, call.user, *project, "BROWSE_PROJECTS"))
    refuse(404, "No project could be found with key '" + id_or_key + "'.");
  return *project;
}

void require_login(const Call& call) {
  if (!call.user) refuse(401, "You do not have the permission to see the specified issue. Login Required");
}

void require(const Call& call, const Project& project, const std::string& permission, const std::string& to_do_what) {
  require_login(call);
  if (!may(call.state, call.user, project, permission))
    refuse(403, "You do not have permission to " + to_do_what + " in this project.");
}

}  // namespace cb::fake_jira
