#include "adapters/jira/jira_read.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_neutral.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"

namespace cb {

namespace {

constexpr std::size_t k_most_pages_of_issue = 10000;

std::string doing_for(const std::string& id) {
  return "reading issue #" + id;
}

// 10068 or SUP-12; anything else would be another address.
bool is_issue_id(const std::string& id) {
  const auto is_one_of = [&](const char* signs) { return id.find_first_not_of(signs) == std::string::npos; };
  if (id.empty() || id.size() > 100) return false;
  if (is_one_of("0123456789")) return true;
  return id.front() != '-' && id.find('-') != std::string::npos &&
         is_one_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}

// Whether these are all comments, and each tells who sees it.
bool suffices(const JiraIssue& issue, const JiraServer& server) {
  if (!issue.embedded) return false;
  const auto& comments = issue.embedded->comments;
  if (static_cast<std::int64_t>(comments.size()) < issue.embedded->total) return false;
  return !(server.service_management || issue.project.service_desk) ||
         std::all_of(comments.begin(), comments.end(), [](const auto& each) { return each.desk_public.has_value(); });
}

}  // namespace

std::optional<Error> JiraReader::read_comments(JiraIssue& issue) {
  issue.comments.clear();
  for (std::size_t page = 0; page < k_most_pages_of_issue; ++page) {
    const auto query = jira_query({{"startAt", std::to_string(issue.comments.size())},
                                   {"maxResults", "100"},
                                   {"orderBy", "created"},
                                   {"expand", "properties"}});
    auto document =
        session_.get(jira_issue_path(issue.id) + "/comment" + query, "reading the comments of issue #" + issue.id);
    if (!document) return document.error();
    auto comments = checked(*document, jira_comments(document->root()));
    if (!comments) return comments.error();
    issue.comments.insert(issue.comments.end(), comments->comments.begin(), comments->comments.end());
    if (comments->comments.empty() || static_cast<std::int64_t>(issue.comments.size()) >= comments->total) return {};
  }
  return Error{ErrorKind::bad_reply, session_.attempt("the comments of issue #") + issue.id + " do not end", {}};
}

std::optional<Error> JiraReader::read_links(JiraIssue& issue) {
  if (!terms_.links) return {};
  auto document = session_.get(jira_issue_path(issue.id) + "/remotelink", "reading the links of issue #" + issue.id);
  // Where issues may not be linked, none is.
  if (!document && document.error().kind == ErrorKind::denied) return {};
  if (!document) return document.error();
  document->root().require_list();
  for (const auto& link : document->root().items())
    if (const auto id = link["globalId"].text_or(""); !id.empty()) issue.links[id] = link["object"]["url"].text_or("");
  return document->problem();
}

std::optional<Error> JiraReader::read_watchers(JiraIssue& issue) {
  auto document = session_.get(jira_issue_path(issue.id) + "/watchers", "reading who watches issue #" + issue.id);
  if (!document) return document.error();
  issue.watchers.clear();
  document->root()["watchers"].require_list();
  for (const auto& each : document->root()["watchers"].items()) issue.watchers.push_back(jira_user(each));
  issue.has_watchers = true;
  return document->problem();
}

std::optional<Error> JiraReader::complete(JiraIssue& issue) {
  auto server = session_.server();
  if (!server) return server.error();
  if (suffices(issue, *server))
    issue.comments = issue.embedded->comments;
  else if (auto error = read_comments(issue))
    return error;
  std::stable_sort(issue.comments.begin(), issue.comments.end(),
                   [](const auto& a, const auto& b) { return a.created < b.created; });
  if (terms_.watchers)
    if (auto error = read_watchers(issue)) return error;
  return read_links(issue);
}

Result<JiraIssue> JiraReader::read_with_history(const std::string& id) {
  std::vector<std::pair<std::string, std::string>> query{{"fields", "*all"}, {"expand", "changelog"}};
  if (!terms_.property.empty()) query.emplace_back("properties", terms_.property);
  TRY(document, session_.get(jira_issue_path(id) + jira_query(query), doing_for(id)));
  auto issue = jira_issue(document.root(), terms_.property);
  const auto changelog = document.root()["changelog"];
  changelog.require_object();
  issue.history = jira_histories(changelog["histories"].items());
  const auto total = changelog["total"].integer();
  TRY(good, checked(document, std::move(issue)));
  if (static_cast<std::int64_t>(good.history.size()) != total)
    return failure(ErrorKind::bad_reply, session_.attempt(doing_for(id)) + ": the server told " +
                                             std::to_string(good.history.size()) + " of " + std::to_string(total) +
                                             " changes; without all of them no promise can be measured");
  if (auto error = complete(good)) return Failure(*std::move(error));
  return good;
}

Result<JiraReader::Found> JiraReader::bulk(const std::vector<std::string>& ids) {
  nlohmann::json body{{"issueIdsOrKeys", ids}, {"fields", nlohmann::json::array({"*all"})}};
  if (!terms_.property.empty()) body["properties"] = nlohmann::json::array({terms_.property});
  const auto doing = ids.size() == 1 ? doing_for(ids.front()) : "reading " + std::to_string(ids.size()) + " issues";
  TRY(document, session_.post("/issue/bulkfetch", body.dump(), doing));
  document.root()["issues"].require_list();
  Found found;
  for (const auto& each : document.root()["issues"].items()) {
    auto issue = jira_issue(each, terms_.property);
    auto id = issue.id;
    found.emplace(std::move(id), std::move(issue));
  }
  return checked(document, std::move(found));
}

std::optional<Error> JiraReader::read_histories(Found& found) {
  if (found.empty()) return {};
  nlohmann::json body{{"issueIdsOrKeys", nlohmann::json::array()}, {"maxResults", 1000}};
  for (const auto& [id, issue] : found) body["issueIdsOrKeys"].push_back(id);
  std::string token;
  for (std::size_t page = 0; page < k_most_pages_of_issue; ++page) {
    auto document = session_.post("/changelog/bulkfetch", body.dump(), "reading what was changed");
    if (!document) return document.error();
    document->root()["issueChangeLogs"].require_list();
    for (const auto& log : document->root()["issueChangeLogs"].items()) {
      const auto issue = found.find(log["issueId"].scalar());
      if (issue == found.end()) continue;
      auto histories = jira_histories(log["changeHistories"].items());
      auto& known = issue->second.history;
      known.insert(known.end(), std::make_move_iterator(histories.begin()), std::make_move_iterator(histories.end()));
    }
    const auto next = document->root()["nextPageToken"].text_or("");
    if (auto problem = document->problem()) return problem;
    if (next.empty()) return {};
    if (next == token) break;
    body["nextPageToken"] = token = next;
  }
  return Error{ErrorKind::bad_reply, session_.attempt("reading what was changed: the list has no end"), {}};
}

std::vector<Result<JiraIssue>> JiraReader::read_batch(const std::vector<std::string>& ids) {
  auto found = bulk(ids);
  auto error = found ? read_histories(*found) : std::optional<Error>(found.error());
  if (error && error->kind == ErrorKind::rejected && ids.size() > 1) {
    // One that cannot be read keeps no other from it.
    std::vector<Result<JiraIssue>> alone;
    alone.reserve(ids.size());
    for (const auto& id : ids) alone.push_back(std::move(read_batch({id}).front()));
    return alone;
  }
  if (error) return {ids.size(), Result<JiraIssue>(Failure(*error))};
  std::vector<Result<JiraIssue>> out;
  for (const auto& id : ids) {
    // Jira takes a key, too, also one of a time before the issue was moved.
    auto issue = found->find(id);
    if (issue == found->end())
      issue = std::find_if(found->begin(), found->end(), [&](const auto& each) { return each.second.key == id; });
    if (issue == found->end() && ids.size() == 1) issue = found->begin();
    if (issue == found->end()) {
      out.emplace_back(failure(ErrorKind::not_found,
                               session_.attempt(doing_for(id)) + ": it does not exist, or the account may not see it"));
      continue;
    }
    auto& history = issue->second.history;
    std::stable_sort(history.begin(), history.end(), [](const auto& a, const auto& b) { return a.when < b.when; });
    if (auto wrong = complete(issue->second))
      out.emplace_back(Failure(*std::move(wrong)));
    else
      out.emplace_back(issue->second);
  }
  return out;
}

Error JiraReader::no_such(const std::string& id) const {
  return {ErrorKind::not_found,
          session_.attempt(doing_for(id)) + ": there is no such issue; Jira's have numbers, or keys such as SUP-12",
          {}};
}

Result<JiraIssue> JiraReader::read(const std::string& id) {
  if (!is_issue_id(id)) return Failure(no_such(id));
  TRY(server, session_.server());
  if (!server.cloud) return read_with_history(id);
  return std::move(read_batch({id}).front());
}

std::vector<Result<JiraIssue>> JiraReader::read_all(const std::vector<std::string>& ids) {
  std::vector<Result<JiraIssue>> out;
  const auto server = session_.server();
  if (!server) return {ids.size(), Result<JiraIssue>(Failure(server.error()))};
  if (!server->cloud) {
    for (const auto& id : ids) out.push_back(read(id));
    return out;
  }
  std::vector<std::string> good;
  std::copy_if(ids.begin(), ids.end(), std::back_inserter(good), is_issue_id);
  std::vector<Result<JiraIssue>> read;
  for (std::size_t at = 0; at < good.size(); at += k_jira_fetch_batch) {
    const auto end = std::min(good.size(), at + k_jira_fetch_batch);
    const std::vector<std::string> some(good.begin() + static_cast<std::ptrdiff_t>(at),
                                        good.begin() + static_cast<std::ptrdiff_t>(end));
    for (auto& each : read_batch(some)) read.push_back(std::move(each));
  }
  auto next = read.begin();
  for (const auto& id : ids)
    out.push_back(is_issue_id(id) ? std::move(*next++) : Result<JiraIssue>(Failure(no_such(id))));
  return out;
}

Result<Fetched> JiraReader::fetched(const JiraIssue& issue) {
  if (auto error = directory_.prepare({&issue})) return Failure(*std::move(error));
  TRY(server, session_.server());
  return fetched_issue(issue, directory_.names(), terms_, server);
}

std::vector<Result<Fetched>> JiraReader::fetched_all(const std::vector<Result<JiraIssue>>& issues) {
  std::vector<Result<Fetched>> out;
  for (const auto& issue : issues) {
    if (issue)
      out.push_back(fetched(*issue));
    else
      out.emplace_back(Failure(issue.error()));
  }
  return out;
}

}  // namespace cb
