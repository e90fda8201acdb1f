#include <algorithm>
#include <functional>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_adf.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

Json named_rows(const Call& call, const std::vector<Named>& rows, const std::vector<std::string>& ids,
                const char* kind) {
  auto out = Json::array();
  for (const auto& id : ids) {
    const auto* row = named_by_id(rows, id);
    if (!row) continue;
    Json entry{{"self", call.root() + "/" + kind + "/" + id}, {"id", id}, {"name", row->name}};
    if (std::string(kind) == "version") entry.update({{"archived", false}, {"released", false}});
    out.push_back(std::move(entry));
  }
  return out;
}

// The newest of them on Cloud, all on Data Center.
Json embedded_comments(const Call& call, const Issue& issue) {
  const auto all = visible_comments(call, issue);
  const auto most = call.is_cloud() ? std::min(all.size(), call.state.settings.embedded_comments) : all.size();
  auto comments = Json::array();
  for (std::size_t i = all.size() - most; i < all.size(); ++i)
    comments.push_back(comment_json(call, issue, *all[i], false));
  return {{"comments", comments},
          {"self", call.root() + "/issue/" + issue.id + "/comment"},
          {"maxResults", most},
          {"total", all.size()},
          {"startAt", 0}};
}

Json embedded_worklogs(const Call& call, const Issue& issue) {
  constexpr std::size_t k_most = 20;
  auto worklogs = Json::array();
  for (const auto& row : issue.worklogs)
    if (worklogs.size() < k_most) worklogs.push_back(worklog_json(call, issue, row));
  return {{"startAt", 0}, {"maxResults", k_most}, {"total", issue.worklogs.size()}, {"worklogs", worklogs}};
}

Json progress(int seconds) {
  Json out{{"progress", seconds}, {"total", seconds}};
  if (seconds > 0) out["percent"] = 100;
  return out;
}

Json time_tracking(int seconds) {
  if (seconds == 0) return Json::object();
  return {{"timeSpent", friendly_duration(Seconds(seconds))}, {"timeSpentSeconds", seconds}};
}

Json watches(const Call& call, const Issue& issue) {
  const auto& all = issue.watchers;
  return {{"self", call.root() + "/issue/" + issue.key + "/watchers"},
          {"watchCount", all.size()},
          {"isWatching", call.user && std::find(all.begin(), all.end(), call.user->id) != all.end()}};
}

Json resolution(const Call& call, const Issue& issue) {
  const auto* row = named_by_id(call.state.resolutions, issue.resolution);
  return row ? resolution_json(call, *row) : Json();
}

Moment category_changed(const Issue& issue) {
  auto out = issue.created;
  for (const auto& change : issue.history)
    for (const auto& item : change.items)
      if (item.id == "status") out = change.at;
  return out;
}

using Values = std::map<std::string, std::function<Json(const Call&, const Issue&)>>;

Values people_and_times() {
  return {{"reporter", [](const Call& c, const Issue& i) { return user_json(c, i.reporter); }},
          {"creator", [](const Call& c, const Issue& i) { return user_json(c, i.creator); }},
          {"assignee", [](const Call& c, const Issue& i) { return user_json(c, i.assignee); }},
          {"created", [](const Call& c, const Issue& i) { return Json(jira_time(i.created, c.zone())); }},
          {"updated", [](const Call& c, const Issue& i) { return Json(jira_time(i.updated, c.zone())); }},
          {"resolutiondate",
           [](const Call& c, const Issue& i) { return i.resolved ? Json(jira_time(*i.resolved, c.zone())) : Json(); }},
          {"statuscategorychangedate",
           [](const Call& c, const Issue& i) { return Json(jira_time(category_changed(i), c.zone())); }},
          {"duedate", [](const Call&, const Issue& i) { return i.due_date.empty() ? Json() : Json(i.due_date); }},
          {"timespent", [](const Call&, const Issue& i) { return i.seconds_worked ? Json(i.seconds_worked) : Json(); }},
          {"aggregatetimespent",
           [](const Call&, const Issue& i) { return i.seconds_worked ? Json(i.seconds_worked) : Json(); }},
          {"timetracking", [](const Call&, const Issue& i) { return time_tracking(i.seconds_worked); }},
          {"progress", [](const Call&, const Issue& i) { return progress(i.seconds_worked); }},
          {"aggregateprogress", [](const Call&, const Issue& i) { return progress(i.seconds_worked); }},
          {"watches", watches},
          {"comment", embedded_comments},
          {"worklog", embedded_worklogs}};
}

Values words() {
  return {
      {"summary", [](const Call&, const Issue& i) { return Json(i.summary); }},
      {"description", [](const Call& c, const Issue& i) { return rich_json(c, i.description); }},
      {"project", [](const Call& c, const Issue& i) { return project_json(c, project_of(c.state, i)); }},
      {"status", [](const Call& c, const Issue& i) { return status_json(c, *status_by_id(c.state, i.status)); }},
      {"priority",
       [](const Call& c, const Issue& i) { return priority_json(c, *named_by_id(c.state.priorities, i.priority)); }},
      {"issuetype", [](const Call& c, const Issue& i) { return type_json(c, *named_by_id(c.state.types, i.type)); }},
      {"resolution", resolution},
      {"labels", [](const Call&, const Issue& i) { return Json(i.labels); }},
      {"components",
       [](const Call& c, const Issue& i) {
         return named_rows(c, project_of(c.state, i).components, i.components, "component");
       }},
      {"versions",
       [](const Call& c, const Issue& i) {
         return named_rows(c, project_of(c.state, i).versions, i.versions, "version");
       }},
      {"fixVersions", [](const Call& c, const Issue& i) {
         return named_rows(c, project_of(c.state, i).versions, i.fix_versions, "version");
       }}};
}

// What the fake has nothing of, as an issue without any shows it.
Values nothing() {
  const auto empty_list = [](const Call&, const Issue&) { return Json::array(); };
  const auto null = [](const Call&, const Issue&) { return Json(); };
  return {{"workratio", [](const Call&, const Issue&) { return Json(-1); }},
          {"issuelinks", empty_list},
          {"subtasks", empty_list},
          {"attachment", empty_list},
          {"environment", null},
          {"security", null},
          {"timeestimate", null},
          {"timeoriginalestimate", null},
          {"aggregatetimeestimate", null},
          {"aggregatetimeoriginalestimate", null},
          {"lastViewed", null},
          {"votes", [](const Call& c, const Issue& i) {
             return Json{{"self", c.root() + "/issue/" + i.key + "/votes"}, {"votes", 0}, {"hasVoted", false}};
           }}};
}

bool is_wanted(const std::vector<std::string>& fields, const std::string& otherwise, const std::string& id,
               bool is_navigable) {
  const auto has = [&](const std::string& word) {
    return std::find(fields.begin(), fields.end(), word) != fields.end();
  };
  if (has("-" + id)) return false;
  if (has(id) || has("*all") || (has("*navigable") && is_navigable)) return true;
  const bool only_exclusions =
      std::all_of(fields.begin(), fields.end(), [](const auto& word) { return !word.empty() && word[0] == '-'; });
  if (!only_exclusions) return false;
  return otherwise == "*all" || (otherwise == "*navigable" && is_navigable);
}

Json expanded_changelog(const Call& call, const Issue& issue) {
  const auto total = issue.history.size();
  auto histories = Json::array();
  if (!call.is_cloud()) {
    for (const auto& change : issue.history) histories.push_back(change_json(call, change));
    return {{"startAt", 0}, {"maxResults", total}, {"total", total}, {"histories", histories}};
  }
  const auto most = std::min(total, call.state.settings.expanded_changelog);
  for (std::size_t i = 0; i < most; ++i) histories.push_back(change_json(call, issue.history[total - 1 - i]));
  return {{"startAt", 0}, {"maxResults", most}, {"total", total}, {"histories", histories}};
}

Json expanded_properties(const Call& call, const Issue& issue) {
  auto out = Json::object();
  for (const auto& key : call.list("properties")) {
    const auto found = issue.properties.find(key);
    if (found != issue.properties.end()) out[key] = Json::parse(found->second);
  }
  return out;
}

}  // namespace

const std::vector<SystemField>& system_fields(bool cloud) {
  static const std::vector<SystemField> k_data_center{
      {"summary", "Summary", "string"},
      {"issuetype", "Issue Type", "issuetype"},
      {"project", "Project", "project"},
      {"status", "Status", "status"},
      {"priority", "Priority", "priority"},
      {"resolution", "Resolution", "resolution"},
      {"resolutiondate", "Resolved", "datetime"},
      {"reporter", "Reporter", "user"},
      {"creator", "Creator", "user"},
      {"assignee", "Assignee", "user"},
      {"created", "Created", "datetime"},
      {"updated", "Updated", "datetime"},
      {"labels", "Labels", "array", "string"},
      {"components", "Component/s", "array", "component"},
      {"versions", "Affects Version/s", "array", "version"},
      {"fixVersions", "Fix Version/s", "array", "version"},
      {"duedate", "Due date", "date"},
      {"description", "Description", "string"},
      {"environment", "Environment", "string"},
      {"timespent", "Time Spent", "number"},
      {"aggregatetimespent", "Σ Time Spent", "number"},
      {"timeestimate", "Remaining Estimate", "number"},
      {"timeoriginalestimate", "Original estimate", "number"},
      {"aggregatetimeestimate", "Σ Remaining Estimate", "number"},
      {"aggregatetimeoriginalestimate", "Σ Original Estimate", "number"},
      {"progress", "Progress", "progress"},
      {"aggregateprogress", "Σ Progress", "progress"},
      {"workratio", "Work Ratio", "number"},
      {"watches", "Watchers", "watches"},
      {"votes", "Votes", "votes"},
      {"security", "Security Level", "securitylevel"},
      {"lastViewed", "Last Viewed", "datetime"},
      {"issuelinks", "Linked Issues", "array", "issuelinks"},
      {"subtasks", "Sub-tasks", "array", "issuelinks"},
      {"timetracking", "Time tracking", "timetracking", "", false},
      {"attachment", "Attachment", "array", "attachment", false},
      {"comment", "Comment", "comments-page", "", false},
      {"worklog", "Log Work", "array", "worklog", false}};
  static const std::vector<SystemField> k_cloud = [] {
    auto out = k_data_center;
    out.push_back({"statuscategorychangedate", "Status Category Changed", "datetime"});
    return out;
  }();
  return cloud ? k_cloud : k_data_center;
}

bool has_context(const Field& field, const Project& project) {
  return field.projects.empty() || field.projects.count(project.id) > 0;
}

Json system_value(const Call& call, const Issue& issue, const std::string& field) {
  static const Values k_values = [] {
    auto out = words();
    out.merge(people_and_times());
    out.merge(nothing());
    return out;
  }();
  const auto found = k_values.find(field);
  return found == k_values.end() ? Json() : found->second(call, issue);
}

Json issue_json(const Call& call, const Issue& issue, const std::vector<std::string>& fields,
                const std::string& otherwise, const std::vector<std::string>& expand) {
  Json out{{"expand", "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"},
           {"id", issue.id},
           {"self", call.root() + "/issue/" + issue.id},
           {"key", issue.key}};
  auto values = Json::object(), names = Json::object();
  for (const auto& field : system_fields(call.is_cloud())) {
    if (!is_wanted(fields, otherwise, field.id, field.is_navigable)) continue;
    values[field.id] = system_value(call, issue, field.id);
    names[field.id] = field.name;
  }
  for (const auto& field : call.state.fields) {
    const auto id = field.id();
    if (!has_context(field, project_of(call.state, issue)) || !is_wanted(fields, otherwise, id, true)) continue;
    const auto found = issue.custom.find(id);
    values[id] = found == issue.custom.end() ? Json() : value_json(call, field, found->second);
    names[id] = field.name;
  }
  if (!values.empty() || otherwise != "id") out["fields"] = values;
  const auto expands = [&](const char* word) { return std::find(expand.begin(), expand.end(), word) != expand.end(); };
  if (expands("names")) out["names"] = names;
  if (expands("changelog")) out["changelog"] = expanded_changelog(call, issue);
  if (call.has("properties")) out["properties"] = expanded_properties(call, issue);
  return out;
}

}  // namespace cb::fake_jira
