#include "adapters/jira/jira_survey.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "adapters/jira/jira_list.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_projects_looked_at = 10;

const std::vector<std::string>& wanted_permissions() {
  static const std::vector<std::string> k_wanted{"BROWSE_PROJECTS",   "EDIT_ISSUES", "ADD_COMMENTS",
                                                 "TRANSITION_ISSUES", "ADMINISTER",  "ADMINISTER_PROJECTS"};
  return k_wanted;
}

FieldInfo info_of(const JiraField& field) {
  FieldInfo info;
  info.id = field.id;
  info.name = field.name;
  info.format = field.format;
  info.date_time = field.kind == JiraFieldKind::date_time;
  info.multiple = field.kind == JiraFieldKind::multi_select || field.kind == JiraFieldKind::labels;
  return info;
}

template <class Row>
std::vector<std::string> names_of(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows)
    if (!contains_name(names, row.name)) names.push_back(row.name);
  return names;
}

Result<std::vector<std::string>> words_at(JiraSession& session, const std::string& target, const std::string& doing) {
  TRY(document, session.get(target, doing));
  TRY(rows, checked(document, jira_names(document.root())));
  return names_of(rows);
}

// One issue of a project tells what can be edited in it, and which options its lists have.
Result<std::optional<JsonDocument>> edit_screen(JiraSession& session, const JiraServer& server,
                                                const JiraProject& project) {
  nlohmann::json body{{"jql", "project = " + jql_quoted(project.key) + " ORDER BY created DESC"},
                      {"maxResults", 1},
                      {"fields", nlohmann::json::array({"issuetype"})}};
  const auto doing = "looking for an issue of project " + project.key;
  TRY(found, session.post(server.cloud ? "/search/jql" : "/search", body.dump(), doing));
  const auto issues = found.root()["issues"].items();
  if (issues.empty()) return std::optional<JsonDocument>();
  const auto id = issues.front()["id"].text();
  if (auto problem = found.problem()) return Failure(*std::move(problem));
  auto screen =
      session.ask("GET", jira_issue_path(id) + "/editmeta", "", "asking what can be edited in project " + project.key);
  if (screen) return std::optional<JsonDocument>(std::move(*screen));
  const auto status = screen.error().status;
  if (status == 403 || status == 404) return std::optional<JsonDocument>();
  return Failure(std::move(screen.error().error));
}

void add_options(Survey& survey, const JsonDocument& screen) {
  for (const auto& [id, field] : screen.root()["fields"].members()) {
    const auto known = std::find_if(survey.fields.begin(), survey.fields.end(),
                                    [&, &name = id](const auto& each) { return each.id == name; });
    if (known == survey.fields.end()) continue;
    for (const auto& option : field["allowedValues"].items())
      for (const auto& word : jira_words(option))
        if (!contains_name(known->values, word)) known->values.push_back(word);
  }
}

// Those that we write and that this project's issues cannot be given.
std::string off_screen(const Survey& survey, const JsonDocument& screen, const JiraTerms& terms) {
  std::set<std::string> ids;
  for (const auto& [id, field] : screen.root()["fields"].members()) ids.insert(id);
  std::string names;
  for (const auto& [slot, name] : terms.write)
    for (const auto& field : survey.fields)
      if ((same_name(field.name, name) || same_name(field.id, name)) && ids.count(field.id) == 0)
        names += (names.empty() ? "" : ", ") + field.name;
  return names;
}

class Look {
 public:
  Look(JiraSession& session, JiraDirectory& directory, const JiraTerms& terms, const JiraServer& server, Survey& survey)
      : session_(session), directory_(directory), terms_(terms), server_(server), survey_(survey) {}

  std::optional<Error> at(const JiraProject& project);

 private:
  std::optional<Error> at_rights(const JiraProject& project);
  std::optional<Error> at_screen(const JiraProject& project);

  JiraSession& session_;
  JiraDirectory& directory_;
  const JiraTerms& terms_;
  const JiraServer& server_;
  Survey& survey_;
};

std::optional<Error> Look::at_rights(const JiraProject& project) {
  auto granted = directory_.permissions(project.key, wanted_permissions());
  if (!granted) return granted.error();
  const auto has = [&](const char* name) { return granted->count(name) != 0; };
  auto& problems = survey_.problems;
  const auto lacks = [&](const char* name, const std::string& words, const std::string& use) {
    if (!has(name)) problems.push_back("project " + project.key + ": the account lacks " + words + ", so " + use);
  };
  lacks("EDIT_ISSUES", "Edit Issues", "no field or label can be written");
  lacks("ADD_COMMENTS", "Add Comments", "customers get no receipt and staff no note");
  if (!has("TRANSITION_ISSUES"))
    survey_.notes.push_back("project " + project.key + ": the account may not change the status (Transition Issues)");
  if (terms_.quiet && !has("ADMINISTER") && !has("ADMINISTER_PROJECTS"))
    survey_.notes.push_back("project " + project.key +
                            ": the account does not administer it, so every edit mails people; with Administer "
                            "Projects, edits are quiet");
  auto way = directory_.privacy(project);
  if (!way) return way.error();
  if (way->possible())
    survey_.notes.push_back(
        "project " + project.key + ": notes for staff are written as " +
        (way->desk ? "internal notes of the service desk" : "comments for the " + way->type + " " + way->value));
  else
    problems.push_back("project " + project.key + ": notes for staff are not written, because " + way->reason);
  return {};
}

std::optional<Error> Look::at_screen(const JiraProject& project) {
  auto screen = edit_screen(session_, server_, project);
  if (!screen) return screen.error();
  if (!*screen) return {};
  add_options(survey_, **screen);
  if (const auto names = off_screen(survey_, **screen, terms_); !names.empty())
    survey_.problems.push_back("project " + project.key + ": its issues cannot be given " + names +
                               "; put these fields on the edit screen and the project into their context");
  return (*screen)->problem();
}

std::optional<Error> Look::at(const JiraProject& project) {
  if (auto error = at_rights(project)) return error;
  if (auto error = at_screen(project)) return error;
  auto roles = directory_.roles(project.key);
  if (!roles) return roles.error();
  for (const auto& role : *roles) {
    if (!contains_name(survey_.roles, role.name)) survey_.roles.push_back(role.name);
    for (const auto& group : role.groups)
      if (!contains_name(survey_.groups, group)) survey_.groups.push_back(group);
  }
  return {};
}

void say_what_it_is(Survey& survey, const JiraServer& server, const JiraDirectory& directory) {
  survey.version = std::string(server.cloud ? "Cloud " : "Data Center ") + server.version;
  if (server.service_management) survey.notes.emplace_back("Jira Service Management is there");
  if (server.cloud)
    for (const char* type : {"atlassian", "customer", "app"}) survey.roles.emplace_back(type);
  if (directory.roles_hidden())
    survey.problems.emplace_back(
        "the account may not read the roles of projects, so staff cannot be told by role; let it administer the "
        "projects, or name staff by groups, addresses or domains");
}

}  // namespace

Result<Survey> jira_survey(JiraSession& session, JiraDirectory& directory, const JiraTerms& terms,
                           const Identity& identity) {
  Survey survey;
  survey.identity = identity;
  TRY(server, session.server());
  TRY(statuses, directory.statuses());
  survey.statuses = names_of(statuses);
  for (const auto& status : statuses)
    if (status.done && !contains_name(survey.closed_statuses, status.name))
      survey.closed_statuses.push_back(status.name);
  TRY(priorities, directory.priorities());
  survey.priorities = names_of(priorities);
  TRY(fields, directory.fields());
  for (const auto& field : fields) survey.fields.push_back(info_of(field));
  TRY(types, words_at(session, "/issuetype", "reading the types of issues"));
  survey.types = std::move(types);
  TRY(resolutions, words_at(session, "/resolution", "reading the resolutions"));
  survey.resolutions = std::move(resolutions);
  auto visible = directory.projects();
  if (!visible && visible.error().kind != ErrorKind::denied) return Failure(std::move(visible.error()));
  if (!visible) survey.problems.push_back(visible.error().what);
  const auto projects = visible ? std::move(*visible) : std::vector<JiraProject>();
  for (const auto& project : projects) survey.projects.push_back(project.key);
  Look look(session, directory, terms, server, survey);
  for (std::size_t i = 0; i < projects.size() && i < k_projects_looked_at; ++i)
    if (auto error = look.at(projects[i])) return Failure(*std::move(error));
  if (projects.size() > k_projects_looked_at)
    survey.notes.push_back("rights and screens of the first " + std::to_string(k_projects_looked_at) + " of " +
                           std::to_string(projects.size()) + " projects were looked at");
  for (const auto& [slot, name] : terms.write)
    if (auto field = directory.field(name); !field) survey.problems.push_back(field.error().what);
  say_what_it_is(survey, server, directory);
  return survey;
}

}  // namespace cb
