#include "tests/trackers/fake_jira_seed.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/trackers/fake_jira_meta.hpp"

namespace cb::fake_jira {

namespace {

User person(bool cloud, const std::string& name, const std::string& display_name, std::set<std::string> groups) {
  User user;
  user.id = (cloud ? "acc-" : "JIRAUSER-") + name;
  user.name = name;
  user.display_name = display_name;
  user.email = name + "@example.com";
  user.token = name + "-token";
  user.password = name + "-password";
  user.groups = std::move(groups);
  return user;
}

std::vector<User> people(bool cloud, bool service_management) {
  std::vector<User> out{person(cloud, "bridge", "Contract Bridge", {"jira-users", "support-staff"}),
                        person(cloud, "staff", "Staff Agent", {"jira-users", "support-staff"}),
                        person(cloud, "staff2", "Second Agent", {"jira-users", "support-staff"}),
                        person(cloud, "admin", "Admin User", {"jira-users", "jira-administrators", "support-staff"}),
                        person(cloud, "customer", "Customer Carla", {}),
                        person(cloud, "customer2", "Customer Otto", {}),
                        person(cloud, "other", "Licensed Customer", {"jira-users"})};
  for (auto& user : out) {
    const bool is_customer = user.name.rfind("customer", 0) == 0;
    user.is_agent = service_management && user.groups.count("support-staff") > 0;
    user.portal_only = is_customer && service_management;
    if (user.portal_only && cloud) user.type = "customer";
  }
  if (cloud) out.front().type = "app";
  return out;
}

const std::vector<std::string>& staff_rights() {
  static const std::vector<std::string> k_all{"EDIT_ISSUES",       "TRANSITION_ISSUES", "RESOLVE_ISSUES",
                                              "ASSIGN_ISSUES",     "MANAGE_WATCHERS",   "WORK_ON_ISSUES",
                                              "SERVICEDESK_AGENT", "EDIT_ALL_COMMENTS", "DELETE_ALL_COMMENTS"};
  return k_all;
}

Project project(const std::string& id, const std::string& key, const std::string& name) {
  Project out;
  out.id = id;
  out.key = key;
  out.name = name;
  out.types = {"10001", "10002", "10003"};
  out.components = {{"10100", "Engine"}, {"10101", "Reports"}};
  out.versions = {{"10200", "3.0"}, {"10201", "3.1"}};
  for (const auto& right : staff_rights()) out.permissions[right] = {"Service Desk Team", "Administrators"};
  for (const auto* right : {"BROWSE_PROJECTS", "CREATE_ISSUES", "ADD_COMMENTS"})
    out.permissions[right] = {"Service Desk Team", "Administrators", "Service Desk Customers"};
  out.permissions["ADMINISTER_PROJECTS"] = {"Administrators"};
  out.permissions["DELETE_ISSUES"] = {"Administrators"};
  return out;
}

std::vector<Project> projects(const State& state, bool service_management) {
  auto sup = project("10000", "SUP", "Support"), lab = project("10001", "LAB", "Laboratory"),
       sec = project("10002", "SEC", "Security");
  sup.is_service_desk = service_management;
  sup.desk_id = service_management ? "1" : "";
  sup.roles["10002"] = lab.roles["10002"] = sec.roles["10002"] = {{}, {"jira-administrators"}};
  sup.roles["10100"] = lab.roles["10100"] = {{}, {"support-staff"}};
  sec.roles["10100"] = {};
  sup.roles["10101"] = {{user_id(state, "customer"), user_id(state, "customer2"), user_id(state, "other")}, {}};
  return {sup, lab, sec};
}

void add_workflow(State& state) {
  state.statuses = {{"10000", "To Do", "new"},
                    {"3", "In Progress", "indeterminate"},
                    {"10001", "Waiting for customer", "indeterminate"},
                    {"10002", "Done", "done"}};
  state.resolutions = {{"10000", "Done"}, {"10001", "Won't Do"}, {"10002", "Duplicate"}, {"10003", "Cannot Reproduce"}};
  state.transitions = {{"11", "Start progress", {"10000"}, "3"},
                       {"21", "Respond to customer", {"3"}, "10001"},
                       {"31", "Customer responded", {"10001"}, "3"},
                       {"41", "Resolve", {"10000", "3", "10001"}, "10002", {"resolution", "fixVersions"}, true},
                       {"51", "Reopen", {"10002"}, "3", {}, false, true},
                       {"61", "Stop progress", {"3", "10001"}, "10000"}};
  state.priorities = {{"1", "Highest"}, {"2", "High"}, {"3", "Medium"}, {"4", "Low"}, {"5", "Lowest"}};
  state.types = {{"10001", "Support"}, {"10002", "Bug"}, {"10003", "Task"}};
}

void add_fields(State& state) {
  add_field(state, "Billing", FieldKind::select, {"Free", "Included", "Paid", "Undecided"});
  add_field(state, "SLA", FieldKind::text);
  add_field(state, "Due", FieldKind::date_time);
  add_field(state, "Notes for staff", FieldKind::paragraph);
  add_field(state, "Customer", FieldKind::text);
  add_field(state, "Customer tier", FieldKind::select, {"Bronze", "Silver", "Gold"});
  add_field(state, "Channel", FieldKind::select, {"Portal", "E-mail", "Phone"});
  add_field(state, "Entitlement", FieldKind::text);
  add_field(state, "Response due", FieldKind::date_time);
  add_field(state, "Effort", FieldKind::number);
  add_field(state, "Areas", FieldKind::multi_select, {"Courses", "Tests", "Users"});
  auto& region = add_field(state, "Region", FieldKind::cascading, {"Europe", "America"});
  region.options[0].children = {{next_id(state), "Czechia"}, {next_id(state), "Hungary"}};
  add_field(state, "Owner", FieldKind::user);
  add_field(state, "Since", FieldKind::date);
  add_field(state, "Tags", FieldKind::labels);
}

void add_service_management(State& state) {
  add_field(state, "Organizations", FieldKind::organizations);
  add_field(state, "Request Type", FieldKind::request_type).has_screen = false;
  state.organizations = {{"1", "ACME", {user_id(state, "customer"), user_id(state, "other")}, {"1"}},
                         {"2", "Duna", {user_id(state, "customer2")}, {"1"}}};
  state.promises = {{"1", "Time to first response", Seconds(4 * 3600), true, {}},
                    {"2", "Time to resolution", Seconds(24 * 3600), false, {"10001"}}};
}

const User& user_named(const State& state, const std::string& name) {
  const auto* user = user_by_name(state, name);
  if (!user) throw std::invalid_argument("the fake Jira has no user " + name);
  return *user;
}

}  // namespace

State small_state(bool cloud, bool service_management) {
  State state;
  auto& settings = state.settings;
  settings.cloud = cloud;
  settings.service_management = service_management;
  if (!cloud) settings.version = "10.3.24";
  state.users = people(cloud, service_management);
  state.groups = {{"0f1e2d3c-0000-4000-8000-000000000001", "jira-users"},
                  {"0f1e2d3c-0000-4000-8000-000000000002", "jira-administrators"},
                  {"0f1e2d3c-0000-4000-8000-000000000003", "support-staff"}};
  state.roles = {{"10002", "Administrators"}, {"10100", "Service Desk Team"}, {"10101", "Service Desk Customers"}};
  state.projects = projects(state, service_management);
  add_workflow(state);
  add_fields(state);
  if (service_management) add_service_management(state);
  return state;
}

void make_admin(State& state, const std::string& user) {
  for (auto& row : state.users)
    if (row.id == user_named(state, user).id) row.groups.insert("jira-administrators");
}

std::string user_id(const State& state, const std::string& name) {
  return user_named(state, name).id;
}

Field& add_field(State& state, const std::string& name, FieldKind kind, const std::vector<std::string>& options) {
  constexpr int k_first = 10050;
  Field field;
  field.number = k_first;
  for (const auto& other : state.fields) field.number = std::max(field.number, other.number + 1);
  field.name = name;
  field.kind = kind;
  for (const auto& option : options) field.options.push_back({next_id(state), option});
  state.fields.push_back(std::move(field));
  return state.fields.back();
}

}  // namespace cb::fake_jira
