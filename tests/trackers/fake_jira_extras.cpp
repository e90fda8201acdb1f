#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_longest_property = 32768, k_longest_key = 255;

Json link_json(const Call& call, const Issue& issue, const RemoteLink& link) {
  auto out = Json::parse(link.json);
  out["id"] = link.id;
  out["self"] = call.root() + "/issue/" + issue.key + "/remotelink/" + std::to_string(link.id);
  if (!link.global_id.empty()) out["globalId"] = link.global_id;
  if (!out.contains("application")) out["application"] = Json::object();
  return out;
}

// Only what the link's own form has; anything that was not sent is gone.
std::string stored_link(const Json& body) {
  const auto& object = member(body, "object");
  if (!member(object, "url").is_string()) refuse_field("url", "'url' is required.");
  if (!member(object, "title").is_string()) refuse_field("title", "'title' is required.");
  Json out{{"object", object}};
  for (const auto* name : {"application", "relationship"})
    if (body.contains(name)) out[name] = body[name];
  if (!out["object"].contains("status")) out["object"]["status"] = {{"icon", Json::object()}};
  if (!out["object"].contains("icon")) out["object"]["icon"] = Json::object();
  return out.dump();
}

const User& watcher_of(const Call& call, const std::string& who) {
  const auto* user = call.is_cloud() ? user_by_id(call.state, who) : user_by_name(call.state, who);
  if (!user) refuse(400, "The user \"" + who + "\" does not exist.");
  return *user;
}

void require_watching(const Call& call, const Issue& issue, const User& user) {
  if (&user != call.user) require(call, project_of(call.state, issue), "MANAGE_WATCHERS", "manage watchers");
}

bool remember(const Call& call, Issue& issue, const std::string& key, std::string json) {
  const bool is_new = issue.properties.insert_or_assign(key, std::move(json)).second;
  if (call.state.settings.counts_properties_as_change) issue.updated = next_moment(call.state, call.now);
  return is_new;
}

}  // namespace

Reply property_keys(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  auto keys = Json::array();
  for (const auto& [key, json] : issue.properties)
    keys.push_back({{"key", key}, {"self", call.root() + "/issue/" + issue.id + "/properties/" + url_encoded(key)}});
  return {200, {{"keys", keys}}};
}

Reply get_property(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  const auto found = issue.properties.find(call.path[1]);
  if (found == issue.properties.end())
    refuse(404, "The property with key '" + call.path[1] + "' does not exist for the issue.");
  return {200, {{"key", found->first}, {"value", Json::parse(found->second)}}};
}

Reply set_property(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "EDIT_ISSUES", "edit issues");
  auto json = call.body.dump();
  if (json.size() > k_longest_property)
    refuse(400, "The property value is too long, it exceeds the limit of 32768 characters.");
  if (call.path[1].size() > k_longest_key) refuse(400, "The property key is too long.");
  const bool is_new = remember(call, issue, call.path[1], std::move(json));
  // Cloud's document wants a body of any JSON, Data Center's none.
  return {is_new ? 201 : 200, call.is_cloud() ? Json::object() : Json()};
}

Reply delete_property(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "EDIT_ISSUES", "edit issues");
  if (issue.properties.erase(call.path[1]) == 0)
    refuse(404, "The property with key '" + call.path[1] + "' does not exist for the issue.");
  return {204, {}};
}

Reply get_links(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  if (call.has("globalId")) {
    for (const auto& link : issue.links)
      if (link.global_id == call.text("globalId")) return {200, link_json(call, issue, link)};
    refuse(404, "No remote issue link with globalId '" + call.text("globalId") + "' exists for this issue.");
  }
  auto out = Json::array();
  for (const auto& link : issue.links) out.push_back(link_json(call, issue, link));
  return {200, out};
}

Reply set_link(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "EDIT_ISSUES", "link issues");
  const auto global = text_of(member(call.body, "globalId"));
  auto json = stored_link(call.body);
  auto& links = issue.links;
  auto found = std::find_if(links.begin(), links.end(),
                            [&](const RemoteLink& link) { return !global.empty() && link.global_id == global; });
  const bool is_new = found == links.end();
  if (is_new) found = links.insert(links.end(), {std::stoi(next_id(call.state)), global, ""});
  found->json = std::move(json);
  if (call.state.settings.links_move_updated) issue.updated = next_moment(call.state, call.now);
  const auto self = call.root() + "/issue/" + issue.key + "/remotelink/" + std::to_string(found->id);
  return {is_new ? 201 : 200, {{"id", found->id}, {"self", self}}};
}

Reply get_watchers(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  auto out = system_value(call, issue, "watches");
  out["watchers"] = Json::array();
  for (const auto& id : issue.watchers) out["watchers"].push_back(user_json(call, id));
  return {200, out};
}

// The body is a JSON text alone; none adds the caller.
Reply add_watcher(Call& call) {
  require_login(call);
  auto& issue = visible_issue(call, call.path[0]);
  if (!call.body.is_null() && !call.body.is_string()) refuse(400, "The body must be a JSON string.");
  const auto& user = call.body.is_null() ? *call.user : watcher_of(call, call.body.get<std::string>());
  require_watching(call, issue, user);
  if (!sees(call.state, &user, issue))
    refuse(400, "The user \"" + user.display_name +
                    "\" does not have permission to view this issue. This user will "
                    "not be added to the watch list.");
  auto& all = issue.watchers;
  if (std::find(all.begin(), all.end(), user.id) == all.end()) all.push_back(user.id);
  return {204, {}};
}

Reply remove_watcher(Call& call) {
  require_login(call);
  auto& issue = visible_issue(call, call.path[0]);
  const auto& user = watcher_of(call, call.text(call.is_cloud() ? "accountId" : "username"));
  require_watching(call, issue, user);
  auto& all = issue.watchers;
  all.erase(std::remove(all.begin(), all.end(), user.id), all.end());
  return {204, {}};
}

Reply add_worklog(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "WORK_ON_ISSUES", "log work");
  const auto& seconds = member(call.body, "timeSpentSeconds");
  if (!seconds.is_number_integer() || seconds.get<int>() <= 0)
    refuse_field("timeLogged", "Time Spent must be greater than zero.");
  const auto before = issue.seconds_worked;
  issue.seconds_worked += seconds.get<int>();
  issue.updated = next_moment(call.state, call.now);
  const auto text = [](int value) { return value ? std::optional(std::to_string(value)) : std::nullopt; };
  issue.history.push_back({next_id(call.state),
                           call.user->id,
                           issue.updated,
                           {{"timespent", "timespent", false, text(before), text(before), text(issue.seconds_worked),
                             text(issue.seconds_worked)}},
                           ""});
  issue.worklogs.push_back({next_id(call.state), call.user->id, issue.updated, seconds.get<int>()});
  return {201, worklog_json(call, issue, issue.worklogs.back())};
}

}  // namespace cb::fake_jira
