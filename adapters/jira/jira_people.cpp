// Who people are: their groups, their roles in a project, the organisations of a service desk's customers.
#include <algorithm>

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// Not allowed, or gone: then nothing is known, and that is no failure.
bool is_hidden(int status) {
  return status == 401 || status == 403 || status == 404;
}

bool is_portal_customer(const JiraUser& user) {
  return user.type == "customer";
}

bool is_robot(const JiraUser& user) {
  return user.type == "app";
}

}  // namespace

std::vector<std::string> jira_roles_of(const Author& person, const std::vector<JiraRole>& roles) {
  std::vector<std::string> out;
  for (const auto& role : roles) {
    const bool is_user = std::any_of(role.users.begin(), role.users.end(),
                                     [&](const auto& id) { return id == person.id || same_name(id, person.login); });
    const bool is_in_group = std::any_of(role.groups.begin(), role.groups.end(),
                                         [&](const auto& group) { return contains_name(person.groups, group); });
    if (is_user || is_in_group) out.push_back(role.name);
  }
  return out;
}

Result<std::vector<JiraRole>> JiraDirectory::roles(const std::string& project_key) {
  if (const auto known = names_.roles.find(project_key); known != names_.roles.end()) return known->second;
  const std::string doing = "reading the roles of project " + project_key;
  const auto target = "/project/" + url_encoded(project_key) + "/role";
  std::vector<JiraRole> roles;
  auto list = session_.ask("GET", target, "", doing);
  if (!list && !is_hidden(list.error().status)) return Failure(std::move(list.error().error));
  if (!list) roles_hidden_.insert(project_key);
  if (list)
    for (const auto& [name, address] : list->root().members()) {
      const auto url = address.text();
      auto role = session_.ask("GET", target + "/" + url_encoded(url.substr(url.find_last_of('/') + 1)), "", doing);
      if (!role && !is_hidden(role.error().status)) return Failure(std::move(role.error().error));
      if (!role) continue;
      TRY(read, checked(*role, jira_role(role->root())));
      roles.push_back(std::move(read));
    }
  if (list)
    if (auto problem = list->problem()) return Failure(*std::move(problem));
  names_.roles[project_key] = roles;
  return roles;
}

Result<std::vector<std::string>> JiraDirectory::groups_of(const JiraUser& user) {
  TRY(me, account());
  // Customers of the portal and other apps are in no group that says anything, and they are many.
  const bool says_nothing = is_portal_customer(user) || (is_robot(user) && user.id != me.id);
  if (user.id.empty() || user.id == "unknown" || says_nothing) return std::vector<std::string>();
  TRY(server, session_.server());
  const auto target =
      "/user" + jira_query({{server.cloud ? "accountId" : "username", user.login}, {"expand", "groups"}});
  auto document = session_.ask("GET", target, "", "reading the groups of " + user.name);
  if (!document) {
    if (is_hidden(document.error().status)) return std::vector<std::string>();
    return Failure(std::move(document.error().error));
  }
  std::vector<std::string> groups;
  document->root()["groups"]["items"].require_list();
  for (const auto& group : document->root()["groups"]["items"].items()) groups.push_back(group["name"].text());
  return checked(*document, std::move(groups));
}

std::optional<Error> JiraDirectory::prepare_person(const JiraUser& user) {
  if (user.id.empty()) return {};
  auto& known = names_.people[user.id];
  if (!known.id.empty()) {
    // An answer may hide what another one shows.
    if (known.address.empty()) known.address = user.address;
    return {};
  }
  auto groups = groups_of(user);
  if (!groups) {
    names_.people.erase(user.id);
    return groups.error();
  }
  auto me = account();
  if (!me) return me.error();
  known = {user.id, user.login, user.address, user.name, std::move(*groups), {}, user.id == me->id};
  if (!user.type.empty()) known.roles.push_back(user.type);
  return {};
}

std::optional<Error> JiraDirectory::read_organisations() {
  if (organisations_read_) return {};
  const std::string doing = "reading the organisations";
  auto pages = jira_desk_pages(session_, "/organization", doing);
  if (!pages) return pages.error();
  std::map<std::string, std::vector<std::string>> memberships;
  for (const auto& page : *pages)
    for (const auto& organisation : page.root()["values"].items()) {
      auto members = jira_desk_pages(session_, "/organization/" + url_encoded(organisation["id"].scalar()) + "/user",
                                     "reading the people of an organisation");
      if (!members) return members.error();
      for (const auto& list : *members)
        for (const auto& person : list.root()["values"].items())
          memberships[jira_user(person).id].push_back(organisation["name"].text());
      if (auto problem = first_problem(*members)) return problem;
    }
  if (auto problem = first_problem(*pages)) return problem;
  names_.memberships = std::move(memberships);
  organisations_read_ = true;
  return {};
}

// Cloud tells the organisations of one account; a Data Center only the people of each organisation.
Result<std::vector<std::string>> JiraDirectory::organisations_of(const JiraUser& user) {
  TRY(server, session_.server());
  if (server.cloud && names_.memberships.count(user.id) == 0) {
    TRY(pages, jira_desk_pages(session_, "/organization" + jira_query({{"accountId", user.id}}),
                               "reading the organisations of " + user.name));
    std::vector<std::string> names;
    for (const auto& page : pages)
      for (const auto& each : page.root()["values"].items()) names.push_back(each["name"].text());
    if (auto problem = first_problem(pages)) return Failure(*std::move(problem));
    names_.memberships[user.id] = std::move(names);
  }
  if (!server.cloud)
    if (auto error = read_organisations()) return Failure(*std::move(error));
  return names_.memberships[user.id];
}

// Only where the issue itself names none.
std::optional<Error> JiraDirectory::prepare_membership(const JiraIssue& issue) {
  auto server = session_.server();
  if (!server) return server.error();
  if (!server->service_management || !issue.project.service_desk) return {};
  for (const auto& field : names_.fields)
    if (field.kind == JiraFieldKind::organisations)
      if (const auto held = issue.fields.find(field.id); held != issue.fields.end() && !held->second.empty()) return {};
  auto names = organisations_of(issue.reporter);
  // An account that is no agent may not ask; the reporter's address still tells.
  if (!names && names.error().kind != ErrorKind::denied && names.error().kind != ErrorKind::not_found)
    return names.error();
  return {};
}

namespace {

// Its history names projects by their ids, and the neutral issue by their keys.
bool was_moved(const JiraIssue& issue) {
  return std::any_of(issue.history.begin(), issue.history.end(), [](const JiraHistory& history) {
    return std::any_of(history.items.begin(), history.items.end(),
                       [](const JiraItem& item) { return same_name(item.field, "project"); });
  });
}

}  // namespace

std::optional<Error> JiraDirectory::prepare(const std::vector<const JiraIssue*>& issues) {
  if (issues.empty()) return {};
  if (auto read = statuses(); !read) return read.error();
  if (auto read = priorities(); !read) return read.error();
  if (auto read = fields(); !read) return read.error();
  for (const auto* issue : issues) {
    if (was_moved(*issue))
      if (auto read = projects(); !read) return read.error();
    std::vector<const JiraUser*> people{&issue->reporter};
    if (issue->assignee) people.push_back(&*issue->assignee);
    for (const auto& comment : issue->comments) people.push_back(&comment.author);
    for (const auto& history : issue->history) people.push_back(&history.author);
    for (const auto& watcher : issue->watchers) people.push_back(&watcher);
    for (const auto* person : people)
      if (auto error = prepare_person(*person)) return error;
    if (auto read = roles(issue->project.key); !read) return read.error();
    if (auto error = prepare_membership(*issue)) return error;
    if (auto way = privacy(issue->project); !way) return way.error();
  }
  return {};
}

}  // namespace cb
