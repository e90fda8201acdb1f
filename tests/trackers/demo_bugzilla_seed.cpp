#include "tests/trackers/demo_bugzilla_seed.hpp"

#include <algorithm>
#include <map>
#include <regex>

#include "tests/trackers/demo_file.hpp"
#include "tests/trackers/fake_bugzilla_edit.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"

namespace cb {

namespace {

using demo_file::Json;
using demo_file::offset_from_text;
using demo_file::refuse;
using demo_file::text_at;
using demo_file::value_text;
using namespace fake_bugzilla;

const char* const k_labels = "Labels";
const char* const k_component = "General";

// Names of the file to what the Bugzilla has.
struct Words {
  std::map<std::string, std::string> products, logins, statuses, resolutions;
};

std::string in_capitals(const std::string& name) {
  std::string out;
  for (const char c : name) out += c == ' ' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

const std::string& known(const std::map<std::string, std::string>& words, const std::string& name, const char* what) {
  const auto found = words.find(name);
  if (found == words.end()) refuse("there is no " + std::string(what) + " \"" + name + "\"");
  return found->second;
}

void read_statuses(const Json& json, State& state, Words& words) {
  const std::map<std::string, std::string> own{{"New", "UNCONFIRMED"}, {"Closed", "VERIFIED"}};
  const std::map<std::string, std::string> resolved{
      {"Resolved", "FIXED"}, {"Closed", "FIXED"}, {"Rejected", "WONTFIX"}};
  state.statuses = {{"UNCONFIRMED", 100, true, {}}, {"CONFIRMED", 200, true, {}}};
  int key = 200;
  for (const auto& status : json.at("statuses")) {
    const auto name = text_at(status, "name");
    const auto found = own.find(name);
    const auto ours = found == own.end() ? in_capitals(name) : found->second;
    words.statuses[name] = ours;
    const auto resolution = resolved.find(name);
    words.resolutions[name] = resolution != resolved.end() ? resolution->second : status.at("closed") ? "FIXED" : "";
    if (!status_by_name(state, ours)) state.statuses.push_back({ours, key += 100, words.resolutions[name].empty(), {}});
  }
  for (auto& status : state.statuses)
    for (const auto& other : state.statuses)
      if (other.name != status.name) status.next.push_back(other.name);
}

void read_words(const Json& json, State& state, Words& words) {
  state = small_state();
  state.users.clear();
  state.fields.clear();
  state.keywords.clear();
  state.products.clear();
  state.settings.default_priority = "Normal";
  state.settings.default_severity = "normal";
  state.priorities = json.at("priorities").get<std::vector<std::string>>();
  std::reverse(state.priorities.begin(), state.priorities.end());  // a Bugzilla begins with the highest
  read_statuses(json, state, words);
  int id = 0;
  for (const auto& project : json.at("projects")) {
    const auto name = text_at(project, "name");
    ++id;
    words.products[text_at(project, "identifier")] = name;
    state.products.push_back({id,
                              name,
                              project.value("description", ""),
                              {{id, k_component, "", ""}},
                              {{id, "unspecified"}},
                              {{id, "---"}},
                              "---",
                              {}});
  }
  add_field(state, "cf_type", "Type", FieldType::select, json.at("trackers").get<std::vector<std::string>>());
}

FieldType type_of(const Json& field) {
  const auto format = text_at(field, "format");
  if (format == "list") return field.value("multiple", false) ? FieldType::multi_select : FieldType::select;
  if (format == "text") return FieldType::large_text;
  return format == "date" ? FieldType::date : FieldType::text;
}

void read_fields(const Json& json, DemoBugzillaSeed& seed) {
  auto& state = seed.state;
  for (const auto& entry : json.at("fields")) {
    const auto label = text_at(entry, "name");
    const auto values = entry.value("values", std::vector<std::string>());
    if (label == k_labels) {
      for (const auto& value : values)
        state.keywords.push_back({static_cast<int>(state.keywords.size()) + 1, value, value});
      continue;
    }
    add_field(state, demo_field_name(label), label, type_of(entry), values);
    if (entry.value("bridge", false)) seed.bridge_fields.insert(label);
  }
}

bool is_staff(const Json& json, const Json& user) {
  for (const auto& role : json.at("roles"))
    if (user.contains("role") && role.at("name") == user.at("role")) return role.at("staff");
  return false;
}

void read_users(const Json& json, DemoBugzillaSeed& seed, Words& words, const KeyMaker& key_for) {
  auto& state = seed.state;
  for (const auto& entry : json.at("users")) {
    User user;
    user.id = static_cast<int>(state.users.size()) + 1;
    user.login = text_at(entry, "mail");
    user.real_name = text_at(entry, "firstname") + " " + text_at(entry, "lastname");
    const auto name = text_at(entry, "login");
    user.keys = {{key_for(name)}};
    if (is_staff(json, entry)) user.groups = {"staff", "editbugs", "canconfirm"};
    if (entry.value("admin", false)) user.groups = {"admin", "tweakparams", "editusers", "creategroups", "editbugs"};
    words.logins[name] = user.login;
    if (entry.contains("role")) {
      auto& first = entry.value("bridge", false) ? seed.bridge_login
                    : is_staff(json, entry)      ? seed.staff_login
                                                 : seed.customer_login;
      if (first.empty()) first = user.login;
    }
    state.users.push_back(std::move(user));
  }
  for (auto& product : state.products) product.components.front().assignee = seed.staff_login;
}

// One event is one update by one person.
struct Player {
  State& state;
  const Words& words;
  Instant start;

  [[nodiscard]] int user(const std::string& login) const {
    return user_by_login(state, known(words.logins, login, "user"))->id;
  }

  void set(Bug& bug, Instant at, int by, const std::string& field, std::string& text, const std::string& value) const {
    if (text == value) return;
    log_change(bug, {at, by, field, text, value});
    text = value;
  }

  void fields(Bug& bug, const Json& values, std::optional<Change> change) const {
    for (const auto& [label, value] : values.items()) {
      const auto text = value_text(value.get<std::string>(), start);
      if (label == k_labels) {
        bug.keywords.insert(text);
        continue;
      }
      const auto name = demo_field_name(label);
      if (!field_by_name(state, name)) refuse("there is no field named \"" + label + "\"");
      auto& stored = bug.custom[name];
      if (change) {
        change->field = name;
        change->removed = stored.empty() ? "" : stored.front();
        change->added = text;
        log_change(bug, *change);
      }
      stored = {text};
    }
  }

  void play(Bug& bug, const Json& event) const {
    const auto at = start + offset_from_text(text_at(event, "at"));
    const auto by = user(text_at(event, "by"));
    if (event.contains("status")) {
      const auto name = text_at(event, "status");
      set(bug, at, by, "status", bug.status, known(words.statuses, name, "status"));
      set(bug, at, by, "resolution", bug.resolution, known(words.resolutions, name, "status"));
      bug.is_confirmed = true;
    }
    if (event.contains("assignee") && !text_at(event, "assignee").empty()) {
      auto login = user_by_id(state, bug.assignee)->login;
      bug.assignee = user(text_at(event, "assignee"));
      set(bug, at, by, "assigned_to", login, user_by_id(state, bug.assignee)->login);
    }
    if (event.contains("priority")) set(bug, at, by, "priority", bug.priority, text_at(event, "priority"));
    if (event.contains("fields")) fields(bug, event["fields"], Change{at, by, "", "", ""});
    const auto note = event.value("note", "");
    if (!note.empty()) bug.comments.push_back({0, by, at, note, event.value("private", false)});
    bug.changed = at;
  }
};

void read_issue(const Json& entry, const Player& player) {
  auto& state = player.state;
  Bug bug;
  bug.id = next_bug_id(state);
  bug.product = known(player.words.products, text_at(entry, "project"), "project");
  bug.component = k_component;
  bug.version = "unspecified";
  bug.summary = text_at(entry, "subject");
  bug.status = "UNCONFIRMED";
  bug.is_confirmed = false;
  bug.severity = state.settings.default_severity;
  bug.priority = choice(state.priorities, "priority", text_at(entry, "priority"));
  bug.reporter = player.user(text_at(entry, "author"));
  bug.assignee = user_by_login(state, product_by_name(state, bug.product)->components.front().assignee)->id;
  bug.created = bug.changed = player.start + offset_from_text(text_at(entry, "at"));
  bug.custom["cf_type"] = {text_at(entry, "tracker")};
  if (entry.value("private", false)) bug.groups = {"staff"};
  bug.comments.push_back({0, bug.reporter, bug.created, text_at(entry, "description"), false});
  player.fields(bug, entry.value("fields", Json::object()), std::nullopt);
  for (const auto& event : entry.value("events", Json::array())) player.play(bug, event);
  state.bugs[bug.id] = std::move(bug);
}

// Comments of all bugs are numbered by their time.
void number_comments(State& state) {
  std::vector<Comment*> all;
  for (auto& [id, bug] : state.bugs)
    for (auto& comment : bug.comments) all.push_back(&comment);
  std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->at < b->at; });
  for (auto* comment : all) comment->id = ++state.last_comment;
}

}  // namespace

std::string demo_field_name(const std::string& label) {
  std::string out = "cf_";
  for (const char c : label) out += c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

DemoBugzillaSeed demo_bugzilla_seed(const std::string& json, Instant start, const KeyMaker& key_for) {
  try {
    const auto document = demo_file::Json::parse(json);
    DemoBugzillaSeed seed;
    Words words;
    read_words(document, seed.state, words);
    read_fields(document, seed);
    read_users(document, seed, words, key_for);
    for (const auto& entry : document.at("issues")) read_issue(entry, {seed.state, words, start});
    number_comments(seed.state);
    return seed;
  } catch (const nlohmann::json::exception& error) {
    refuse(error.what());
  } catch (const Refusal& refusal) {
    refuse(refusal.message);
  }
}

}  // namespace cb
