// How staff are told something that customers must not read. In a service desk an internal note, which only its agents
// may write; elsewhere a comment for one role or group. Where neither is certain, there is no way, and nothing is
// written: in a service desk a comment of anybody else is public (trackers.md C6).
#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "rules/text.hpp"

namespace cb {

Result<std::optional<std::string>> JiraDirectory::desk_of(const std::string& project_key) {
  if (!desks_) {
    auto pages = jira_desk_pages(session_, "/servicedesk", "reading the service desks");
    // Who may not see any desk is no agent.
    if (!pages && pages.error().kind != ErrorKind::denied && pages.error().kind != ErrorKind::not_found)
      return Failure(std::move(pages.error()));
    std::map<std::string, std::string> desks;
    if (!pages) pages = std::vector<JsonDocument>();
    for (const auto& page : *pages)
      for (const auto& desk : page.root()["values"].items()) desks[desk["projectKey"].text()] = desk["id"].scalar();
    if (auto problem = first_problem(*pages)) return Failure(*std::move(problem));
    desks_ = std::move(desks);
  }
  const auto found = desks_->find(project_key);
  return found == desks_->end() ? std::optional<std::string>() : found->second;
}

// Queues are for agents alone.
Result<bool> JiraDirectory::is_agent(const std::string& desk) {
  auto queues = session_.ask_desk("GET", "/servicedesk/" + url_encoded(desk) + "/queue?limit=1", "",
                                  "asking whether the account is an agent");
  if (queues) return true;
  const auto status = queues.error().status;
  if (status == 401 || status == 403 || status == 404) return false;
  return Failure(std::move(queues.error().error));
}

Result<JiraPrivacy> JiraDirectory::privacy(const JiraProject& project) {
  if (const auto known = names_.privacy.find(project.key); known != names_.privacy.end()) return known->second;
  TRY(server, session_.server());
  JiraPrivacy way;
  std::optional<std::string> desk;
  if (server.service_management) {
    TRY(found, desk_of(project.key));
    desk = found;
  }
  if (desk || project.service_desk) {
    if (desk) {
      TRY(agent, is_agent(*desk));
      way.desk = agent;
    }
    if (!way.desk)
      way.reason = "the account is no agent of the service desk " + project.key +
                   "; give it a licence for Jira Service Management and the role Service Desk Team";
    return names_.privacy[project.key] = way;
  }
  TRY(me, account());
  if (auto error = prepare_person(me)) return Failure(*std::move(error));
  TRY(known_roles, roles(project.key));
  const auto& person = names_.people.at(me.id);
  const auto mine = jira_roles_of(person, known_roles);
  for (const auto& name : terms_.insiders) {
    if (!contains_name(mine, name) && !contains_name(person.groups, name)) continue;
    way.type = contains_name(mine, name) ? "role" : "group";
    way.value = name;
    return names_.privacy[project.key] = way;
  }
  way.reason = terms_.insiders.empty()
                   ? "project " + project.key +
                         " is no service desk; name the role or group that reads notes for staff, `insider_group`"
               : roles_hidden_.count(project.key) != 0
                   ? "the account may not read who bears which role in project " + project.key +
                         "; let it administer the project, or name a group that the account is in, `insider_group`"
                   : "the account bears none of the roles and groups of staff in project " + project.key;
  return names_.privacy[project.key] = way;
}

}  // namespace cb
