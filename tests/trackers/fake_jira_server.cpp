#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

Json version_numbers(const std::string& version) {
  auto out = Json::array();
  for (const auto& part : split(version.substr(0, version.find('-')), '.')) out.push_back(std::stoi(part));
  return out;
}

bool is_named(const std::string& name, const std::vector<std::string>& wanted) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
}

Json permission_json(int id, const std::string& key, bool is_global, bool is_given) {
  return {{"id", std::to_string(id)},
          {"key", key},
          {"name", key},
          {"type", is_global ? "GLOBAL" : "PROJECT"},
          {"description", ""},
          {"havePermission", is_given}};
}

const Project* permission_project(const Call& call) {
  for (const auto* name : {"projectKey", "projectId"})
    if (call.has(name)) return &visible_project(call, call.text(name));
  for (const auto* name : {"issueKey", "issueId"})
    if (call.has(name)) return &project_of(call.state, visible_issue(call, call.text(name)));
  return nullptr;
}

// Without a project: whether the caller has it in any.
bool is_given(const Call& call, const Project* project, const std::string& permission) {
  if (project) return may(call.state, call.user, *project, permission);
  const auto& all = call.state.projects;
  return std::any_of(all.begin(), all.end(),
                     [&](const Project& row) { return may(call.state, call.user, row, permission); });
}

std::vector<const Project*> visible_projects(const Call& call) {
  std::vector<const Project*> out;
  for (const auto& row : call.state.projects)
    if (may(call.state, call.user, row, "BROWSE_PROJECTS")) out.push_back(&row);
  return out;
}

Reply page(const Call& call, const std::string& path, const Json& rows, std::size_t otherwise) {
  const auto part = window(call, rows.size(), otherwise, otherwise);
  auto values = Json::array();
  for (auto i = part.from; i < part.to; ++i) values.push_back(rows[i]);
  const auto self = call.root() + path + "?maxResults=" + std::to_string(part.most);
  Json out{{"self", self + "&startAt=" + std::to_string(part.from)},
           {"maxResults", part.most},
           {"startAt", part.from},
           {"total", rows.size()},
           {"isLast", part.to >= rows.size()},
           {"values", values}};
  if (part.to < rows.size()) out["nextPage"] = self + "&startAt=" + std::to_string(part.to);
  return {200, out};
}

}  // namespace

Reply server_info(Call& call) {
  constexpr int k_cloud_build = 100289, k_build = 10030024;
  const auto& settings = call.state.settings;
  Json out{{"baseUrl", settings.url},
           {"version", settings.version},
           {"versionNumbers", version_numbers(settings.version)},
           {"deploymentType", settings.cloud ? "Cloud" : "Server"},
           {"buildNumber", settings.cloud ? k_cloud_build : k_build},
           {"buildDate", "2026-08-06T00:00:00.000+0000"},
           {"serverTime", jira_time(Moment(call.now), settings.server_zone)},
           {"scmInfo", "0123456789abcdef0123456789abcdef01234567"},
           {"serverTitle", settings.title}};
  if (settings.cloud) out["serverTimeZone"] = settings.server_zone;
  if (settings.cloud) out["defaultLocale"] = {{"locale", "en_US"}};
  return {200, out};
}

Reply myself(Call& call) {
  if (!call.user) throw Refusal{401, {"Client must be authenticated to access this resource."}, {}};
  auto out = user_json(call, call.user->id);
  out["emailAddress"] = call.user->email;  // one's own is never hidden
  out["locale"] = "en_US";
  out["expand"] = "groups,applicationRoles";
  if (call.text("expand").find("groups") != std::string::npos || !call.is_cloud()) {
    out["groups"] = {{"size", call.user->groups.size()}, {"items", Json::array()}};
    for (const auto& group : call.user->groups) out["groups"]["items"].push_back(group_json(call, group));
  }
  return {200, out};
}

Reply my_permissions(Call& call) {
  const auto wanted = call.list("permissions");
  if (call.is_cloud() && wanted.empty()) refuse(400, "The 'permissions' query parameter is required.");
  const auto* project = permission_project(call);
  auto out = Json::object();
  int id = 0;
  for (const auto* key : {"ADMINISTER", "SYSTEM_ADMIN", "BULK_CHANGE", "USER_PICKER"})
    if (++id; is_named(key, wanted))
      out[key] = permission_json(id, key, true, may_globally(call.state, call.user, key));
  for (const auto& key : project_permissions())
    if (++id; is_named(key, wanted)) out[key] = permission_json(id, key, false, is_given(call, project, key));
  for (const auto& key : wanted)
    if (!out.contains(key)) refuse(400, "Unrecognized permission: " + key);
  return {200, {{"permissions", out}}};
}

Reply statuses(Call& call) {
  auto out = Json::array();
  for (const auto& row : call.state.statuses) out.push_back(status_json(call, row));
  return {200, out};
}

Reply priorities(Call& call) {
  auto out = Json::array();
  for (const auto& row : call.state.priorities) {
    out.push_back(priority_json(call, row));
    out.back().update({{"statusColor", "#ff7452"}, {"description", ""}});
  }
  return {200, out};
}

Reply priority_search(Call& call) {
  auto rows = priorities(call).body;
  for (auto& row : rows) row["isDefault"] = row["name"] == "Medium";
  return page(call, "/priority/search", rows, 50);
}

Reply resolutions(Call& call) {
  auto out = Json::array();
  for (const auto& row : call.state.resolutions) out.push_back(resolution_json(call, row));
  return {200, out};
}

Reply issue_types(Call& call) {
  auto out = Json::array();
  for (const auto& row : call.state.types) out.push_back(type_json(call, row));
  return {200, out};
}

Reply projects(Call& call) {
  auto out = Json::array();
  for (const auto* row : visible_projects(call)) {
    out.push_back(project_json(call, *row));
    out.back()["expand"] = "description,lead,url,projectKeys";
  }
  return {200, out};
}

Reply project_search(Call& call) {
  const auto keys = call.list("keys"), ids = call.list("id");
  auto out = Json::array();
  for (const auto* row : visible_projects(call)) {
    if (!is_named(row->key, keys) || !is_named(row->id, ids)) continue;
    if (call.has("query") && folded(row->name + " " + row->key).find(folded(call.text("query"))) == std::string::npos)
      continue;
    out.push_back(project_json(call, *row));
    out.back().update({{"expand", "description,lead,issueTypes,url,projectKeys,permissions,insight"},
                       {"simplified", false},
                       {"style", "classic"},
                       {"isPrivate", false},
                       {"properties", Json::object()}});
  }
  return page(call, "/project/search", out, 50);
}

Reply project(Call& call) {
  const auto& row = visible_project(call, call.path[0]);
  auto out = project_json(call, row);
  out["components"] = Json::array();
  out["versions"] = Json::array();
  out["issueTypes"] = Json::array();
  for (const auto& entry : row.components) out["components"].push_back({{"id", entry.id}, {"name", entry.name}});
  for (const auto& entry : row.versions) out["versions"].push_back({{"id", entry.id}, {"name", entry.name}});
  for (const auto& id : row.types) out["issueTypes"].push_back(type_json(call, *named_by_id(call.state.types, id)));
  out["roles"] = project_roles(call).body;
  return {200, out};
}

}  // namespace cb::fake_jira
