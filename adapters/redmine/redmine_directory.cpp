#include "adapters/redmine/redmine_directory.hpp"

#include <algorithm>

#include "adapters/redmine/redmine_parse.hpp"

namespace cb {

namespace {

constexpr std::int64_t k_page = 100;
constexpr std::int64_t k_most_rows = 100'000;  // a server that always answers with more rows must not hold us for ever

std::optional<std::int64_t> id_from(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return {};
  return std::stoll(text);
}

std::vector<std::int64_t> ids_in(const RedmineIssue& issue, const std::string& property, const std::string& attribute) {
  std::vector<std::int64_t> ids;
  for (const auto& journal : issue.journals)
    for (const auto& detail : journal.details) {
      if (detail.property != property) continue;
      if (property == "cf") {
        if (const auto id = id_from(detail.name)) ids.push_back(*id);
      } else if (detail.name == attribute) {
        if (const auto id = id_from(detail.from)) ids.push_back(*id);
        if (const auto id = id_from(detail.to)) ids.push_back(*id);
      }
    }
  return ids;
}

std::string paged(const std::string& target, std::size_t offset) {
  return target + (target.find('?') == std::string::npos ? "?" : "&") + "limit=" + std::to_string(k_page) +
         "&offset=" + std::to_string(offset);
}

// Rows of all pages; nothing when the account may not see the list.
template <class Row, class Parse>
Result<std::optional<std::vector<Row>>> all_rows(RedmineSession& session, const std::string& target,
                                                 const std::string& doing, Parse parse) {
  std::vector<Row> rows;
  for (;;) {
    TRY(document, session.get_if_visible(paged(target, rows.size()), doing));
    if (!document) return std::optional<std::vector<Row>>();
    const auto total = redmine_total(*document);
    TRY(page, parse(*document));
    const bool last = page.empty() || static_cast<std::int64_t>(rows.size() + page.size()) >= total;
    rows.insert(rows.end(), page.begin(), page.end());
    if (last || static_cast<std::int64_t>(rows.size()) >= k_most_rows) return std::optional(std::move(rows));
  }
}

}  // namespace

void RedmineDirectory::forget() {
  account_.reset();
  projects_.reset();
  rights_.clear();
  granted_.clear();
  members_.clear();
  names_ = {};
  asked_.clear();
  people_seen_ = 0;
  people_without_address_ = 0;
}

Result<RedmineUser> RedmineDirectory::identify() {
  account_.reset();
  TRY(document, session_.get("/users/current.json?include=memberships", "asking whose the API key is"));
  TRY(user, redmine_user(document));
  account_ = user;
  rights_.clear();
  granted_.clear();
  return user;
}

Result<RedmineUser> RedmineDirectory::account() {
  if (account_) return *account_;
  return identify();
}

Result<std::vector<RedmineProject>> RedmineDirectory::projects() {
  if (projects_) return *projects_;
  TRY(rows, all_rows<RedmineProject>(session_, "/projects.json", "reading the projects", redmine_projects));
  projects_ = rows.value_or(std::vector<RedmineProject>());
  for (const auto& project : *projects_) names_.projects[project.id] = project.identifier;
  return *projects_;
}

// Most accounts have the same role in all their projects.
Result<std::optional<std::set<std::string>>> RedmineDirectory::granted_by(const RedmineNamed& role) {
  if (const auto known = granted_.find(role.id); known != granted_.end()) return known->second;
  TRY(document, session_.get_if_visible("/roles/" + std::to_string(role.id) + ".json",
                                        "reading the permissions of the role " + role.name));
  std::optional<std::set<std::string>> granted;
  if (document) {
    TRY(permissions, redmine_permissions(*document));
    granted.emplace(permissions.begin(), permissions.end());
  }
  granted_[role.id] = granted;
  return granted;
}

Result<RedmineRights> RedmineDirectory::rights_in(std::int64_t project) {
  if (const auto known = rights_.find(project); known != rights_.end()) return known->second;
  TRY(user, account());
  RedmineRights rights;
  rights.admin = user.admin;
  for (const auto& membership : user.memberships) {
    if (membership.project.id != project) continue;
    for (const auto& role : membership.roles) {
      rights.roles.push_back(role.name);
      TRY(permissions, granted_by(role));
      rights.known = rights.known && permissions;
      if (permissions) rights.permissions.insert(permissions->begin(), permissions->end());
    }
  }
  rights_[project] = rights;
  return rights;
}

std::optional<Error> RedmineDirectory::read_list(const std::string& target, const std::string& key,
                                                 const std::string& doing, std::map<std::int64_t, std::string>& into) {
  auto document = session_.get_if_visible(target, doing);
  if (!document) return document.error();
  if (!*document) return {};
  auto rows = redmine_named(**document, key);
  if (!rows) return rows.error();
  for (const auto& row : *rows) into[row.id] = row.name;
  return {};
}

std::optional<Error> RedmineDirectory::name_ids(const RedmineIssue& issue, const std::string& attribute,
                                                const std::string& target, const std::string& key,
                                                const std::string& doing, std::map<std::int64_t, std::string>& into) {
  for (const auto id : ids_in(issue, "attr", attribute)) {
    if (into.count(id) != 0 || !first_time(target + " " + std::to_string(id))) continue;
    if (auto error = read_list(target, key, doing, into)) {
      asked_.erase(target + " " + std::to_string(id));
      return error;
    }
  }
  return {};
}

std::optional<Error> RedmineDirectory::name_project(std::int64_t id) {
  if (names_.projects.count(id) != 0) return {};
  if (auto all = projects(); !all) return all.error();
  const auto what = "/projects/" + std::to_string(id) + ".json";
  if (names_.projects.count(id) != 0 || !first_time(what)) return {};
  // Closed projects and such as are only visible through one issue are not in the list.
  auto document = session_.get_if_visible(what, "reading project " + std::to_string(id));
  if (!document) {
    asked_.erase(what);
    return document.error();
  }
  if (!*document) return {};
  auto detail = redmine_project(**document);
  if (!detail) return detail.error();
  if (!detail->project.identifier.empty()) names_.projects[id] = detail->project.identifier;
  return {};
}

std::optional<Error> RedmineDirectory::name_fields(const RedmineIssue& issue) {
  for (const auto& field : issue.fields) names_.fields[field.id] = field.name;
  for (const auto id : ids_in(issue, "cf", "")) {
    const auto what = "field " + std::to_string(id) + " of project " + std::to_string(issue.project.id);
    if (names_.fields.count(id) != 0 || !first_time(what)) continue;
    auto all = session_.get_if_visible("/custom_fields.json", "reading the custom fields");
    if (!all) return all.error();
    if (*all) {
      auto fields = redmine_fields(**all);
      if (!fields) return fields.error();
      for (const auto& field : *fields) names_.fields[field.id] = field.name;
      continue;
    }
    auto project =
        session_.get_if_visible("/projects/" + std::to_string(issue.project.id) + ".json?include=issue_custom_fields",
                                "reading the custom fields of the project");
    if (!project) return project.error();
    if (!*project) continue;
    auto detail = redmine_project(**project);
    if (!detail) return detail.error();
    for (const auto& field : detail->fields) names_.fields[field.id] = field.name;
  }
  return {};
}

// Members of a group stand in the list themselves, with the roles they inherit from it.
std::optional<Error> RedmineDirectory::read_roles(std::int64_t project) {
  const auto what = "/projects/" + std::to_string(project) + "/memberships.json";
  if (!first_time(what)) return {};
  auto rows = all_rows<RedmineMembership>(session_, what, "reading the members of project " + std::to_string(project),
                                          redmine_memberships);
  if (!rows) {
    asked_.erase(what);
    return rows.error();
  }
  if (!*rows) return {};
  for (const auto& membership : **rows) {
    members_[project].push_back(membership.principal);
    auto& roles = names_.roles[{project, membership.principal.id}];
    for (const auto& role : membership.roles)
      if (std::find(roles.begin(), roles.end(), role.name) == roles.end()) roles.push_back(role.name);
  }
  return {};
}

std::optional<Error> RedmineDirectory::read_person(const RedmineNamed& person) {
  if (person.id == 0) return {};
  if (const auto known = names_.people.find(person.id); known != names_.people.end()) {
    if (known->second.name.empty()) known->second.name = person.name;
    return {};
  }
  Author author;
  author.id = std::to_string(person.id);
  author.name = person.name;
  if (account_ && account_->id == person.id) {
    author.self = true;
    author.login = account_->login;
    author.address = account_->mail;
    author.name = person.name.empty() ? account_->name : person.name;
  }
  auto document = session_.get_if_visible("/users/" + std::to_string(person.id) + ".json?include=groups",
                                          "reading user " + std::to_string(person.id));
  if (!document) return document.error();
  if (*document) {
    auto user = redmine_user(**document);
    if (!user) return user.error();
    author.login = user->login;
    author.groups = user->groups;
    if (!user->mail.empty()) author.address = user->mail;
    if (author.name.empty()) author.name = user->name;
  }
  ++people_seen_;
  if (author.address.empty()) ++people_without_address_;
  names_.people[person.id] = std::move(author);
  return {};
}

Result<std::vector<RedmineNamed>> RedmineDirectory::members_of(std::int64_t project) {
  if (auto error = read_roles(project)) return Failure(*std::move(error));
  return members_[project];
}

Result<Author> RedmineDirectory::person(const RedmineNamed& who) {
  if (auto error = read_person(who)) return Failure(*std::move(error));
  const auto known = names_.people.find(who.id);
  return known == names_.people.end() ? Author{} : known->second;
}

std::optional<Error> RedmineDirectory::prepare(const RedmineIssue& issue) {
  if (auto me = account(); !me) return me.error();
  names_.statuses[issue.status.id] = issue.status.name;
  names_.priorities[issue.priority.id] = issue.priority.name;
  names_.types[issue.type.id] = issue.type.name;
  if (issue.category.id != 0) names_.categories[issue.category.id] = issue.category.name;
  if (issue.fixed_version.id != 0) names_.versions[issue.fixed_version.id] = issue.fixed_version.name;
  const auto project = "/projects/" + std::to_string(issue.project.id);
  if (auto error = name_project(issue.project.id)) return error;
  if (auto error = name_ids(issue, "status_id", "/issue_statuses.json", "issue_statuses", "reading the statuses",
                            names_.statuses))
    return error;
  if (auto error = name_ids(issue, "priority_id", "/enumerations/issue_priorities.json", "issue_priorities",
                            "reading the priorities", names_.priorities))
    return error;
  if (auto error = name_ids(issue, "tracker_id", "/trackers.json", "trackers", "reading the trackers", names_.types))
    return error;
  if (auto error = name_ids(issue, "category_id", project + "/issue_categories.json", "issue_categories",
                            "reading the categories", names_.categories))
    return error;
  if (auto error = name_ids(issue, "fixed_version_id", project + "/versions.json", "versions", "reading the versions",
                            names_.versions))
    return error;
  if (auto error = name_fields(issue)) return error;
  if (auto error = read_roles(issue.project.id)) return error;
  std::vector<RedmineNamed> people{issue.author, issue.assignee};
  people.insert(people.end(), issue.watchers.begin(), issue.watchers.end());
  for (const auto& journal : issue.journals) people.push_back(journal.user);
  for (const auto id : ids_in(issue, "attr", "assigned_to_id")) people.push_back({id, ""});
  for (const auto& person : people)
    if (auto error = read_person(person)) return error;
  return {};
}

}  // namespace cb
