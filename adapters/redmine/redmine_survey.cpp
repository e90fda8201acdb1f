#include "adapters/redmine/redmine_survey.hpp"

#include <algorithm>

#include "adapters/redmine/redmine_parse.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

Result<std::vector<std::string>> names_of(RedmineSession& session, const std::string& target, const std::string& key,
                                          const std::string& doing, std::vector<std::string>& problems) {
  TRY(document, session.get_if_visible(target, doing));
  std::vector<std::string> names;
  if (!document) {
    problems.push_back("the account may not see " + key + " (" + target + ")");
    return names;
  }
  TRY(rows, redmine_named(*document, key));
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

std::optional<Error> add_statuses(RedmineSession& session, Survey& survey) {
  const std::string target = "/issue_statuses.json";
  auto document = session.get_if_visible(target, "reading the statuses");
  if (!document) return document.error();
  if (!*document) {
    survey.problems.push_back("the account may not see issue_statuses (" + target + ")");
    return {};
  }
  auto statuses = redmine_statuses(**document);
  if (!statuses) return statuses.error();
  for (const auto& status : *statuses) {
    survey.statuses.push_back(status.name);
    if (status.closed) survey.closed_statuses.push_back(status.name);
  }
  return {};
}

void add_fields(const std::vector<RedmineField>& fields, std::vector<FieldInfo>& to) {
  for (const auto& field : fields) {
    const auto id = std::to_string(field.id);
    const auto known = std::find_if(to.begin(), to.end(), [&](const auto& other) { return other.id == id; });
    if (known != to.end()) {
      known->multiple = known->multiple || field.multiple;
    } else if (field.for_issues) {
      to.push_back({id, field.name, field.format, field.values, false, {}, field.multiple});
    }
  }
}

// All fields for an administrator; else, by name only, those of the projects and those that stand in their issues.
Result<std::vector<FieldInfo>> fields_of(RedmineSession& session, const std::vector<RedmineProject>& projects,
                                         std::vector<std::string>& problems) {
  std::vector<FieldInfo> out;
  TRY(all, session.get_if_visible("/custom_fields.json", "reading the custom fields"));
  if (all) {
    TRY(fields, redmine_fields(*all));
    add_fields(fields, out);
    return out;
  }
  for (const auto& project : projects) {
    const auto doing = "reading the custom fields of project " + project.identifier;
    const auto id = std::to_string(project.id);
    TRY(document, session.get_if_visible("/projects/" + id + ".json?include=issue_custom_fields", doing));
    if (document) {
      TRY(detail, redmine_project(*document));
      add_fields(detail.fields, out);
    }
    TRY(issues, session.get_if_visible("/issues.json?status_id=*&sort=id:desc&limit=100&project_id=" + id, doing));
    if (!issues) continue;
    TRY(fields, redmine_fields_of_issues(*issues));
    add_fields(fields, out);
  }
  if (out.empty())
    problems.push_back(
        "no custom field can be seen: only an administrator's key lists them, and there is no issue to learn them "
        "from");
  return out;
}

void describe_rights(const RedmineRights& rights, const RedmineProject& project, const std::string& account,
                     std::vector<std::string>& problems) {
  if (rights.admin) return;
  const auto where = "project " + project.identifier + ": the account " + account;
  if (rights.roles.empty()) {
    problems.push_back(where + " is not a member; add it with a role that may view and edit issues");
    return;
  }
  if (!rights.known) problems.push_back(where + ": the permissions of its roles cannot be read");
  struct Need {
    const char* permission;
    const char* effect;
  };
  static constexpr Need k_needs[] = {
      {"view_issues", "may not view issues (permission view_issues)"},
      {"edit_issues", "may not edit issues (permission edit_issues): no field can be written"},
      {"add_issue_notes", "may not add notes (permission add_issue_notes): no comment can be written"},
      {"view_private_notes",
       "does not see private notes (permission view_private_notes): it cannot tell its own "
       "internal notes again"},
      {"set_notes_private",
       "may not write private notes (permission set_notes_private): internal notes will be "
       "refused, Redmine would publish them"}};
  for (const auto& need : k_needs)
    if (!rights.may(need.permission)) problems.push_back(where + " " + need.effect);
}

// Addresses decide who the customer is, and Redmine hides them by default from everybody but administrators.
Result<bool> addresses_are_visible(RedmineSession& session, const std::vector<RedmineProject>& projects,
                                   std::int64_t own_account) {
  constexpr int k_sample = 5;
  int asked = 0;
  for (const auto& project : projects) {
    TRY(document, session.get_if_visible("/projects/" + std::to_string(project.id) + "/memberships.json?limit=100",
                                         "reading the members of project " + project.identifier));
    if (!document) continue;
    TRY(members, redmine_memberships(*document));
    for (const auto& member : members) {
      if (member.principal.id == own_account || asked == k_sample) continue;
      TRY(person, session.get_if_visible("/users/" + std::to_string(member.principal.id) + ".json",
                                         "reading user " + std::to_string(member.principal.id)));
      if (!person) continue;
      TRY(user, redmine_user(*person));
      ++asked;
      if (user.mail.empty()) return false;
    }
  }
  return true;
}

}  // namespace

Result<Survey> redmine_survey(RedmineSession& session, RedmineDirectory& directory, const RedmineTerms& terms,
                              const Identity& identity) {
  Survey survey;
  survey.identity = identity;
  TRY(me, directory.account());
  if (auto error = add_statuses(session, survey)) return Failure(*std::move(error));
  TRY(priorities, names_of(session, "/enumerations/issue_priorities.json", "issue_priorities", "reading the priorities",
                           survey.problems));
  TRY(types, names_of(session, "/trackers.json", "trackers", "reading the trackers", survey.problems));
  TRY(roles, names_of(session, "/roles.json", "roles", "reading the roles", survey.problems));
  TRY(projects, directory.projects());
  survey.priorities = std::move(priorities);
  survey.types = std::move(types);
  survey.roles = std::move(roles);
  std::vector<RedmineProject> ours;
  for (const auto& project : projects) {
    survey.projects.push_back(project.identifier);
    if (terms.projects.empty() || contains_name(terms.projects, project.identifier)) ours.push_back(project);
  }
  for (const auto& wanted : terms.projects)
    if (!contains_name(survey.projects, wanted))
      survey.problems.push_back("project " + wanted + " does not exist, is closed or archived, or is not visible to " +
                                me.login);
  for (const auto& project : ours) {
    TRY(rights, directory.rights_in(project.id));
    describe_rights(rights, project, me.login, survey.problems);
  }
  TRY(fields, fields_of(session, ours, survey.problems));
  survey.fields = std::move(fields);
  TRY(addresses, addresses_are_visible(session, ours, me.id));
  if (!addresses)
    survey.problems.push_back(
        "the e-mail addresses of users are hidden from " + me.login +
        ": customers cannot be told by address or domain; switch off 'Hide my email address' for them (Administration, "
        "Settings, Users for the default), or give the bridge an administrator's key");
  return survey;
}

}  // namespace cb
