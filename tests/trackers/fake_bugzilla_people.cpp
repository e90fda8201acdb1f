// Users and groups: what each caller is told of others (observed.md 2).
#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"
#include "tests/trackers/fake_bugzilla_server.hpp"

namespace cb::fake_bugzilla {

namespace {

const User& needed(const Call& call) {
  if (!call.user) refuse(410, "You must log in before using this part of Bugzilla.");
  return *call.user;
}

Json group_rows(const State& state, const User& user) {
  auto out = Json::array();
  for (const auto& name : user.groups)
    if (const auto* group = group_by_name(state, name))
      out.push_back({{"id", group->id}, {"name", group->name}, {"description", group->description}});
  return out;
}

// Anonymous callers get three members, everybody logged in the e-mail, administrators all; the groups of others are
// told to administrators only: empty is not "in no group" (013).
Json user_json(const Call& call, const User& user) {
  Json json{{"id", user.id}, {"real_name", user.real_name}, {"name", user.login}};
  if (is_harmony(call.state)) json["nick"] = user.login.substr(0, user.login.find('@'));
  if (!call.user) return json;
  const bool is_admin = in_group(call.user, "editusers");
  const bool is_self = call.user->id == user.id;
  json["email"] = user.login;
  json["can_login"] = user.disabled_text.empty();
  json["groups"] = is_admin || is_self ? group_rows(call.state, user) : Json::array();
  if (is_admin) {
    json["email_enabled"] = true;
    json["login_denied_text"] = user.disabled_text;
  }
  if (is_self) {
    json["saved_searches"] = Json::array();
    if (!is_harmony(call.state)) json["saved_reports"] = Json::array();
  }
  return json;
}

bool matches(const User& user, const std::string& part) {
  return folded(user.login).find(folded(part)) != std::string::npos ||
         folded(user.real_name).find(folded(part)) != std::string::npos;
}

void add(std::vector<const User*>& users, const User& user) {
  if (std::find(users.begin(), users.end(), &user) == users.end()) users.push_back(&user);
}

Json member_json(const User& user) {
  return {{"id", user.id},
          {"name", user.login},
          {"real_name", user.real_name},
          {"email", user.login},
          {"can_login", user.disabled_text.empty()},
          {"email_enabled", true},
          {"login_denied_text", user.disabled_text}};
}

}  // namespace

Json who_am_i(const Call& call) {
  const auto& user = needed(call);
  Json json{{"id", user.id}, {"real_name", user.real_name}, {"name", user.login}};
  if (is_harmony(call.state)) {
    json["nick"] = user.login.substr(0, user.login.find('@'));
    json["mfa_status"] = false;
    json["groups"] = user.groups;
  }
  return Wanted(call.params).of(json);
}

Json valid_login(const Call& call) {
  if (!call.has("login")) refuse(50, "The function requires a login argument, and that argument was not set.");
  return {{"result", call.user && call.user->login == call.text("login")}};
}

Json log_in(const Call& call) {
  for (const auto* name : {"login", "password"})
    if (!call.has(name))
      refuse(50, "The function requires a " + std::string(name) + " argument, and that argument was not set.");
  auto token = std::to_string(call.user->id) + "-login-" + std::to_string(call.user->tokens.size() + 1);
  for (auto& user : call.state.users)
    if (user.id == call.user->id) user.tokens.insert(token);
  return {{"id", call.user->id}, {"token", std::move(token)}};
}

Json users(const Call& call) {
  if (!call.has("names") && !call.has("ids") && !call.has("match"))
    refuse(50, "The function User.get requires that you set one of the following parameters: ids, names, match");
  if (!call.user && call.has("ids"))
    refuse(505, "Logged-out users cannot use the \"ids\" argument to this function to access any user information.");
  if (!call.user && call.has("match"))
    refuse(505, "Logged-out users cannot use the \"match\" argument to this function to access any user information.");
  std::vector<const User*> found;
  for (const auto& name : call.list("names")) add(found, existing_user(call.state, name));
  for (const auto& id : call.list("ids"))
    for (const auto& user : call.state.users)
      if (std::to_string(user.id) == id) add(found, user);
  for (const auto& part : call.list("match"))
    for (const auto& user : call.state.users)
      if (user.disabled_text.empty() && matches(user, part)) add(found, user);
  const Wanted wanted(call.params);
  auto rows = Json::array();
  for (const auto* user : found) rows.push_back(wanted.of(user_json(call, *user)));
  return {{"users", std::move(rows)}};
}

Json groups(const Call& call) {
  needed(call);
  if (!in_group(call.user, "creategroups") && !in_group(call.user, "editusers"))
    refuse(805, "Sorry, you are not allowed to view the group.");
  auto rows = Json::array();
  const auto names = call.list("names");
  for (const auto& group : call.state.groups) {
    if (!names.empty() && std::find(names.begin(), names.end(), group.name) == names.end()) continue;
    Json json{{"id", group.id},
              {"name", group.name},
              {"description", group.description},
              {"is_bug_group", group.is_bug_group},
              {"is_active", true},
              {"user_regexp", ""}};
    if (call.flag("membership")) {
      json["membership"] = Json::array();
      for (const auto& user : call.state.users)
        if (user.groups.count(group.name)) json["membership"].push_back(member_json(user));
    }
    rows.push_back(std::move(json));
  }
  if (rows.size() < names.size()) refuse(51, "There is no group named '" + names.front() + "'.");
  return {{"groups", std::move(rows)}};
}

}  // namespace cb::fake_bugzilla
