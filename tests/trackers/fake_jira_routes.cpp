#include "tests/trackers/fake_jira_routes.hpp"

#include <functional>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_limits.hpp"
#include "tests/trackers/fake_jira_resources.hpp"
#include "tests/trackers/path_pattern.hpp"

namespace cb::fake_jira {

namespace {

enum class Where { both, cloud, data_center, desk };

struct Route {
  Where where;
  const char* method;
  PathPattern path;  // after /rest/api/N/ or /rest/servicedeskapi/
  std::function<Reply(Call&)> handler;
};

// `{}` stands for one segment.
PathPattern pattern(const std::string& path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_group = path.compare(i, 2, "{}") == 0;
    out += is_group ? "([^/]+)" : std::string(1, path[i]);
    if (is_group) ++i;
  }
  return PathPattern(out);
}

Route route(Where where, const char* method, const char* path, Reply (*handler)(Call&)) {
  return {where, method, pattern(path), handler};
}

const std::vector<Route>& routes() {
  using enum Where;
  static const std::vector<Route> k_routes{
      route(both, "GET", "serverInfo", server_info),
      route(both, "GET", "myself", myself),
      route(both, "GET", "mypermissions", my_permissions),
      route(both, "GET", "field", fields),
      route(both, "POST", "field", create_field),
      route(cloud, "GET", "field/search", field_search),
      route(cloud, "GET", "field/{}/context", field_contexts),
      route(cloud, "GET", "field/{}/context/{}/option", field_options),
      route(cloud, "POST", "field/{}/context/{}/option", add_field_options),
      route(both, "GET", "status", statuses),
      route(both, "GET", "priority", priorities),
      route(cloud, "GET", "priority/search", priority_search),
      route(both, "GET", "resolution", resolutions),
      route(both, "GET", "issuetype", issue_types),
      route(data_center, "GET", "project", projects),
      route(cloud, "GET", "project/search", project_search),
      route(both, "GET", "role", all_roles),
      route(both, "GET", "project/{}", project),
      route(both, "GET", "project/{}/role", project_roles),
      route(both, "GET", "project/{}/role/{}", project_role),
      route(both, "GET", "user", user),
      route(both, "GET", "user/search", user_search),
      route(both, "GET", "groups/picker", groups),
      route(both, "POST", "issue", create_issue),
      route(cloud, "POST", "issue/bulkfetch", bulk_fetch),
      route(both, "GET", "issue/{}", get_issue),
      route(both, "PUT", "issue/{}", edit_issue),
      route(both, "GET", "issue/{}/editmeta", edit_meta),
      route(both, "GET", "issue/{}/comment", get_comments),
      route(both, "POST", "issue/{}/comment", add_comment),
      route(both, "GET", "issue/{}/comment/{}", get_comment),
      route(both, "PUT", "issue/{}/comment/{}", edit_comment),
      route(both, "DELETE", "issue/{}/comment/{}", delete_comment),
      route(cloud, "GET", "issue/{}/changelog", changelog),
      route(cloud, "POST", "changelog/bulkfetch", bulk_changelog),
      route(both, "GET", "issue/{}/transitions", get_transitions),
      route(both, "POST", "issue/{}/transitions", transition),
      route(both, "GET", "issue/{}/properties", property_keys),
      route(both, "GET", "issue/{}/properties/{}", get_property),
      route(both, "PUT", "issue/{}/properties/{}", set_property),
      route(both, "DELETE", "issue/{}/properties/{}", delete_property),
      route(both, "GET", "issue/{}/remotelink", get_links),
      route(both, "POST", "issue/{}/remotelink", set_link),
      route(both, "GET", "issue/{}/watchers", get_watchers),
      route(both, "POST", "issue/{}/watchers", add_watcher),
      route(both, "DELETE", "issue/{}/watchers", remove_watcher),
      route(both, "POST", "issue/{}/worklog", add_worklog),
      route(cloud, "GET", "search/jql", search_jql),
      route(cloud, "POST", "search/jql", search_jql),
      route(cloud, "POST", "search/approximate-count", approximate_count),
      route(cloud, "GET", "search", removed_search),
      route(cloud, "POST", "search", removed_search),
      route(data_center, "GET", "search", search),
      route(data_center, "POST", "search", search),
      route(cloud, "GET", "bulk/issues/fields", bulk_fields),
      route(cloud, "POST", "bulk/issues/fields", bulk_edit),
      route(cloud, "GET", "bulk/queue/{}", bulk_progress),
      route(desk, "GET", "info", desk_info),
      route(desk, "GET", "servicedesk", service_desks),
      route(desk, "GET", "servicedesk/{}", service_desk),
      route(desk, "GET", "servicedesk/{}/queue", desk_queues),
      route(desk, "GET", "servicedesk/{}/organization", desk_organizations),
      route(desk, "GET", "servicedesk/{}/requesttype", request_types),
      route(desk, "GET", "organization", organizations),
      route(desk, "POST", "organization", create_organization),
      route(desk, "GET", "organization/{}", organization),
      route(desk, "GET", "organization/{}/user", organization_users),
      route(desk, "POST", "request", create_request),
      route(desk, "GET", "request/{}", request),
      route(desk, "GET", "request/{}/comment", request_comments),
      route(desk, "POST", "request/{}/comment", add_request_comment),
      route(desk, "GET", "request/{}/participant", participants),
      route(desk, "GET", "request/{}/sla", promises),
  };
  return k_routes;
}

struct Target {
  std::string path;
  int version = 0;  // 0: of Service Management
};

// Cloud has versions 2 and 3, Data Center 2; `latest` is the newest of them but 2 on both.
std::optional<Target> target_of(const Settings& settings, const std::string& target) {
  const auto path = target.substr(0, target.find('?'));
  static const std::vector<std::pair<std::string, int>> k_roots{
      {"/rest/servicedeskapi/", 0}, {"/rest/api/2/", 2}, {"/rest/api/3/", 3}, {"/rest/api/latest/", 2}};
  for (const auto& [root, version] : k_roots) {
    if (path.size() <= root.size() || path.compare(0, root.size(), root) != 0) continue;
    if (version == 3 && !settings.cloud) return std::nullopt;
    return Target{path.substr(root.size()), version};
  }
  return std::nullopt;
}

bool serves(const Settings& settings, const Route& route, const Target& target) {
  if ((route.where == Where::desk) != (target.version == 0)) return false;
  if (route.where == Where::cloud) return settings.cloud;
  return route.where != Where::data_center || !settings.cloud;
}

HttpResponse as_response(const Reply& reply) {
  HttpResponse out{reply.status, reply.headers, ""};
  if (reply.body.is_null()) return out;
  out.headers.emplace_back("Content-Type", "application/json;charset=UTF-8");
  out.body = reply.body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return out;
}

// Service Management has a form of its own for what went wrong.
HttpResponse as_response(const Refusal& refusal, bool by_desk) {
  if (by_desk) {
    const auto message = refusal.messages.empty() ? "" : refusal.messages.front();
    return as_response(
        Reply{refusal.status,
              {{"errorMessage", message}, {"i18nErrorMessage", {{"i18nKey", ""}, {"parameters", Json::array()}}}}});
  }
  auto errors = Json::object();
  for (const auto& [field, message] : refusal.errors) errors[field] = message;
  return as_response(Reply{refusal.status, {{"errorMessages", refusal.messages}, {"errors", errors}}});
}

// What answers for a root that is not there: Tomcat on Data Center.
HttpResponse nothing_there(const Settings& settings, const std::string& target) {
  if (settings.cloud)
    return {404,
            {{"Content-Type", "application/json;charset=UTF-8"}},
            R"({"errorMessages":["Resource not found."],"errors":{}})"};
  const auto path = target.substr(0, target.find('?'));
  return {404,
          {{"Content-Type", "text/html;charset=UTF-8"}},
          "<html><head><title>Oops, you've found a dead link.</title></head><body><p>null for uri: " + path +
              "</p></body></html>"};
}

std::optional<HttpResponse> without_desk(const Settings& settings, const Target& target) {
  if (target.version != 0 || settings.service_management) return std::nullopt;
  const bool is_unlicensed = !settings.cloud && settings.desk_unlicensed;
  if (!is_unlicensed) return nothing_there(settings, "/rest/servicedeskapi/" + target.path);
  if (target.path == "info") return std::nullopt;
  return HttpResponse{403,
                      {{"Content-Type", "text/html;charset=UTF-8"}},
                      "<html><head><title>Forbidden (403)</title></head><body><h1>Forbidden (403)</h1></body></html>"};
}

Json body_of(const HttpRequest& request) {
  if (request.body.empty()) return {};
  const auto type = request_header(request.headers, "Content-Type");
  if (type.rfind("application/json", 0) != 0) refuse(415, "Unsupported Media Type");
  auto body = Json::parse(request.body, nullptr, false);
  if (body.is_discarded()) refuse(400, "There was an error parsing JSON. Check that your request body is valid.");
  return body;
}

Reply handled(State& state, const Issues& index, const HttpRequest& request, const Target& target, const User* user,
              Instant now) {
  bool is_known = false;
  for (const auto& route : routes()) {
    auto groups = serves(state.settings, route, target) ? route.path.caught(target.path) : std::nullopt;
    if (!groups) continue;
    is_known = true;
    if (request.method != route.method) continue;
    for (auto& group : *groups) group = unescaped(group);
    Call call{state,
              index,
              user,
              now,
              target.version == 0 ? 2 : target.version,
              *groups,
              query_of(request.target),
              body_of(request),
              request.headers};
    return route.handler(call);
  }
  refuse(is_known ? 405 : 404, is_known ? "Method Not Allowed" : "No such resource.");
}

HttpResponse answered(State& state, const Issues& index, const HttpRequest& request, const Target& target,
                      const User* user, Instant now) {
  try {
    return as_response(handled(state, index, request, target, user, now));
  } catch (const Refusal& refusal) {
    return as_response(refusal, target.version == 0);
  } catch (const Json::exception&) {
    return as_response(
        Refusal{400, {"Invalid request payload. Refer to the REST API documentation and try again."}, {}},
        target.version == 0);
  }
}

}  // namespace

HttpResponse answer(State& state, const Issues& index, const HttpRequest& request, Instant now) {
  run_due_tasks(state, now);
  auto caller = caller_of(state, request);
  if (caller.refused) return *caller.refused;
  if (auto refused = over_limit(state, request, caller.user, now)) return *refused;
  const auto target = target_of(state.settings, request.target);
  if (!target) return nothing_there(state.settings, request.target);
  auto refused = without_desk(state.settings, *target);
  auto response = refused ? *refused : answered(state, index, request, *target, caller.user, now);
  if (caller.failed) response.headers.emplace_back("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
  for (auto& entry : bucket_headers(state, caller.user)) response.headers.push_back(std::move(entry));
  return response;
}

}  // namespace cb::fake_jira
