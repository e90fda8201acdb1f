#include "tests/trackers/fake_redmine_access.hpp"

#include <algorithm>
#include <cctype>

namespace cb::fake {

namespace {

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
               std::isxdigit(static_cast<unsigned char>(text[i + 2]))) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool same_ignoring_case(const std::string& a, const std::string& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](unsigned char x, unsigned char y) {
           return std::tolower(x) == std::tolower(y);
         });
}

std::string from_base64(const std::string& text) {
  static const std::string k_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto at = k_alphabet.find(c);
    if (at == std::string::npos) break;
    bits = bits << 6U | static_cast<unsigned>(at);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xffU);
    }
  }
  return out;
}

const User* by_key(const State& state, const std::string& key) {
  if (key.empty()) return nullptr;
  for (const auto& user : state.users)
    if (user.key == key && !user.locked) return &user;
  return nullptr;
}

const User* by_basic(const State& state, const std::string& authorization) {
  const std::string scheme = "Basic ";
  if (authorization.rfind(scheme, 0) != 0) return nullptr;
  const auto pair = from_base64(authorization.substr(scheme.size()));
  const auto colon = pair.find(':');
  const auto name = pair.substr(0, colon);
  if (const auto* user = by_key(state, name)) return user;
  const auto* user = user_by_login(state, name);
  const auto password = colon == std::string::npos ? "" : pair.substr(colon + 1);
  return user && !user->locked && !password.empty() && user->password == password ? user : nullptr;
}

std::string visibility(const State& state, const User& user, const Project& project) {
  std::string best;
  for (const auto& [member, role_id] : project.members) {
    if (member != user.id) continue;
    const auto* role = by_id(state.roles, role_id);
    if (!role) continue;
    if (role->issues_visibility == "all") return "all";
    if (best.empty() || role->issues_visibility == "default") best = role->issues_visibility;
  }
  return best;
}

}  // namespace

std::string Call::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

std::string Call::header(const std::string& name) const {
  for (const auto& [key, value] : headers)
    if (same_ignoring_case(key, name)) return value;
  return "";
}

bool Call::includes(const std::string& what) const {
  return ("," + parameter("include") + ",").find("," + what + ",") != std::string::npos;
}

Call take_apart(const HttpRequest& request) {
  Call call{request.method, request.target, {}, request.headers, request.body};
  const auto question = request.target.find('?');
  if (question == std::string::npos) return call;
  call.path = request.target.substr(0, question);
  std::size_t from = question + 1;
  while (from < request.target.size()) {
    const auto to = std::min(request.target.find('&', from), request.target.size());
    const auto pair = request.target.substr(from, to - from);
    const auto equals = pair.find('=');
    if (!pair.empty())
      call.parameters[decoded(pair.substr(0, equals))] =
          equals == std::string::npos ? "" : decoded(pair.substr(equals + 1));
    from = to + 1;
  }
  return call;
}

Caller caller_of(const State& state, const Call& call) {
  if (!state.rest_enabled) return {};
  auto key = call.header("X-Redmine-API-Key");
  if (key.empty()) key = call.parameter("key");
  Caller caller;
  caller.user = key.empty() ? by_basic(state, call.header("Authorization")) : by_key(state, key);
  const auto instead = call.header("X-Redmine-Switch-User");
  if (caller.user && caller.user->admin && !instead.empty()) {  // sent by others it is silently ignored (077)
    const auto* other = user_by_login(state, instead);
    if (!other || other->locked) return {nullptr, true};
    caller.user = other;
  }
  return caller;
}

bool is_member(const User* user, const Project& project) {
  return user && std::any_of(project.members.begin(), project.members.end(),
                             [&](const auto& member) { return member.first == user->id; });
}

bool allowed(const State& state, const User* user, const Project& project, const std::string& permission) {
  if (!user || project.state == Project::State::archived) return false;
  if (user->admin) return true;
  for (const auto& [member, role_id] : project.members) {
    if (member != user->id) continue;
    const auto* role = by_id(state.roles, role_id);
    if (role && role->permissions.count(permission)) return true;
  }
  return false;
}

bool may_change_status(const State& state, const User* user, const Project& project) {
  if (!user) return false;
  if (user->admin) return true;
  return std::any_of(project.members.begin(), project.members.end(), [&](const auto& member) {
    const auto* role = member.first == user->id ? by_id(state.roles, member.second) : nullptr;
    return role && role->any_transition;
  });
}

bool sees(const User* user, const Project& project) {
  return user && project.state != Project::State::archived && (user->admin || is_member(user, project));
}

bool sees(const State& state, const User* user, const IssueRow& issue) {
  const auto* project = by_id(state.projects, issue.project);
  if (!user || !project || !allowed(state, user, *project, "view_issues")) return false;
  if (user->admin) return true;
  const auto scope = visibility(state, *user, *project);
  const bool own = issue.author == user->id || issue.assignee == user->id;
  return own || scope == "all" || (scope == "default" && !issue.is_private);
}

bool sees(const State& state, const User* user, const IssueRow& issue, const Journal& journal) {
  const auto* project = by_id(state.projects, issue.project);
  if (!journal.is_private) return true;
  return user && project && (journal.user == user->id || allowed(state, user, *project, "view_private_notes"));
}

}  // namespace cb::fake
