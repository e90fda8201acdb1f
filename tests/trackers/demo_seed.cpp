#include "tests/trackers/demo_seed.hpp"

#include <algorithm>
#include <regex>

#include "tests/trackers/demo_file.hpp"

namespace cb {

namespace {

using Json = demo_file::Json;
using demo_file::offset_from_text;
using demo_file::refuse;
using demo_file::text_at;
using demo_file::value_text;

template <class Row>
int id_named(const std::vector<Row>& rows, const std::string& name, const char* what) {
  const auto* row = fake::by_name(rows, name);
  if (!row) refuse("there is no " + std::string(what) + " named \"" + name + "\"");
  return row->id;
}

int user_id(const fake::State& state, const std::string& login) {
  const auto* user = fake::user_by_login(state, login);
  if (!user) refuse("there is no user \"" + login + "\"");
  return user->id;
}

std::string with_crlf(const std::string& text) {
  return std::regex_replace(text, std::regex("\r?\n"), "\r\n");
}

void read_words(const Json& json, fake::State& state) {
  int id = 0;
  for (const auto& status : json.at("statuses"))
    state.statuses.push_back({++id, text_at(status, "name"), status.at("closed")});
  id = 0;
  for (const auto& tracker : json.at("trackers")) state.trackers.push_back({++id, tracker});
  id = 0;
  for (const auto& priority : json.at("priorities")) state.priorities.push_back({++id, priority});
  state.default_priority = id_named(state.priorities, "Normal", "priority");
  id = 2;  // Redmine keeps 1 and 2 for non-members and the anonymous
  for (const auto& role : json.at("roles")) {
    const bool staff = role.at("staff");
    state.roles.push_back({++id, text_at(role, "name"), role.at("permissions").get<std::set<std::string>>(),
                           staff ? "all" : "default", staff});
  }
}

void read_fields(const Json& json, DemoSeed& seed) {
  int id = 0;
  for (const auto& entry : json.at("fields")) {
    fake::Field field;
    field.id = ++id;
    field.name = text_at(entry, "name");
    field.format = text_at(entry, "format");
    field.values = entry.value("values", std::vector<std::string>());
    field.regexp = entry.value("regexp", "");
    field.multiple = entry.value("multiple", false);
    field.required = entry.value("required", false);
    field.for_all = true;
    if (field.format == "list") field.initial = "";
    if (entry.value("bridge", false)) seed.bridge_fields.insert(field.name);
    seed.state.fields.push_back(field);
  }
}

void read_users(const Json& json, DemoSeed& seed, Instant created, const KeyMaker& key_for) {
  auto& state = seed.state;
  int id = 0;
  for (const auto& project : json.at("projects"))
    state.projects.push_back({++id,
                              text_at(project, "identifier"),
                              text_at(project, "name"),
                              project.value("description", ""),
                              fake::Project::State::active,
                              {},
                              created});
  id = 0;
  for (const auto& entry : json.at("users")) {
    fake::User user;
    user.id = ++id;
    user.login = text_at(entry, "login");
    user.firstname = text_at(entry, "firstname");
    user.lastname = text_at(entry, "lastname");
    user.mail = text_at(entry, "mail");
    user.key = key_for(user.login);
    user.admin = entry.value("admin", false);
    user.hide_mail = false;
    user.created = created;
    if (entry.contains("role")) {
      const auto role = id_named(state.roles, text_at(entry, "role"), "role");
      for (auto& project : state.projects) project.members.emplace_back(user.id, role);
      auto& first = entry.value("bridge", false)                     ? seed.bridge_login
                    : fake::by_id(state.roles, role)->any_transition ? seed.staff_login
                                                                     : seed.customer_login;
      if (first.empty()) first = user.login;
    }
    state.users.push_back(user);
  }
}

// One event becomes a journal, or two where a private note comes with changes, as Redmine stores it.
struct Player {
  fake::State& state;
  Instant start;
  int& journal;

  std::vector<fake::Detail> play(fake::IssueRow& row, const Json& event, Instant at) const {
    std::vector<fake::Detail> details;
    const auto attribute = [&](const char* name, std::optional<std::string> from, std::optional<std::string> to) {
      details.push_back({"attr", name, std::move(from), std::move(to)});
    };
    if (event.contains("status")) {
      const auto id = id_named(state.statuses, text_at(event, "status"), "status");
      attribute("status_id", std::to_string(row.status), std::to_string(id));
      if (fake::by_id(state.statuses, id)->closed && !fake::by_id(state.statuses, row.status)->closed) row.closed = at;
      row.status = id;
    }
    if (event.contains("assignee")) {
      const auto login = text_at(event, "assignee");
      const auto before = row.assignee ? std::optional(std::to_string(*row.assignee)) : std::nullopt;
      row.assignee = login.empty() ? std::nullopt : std::optional(user_id(state, login));
      attribute("assigned_to_id", before, row.assignee ? std::optional(std::to_string(*row.assignee)) : std::nullopt);
    }
    if (event.contains("priority")) {
      const auto id = id_named(state.priorities, text_at(event, "priority"), "priority");
      attribute("priority_id", std::to_string(row.priority), std::to_string(id));
      row.priority = id;
    }
    if (event.contains("fields")) {
      for (const auto& [name, value] : event["fields"].items()) {
        const auto id = id_named(state.fields, name, "field");
        auto& stored = row.values[id];
        const auto text = value_text(value.get<std::string>(), start);
        details.push_back(
            {"cf", std::to_string(id), stored.empty() ? std::nullopt : std::optional(stored.front()), text});
        stored = {text};
      }
    }
    return details;
  }

  void add(fake::IssueRow& row, const Json& event) const {
    const auto at = start + offset_from_text(text_at(event, "at"));
    const auto by = user_id(state, text_at(event, "by"));
    const bool is_private = event.value("private", false);
    auto details = play(row, event, at);
    if (is_private && !details.empty()) {
      row.journals.push_back({++journal, by, at, std::nullopt, false, std::move(details)});
      details.clear();
    }
    row.journals.push_back({++journal, by, at, event.value("note", ""), is_private, std::move(details)});
    row.updated = at;
    ++row.lock_version;
  }
};

void read_issue(const Json& entry, const Player& player) {
  auto& state = player.state;
  fake::IssueRow row;
  row.id = fake::next_issue_id(state);
  const auto project = text_at(entry, "project");
  const auto* found = fake::find_project(state, project);
  if (!found) refuse("there is no project \"" + project + "\"");
  row.project = found->id;
  row.tracker = id_named(state.trackers, text_at(entry, "tracker"), "tracker");
  row.status = state.statuses.front().id;
  row.priority = id_named(state.priorities, text_at(entry, "priority"), "priority");
  row.author = user_id(state, text_at(entry, "author"));
  row.subject = text_at(entry, "subject");
  row.description = with_crlf(text_at(entry, "description"));
  row.is_private = entry.value("private", false);
  row.created = row.updated = player.start + offset_from_text(text_at(entry, "at"));
  row.start_date = to_iso(row.created).substr(0, 10);
  for (const auto& field : state.fields)
    if (field.initial) row.values[field.id] = {*field.initial};
  const auto fields = entry.value("fields", Json::object());
  for (const auto& [name, value] : fields.items())
    row.values[id_named(state.fields, name, "field")] = {value_text(value.get<std::string>(), player.start)};
  const auto events = entry.value("events", Json::array());
  for (const auto& event : events) player.add(row, event);
  state.issues[row.id] = row;
}

void number_updates(fake::State& state) {
  std::vector<fake::IssueRow*> rows;
  for (auto& [id, row] : state.issues) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->updated < b->updated; });
  for (auto* row : rows) row->update_order = ++state.updates;
}

}  // namespace

DemoSeed demo_seed(const std::string& json, Instant start, const KeyMaker& key_for) {
  try {
    const auto document = Json::parse(json);
    DemoSeed seed;
    read_words(document, seed.state);
    read_fields(document, seed);
    read_users(document, seed, start - Seconds(400L * 24 * 3600), key_for);
    int journal = 0;
    for (const auto& entry : document.at("issues")) read_issue(entry, {seed.state, start, journal});
    number_updates(seed.state);
    return seed;
  } catch (const nlohmann::json::exception& error) {
    refuse(error.what());
  }
}

}  // namespace cb
