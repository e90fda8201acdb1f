#include "adapters/bugzilla/bugzilla_people.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr const char* k_user_fields = "include_fields=id,name,real_name,email";

// "ann@acme.example (Ann Smith)"
std::string described(const PersonRef& person) {
  const auto called = to_text(person);
  return person.name.empty() || person.name == called ? called : called + " (" + person.name + ")";
}

Author author_of(const BugzillaPerson& person) {
  Author author;
  author.login = person.login;
  author.address = person.address.empty() ? person.login : person.address;
  author.name = person.name;
  return author;
}

bool is_in_copy(const BugzillaBug& bug, const PersonRef& person, const std::string& login) {
  return std::any_of(bug.cc.begin(), bug.cc.end(), [&](const auto& one) {
    return login.empty() ? is_person(person, author_of(one)) : same_name(one.login, login);
  });
}

}  // namespace

BugzillaLogins BugzillaPeople::logins() const {
  BugzillaLogins out{assignee.login, {}};
  for (const auto& found : copies)
    if (!found.login.empty()) out.cc.push_back(found.login);
  return out;
}

void BugzillaPeople::refuse(const std::string& login, const std::string& words) {
  const auto take_out = [&](BugzillaFound& found) {
    if (!same_name(found.login, login)) return;
    found.login.clear();
    found.problem = words;
  };
  take_out(assignee);
  for (auto& found : copies) take_out(found);
}

Result<std::vector<BugzillaUser>> BugzillaPhoneBook::users(const std::string& query) {
  auto document = session_.ask("GET", std::string("/user?") + k_user_fields + "&" + query, "", "looking for somebody");
  if (!document) {
    const auto code = document.error().code;
    if (code == k_bugzilla_no_such_object || code == k_bugzilla_auth_failure) return std::vector<BugzillaUser>();
    return Failure(std::move(document.error().error));
  }
  return bugzilla_users(*document);
}

Result<BugzillaFound> BugzillaPhoneBook::look_up(const PersonRef& person) {
  if (!person.login.empty()) {
    TRY(found, users("names=" + url_encoded(person.login)));
    for (const auto& user : found)
      if (same_name(user.person.login, person.login)) return BugzillaFound{person, user.person.login, {}};
  }
  std::vector<std::string> logins;
  const auto collect = [&](const std::vector<BugzillaUser>& found, auto matches) {
    for (const auto& user : found)
      if (matches(user.person) && !contains_name(logins, user.person.login)) logins.push_back(user.person.login);
  };
  if (!person.address.empty()) {
    TRY(found, users("match=" + url_encoded(person.address)));
    collect(found, [&](const auto& one) { return same_name(author_of(one).address, person.address); });
  }
  if (logins.empty() && !person.name.empty()) {
    TRY(found, users("match=" + url_encoded(person.name)));
    collect(found, [&](const auto& one) { return same_name(one.name, person.name); });
  }
  if (logins.size() == 1) return BugzillaFound{person, logins.front(), {}};
  if (logins.empty())
    return BugzillaFound{person,
                         {},
                         "no account that can be seen is " + described(person) +
                             ": correct the login, address or name in the configuration, or let the bridge's account "
                             "see that person (usevisibilitygroups)"};
  return BugzillaFound{
      person, {}, "several accounts may be " + described(person) + ": give the login in the configuration"};
}

Result<BugzillaFound> BugzillaPhoneBook::find(const PersonRef& person) {
  const auto key = folded(person.login + "\n" + person.address + "\n" + person.name);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  TRY(found, look_up(person));
  known_[key] = found;
  return found;
}

Result<BugzillaPeople> BugzillaPhoneBook::people(const BugzillaBug& bug, const std::string& holder,
                                                 const Changes& changes) {
  BugzillaPeople people;
  if (!changes.assign.empty() && holder.empty() && !is_person(changes.assign, author_of(bug.assignee))) {
    TRY(assignee, find(changes.assign));
    if (assignee.login.empty() || !same_name(assignee.login, bug.assignee.login)) people.assignee = assignee;
  }
  for (const auto& person : changes.copy) {
    if (is_in_copy(bug, person, "")) continue;
    TRY(found, find(person));
    const bool twice = std::any_of(people.copies.begin(), people.copies.end(), [&](const auto& other) {
      return !found.login.empty() && same_name(other.login, found.login);
    });
    if (!twice && (found.login.empty() || !is_in_copy(bug, person, found.login))) people.copies.push_back(found);
  }
  return people;
}

std::vector<std::string> bugzilla_missing_people(const BugzillaBug& bug, const std::string& holder,
                                                 const BugzillaPeople& people) {
  std::vector<std::string> missing;
  const auto& assignee = people.assignee;
  const bool assigned = !holder.empty() || (!assignee.login.empty() && same_name(bug.assignee.login, assignee.login));
  if (!assignee.person.empty() && !assigned)
    missing.push_back(
        "assignee: shows nobody and not " + to_text(assignee.person) + "; " +
        (assignee.problem.empty() ? "Bugzilla answered with success and did not assign it" : assignee.problem));
  for (const auto& found : people.copies)
    if (found.login.empty() || !is_in_copy(bug, found.person, found.login))
      missing.push_back("copy: does not show " + to_text(found.person) + "; " +
                        (found.problem.empty() ? "Bugzilla answered with success and did not add it" : found.problem));
  return missing;
}

}  // namespace cb
