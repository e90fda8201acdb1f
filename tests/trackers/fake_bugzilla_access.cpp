#include "tests/trackers/fake_bugzilla_access.hpp"

#include <algorithm>
#include <regex>

namespace cb::fake_bugzilla {

namespace {

std::string parameter(const Json& params, const std::string& name) {
  for (const auto& key : {name, "Bugzilla_" + name})
    if (params.contains(key)) {
      const auto all = texts_of(params[key]);
      return all.empty() ? "" : all.front();
    }
  return "";
}

const User* open_account(const State& state, const User& user) {
  if (!user.disabled_text.empty())
    refuse(301, user.disabled_text + " If you believe your account should be restored, please send email to " +
                    state.settings.maintainer + " explaining why.");
  return &user;
}

const User* by_key(const State& state, const std::string& key) {
  for (const auto& user : state.users)
    for (const auto& known : user.keys) {
      if (known.text != key) continue;
      if (known.is_revoked) refuse(306, "The API key you specified has been revoked by the user that created it.");
      return open_account(state, user);
    }
  refuse(306, "The API key you specified is invalid. Please check that you typed it correctly.");
}

// `4-abc`: what does not look like one is no token at all (221), what does must be one (192).
const User* by_token(const State& state, const std::string& token) {
  static const std::regex k_token("\\d+-.+");
  if (!std::regex_match(token, k_token)) return nullptr;
  for (const auto& user : state.users)
    if (user.tokens.count(token)) return open_account(state, user);
  refuse(state.settings.flavour == Flavour::classic ? 32000 : 307,
         "The cookies or token provide were not valid or have expired. You may login again to get new cookies or a new "
         "token.");
}

const User* by_password(const State& state, const std::string& login, const std::string& password) {
  const auto* user = user_by_login(state, login);
  if (!user || user->password.empty() || user->password != password)
    refuse(300, "The login or password you entered is not valid.");
  return open_account(state, *user);
}

bool is_open(const State& state, const std::string& status) {
  const auto* row = status_by_name(state, status);
  return row && row->is_open;
}

bool confirms(const std::string& field, const std::string& from, const std::string& to) {
  return (field == "is_confirmed" && from == "0" && to == "1") ||
         (field == "status" && from == "UNCONFIRMED" && to != "UNCONFIRMED" && to != "RESOLVED");
}

}  // namespace

const User* login_of(const State& state, const Json& params, const HttpRequest& request) {
  const auto token = parameter(params, "token");
  const User* user = token.empty() ? nullptr : by_token(state, token);
  auto key = parameter(params, "api_key");
  if (key.empty() && state.settings.flavour != Flavour::classic) key = request_header(request, "X-BUGZILLA-API-KEY");
  if (!key.empty()) return by_key(state, key);
  const auto login = parameter(params, "login");
  const auto password = parameter(params, "password");
  if (!login.empty() && !password.empty()) return by_password(state, login, password);
  return user;
}

bool in_group(const User* user, const std::string& group) {
  return user && user->groups.count(group) > 0;
}

bool is_insider(const State& state, const User* user) {
  return in_group(user, state.settings.insider_group);
}

bool is_time_tracker(const State& state, const User* user) {
  return in_group(user, state.settings.time_tracking_group);
}

bool sees(const User* user, const Bug& bug) {
  if (bug.groups.empty()) return true;
  if (!user) return false;
  if (std::includes(user->groups.begin(), user->groups.end(), bug.groups.begin(), bug.groups.end())) return true;
  return bug.assignee == user->id || (bug.creator_sees && bug.reporter == user->id) ||
         (bug.cc_sees && std::find(bug.cc.begin(), bug.cc.end(), user->id) != bug.cc.end());
}

const Bug& visible_bug(const Bugs& bugs, const User* user, const std::string& id_or_alias) {
  const bool is_number = !id_or_alias.empty() && id_or_alias.find_first_not_of("0123456789") == std::string::npos;
  const Bug* bug = nullptr;
  if (is_number) {
    const auto found = id_or_alias.size() > 9 ? bugs.end() : bugs.find(std::stoi(id_or_alias));
    if (found == bugs.end()) refuse(101, "Bug #" + id_or_alias + " does not exist.");
    bug = &found->second;
  } else {
    for (const auto& [id, row] : bugs)
      if (std::find(row.aliases.begin(), row.aliases.end(), id_or_alias) != row.aliases.end()) bug = &row;
    if (!bug) refuse(100, "'" + id_or_alias + "' is not a valid bug number nor an alias to a bug.");
  }
  if (!sees(user, *bug)) {
    auto message = "You are not authorized to access bug #" + std::to_string(bug->id) + ".";
    if (!user) message += " To see this bug, you must first log in to an account with the appropriate permissions.";
    refuse(102, message);
  }
  return *bug;
}

std::string who_may_change(const State& state, const User& user, const Bug& bug, const std::string& field,
                           const std::string& from, const std::string& to) {
  const std::string somebody = "a user with the required permissions";
  if (from == to || in_group(&user, "editbugs")) return "";
  if (confirms(field, from, to)) return in_group(&user, "canconfirm") ? "" : somebody;
  if (bug.assignee == user.id) return "";
  const bool moves_while_open = field == "status" && is_open(state, from) && is_open(state, to);
  if (field == "assigned_to" || field == "target_milestone" || field == "is_confirmed" || moves_while_open)
    return "the assignee of the bug, or " + somebody;
  if (bug.reporter == user.id) return "";
  return "the assignee or reporter of the bug, or " + somebody;
}

void check_may_change(const State& state, const User& user, const Bug& bug, const std::string& field,
                      const std::string& label, const std::string& from, const std::string& to) {
  const auto who = who_may_change(state, user, bug, field, from, to);
  if (who.empty()) return;
  auto message = "You tried to change the " + label + " field";
  if (!from.empty()) message += " from " + from;
  if (!to.empty()) message += " to " + to;
  refuse(115, message + ", but only " + who + " may change that field.");
}

bool may_grant(const State& state, const User* user, const FlagType& type) {
  if (!type.grant_group) return user != nullptr;
  const auto* group = group_by_id(state, *type.grant_group);
  return group && in_group(user, group->name);
}

bool may_request(const State& state, const User* user, const FlagType& type) {
  if (may_grant(state, user, type)) return true;
  if (!type.request_group) return user != nullptr;
  const auto* group = group_by_id(state, *type.request_group);
  return group && in_group(user, group->name);
}

const User& existing_user(const State& state, const std::string& login) {
  const auto* user = user_by_login(state, login);
  if (!user)
    refuse(51, "There is no user named '" + login +
                   "'. Either you mis-typed the name or that user has not yet registered for a Bugzilla account.");
  return *user;
}

}  // namespace cb::fake_bugzilla
