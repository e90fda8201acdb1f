#include <algorithm>
#include <regex>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_bulk_edits.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_most_fetched = 100, k_most_edited = 1000, k_most_fields = 200, k_most_tasks = 5;

std::vector<std::string> texts(const Json& list) {
  std::vector<std::string> out;
  for (const auto& entry : list) out.push_back(text_of(entry));
  return out;
}

void run_one(State& state, Task& task, const std::string& id, const Json& body, Instant now) {
  const auto* user = user_by_id(state, task.user);
  Call call{state, state.issues, user, now, 3, {}, {}, {}, {}};
  try {
    auto& issue = visible_issue(call, id);
    require(call, project_of(state, issue), "EDIT_ISSUES", "edit issues");
    Edit edit(call, issue);
    const auto wanted = bulk_edits(member(body, "editedFieldsInput"));
    edit.set_all(wanted.fields, wanted.update);
    const auto& mails = member(body, "sendBulkNotification");
    edit.commit(mails.is_boolean() && !mails.get<bool>());
    task.processed.push_back(issue.id);
  } catch (const Refusal& refusal) {
    const auto why = refusal.messages.empty() ? refusal.errors.begin()->second : refusal.messages.front();
    task.failed[id] = why;
  }
}

Json progress_json(const Call& call, const Task& task) {
  const auto total = member(Json::parse(task.body), "selectedIssueIdsOrKeys").size();
  Json out{{"taskId", task.id},
           {"status", task.is_done ? "COMPLETE" : "RUNNING"},
           {"progressPercent", task.is_done ? 100 : 0},
           {"created", epoch_millis(task.submitted)},
           {"started", epoch_millis(task.submitted)},
           {"updated", epoch_millis(Moment(call.now))},
           {"totalIssueCount", total},
           {"processedAccessibleIssues", Json::array()},
           {"failedAccessibleIssues", Json::object()},
           {"invalidOrInaccessibleIssueCount", task.invalid}};
  out["submittedBy"] = user_json(call, task.user);
  for (const auto& id : task.processed) out["processedAccessibleIssues"].push_back(std::stoi(id));
  for (const auto& [id, why] : task.failed) out["failedAccessibleIssues"][id] = Json::array({why});
  return out;
}

}  // namespace

Reply bulk_fetch(Call& call) {
  const auto wanted = texts(member(call.body, "issueIdsOrKeys"));
  if (wanted.empty() || wanted.size() > k_most_fetched) refuse(400, "The number of issues must be between 1 and 100.");
  std::set<int> found;
  auto errors = Json::array(), issues = Json::array();
  for (const auto& key : wanted) {
    const auto* issue = issue_by_key(call.state.issues, key);
    if (issue && sees(call.state, call.user, *issue)) {
      found.insert(std::stoi(issue->id));
    } else {
      errors.push_back(
          {{"id", key}, {"errorMessage", "Issue does not exist or you do not have permission to see it."}});
    }
  }
  const auto properties = texts(member(call.body, "properties"));
  if (!properties.empty()) call.query["properties"] = properties;
  for (const auto id : found)
    issues.push_back(issue_json(call, call.state.issues.at(id), texts(member(call.body, "fields")), "*navigable",
                                texts(member(call.body, "expand"))));
  return {200,
          {{"expand", "renderedFields,names,schema,operations,editmeta,changelog"},
           {"issues", issues},
           {"issueErrors", errors}}};
}

Reply bulk_edit(Call& call) {
  require_login(call);
  if (!may_globally(call.state, call.user, "BULK_CHANGE")) refuse(403, "You need the Bulk Change permission.");
  const auto issues = texts(member(call.body, "selectedIssueIdsOrKeys"));
  const auto actions = texts(member(call.body, "selectedActions"));
  if (issues.empty() || issues.size() > k_most_edited) refuse(400, "The number of issues must be between 1 and 1000.");
  if (actions.empty() || actions.size() > k_most_fields) refuse(400, "The number of fields must be between 1 and 200.");
  check_bulk_edits(member(call.body, "editedFieldsInput"), actions);
  const auto& tasks = call.state.tasks;
  const auto running = std::count_if(tasks.begin(), tasks.end(), [](const Task& task) { return !task.is_done; });
  if (static_cast<std::size_t>(running) >= k_most_tasks)
    refuse(400, "The limit of 5 concurrent bulk operations is reached.");
  Task task;
  task.id = next_id(call.state);
  task.user = call.user->id;
  task.submitted = Moment(call.now);
  task.body = call.body.dump();
  call.state.tasks.push_back(task);
  return {201, {{"taskId", task.id}}};
}

Reply bulk_fields(Call& call) {
  require_login(call);
  const auto wanted = call.list("issueIdsOrKeys");
  if (wanted.empty()) refuse(400, "issueIdsOrKeys is required.");
  auto out = Json::array();
  for (const auto* id : {"summary", "description", "priority", "labels", "assignee", "reporter"})
    out.push_back({{"id", id}, {"name", id}, {"type", id}, {"isRequired", false}});
  for (const auto& field : call.state.fields) {
    const bool is_everywhere = std::all_of(wanted.begin(), wanted.end(), [&](const std::string& key) {
      return has_context(field, project_of(call.state, visible_issue(call, key)));
    });
    if (is_everywhere && field.has_screen)
      out.push_back({{"id", field.id()}, {"name", field.name}, {"type", type_key(field.kind)}, {"isRequired", false}});
  }
  return {200, {{"fields", out}}};
}

Reply bulk_progress(Call& call) {
  require_login(call);
  for (const auto& task : call.state.tasks)
    if (task.id == call.path[0]) {
      if (task.user != call.user->id && !is_admin(call.state, call.user))
        refuse(403, "You do not have permission to see this bulk operation.");
      return {200, progress_json(call, task)};
    }
  refuse(404, "The bulk operation " + call.path[0] + " was not found.");
}

void run_due_tasks(State& state, Instant now) {
  for (auto& task : state.tasks) {
    if (task.is_done || Moment(now) < task.submitted + state.settings.bulk_takes) continue;
    const auto body = Json::parse(task.body);
    for (const auto& key : texts(member(body, "selectedIssueIdsOrKeys"))) {
      if (issue_by_key(state.issues, key)) {
        run_one(state, task, key, body, now);
      } else {
        ++task.invalid;
      }
    }
    task.is_done = true;
  }
}

}  // namespace cb::fake_jira
