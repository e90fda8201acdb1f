#include "tests/trackers/fake_redmine_routes.hpp"

#include <algorithm>
#include <functional>

#include "tests/trackers/fake_redmine_answers.hpp"
#include "tests/trackers/fake_redmine_issues.hpp"
#include "tests/trackers/fake_redmine_watchers.hpp"
#include "tests/trackers/path_pattern.hpp"

namespace cb::fake {

namespace {

struct Context {
  State& state;
  const Call& call;
  const User* user;
  Instant now;
  std::string id, second;  // what the route caught
};
using Handler = std::function<HttpResponse(const Context&)>;

// A project that the caller sees, or the refusal.
HttpResponse with_project(const Context& c, const std::function<HttpResponse(const Project&)>& then) {
  const auto* project = find_project(c.state, c.id);
  if (!project) return empty_answer(404);
  if (!sees(c.user, *project)) return denied(c.user);
  return then(*project);
}

HttpResponse current_user(const Context& c) {
  if (!c.state.rest_enabled) return empty_answer(403);
  if (!c.user) return denied(nullptr);
  auto json = user_json(*c.user, c.user, true);
  if (c.call.includes("memberships")) json["memberships"] = memberships_json(c.state, *c.user);
  return json_answer(200, {{"user", json}});
}

HttpResponse one_user(const Context& c) {
  const auto* user = by_id(c.state.users, std::stoi(c.id));
  if (!user || !c.user || (user->locked && !c.user->admin)) return empty_answer(404);
  auto json = user_json(*user, c.user, true);
  if (c.call.includes("memberships")) json["memberships"] = memberships_json(c.state, *user);
  return json_answer(200, {{"user", json}});
}

HttpResponse users(const Context& c) {
  if (!c.user || !c.user->admin) return denied(c.user);
  std::vector<const User*> sorted;
  for (const auto& user : c.state.users) sorted.push_back(&user);
  std::sort(sorted.begin(), sorted.end(), [](const User* a, const User* b) { return a->login < b->login; });
  auto rows = Json::array();
  for (const auto* user : sorted) rows.push_back(user_json(*user, c.user, false));
  return page_answer("users", rows, window_of(c.call));
}

HttpResponse custom_fields(const Context& c) {
  if (!c.user || !c.user->admin) return denied(c.user);
  auto rows = Json::array();
  for (const auto& field : c.state.fields) rows.push_back(field_json(c.state, field));
  return json_answer(200, {{"custom_fields", rows}});
}

HttpResponse statuses(const Context& c) {
  auto rows = Json::array();
  for (const auto& status : c.state.statuses) rows.push_back(reference(status));
  return json_answer(200, {{"issue_statuses", rows}});
}

HttpResponse priorities(const Context& c) {
  auto rows = Json::array();
  for (const auto& priority : c.state.priorities) {
    auto row = reference(priority.id, priority.name);
    row["is_default"] = priority.id == c.state.default_priority;
    row["active"] = true;
    rows.push_back(std::move(row));
  }
  return json_answer(200, {{"issue_priorities", rows}});
}

HttpResponse trackers(const Context& c) {
  auto rows = Json::array();
  for (const auto& tracker : c.state.trackers) {
    auto row = reference(tracker.id, tracker.name);
    row["default_status"] = reference(c.state.statuses.front().id, c.state.statuses.front().name);
    row["description"] = nullptr;
    row["enabled_standard_fields"] = {"assigned_to_id",  "category_id", "fixed_version_id",
                                      "parent_issue_id", "start_date",  "due_date",
                                      "estimated_hours", "done_ratio",  "description"};
    rows.push_back(std::move(row));
  }
  return json_answer(200, {{"trackers", rows}});
}

HttpResponse roles(const Context& c) {
  auto rows = Json::array();
  for (const auto& role : c.state.roles) rows.push_back(reference(role.id, role.name));
  return json_answer(200, {{"roles", rows}});
}

HttpResponse one_role(const Context& c) {
  const auto* role = by_id(c.state.roles, std::stoi(c.id));
  if (!role) return empty_answer(404);
  auto json = reference(role->id, role->name);
  json["assignable"] = role->assignable;
  json["issues_visibility"] = role->issues_visibility;
  json["time_entries_visibility"] = "all";
  json["users_visibility"] = "all";
  json["permissions"] = role->permissions;
  return json_answer(200, {{"role", json}});
}

Json references_of(const std::vector<Named>& rows) {
  auto out = Json::array();
  for (const auto& row : rows) out.push_back(reference(row.id, row.name));
  return out;
}

void add_includes(const Context& c, Json& json) {
  if (c.call.includes("trackers")) json["trackers"] = references_of(c.state.trackers);
  if (c.call.includes("issue_categories")) json["issue_categories"] = Json::array();
  if (c.call.includes("time_entry_activities"))
    json["time_entry_activities"] = {reference(8, "Design"), reference(9, "Development")};
  if (c.call.includes("enabled_modules"))
    json["enabled_modules"] = {reference(1, "issue_tracking"), reference(2, "time_tracking"), reference(3, "files")};
  if (c.call.includes("issue_custom_fields")) {
    json["issue_custom_fields"] = Json::array();
    for (const auto& field : c.state.fields)
      if (!field.for_all) json["issue_custom_fields"].push_back(reference(field.id, field.name));
  }
}

Json project_row(const Context& c, const Project& project) {
  auto json = project_json(project);
  add_includes(c, json);
  json["created_on"] = to_iso(project.created);
  json["updated_on"] = to_iso(project.created);
  return json;
}

HttpResponse projects(const Context& c) {
  auto rows = Json::array();
  for (const auto& project : c.state.projects)
    if (sees(c.user, project)) {
      rows.push_back(project_row(c, project));
      rows.back().erase("homepage");  // told of one project, not in the list
    }
  return page_answer("projects", rows, window_of(c.call));
}

HttpResponse one_project(const Context& c) {
  return with_project(c, [&](const Project& project) {
    return json_answer(200, {{"project", project_row(c, project)}});
  });
}

HttpResponse memberships(const Context& c) {
  return with_project(c, [&](const Project& project) {
    auto rows = Json::array();
    for (const auto& [member, role_id] : project.members) {
      const auto* user = by_id(c.state.users, member);
      const auto* role = by_id(c.state.roles, role_id);
      if (!user || !role) continue;
      rows.push_back({{"id", rows.size() + 1},
                      {"project", reference(project.id, project.name)},
                      {"user", reference(user->id, user->name())},
                      {"roles", Json::array({reference(role->id, role->name)})}});
    }
    return page_answer("memberships", rows, window_of(c.call));
  });
}

HttpResponse project_issues(const Context& c) {
  return with_project(c, [&](const Project& project) { return list_issues(c.state, c.user, c.call, &project); });
}

struct Route {
  std::string methods;  // "GET HEAD"
  PathPattern path;
  Handler handler;
};

const std::vector<Route>& routes() {
  static const auto id = std::string("(\\d{1,9})");
  static const auto make = [](const char* methods, const std::string& path, Handler handler) {
    return Route{methods, PathPattern(path), std::move(handler)};
  };
  static const std::vector<Route> k_routes{
      make("GET HEAD", "/issues\\.json",
           [](const Context& c) { return list_issues(c.state, c.user, c.call, nullptr); }),
      make("POST", "/issues\\.json", [](const Context& c) { return create_issue(c.state, c.user, c.call, c.now); }),
      make("GET HEAD", "/issues/" + id + "\\.json",
           [](const Context& c) { return show_issue(c.state, c.user, c.call, std::stoi(c.id)); }),
      make("PUT PATCH", "/issues/" + id + "\\.json",
           [](const Context& c) { return update_issue(c.state, c.user, c.call, std::stoi(c.id), c.now); }),
      make("DELETE", "/issues/" + id + "\\.json",
           [](const Context& c) { return delete_issue(c.state, c.user, std::stoi(c.id)); }),
      make("PUT PATCH", "/journals/" + id + "\\.json",
           [](const Context& c) { return update_journal(c.state, c.user, c.call, std::stoi(c.id)); }),
      make("POST", "/issues/" + id + "/watchers\\.json",
           [](const Context& c) { return add_watcher(c.state, c.user, c.call, std::stoi(c.id)); }),
      make("DELETE", "/issues/" + id + "/watchers/" + id + "\\.json",
           [](const Context& c) { return remove_watcher(c.state, c.user, std::stoi(c.id), std::stoi(c.second)); }),
      make("POST", "/time_entries\\.json",
           [](const Context& c) { return create_time_entry(c.state, c.user, c.call, c.now); }),
      make("GET HEAD", "/issues/[^/]+\\.json", [](const Context&) { return empty_answer(404); }),
      make("GET HEAD", "/users/current\\.json", current_user),
      make("GET HEAD", "/users/" + id + "\\.json", one_user),
      make("GET HEAD", "/users\\.json", users),
      make("GET HEAD", "/custom_fields\\.json", custom_fields),
      make("GET HEAD", "/issue_statuses\\.json", statuses),
      make("GET HEAD", "/enumerations/issue_priorities\\.json", priorities),
      make("GET HEAD", "/trackers\\.json", trackers),
      make("GET HEAD", "/roles\\.json", roles),
      make("GET HEAD", "/roles/" + id + "\\.json", one_role),
      make("GET HEAD", "/projects\\.json", projects),
      make("GET HEAD", "/projects/([^/]+)/memberships\\.json", memberships),
      make("GET HEAD", "/projects/([^/]+)/issues\\.json", project_issues),
      make("GET HEAD", "/projects/([^/]+)\\.json", one_project),
  };
  return k_routes;
}

// Lists stay open to anybody while login is not required: the dangerous answer of an empty, healthy tracker (062).
HttpResponse routed(State& state, const Call& call, const User* user, Instant now) {
  static const PathPattern k_without_format("/issues/\\d+");
  for (const auto& route : routes()) {
    const bool takes = route.methods.find(call.method) != std::string::npos;
    auto caught = takes ? route.path.caught(call.path) : std::nullopt;
    if (!caught) continue;
    if (state.login_required && !user) return denied(nullptr);
    caught->resize(2);  // empty where there is none
    return route.handler({state, call, user, now, caught->at(0), caught->at(1)});
  }
  if (call.method == "GET" && k_without_format.caught(call.path))
    return {
        406,
        {{"Content-Type", "application/json; charset=utf-8"}, {"Vary", "Accept"}},
        "We couldn't handle your request, sorry. If you were trying to access the API, make sure to append .json or "
        ".xml to your request URL.\n"};
  return error_answer(404, "Not Found");
}

}  // namespace

HttpResponse answer(State& state, const Call& call, Instant now) {
  const auto caller = caller_of(state, call);
  if (caller.unknown_switch_user) return empty_answer(412);
  auto response = unless_known(routed(state, call, caller.user, now), call);
  if (call.method == "HEAD") response.body.clear();
  return response;
}

}  // namespace cb::fake
