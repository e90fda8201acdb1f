#include "tests/trackers/demo_jira_seed.hpp"

#include <algorithm>

#include "tests/trackers/demo_jira_story.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

namespace cb {

namespace {

using demo_file::Json;
using demo_file::refuse;
using demo_file::text_at;
using namespace fake_jira;

const char* const k_staff_group = "support-staff";
const char* const k_admin_group = "jira-administrators";
const char* const k_zone = "Europe/Prague";
constexpr Seconds k_half_an_hour{1800}, k_day{24L * 3600};

std::string in_capitals(const std::string& name) {
  std::string out;
  for (const char c : name) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string renamed(const std::map<std::string, std::string>& names, const std::string& name) {
  const auto found = names.find(name);
  return found == names.end() ? name : found->second;
}

std::string category_of(const std::string& name, bool is_done) {
  if (is_done) return "done";
  return name == "New" ? "new" : "indeterminate";
}

// Every status leads to every other one, as where a workflow is made for agents who know what they do.
void add_transition(State& state, const Status& to) {
  const bool ends = to.category == "done";
  state.transitions.push_back({std::to_string(10 * (state.transitions.size() + 1) + 1),
                               to.name,
                               {},
                               to.id,
                               ends ? std::vector<std::string>{"resolution"} : std::vector<std::string>{},
                               ends,
                               !ends});
}

void read_statuses(const Json& json, State& state, DemoJiraWords& words) {
  const std::map<std::string, std::string> names{{"New", "Waiting for support"},
                                                 {"Feedback", "Waiting for customer"},
                                                 {"Offered", "Waiting for approval"},
                                                 {"Rejected", "Canceled"}};
  const auto done = named_by_name(state.resolutions, "Done")->id;
  const auto not_done = named_by_name(state.resolutions, "Won't Do")->id;
  state.statuses.clear();
  state.transitions.clear();
  const auto add = [&](const std::string& name, const std::string& category) {
    state.statuses.push_back({std::to_string(10000 + state.statuses.size()), name, category});
    add_transition(state, state.statuses.back());
    return state.statuses.back().id;
  };
  for (const auto& entry : json.at("statuses")) {
    const auto name = text_at(entry, "name");
    const bool is_done = entry.at("closed") || name == "Resolved";
    words.statuses[name] = add(renamed(names, name), category_of(name, is_done));
    words.resolutions[name] = !is_done ? "" : name == "Rejected" ? not_done : done;
  }
  // Where a workflow puts what needs somebody's attention; no issue of the file is there.
  add("Escalated", "indeterminate");
}

void read_words(const Json& json, State& state, DemoJiraWords& words) {
  const std::map<std::string, std::string> names{{"Immediate", "Blocker"}, {"Urgent", "Highest"}, {"Normal", "Medium"}};
  read_statuses(json, state, words);
  state.priorities.clear();
  auto priorities = json.at("priorities").get<std::vector<std::string>>();
  std::reverse(priorities.begin(), priorities.end());  // a Jira begins with the highest
  for (const auto& name : priorities) {
    words.priorities[name] = std::to_string(state.priorities.size() + 1);
    state.priorities.push_back({words.priorities[name], renamed(names, name)});
  }
  state.types.clear();
  for (const auto& name : json.at("trackers"))
    state.types.push_back({std::to_string(10001 + state.types.size()), name.get<std::string>()});
}

// As the small state's, with the permissions of its roles.
void read_projects(const Json& json, State& state, DemoJiraWords& words) {
  auto row = state.projects.front();
  state.projects.clear();
  row.components.clear();
  row.versions.clear();
  row.types.clear();
  row.roles.clear();
  for (const auto& type : state.types) row.types.push_back(type.id);
  for (const auto& entry : json.at("projects")) {
    row.id = std::to_string(10000 + state.projects.size());
    row.key = in_capitals(text_at(entry, "identifier"));
    row.name = text_at(entry, "name");
    row.desk_id = std::to_string(state.projects.size() + 1);
    words.projects[text_at(entry, "identifier")] = row.id;
    state.projects.push_back(row);
  }
}

FieldKind kind_of(const Json& entry) {
  const auto format = text_at(entry, "format");
  const auto name = text_at(entry, "name");
  const std::string due = " due";
  const bool is_due = name.size() > due.size() && name.compare(name.size() - due.size(), due.size(), due) == 0;
  if (entry.value("bridge", false) && is_due) return FieldKind::date_time;
  if (format == "list") return entry.value("multiple", false) ? FieldKind::multi_select : FieldKind::select;
  if (format == "text") return FieldKind::paragraph;
  return format == "date" ? FieldKind::date : FieldKind::text;
}

void read_fields(const Json& json, DemoJiraSeed& seed) {
  seed.state.fields.clear();
  for (const auto& entry : json.at("fields")) {
    const auto name = text_at(entry, "name");
    if (name == "Labels") continue;
    add_field(seed.state, name, kind_of(entry), entry.value("values", std::vector<std::string>()));
    if (entry.value("bridge", false)) seed.bridge_fields.insert(name);
  }
  add_field(seed.state, "Organizations", FieldKind::organizations);
  add_field(seed.state, "Request Type", FieldKind::request_type).has_screen = false;
}

bool is_staff(const Json& json, const Json& user) {
  for (const auto& role : json.at("roles"))
    if (user.contains("role") && role.at("name") == user.at("role")) return role.at("staff");
  return false;
}

// What the account may do: agents by their group, the bridge edits quietly as an administrator of the projects.
void give_roles(const Json& entry, bool staff, User& user, State& state) {
  const auto put = [&](const char* role) {
    for (auto& project : state.projects) project.roles[role_by_name(state, role)->id].users.insert(user.id);
  };
  if (entry.value("admin", false)) user.groups = {"jira-users", k_admin_group};
  if (staff) user.groups = {"jira-users", k_staff_group};
  if (entry.value("bridge", false)) put("Administrators");
  if (!staff && entry.contains("role")) put("Service Desk Customers");
  user.is_agent = staff;
}

User user_of(const Json& entry, bool staff, bool cloud, std::size_t number) {
  User user;
  user.name = text_at(entry, "login");
  const bool is_customer = entry.contains("role") && !staff;
  user.id = cloud ? (is_customer ? "qm:" : "712020:") + user.name : "JIRAUSER" + std::to_string(10100 + number);
  user.display_name = text_at(entry, "firstname") + " " + text_at(entry, "lastname");
  user.email = text_at(entry, "mail");
  user.zone = k_zone;
  if (!cloud) return user;
  // Cloud shows the addresses of customers to agents, and hides those of most others.
  user.email_hidden = !is_customer;
  if (is_customer) user.type = "customer";
  return user;
}

void read_users(const Json& json, DemoJiraSeed& seed, DemoJiraWords& words, const KeyMaker& key_for) {
  auto& state = seed.state;
  state.users.clear();
  for (const auto& entry : json.at("users")) {
    const bool staff = is_staff(json, entry);
    auto user = user_of(entry, staff, state.settings.cloud, state.users.size());
    user.token = key_for(user.name);
    give_roles(entry, staff, user, state);
    words.people[user.name] = user.id;
    if (entry.contains("role")) {
      auto& first = entry.value("bridge", false) ? seed.bridge_login : staff ? seed.staff_login : seed.customer_login;
      if (first.empty()) first = user.name;
    }
    state.users.push_back(std::move(user));
  }
  for (auto& project : state.projects) {
    project.roles[role_by_name(state, "Administrators")->id].groups = {k_admin_group};
    project.roles[role_by_name(state, "Service Desk Team")->id].groups = {k_staff_group};
  }
}

void read_organisations(const Json& json, State& state, const DemoJiraWords& words) {
  state.organizations.clear();
  for (const auto& entry : json.at("organisations")) {
    Organization row{std::to_string(state.organizations.size() + 1), text_at(entry, "name"), {}, {}};
    for (const auto& login : entry.at("users"))
      row.users.push_back(demo_word(words.people, login.get<std::string>(), "user"));
    for (const auto& project : state.projects) row.desks.insert(project.desk_id);
    state.organizations.push_back(std::move(row));
  }
}

// Goals of the customer with support around the clock: the first as its contract has it, the second not.
void add_promises(State& state, const DemoJiraWords& words) {
  state.promises = {
      {"1", "Time to first response", k_half_an_hour, true, {}},
      {"2",
       "Time to resolution",
       k_day,
       false,
       {demo_word(words.statuses, "Feedback", "status"), demo_word(words.statuses, "Offered", "status")}}};
}

}  // namespace

DemoJiraSeed demo_jira_seed(const std::string& json, Instant start, const KeyMaker& key_for, bool cloud) {
  try {
    const auto document = Json::parse(json);
    DemoJiraSeed seed;
    DemoJiraWords words;
    seed.state = small_state(cloud, true);
    read_words(document, seed.state, words);
    read_projects(document, seed.state, words);
    read_fields(document, seed);
    read_users(document, seed, words, key_for);
    read_organisations(document, seed.state, words);
    add_promises(seed.state, words);
    play_demo_jira(document.at("issues"), start, words, seed.state);
    return seed;
  } catch (const nlohmann::json::exception& error) {
    refuse(error.what());
  }
}

}  // namespace cb
