#include "adapters/redmine/redmine_put.hpp"

#include "adapters/redmine/redmine_parse.hpp"
#include "adapters/redmine/redmine_status.hpp"

namespace cb {

namespace {

constexpr int k_unprocessable = 422;
constexpr int k_server_error = 500;

std::string joined(const std::vector<std::string>& sentences) {
  if (sentences.empty()) return "it gives no reason";
  std::string out;
  for (const auto& sentence : sentences) out += (out.empty() ? "" : "; ") + sentence;
  return out;
}

Error unprocessable(const RedmineSession& session, const HttpResponse& response, const std::string& id) {
  const auto sentences = redmine_errors(response.body);
  if (sentences && sentences->empty())
    return {ErrorKind::stale, session.attempt("issue #" + id + " was changed by somebody else meanwhile"), {}};
  auto error = session.error(response, "writing issue #" + id);
  error.what = session.attempt("Redmine refuses to write issue #" + id + ": " +
                               joined(sentences.value_or(std::vector<std::string>{})) +
                               ". Fill or correct these fields of the issue: a required field that is empty blocks "
                               "every write of fields; a value that is not in a list, or not of the form that a "
                               "field wants, is a matter of the field's settings");
  return error;
}

Error refusal(RedmineSession& session, RedmineDirectory& directory, const RedmineIssue& issue,
              const HttpResponse& response) {
  const auto id = std::to_string(issue.id);
  if (response.status == k_forbidden) {
    if (auto me = directory.identify(); !me) return me.error();
    return {ErrorKind::rejected,
            session.attempt("issue #" + id + " cannot be written (403): its project " + issue.project.name +
                            " is closed, or the account lacks the permission edit_issues there"),
            {}};
  }
  if (response.status == k_unprocessable) return unprocessable(session, response, id);
  auto error = session.error(response, "writing issue #" + id);
  if (response.status >= k_server_error)
    error.what += "; whether it was written is unknown, the issue is read again before the next attempt";
  return error;
}

}  // namespace

std::optional<Error> redmine_put(RedmineSession& session, RedmineDirectory& directory, const RedmineIssue& issue,
                                 RedmineUpdate update, std::string& refused_assignee) {
  const auto id = std::to_string(issue.id);
  auto response = session.put("/issues/" + id + ".json", redmine_update_body(update), "writing issue #" + id);
  if (!response) return response.error();
  if (response->status == k_no_content || response->status == k_ok) return {};
  // An empty list of reasons is a concurrent change.
  const auto reasons = redmine_errors(response->body);
  if (update.assignee == 0 || response->status != k_unprocessable || !reasons || reasons->empty())
    return refusal(session, directory, issue, *response);
  refused_assignee = joined(*reasons);
  update.assignee = 0;
  if (update.empty()) return {};
  return redmine_put(session, directory, issue, std::move(update), refused_assignee);
}

}  // namespace cb
