#include "adapters/jira/jira_put.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_parse_lists.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

bool mentions(const std::string& text, const char* word) {
  return folded(text).find(word) != std::string::npos;
}

// Words of both forms for a field that the edit screen lacks.
bool is_off_screen(const std::string& words) {
  return mentions(words, "screen") || mentions(words, "cannot be set");
}

bool is_about_quietness(const JiraRefusal& refusal) {
  return refusal.status == 403 || (refusal.status == 400 && mentions(refusal.error.what, "notif"));
}

bool leave_out_fields(JiraEdit& edit, const JiraRefusal& refusal, std::vector<std::string>& left_out) {
  const auto before = edit.fields.size();
  std::erase_if(edit.fields, [&](const auto& each) {
    const auto said = refusal.fields.find(each.field.id);
    if (said == refusal.fields.end() || !is_off_screen(said->second)) return false;
    left_out.push_back("field " + each.field.name + ": Jira refuses it (" + said->second +
                       "); put it on the project's edit screen");
    return true;
  });
  return edit.fields.size() != before;
}

bool leave_out_assignee(JiraEdit& edit, const JiraRefusal& refusal, JiraPeople& people) {
  const auto said = refusal.fields.find("assignee");
  if (said == refusal.fields.end() || edit.assignee.empty()) return false;
  people.refuse(edit.assignee, said->second);
  edit.assignee.clear();
  return true;
}

JiraAudience audience_of(const NewComment& comment, const JiraPrivacy& privacy) {
  return comment.visibility == Visibility::internal ? JiraAudience{privacy.type, privacy.value} : JiraAudience{};
}

}  // namespace

Error jira_write_error(JiraRefusal refusal) {
  auto error = std::move(refusal.error);
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::stale;  // it was there a moment ago
  if (error.kind == ErrorKind::retry_later && refusal.status != 429)
    error.what += "; whether it was written is unknown, the issue is read again before the next attempt";
  return error;
}

std::optional<Error> JiraPutter::edit(const JiraIssue& issue, JiraEdit edit, const std::string& record,
                                      const JiraWriting& writing, JiraPeople& people,
                                      std::vector<std::string>& left_out) {
  // Each round leaves something out or becomes loud, so the rounds end.
  bool quiet = is_quiet(issue.project.key);
  const bool was_quiet = quiet;
  while (!edit.empty() || !record.empty()) {
    const auto target = jira_issue_path(issue.id) + (quiet ? "?notifyUsers=false" : "");
    const auto answer =
        session_.ask("PUT", target, jira_edit_body(edit, record, writing), "writing " + jira_called(issue));
    if (answer) {
      if (was_quiet && !quiet) be_loud(issue.project.key);
      return {};
    }
    const auto& refusal = answer.error();
    if (quiet && is_about_quietness(refusal))
      quiet = false;
    else if (!leave_out_fields(edit, refusal, left_out) && !leave_out_assignee(edit, refusal, people))
      return jira_write_error(refusal);
  }
  return {};
}

std::optional<Error> JiraPutter::property(const JiraIssue& issue, const std::string& record) {
  const auto answer = session_.ask("PUT", jira_issue_path(issue.id) + "/properties/" + url_encoded(terms_.property),
                                   record, "writing the property " + terms_.property + " of " + jira_called(issue));
  if (answer) return {};
  return jira_write_error(answer.error());
}

std::optional<Error> JiraPutter::comment(const JiraIssue& issue, const NewComment& comment, const JiraPrivacy& privacy,
                                         bool cloud) {
  const auto doing = "commenting on " + jira_called(issue);
  const bool is_internal = comment.visibility == Visibility::internal;
  if (is_internal && !privacy.possible())
    return Error{ErrorKind::rejected,
                 session_.attempt(doing) + ": an internal comment is not written, because " + privacy.reason,
                 {}};
  auto answer = is_internal && privacy.desk
                    ? desk_note(issue, comment, cloud, doing)
                    : session_.ask("POST", jira_issue_path(issue.id) + "/comment",
                                   jira_comment_body(comment, audience_of(comment, privacy), cloud), doing);
  if (answer) return {};
  return jira_write_error(std::move(answer.error()));
}

// An issue of a service desk that is no customer's request is not there for the desk: its notes are marked as the
// desk's.
JiraResult<JsonDocument> JiraPutter::desk_note(const JiraIssue& issue, const NewComment& comment, bool cloud,
                                               const std::string& doing) {
  auto answer =
      session_.ask_desk("POST", "/request/" + url_encoded(issue.id) + "/comment", jira_desk_note_body(comment), doing);
  if (answer || answer.error().status != 404) return answer;
  return session_.ask("POST", jira_issue_path(issue.id) + "/comment", jira_marked_note_body(comment, cloud), doing);
}

std::optional<Error> JiraPutter::remove_comment(const JiraIssue& issue, const std::string& comment) {
  auto answer = session_.ask("DELETE", jira_issue_path(issue.id) + "/comment/" + url_encoded(comment), "",
                             "removing a comment of " + jira_called(issue));
  if (answer) return {};
  return jira_write_error(std::move(answer.error()));
}

std::optional<Error> JiraPutter::link(const JiraIssue& issue, const Link& link) {
  auto answer = session_.ask("POST", jira_issue_path(issue.id) + "/remotelink", jira_link_body(link),
                             "linking " + jira_called(issue));
  if (answer) return {};
  return jira_write_error(std::move(answer.error()));
}

std::optional<Error> JiraPutter::watch(const JiraIssue& issue, const std::string& login, JiraPeople& people) {
  auto answer = session_.ask("POST", jira_issue_path(issue.id) + "/watchers", nlohmann::json(login).dump(),
                             "putting somebody in copy of " + jira_called(issue));
  if (answer) return {};
  auto& refusal = answer.error();
  const bool is_about_the_person = refusal.status == 400 || refusal.status == 403 || refusal.status == 404;
  if (!is_about_the_person) return jira_write_error(std::move(refusal));
  people.refuse(login, refusal.error.what);
  return {};
}

std::optional<Error> JiraPutter::transition(const JiraIssue& issue, const std::string& status,
                                            std::vector<std::string>& left_out) {
  const auto doing = "moving " + jira_called(issue) + " to " + status;
  auto list = session_.ask("GET", jira_issue_path(issue.id) + "/transitions?expand=transitions.fields", "", doing);
  if (!list) return jira_write_error(std::move(list.error()));
  auto transitions = checked(*list, jira_transitions(list->root()["transitions"]));
  if (!transitions) return transitions.error();
  std::string possible;
  std::string wants;
  for (const auto& each : *transitions) {
    if (!same_name(each.to.name, status)) {
      possible += (possible.empty() ? "" : ", ") + each.to.name;
      continue;
    }
    if (!each.required.empty()) {
      wants = "the transition " + each.name + " wants the field " + each.required.front() +
              ", which the bridge does not know";
      continue;
    }
    auto answer =
        session_.ask("POST", jira_issue_path(issue.id) + "/transitions", jira_transition_body(each.id), doing);
    if (answer) return {};
    return jira_write_error(std::move(answer.error()));
  }
  if (!wants.empty()) {
    left_out.push_back("status " + status + ": " + wants);
    return {};
  }
  left_out.push_back("status " + status + ": from " + issue.status.name + " the workflow leads the account " +
                     (possible.empty() ? "nowhere" : "only to " + possible));
  return {};
}

}  // namespace cb
