#include "adapters/jira/jira_phone_book.hpp"

#include <algorithm>

#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// "ann@acme.example (Ann Smith)"
std::string described(const PersonRef& person) {
  const auto called = to_text(person);
  return person.name.empty() || person.name == called ? called : called + " (" + person.name + ")";
}

Author author_of(const JiraUser& user) {
  return {user.id, user.login, user.address, user.name, {}, {}, false};
}

bool is_in_copy(const JiraIssue& issue, const PersonRef& person, const std::string& login) {
  return std::any_of(issue.watchers.begin(), issue.watchers.end(), [&](const auto& one) {
    return login.empty() ? is_person(person, author_of(one)) : same_name(one.login, login);
  });
}

// Words that the search finds people by, the surest first.
std::vector<std::string> search_words(const PersonRef& person) {
  std::vector<std::string> words;
  for (const auto& word : {person.login, person.address, person.name})
    if (!word.empty()) words.push_back(word);
  return words;
}

}  // namespace

JiraLogins JiraPeople::logins() const {
  JiraLogins out{assignee.login, {}};
  for (const auto& found : copies)
    if (!found.login.empty()) out.copy.push_back(found.login);
  return out;
}

void JiraPeople::refuse(const std::string& login, const std::string& words) {
  const auto take_out = [&](JiraFound& found) {
    if (!same_name(found.login, login)) return;
    found.login.clear();
    found.problem = words;
  };
  take_out(assignee);
  for (auto& found : copies) take_out(found);
}

std::vector<std::string> JiraPeople::unreached(const JiraIssue& issue) const {
  const auto why = [](const JiraFound& found) {
    return found.problem.empty() ? std::string("Jira answered with success and did not do it") : found.problem;
  };
  std::vector<std::string> out;
  if (!assignee.wanted.empty() && !issue.assignee)
    out.push_back("assignee: shows nobody and not " + described(assignee.wanted) + "; " + why(assignee));
  for (const auto& found : copies)
    if (found.login.empty() || !is_in_copy(issue, found.wanted, found.login))
      out.push_back("copy: does not show " + described(found.wanted) + "; " + why(found));
  return out;
}

Result<std::vector<JiraUser>> JiraPhoneBook::users(const std::string& parameter, const std::string& text) {
  auto document = session_.ask("GET", "/user/search" + jira_query({{parameter, text}, {"maxResults", "50"}}), "",
                               "looking for somebody");
  if (!document) {
    const auto status = document.error().status;
    if (status == 403 || status == 404) return std::vector<JiraUser>();
    return Failure(std::move(document.error().error));
  }
  document->root().require_list();
  std::vector<JiraUser> found;
  for (const auto& each : document->root().items()) found.push_back(jira_user(each));
  return checked(*document, std::move(found));
}

Result<JiraFound> JiraPhoneBook::look_up(const PersonRef& person) {
  TRY(server, session_.server());
  std::vector<std::string> logins;
  const auto collect = [&](const std::vector<JiraUser>& found) {
    for (const auto& user : found)
      if (is_person(person, author_of(user)) && !contains_name(logins, user.login)) logins.push_back(user.login);
  };
  if (server.cloud && !person.login.empty()) {
    TRY(found, users("accountId", person.login));
    collect(found);
  }
  for (const auto& word : search_words(person)) {
    if (!logins.empty()) break;
    TRY(found, users(server.cloud ? "query" : "username", word));
    collect(found);
    // An address that is hidden from us finds its account all the same, and only that one.
    if (server.cloud && word == person.address && logins.empty() && found.size() == 1 && found.front().address.empty())
      logins.push_back(found.front().login);
  }
  if (logins.size() == 1) return JiraFound{person, logins.front(), {}};
  if (logins.empty())
    return JiraFound{person,
                     {},
                     "no account that can be seen is theirs: correct the login, address or name in the "
                     "configuration, or give the bridge's account the permission Browse users and groups"};
  return JiraFound{person,
                   {},
                   "several accounts may be theirs: give the login in the configuration" +
                       std::string(server.cloud ? ", which is the account's id" : "")};
}

Result<JiraFound> JiraPhoneBook::find(const PersonRef& person) {
  const auto key = folded(person.login + "\n" + person.address + "\n" + person.name);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  TRY(found, look_up(person));
  known_[key] = found;
  return found;
}

Result<JiraPeople> JiraPhoneBook::people(const JiraIssue& issue, const Changes& changes) {
  JiraPeople people;
  if (!changes.assign.empty() && !issue.assignee) {
    TRY(assignee, find(changes.assign));
    people.assignee = assignee;
  }
  for (const auto& person : changes.copy) {
    if (is_in_copy(issue, person, "")) continue;
    TRY(found, find(person));
    if (!found.login.empty() && is_in_copy(issue, person, found.login)) continue;
    const bool twice = std::any_of(people.copies.begin(), people.copies.end(), [&](const auto& one) {
      return !found.login.empty() && same_name(one.login, found.login);
    });
    if (!twice) people.copies.push_back(found);
  }
  return people;
}

}  // namespace cb
