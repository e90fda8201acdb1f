#include "adapters/jira/jira_bulk.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_parse.hpp"

namespace cb {

namespace {

using nlohmann::json;

constexpr int k_most_questions = 300;
constexpr const char* k_editing = "editing several issues together";

bool can_hold(const JiraFieldUpdate& update) {
  if (update.wanted.words.empty()) return false;
  return update.field.kind == JiraFieldKind::text || update.field.kind == JiraFieldKind::textarea ||
         update.field.kind == JiraFieldKind::date_time;
}

void add_field(json& input, json& actions, const JiraFieldUpdate& update) {
  const auto& id = update.field.id;
  const auto sent = json::parse(update.wanted.sent);
  actions.push_back(id);
  if (update.field.kind == JiraFieldKind::date_time)
    input["dateTimePickerFields"].push_back({{"fieldId", id}, {"dateTime", {{"formattedDateTime", sent}}}});
  else if (update.field.kind == JiraFieldKind::textarea)
    input["richTextFields"].push_back({{"fieldId", id}, {"richText", {{"adfValue", sent}}}});
  else
    input["singleLineTextFields"].push_back({{"fieldId", id}, {"text", sent}});
}

void add_labels(json& input, json& actions, const std::vector<std::string>& labels, const char* option) {
  json names = json::array();
  for (const auto& label : labels) names.push_back({{"name", label}});
  input["labelsFields"].push_back(
      {{"fieldId", "labels"}, {"bulkEditMultiSelectFieldOption", option}, {"labels", std::move(names)}});
  if (std::find(actions.begin(), actions.end(), "labels") == actions.end()) actions.push_back("labels");
}

// Without the right for bulk changes, or where this site has none.
bool is_impossible(int status) {
  return status == 400 || status == 401 || status == 403 || status == 404;
}

// Until it is over, however it ended.
std::optional<Error> wait_for(JiraSession& session, const std::string& task) {
  for (int question = 0; question < k_most_questions; ++question) {
    auto document = session.get("/bulk/queue/" + url_encoded(task), k_editing);
    if (!document) return document.error();
    const auto status = document->root()["status"].text();
    if (auto problem = document->problem()) return problem;
    if (status != "ENQUEUED" && status != "RUNNING" && status != "CANCEL_REQUESTED") return {};
  }
  return Error{ErrorKind::retry_later,
               session.attempt(k_editing) + ": the task " + task + " is not done yet; the issues are read again later",
               {}};
}

}  // namespace

bool jira_bulk_can(const JiraEdit& edit) {
  // Labels to add and to take off would be two edits of one field.
  return edit.assignee.empty() && (edit.add_labels.empty() || edit.remove_labels.empty()) &&
         std::all_of(edit.fields.begin(), edit.fields.end(), can_hold);
}

std::string jira_bulk_body(const std::vector<std::string>& ids, const JiraEdit& edit) {
  json input = json::object();
  json actions = json::array();
  for (const auto& update : edit.fields) add_field(input, actions, update);
  if (!edit.add_labels.empty()) add_labels(input, actions, edit.add_labels, "ADD");
  if (!edit.remove_labels.empty()) add_labels(input, actions, edit.remove_labels, "REMOVE");
  const json body{{"selectedIssueIdsOrKeys", ids},
                  {"selectedActions", std::move(actions)},
                  {"editedFieldsInput", std::move(input)},
                  {"sendBulkNotification", false}};
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<bool> jira_bulk_edit(JiraSession& session, const std::vector<std::string>& ids, const JiraEdit& edit) {
  auto answer = session.ask("POST", "/bulk/issues/fields", jira_bulk_body(ids, edit), k_editing);
  if (!answer) {
    if (is_impossible(answer.error().status)) return false;
    return Failure(std::move(answer.error().error));
  }
  const auto task = answer->root()["taskId"].text();
  if (auto problem = answer->problem()) return Failure(*std::move(problem));
  if (auto error = wait_for(session, task)) return Failure(*std::move(error));
  return true;
}

}  // namespace cb
