#include "adapters/redmine/redmine_people.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/redmine/redmine_status.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_most_asked = 200;  // each member that was never met costs one request

bool holds(const std::vector<RedmineNamed>& people, std::int64_t id) {
  return std::any_of(people.begin(), people.end(), [&](const auto& one) { return one.id == id; });
}

// "alena.k (Alena Králová)"
std::string described(const PersonRef& person) {
  const auto called = to_text(person);
  const auto& more = person.name.empty() || person.name == called ? person.address : person.name;
  return more.empty() || more == called ? called : called + " (" + more + ")";
}

RedmineWanted found(const PersonRef& person, const std::vector<std::int64_t>& ids, const RedmineIssue& issue,
                    bool all_asked) {
  RedmineWanted wanted{person, 0, {}};
  if (ids.size() == 1) {
    wanted.id = ids.front();
  } else if (ids.empty()) {
    wanted.problem = "no member of the project " + issue.project.name + " is " + described(person) +
                     (all_asked ? "" : ", among the first " + std::to_string(k_most_asked)) +
                     ": make that person a member, or correct the login, address or name in the configuration";
  } else {
    wanted.problem = "several members of the project " + issue.project.name + " may be " + described(person) +
                     ": give a login or an e-mail address that the account can see";
  }
  return wanted;
}

Result<RedmineWanted> find(RedmineDirectory& directory, const RedmineIssue& issue, const PersonRef& person) {
  TRY(members, directory.members_of(issue.project.id));
  // Who is displayed with the name is most likely it, and then nobody else has to be asked for.
  std::stable_partition(members.begin(), members.end(), [&](const auto& member) {
    return !person.name.empty() && same_name(member.name, person.name);
  });
  const bool all_asked = members.size() <= k_most_asked;
  if (!all_asked) members.resize(k_most_asked);
  std::vector<std::int64_t> by_address;
  std::vector<std::int64_t> by_name;
  for (const auto& member : members) {
    TRY(author, directory.person(member));
    if (!is_person(person, author)) continue;
    if (!person.login.empty() && !author.login.empty()) return RedmineWanted{person, member.id, {}};
    auto& matches = !person.address.empty() && same_name(person.address, author.address) ? by_address : by_name;
    matches.push_back(member.id);
  }
  return found(person, by_address.empty() ? by_name : by_address, issue, all_asked);
}

// Without the right Redmine would answer success, change nothing but updated_on, and do so again at every attempt.
Result<RedmineWanted> assignee_of(RedmineDirectory& directory, const RedmineIssue& issue, const PersonRef& person,
                                  const RedmineRights& rights) {
  if (!rights.known || rights.may("edit_issues")) return find(directory, issue, person);
  return RedmineWanted{person, 0,
                       "give a role of the account the permission edit_issues in project " + issue.project.name};
}

Result<bool> is_in_copy(RedmineDirectory& directory, const RedmineIssue& issue, const PersonRef& person) {
  for (const auto& watcher : issue.watchers) {
    TRY(author, directory.person(watcher));
    if (is_person(person, author)) return true;
  }
  return false;
}

// What hinders anybody from being put in copy, in words.
std::string copy_refused(const RedmineRights& rights, const RedmineIssue& issue) {
  if (rights.known && !rights.may("add_issue_watchers"))
    return "give a role of the account the permission add_issue_watchers in project " + issue.project.name;
  if (!issue.watchers_known)
    return "the account does not see who is: give a role of it the permission view_issue_watchers in project " +
           issue.project.name;
  return {};
}

}  // namespace

bool redmine_may_copy(const RedmineRights& rights) {
  return rights.may("add_issue_watchers") && rights.may("view_issue_watchers");
}

Result<RedminePeople> redmine_people(RedmineDirectory& directory, const RedmineIssue& issue, const Changes& changes) {
  RedminePeople people;
  if (changes.assign.empty() && changes.copy.empty()) return people;
  TRY(rights, directory.rights_in(issue.project.id));
  if (!changes.assign.empty() && issue.assignee.id == 0) {
    TRY(assignee, assignee_of(directory, issue, changes.assign, rights));
    people.assignee = std::move(assignee);
  }
  const auto refused = copy_refused(rights, issue);
  for (const auto& person : changes.copy) {
    TRY(there, is_in_copy(directory, issue, person));
    if (there) continue;
    if (!refused.empty()) {
      people.copies.push_back({person, 0, refused});
      continue;
    }
    TRY(wanted, find(directory, issue, person));
    const bool twice = wanted.id != 0 && std::any_of(people.copies.begin(), people.copies.end(),
                                                     [&](const auto& other) { return other.id == wanted.id; });
    if (!twice && !holds(issue.watchers, wanted.id)) people.copies.push_back(std::move(wanted));
  }
  return people;
}

Result<bool> redmine_copy(RedmineSession& session, const RedmineIssue& issue, RedminePeople& people) {
  const auto id = std::to_string(issue.id);
  bool sent = false;
  for (auto& wanted : people.copies) {
    if (wanted.id == 0) continue;
    sent = true;
    const auto doing = "putting somebody in copy of issue #" + id;
    const auto body = nlohmann::json{{"user_id", wanted.id}}.dump();
    const auto response = session.post("/issues/" + id + "/watchers.json", body, doing);
    if (!response) return Failure(response.error());
    // Once the note that calls somebody stands, nobody is called again. A 500 is mostly about the person, and stays.
    if (auto error = session.error(*response, doing);
        error.kind == ErrorKind::retry_later && response->status != k_broken)
      return Failure(std::move(error));
    if (response->status == k_forbidden)
      wanted.problem = "Redmine refuses it (403): the project " + issue.project.name +
                       " is closed, or the account lacks the permission add_issue_watchers there";
    else if (response->status != k_no_content && response->status != k_ok)
      wanted.problem = session.error(*response, doing).what;
  }
  return sent;
}

std::vector<std::string> redmine_missing_people(const RedmineIssue& issue, const RedminePeople& people) {
  std::vector<std::string> missing;
  const auto& assignee = people.assignee;
  if (!assignee.person.empty() && issue.assignee.id == 0) {
    auto reason = assignee.problem;
    if (reason.empty())
      reason = "is that a member of the project with a role that issues can be assigned to, and not locked?" +
               (people.refused.empty() ? std::string() : " Redmine says: " + people.refused);
    missing.push_back("assignee: shows nobody and not " + to_text(assignee.person) + "; " + reason);
  }
  for (const auto& wanted : people.copies) {
    if (wanted.id != 0 && holds(issue.watchers, wanted.id)) continue;
    missing.push_back("copy: does not show " + to_text(wanted.person) + "; " +
                      (wanted.problem.empty() ? "is that account locked?" : wanted.problem));
  }
  return missing;
}

}  // namespace cb
