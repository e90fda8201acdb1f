#include "tests/trackers/fake_redmine_seed.hpp"

#include <stdexcept>

namespace cb::fake {

namespace {

const char* const k_iso = R"(\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\z)";

User person(int id, const std::string& login, const std::string& first, const std::string& last, Instant at) {
  User user;
  user.id = id;
  user.login = login;
  user.firstname = first;
  user.lastname = last;
  user.mail = login + "@example.test";
  user.key = login + "-key";
  user.password = login + "-password";
  user.created = at;
  return user;
}

Field string_field(int id, const std::string& name, const std::string& regexp = "") {
  Field field;
  field.id = id;
  field.name = name;
  field.regexp = regexp;
  return field;
}

std::vector<Role> roles() {
  std::vector<Role> out{{3, "Manager", {}, "default", false},
                        {4, "Developer", {}, "default", false},
                        {5, "Reporter", {}, "default", false}};
  out.push_back({6,
                 "SLA Staff",
                 {"view_issues", "add_issues", "edit_issues", "copy_issues", "set_issues_private", "add_issue_notes",
                  "edit_issue_notes", "view_private_notes", "set_notes_private", "view_issue_watchers",
                  "add_issue_watchers", "log_time", "view_time_entries", "view_files"},
                 "all",
                 true});
  out.push_back({7, "SLA Customer", {"view_issues", "add_issues", "add_issue_notes", "view_files"}, "default", false});
  return out;
}

std::vector<Field> fields() {
  Field list = string_field(1, "SLA class");
  list.format = "list";
  list.values = {"Gold", "Silver", "Bronze", "None"};
  list.initial = "";
  return {list, string_field(2, "Entitlement"), string_field(3, "SLA response due", k_iso),
          string_field(4, "SLA resolve due", k_iso), string_field(5, "Customer")};
}

Journal note(State& state, int user, Instant at, const std::optional<std::string>& text, bool is_private,
             std::vector<Detail> details) {
  return {next_journal_id(state), user, at, text, is_private, std::move(details)};
}

}  // namespace

State small_state(Instant created) {
  State state;
  state.users = {person(1, "admin", "Redmine", "Admin", created), person(5, "staff", "Sam", "Staff", created),
                 person(6, "customer", "Cora", "Customer", created)};
  state.users.front().admin = true;
  state.users.front().mail = "admin@example.net";
  state.roles = roles();
  state.statuses = {{1, "New", false},      {2, "In Progress", false}, {3, "Resolved", false},
                    {4, "Feedback", false}, {5, "Closed", true},       {6, "Rejected", true}};
  state.trackers = {{1, "Bug"}, {2, "Feature"}, {3, "Support"}};
  state.priorities = {{1, "Low"}, {2, "Normal"}, {3, "High"}, {4, "Urgent"}, {5, "Immediate"}};
  state.default_priority = 2;
  state.projects = {
      {1, "lms", "LMS", "Throw-away SLA test project", Project::State::active, {{5, 6}, {6, 7}}, created}};
  state.fields = fields();
  return state;
}

int add_issue(State& state, const std::string& author, const std::string& tracker, const std::string& subject,
              Instant at) {
  const auto* user = user_by_login(state, author);
  const auto* type = by_name(state.trackers, tracker);
  if (!user || !type) throw std::invalid_argument("no such author or tracker: " + author + ", " + tracker);
  IssueRow row;
  row.id = next_issue_id(state);
  row.project = state.projects.front().id;
  row.tracker = type->id;
  row.status = state.statuses.front().id;
  row.priority = state.default_priority;
  row.author = user->id;
  row.subject = subject;
  row.created = row.updated = at;
  row.update_order = ++state.updates;
  for (const auto& field : state.fields)
    if (field.initial) row.values[field.id] = {*field.initial};
  state.issues[row.id] = row;
  return row.id;
}

State recorded_state(Instant created) {
  auto state = small_state(created);
  const auto issue = [&](const char* author, const char* tracker, const char* subject, const char* description,
                         int priority, std::map<int, Value> values) -> IssueRow& {
    auto& row = state.issues.at(add_issue(state, author, tracker, subject, created));
    row.description = description;
    row.priority = priority;
    for (auto& [field, value] : values) row.values[field] = value;
    return row;
  };
  auto& login =
      issue("customer", "Support", "Cannot log in to the course", "Error 500 after SSO.\r\nSince this morning.", 4,
            {{1, {"Gold"}}, {2, {"ENT-0001"}}, {5, {"Acme GmbH"}}});
  login.status = 3;
  login.assignee = 5;
  const auto text = [](const char* value) { return std::optional<std::string>(value); };
  const auto add = [&](IssueRow& row, int user, const std::optional<std::string>& notes, bool is_private,
                       std::vector<Detail> details) {
    row.journals.push_back(note(state, user, created, notes, is_private, std::move(details)));
  };
  add(login, 5, "Looking into it.", false,
      {{"attr", "status_id", "1", "2"},
       {"attr", "assigned_to_id", {}, "5"},
       {"cf", "1", "", "Gold"},
       {"cf", "2", {}, "ENT-0001"}});
  add(login, 5, {}, false, {{"attr", "priority_id", "2", "4"}});
  add(login, 5, "Internal: this is the big customer.", true, {});
  add(login, 6, "Any news?", false, {});
  add(login, 5, "Fixed, please check.", false, {{"attr", "status_id", "2", "3"}});
  auto& grades = issue("customer", "Bug", "Grades export is empty", "CSV has only a header.", 3,
                       {{1, {"Silver"}}, {2, {"ENT-0002"}}, {5, {"Acme GmbH"}}});
  add(grades, 5, "Internal only note.", true, {});
  auto& dark = issue("staff", "Feature", "Dark mode", "", 1, {{1, {"None"}}, {5, {"Blue Ltd"}}});
  dark.status = 5;
  dark.closed = created;
  add(dark, 5, "Will not do.", false, {{"attr", "status_id", text("1"), text("5")}});
  issue("customer", "Support", "Umlauts äöü and 日本語", "plain", 5, {{1, {"Gold"}}, {5, {"Blue Ltd"}}});
  return state;
}

}  // namespace cb::fake
