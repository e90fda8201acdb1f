#include "tests/trackers/fake_bugzilla_seed.hpp"

#include <algorithm>
#include <stdexcept>

namespace cb::fake_bugzilla {

namespace {

User person(int id, const std::string& name, const std::string& real_name, std::set<std::string> groups) {
  User user;
  user.id = id;
  user.login = name + "@example.com";
  user.real_name = real_name;
  user.password = name + "-password";
  user.keys = {{name + "-key"}};
  user.groups = std::move(groups);
  return user;
}

std::vector<Group> groups() {
  return {{1, "admin", "Administrators"},
          {2, "tweakparams", "Can change Parameters"},
          {3, "editusers", "Can edit or disable users"},
          {4, "creategroups", "Can create and destroy groups"},
          {8, "editbugs", "Can edit all bug fields"},
          {9, "canconfirm", "Can confirm a bug or mark it a duplicate"},
          {11, "bz_canusewhines", "User can configure whine reports for self"},
          {15, "staff", "LMS staff (insiders)", true}};
}

std::vector<Status> statuses() {
  return {{"UNCONFIRMED", 100, true, {"CONFIRMED", "IN_PROGRESS", "RESOLVED"}},
          {"CONFIRMED", 200, true, {"IN_PROGRESS", "RESOLVED"}},
          {"IN_PROGRESS", 300, true, {"CONFIRMED", "RESOLVED"}},
          {"RESOLVED", 400, false, {"UNCONFIRMED", "CONFIRMED", "VERIFIED"}},
          {"VERIFIED", 500, false, {"UNCONFIRMED", "CONFIRMED"}}};
}

std::vector<Product> products() {
  Product test{1,
               "TestProduct",
               "This is a test product.",
               {{1, "TestComponent", "", "admin@example.com"}},
               {{1, "unspecified"}},
               {{1, "---"}},
               "---",
               {}};
  Product lms{2,
              "LMS",
              "Learning management system",
              {{2, "Course Engine", "Course delivery", "staff@example.com"},
               {4, "Integrations", "SSO and LTI", "staff@example.com"},
               {3, "Reporting", "Reports", "staff@example.com"}},
              {{2, "1.0"}},
              {{2, "---"}},
              "---",
              {}};
  return {test, lms};
}

const User& user_named(const State& state, const std::string& login) {
  const auto* user = user_by_login(state, login);
  if (!user) throw std::invalid_argument("the fake Bugzilla has no user " + login);
  return *user;
}

}  // namespace

State small_state() {
  State state;
  state.groups = groups();
  state.users = {person(1, "admin", "Admin User",
                        {"admin", "tweakparams", "editusers", "creategroups", "editbugs", "canconfirm", "staff"}),
                 person(2, "customer", "Customer Carla", {}), person(3, "customer2", "Other Customer", {}),
                 person(4, "staff", "Staff Agent", {"bz_canusewhines", "canconfirm", "editbugs", "staff"})};
  state.products = products();
  state.statuses = statuses();
  state.first_statuses = {"UNCONFIRMED", "CONFIRMED", "IN_PROGRESS"};
  state.resolutions = {"", "FIXED", "INVALID", "WONTFIX", "DUPLICATE", "WORKSFORME"};
  state.severities = {"blocker", "critical", "major", "normal", "minor", "trivial", "enhancement"};
  state.priorities = {"Highest", "High", "Normal", "Low", "Lowest", "---"};
  state.systems = {"All", "Windows", "Mac OS", "Linux", "Other"};
  state.platforms = {"All", "PC", "Macintosh", "Other"};
  state.keywords = {{1, "sla-breached", "An SLA deadline has passed"}, {2, "vip", "VIP"}};
  state.flag_types = {{1, "entitled", "Customer is entitled to support", std::nullopt, 15}};
  add_field(state, "cf_contract_class", "Contract Class", FieldType::select, {"bronze", "gold", "none", "silver"});
  add_field(state, "cf_entitlement", "Entitlement", FieldType::text);
  add_field(state, "cf_sla_response_due", "SLA Response Due", FieldType::date_time);
  add_field(state, "cf_sla_resolve_due", "SLA Resolve Due", FieldType::date_time);
  add_field(state, "cf_customer", "Customer", FieldType::text);
  return state;
}

Field& add_field(State& state, const std::string& name, const std::string& label, FieldType type,
                 const std::vector<std::string>& values) {
  constexpr int k_first_custom = 60;
  constexpr int k_sort_key = 10;
  Field field{k_first_custom, name, label, type, {}};
  for (const auto& other : state.fields) field.id = std::max(field.id, other.id + 1);
  if (type == FieldType::select) field.values.push_back({"---", 0});
  for (const auto& value : values) field.values.push_back({value, k_sort_key});
  state.fields.push_back(field);
  return state.fields.back();
}

int add_bug(State& state, const std::string& reporter, const std::string& summary, const std::string& description,
            Instant at) {
  const auto& product = state.products.back();
  const auto& component = product.components.front();
  Bug bug;
  bug.id = next_bug_id(state);
  bug.summary = summary;
  bug.product = product.name;
  bug.component = component.name;
  bug.version = product.versions.front().name;
  bug.reporter = user_named(state, reporter).id;
  bug.assignee = user_named(state, component.assignee).id;
  bug.created = bug.changed = at;
  bug.comments.push_back({++state.last_comment, bug.reporter, at, description, false});
  return (state.bugs[bug.id] = std::move(bug)).id;
}

void add_comment(State& state, int bug, const std::string& author, const std::string& text, bool is_private,
                 Instant at) {
  auto& row = state.bugs.at(bug);
  row.comments.push_back({++state.last_comment, user_named(state, author).id, at, text, is_private});
  row.changed = at;
}

}  // namespace cb::fake_bugzilla
