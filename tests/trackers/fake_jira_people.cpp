#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

Json user_actor(const Call& call, int id, const User& user) {
  Json out{{"id", id}, {"displayName", user.display_name}, {"type", "atlassian-user-role-actor"}};
  if (call.is_cloud()) {
    out["actorUser"] = {{"accountId", user.id}};
  } else {
    out["name"] = user.name;
  }
  return out;
}

Json group_actor(const Call& call, int id, const std::string& name) {
  Json out{{"id", id}, {"displayName", name}, {"type", "atlassian-group-role-actor"}, {"name", name}};
  out["actorGroup"] = group_json(call, name);
  out["actorGroup"].erase("self");
  out["actorGroup"]["displayName"] = name;
  return out;
}

bool contains(const std::string& text, const std::string& part) {
  return folded(text).find(folded(part)) != std::string::npos;
}

bool is_found(const Call& call, const User& user) {
  if (user.type == "unknown") return false;
  if (call.is_cloud() && call.has("accountId")) return user.id == call.text("accountId");
  const auto word = call.text(call.is_cloud() ? "query" : "username");
  if (word == ".") return true;
  const bool by_address = (!user.email_hidden || same_name(user.email, word)) && contains(user.email, word);
  return contains(user.display_name, word) || by_address || (!call.is_cloud() && contains(user.name, word));
}

}  // namespace

Reply all_roles(Call& call) {
  auto out = Json::array();
  for (const auto& role : call.state.roles)
    out.push_back({{"self", call.root() + "/role/" + role.id}, {"name", role.name}, {"id", std::stoi(role.id)}});
  return {200, out};
}

Reply project_roles(Call& call) {
  const auto& project = visible_project(call, call.path[0]);
  auto out = Json::object();
  for (const auto& role : call.state.roles)
    if (project.roles.count(role.id)) out[role.name] = call.root() + "/project/" + project.id + "/role/" + role.id;
  return {200, out};
}

Reply project_role(Call& call) {
  const auto& project = visible_project(call, call.path[0]);
  const auto found = project.roles.find(call.path[1]);
  if (found == project.roles.end()) refuse(404, "Can not find project role with id: " + call.path[1]);
  constexpr int k_first = 10240;
  int id = k_first;
  auto actors = Json::array();
  for (const auto& who : found->second.users)
    if (const auto* row = user_by_id(call.state, who)) actors.push_back(user_actor(call, id++, *row));
  for (const auto& name : found->second.groups) actors.push_back(group_actor(call, id++, name));
  const auto& roles = call.state.roles;
  const auto role = std::find_if(roles.begin(), roles.end(), [&](const Role& row) { return row.id == found->first; });
  return {200,
          {{"self", call.root() + "/project/" + project.id + "/role/" + role->id},
           {"name", role->name},
           {"id", std::stoi(role->id)},
           {"description", ""},
           {"actors", actors}}};
}

Reply user(Call& call) {
  require_login(call);
  const User* found = nullptr;
  if (call.is_cloud()) {
    found = user_by_id(call.state, call.text("accountId"));
  } else if (call.has("key")) {
    found = user_by_id(call.state, call.text("key"));
  } else {
    found = user_by_name(call.state, call.text("username"));
  }
  if (!found)
    refuse(404, call.is_cloud() ? "Specified user does not exist or you do not have required permissions"
                                : "The user named '" + call.text("username") + "' does not exist");
  auto out = user_json(call, found->id);
  out["expand"] = "groups,applicationRoles";
  out["locale"] = "en_US";
  const auto expand = call.list("expand");
  const bool with_groups = std::find(expand.begin(), expand.end(), "groups") != expand.end();
  out["groups"] = {{"size", found->groups.size()}, {"items", Json::array()}};
  if (with_groups)
    for (const auto& group : found->groups) out["groups"]["items"].push_back(group_json(call, group));
  return {200, out};
}

Reply user_search(Call& call) {
  require_login(call);
  const auto* wanted = call.is_cloud() ? "query" : "username";
  if (!call.has(wanted) && !(call.is_cloud() && call.has("accountId")))
    refuse(400, "The " + std::string(wanted) + " query parameter was not provided");
  auto out = Json::array();
  std::vector<const User*> found;
  for (const auto& row : call.state.users)
    if (is_found(call, row)) found.push_back(&row);
  const auto page = window(call, found.size(), 50, 1000);
  for (auto i = page.from; i < page.to; ++i) out.push_back(user_json(call, found[i]->id));
  return {200, out};
}

Reply groups(Call& call) {
  require_login(call);
  auto out = Json::array();
  for (const auto& group : call.state.groups)
    if (contains(group.name, call.text("query"))) {
      out.push_back({{"name", group.name}, {"html", group.name}, {"labels", Json::array()}});
      if (call.is_cloud()) out.back()["groupId"] = group.id;
    }
  return {
      200,
      {{"header", "Showing " + std::to_string(out.size()) + " of " + std::to_string(out.size()) + " matching groups"},
       {"total", out.size()},
       {"groups", out}}};
}

}  // namespace cb::fake_jira
