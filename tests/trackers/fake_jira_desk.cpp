#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_desk_json.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

Json desk_json(const Call& call, const Project& project) {
  return {{"id", project.desk_id},
          {"projectId", project.id},
          {"projectName", project.name},
          {"projectKey", project.key},
          {"projectTypeKey", "service_desk"},
          {"_links", {{"self", desk_root(call) + "/servicedesk/" + project.desk_id}}}};
}

// Agents see desks by their permission, customers those whose customers they are.
bool sees_desk(const Call& call, const Project& project) {
  if (!project.is_service_desk || !call.user) return false;
  return may(call.state, call.user, project, "BROWSE_PROJECTS") ||
         has_role(call.state, project, *call.user, "Service Desk Customers");
}

const Project& desk_of(const Call& call, const std::string& id) {
  for (const auto& project : call.state.projects)
    if ((project.desk_id == id || project.id == id || same_name(project.key, id)) && sees_desk(call, project))
      return project;
  refuse(404, "The Service Desk with ID " + id + " does not exist.");
}

Json organization_json(const Call& call, const Organization& row) {
  return {{"id", row.id}, {"name", row.name}, {"_links", {{"self", desk_root(call) + "/organization/" + row.id}}}};
}

bool has_user(const Organization& row, const std::string& user) {
  return std::find(row.users.begin(), row.users.end(), user) != row.users.end();
}

// Agents see all organisations, others their own.
bool sees_organization(const Call& call, const Organization& row) {
  return call.user && (call.user->is_agent || is_admin(call.state, call.user) || has_user(row, call.user->id));
}

const Organization& visible_organization(const Call& call) {
  const auto* row = organization_by_id(call.state, call.path[0]);
  if (!row || !sees_organization(call, *row)) refuse(404, "The organization does not exist.");
  return *row;
}

Json organizations_json(const Call& call, const std::string& desk) {
  auto out = Json::array();
  const auto account = call.is_cloud() ? call.text("accountId") : "";
  for (const auto& row : call.state.organizations)
    if (sees_organization(call, row) && (desk.empty() || row.desks.count(desk)) &&
        (account.empty() || has_user(row, account)))
      out.push_back(organization_json(call, row));
  return out;
}

}  // namespace

std::string desk_root(const Call& call) {
  return call.state.settings.url + "/rest/servicedeskapi";
}

Json desk_date(const Call& call, Moment at) {
  return {{"iso8601", iso_time(at, call.zone())},
          {"jira", jira_time(at, call.zone())},
          {"friendly", friendly_time(at, call.zone())},
          {"epochMillis", epoch_millis(at)}};
}

Json desk_user(const Call& call, const std::string& id) {
  auto out = user_json(call, id);
  if (out.is_null()) return out;
  const auto self = out["self"];
  out["_links"] = {{"jiraRest", self}, {"self", self}, {"avatarUrls", out["avatarUrls"]}};
  out.erase("self");
  out.erase("avatarUrls");
  out.erase("accountType");
  return out;
}

Json desk_page(const Call& call, const std::string& path, const Json& rows) {
  constexpr long k_most = 50;
  const auto total = rows.size();
  const auto from = std::min(total, static_cast<std::size_t>(call.number("start", 0)));
  const auto most = static_cast<std::size_t>(std::min(call.number("limit", k_most), k_most));
  const auto to = std::min(total, from + most);
  const auto self = desk_root(call) + path;
  Json out{{"_expands", Json::array()},        {"size", to - from},
           {"start", call.number("start", 0)}, {"limit", most},
           {"isLastPage", to >= total},        {"_links", {{"base", desk_root(call)}, {"context", ""}, {"self", self}}},
           {"values", Json::array()}};
  if (to < total) out["_links"]["next"] = self + "?start=" + std::to_string(to) + "&limit=" + std::to_string(most);
  for (auto i = from; i < to; ++i) out["values"].push_back(rows[i]);
  return out;
}

void require_opt_in(const Call& call) {
  const auto& settings = call.state.settings;
  if (!settings.cloud && settings.opt_in && request_header(call.headers, "X-ExperimentalApi") != "opt-in")
    refuse(412,
           "This API is experimental. Experimental APIs are not guaranteed to be stable within the preview "
           "period. You must set the header 'X-ExperimentalApi: opt-in' to opt into using this API.");
}

Reply desk_info(Call& call) {
  const bool is_licensed = call.state.settings.service_management;
  return {200,
          {{"version", call.is_cloud() ? "1001.0.0-SNAPSHOT" : "10.3.24-REL-0001"},
           {"platformVersion", call.state.settings.version},
           {"buildDate", desk_date(call, Moment(call.now))},
           {"buildChangeSet", "0123456789abcdef"},
           {"isLicensedForUse", is_licensed},
           {"_links", {{"self", desk_root(call) + "/info"}}}}};
}

Reply service_desks(Call& call) {
  require_login(call);
  auto out = Json::array();
  for (const auto& project : call.state.projects)
    if (sees_desk(call, project)) out.push_back(desk_json(call, project));
  return {200, desk_page(call, "/servicedesk", out)};
}

Reply service_desk(Call& call) {
  require_login(call);
  return {200, desk_json(call, desk_of(call, call.path[0]))};
}

// For agents alone.
Reply desk_queues(Call& call) {
  require_login(call);
  const auto& project = desk_of(call, call.path[0]);
  if (!is_agent(call.state, call.user, project))
    refuse(403, "You must be an agent of the Service Desk to perform this action.");
  const auto path = "/servicedesk/" + project.desk_id + "/queue";
  const Json queue{{"id", "1"},
                   {"name", "All open"},
                   {"jql", "project = " + project.key + " AND resolution = Unresolved"},
                   {"fields", {"issuekey", "summary", "status"}},
                   {"issueCount", call.state.issues.size()},
                   {"_links", {{"self", desk_root(call) + path + "/1"}}}};
  return {200, desk_page(call, path, Json::array({queue}))};
}

Reply organizations(Call& call) {
  require_login(call);
  require_opt_in(call);
  return {200, desk_page(call, "/organization", organizations_json(call, ""))};
}

Reply desk_organizations(Call& call) {
  require_login(call);
  require_opt_in(call);
  const auto& desk = desk_of(call, call.path[0]);
  if (!is_agent(call.state, call.user, desk)) refuse(403, "You are not an agent of this service desk.");
  return {200,
          desk_page(call, "/servicedesk/" + desk.desk_id + "/organization", organizations_json(call, desk.desk_id))};
}

Reply organization(Call& call) {
  require_login(call);
  require_opt_in(call);
  return {200, organization_json(call, visible_organization(call))};
}

Reply create_organization(Call& call) {
  require_login(call);
  require_opt_in(call);
  if (!call.user->is_agent) refuse(403, "You do not have permission to create organizations.");
  const auto name = trimmed(text_of(member(call.body, "name")));
  if (name.empty()) refuse(400, "The name of an organization must not be empty.");
  call.state.organizations.push_back({next_id(call.state), name, {}, {}});
  return {201, organization_json(call, call.state.organizations.back())};
}

Reply organization_users(Call& call) {
  require_login(call);
  require_opt_in(call);
  const auto& row = visible_organization(call);
  auto out = Json::array();
  for (const auto& id : row.users) out.push_back(desk_user(call, id));
  return {200, desk_page(call, "/organization/" + row.id + "/user", out)};
}

// One request type for each type of issue.
Reply request_types(Call& call) {
  require_login(call);
  const auto& desk = desk_of(call, call.path[0]);
  auto out = Json::array();
  for (const auto& id : desk.types)
    out.push_back({{"id", id},
                   {"name", named_by_id(call.state.types, id)->name},
                   {"description", ""},
                   {"helpText", ""},
                   {"issueTypeId", id},
                   {"serviceDeskId", desk.desk_id},
                   {"groupIds", Json::array()},
                   {"_links", {{"self", desk_root(call) + "/servicedesk/" + desk.desk_id + "/requesttype/" + id}}}});
  return {200, desk_page(call, "/servicedesk/" + desk.desk_id + "/requesttype", out)};
}

}  // namespace cb::fake_jira
