#include "tests/trackers/demo_jira_story.hpp"

#include <algorithm>

#include "tests/trackers/fake_jira_meta.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

namespace cb {

namespace {

using demo_file::Json;
using demo_file::offset_from_text;
using demo_file::refuse;
using demo_file::text_at;
using demo_file::value_text;
using namespace fake_jira;

const char* const k_labels = "Labels";

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string name_of(const std::vector<Named>& rows, const std::string& id) {
  const auto* row = named_by_id(rows, id);
  return row ? row->name : "";
}

const Field& field_called(const State& state, const std::string& name) {
  const auto* field = field_by_name(state, name);
  if (!field) refuse("there is no field named \"" + name + "\"");
  return *field;
}

const Option& option_called(const Field& field, const std::string& value) {
  const auto found = std::find_if(field.options.begin(), field.options.end(),
                                  [&](const Option& option) { return option.value == value; });
  if (found == field.options.end()) refuse("the field \"" + field.name + "\" has no value \"" + value + "\"");
  return *found;
}

// A value as it is stored, and as a history shows it.
struct Told {
  std::string raw, text;
};

Told told(const Field& field, const std::string& text) {
  if (field.kind != FieldKind::select) return {text, text};
  return {option_called(field, text).id, text};
}

// One event is what one person did at one time: a comment, a change of several fields, or both.
class Player {
 public:
  Player(State& state, const DemoJiraWords& words, Instant start) : state_(state), words_(words), start_(start) {}

  void play(Issue& issue, const Json& event) {
    const auto at = moment(event);
    const auto by = demo_word(words_.people, text_at(event, "by"), "user");
    items_.clear();
    if (event.contains("status")) status(issue, text_at(event, "status"), at);
    if (event.contains("assignee")) assignee(issue, text_at(event, "assignee"));
    if (event.contains("priority")) priority(issue, text_at(event, "priority"));
    if (event.contains("fields")) fields(issue, event["fields"]);
    if (!items_.empty()) issue.history.push_back({"", by, at, std::move(items_), ""});
    const auto note = event.value("note", "");
    if (!note.empty()) issue.comments.push_back(comment(by, at, note, event.value("private", false)));
    issue.updated = at;
  }

  void fields(Issue& issue, const Json& values) {
    for (const auto& [name, value] : values.items()) {
      const auto text = value_text(value.get<std::string>(), start_);
      if (name == k_labels) {
        issue.labels.push_back(text);
        continue;
      }
      const auto& field = field_called(state_, name);
      auto& stored = issue.custom[field.id()];
      const auto after = told(field, text);
      const auto before = stored.empty() ? Told{} : before_of(field, stored.front());
      // Words have no form of their own besides the one that is shown.
      const bool has_raw = field.kind == FieldKind::select || field.kind == FieldKind::date;
      items_.push_back({name, field.id(), true, has_raw ? unless_empty(before.raw) : std::nullopt,
                        unless_empty(before.text), has_raw ? std::optional(after.raw) : std::nullopt, after.text});
      stored = {after.raw};
    }
  }

  [[nodiscard]] Moment moment(const Json& entry) const {
    // Never on the full second, as a real server's.
    constexpr std::chrono::milliseconds k_part{123};
    return Moment(start_ + offset_from_text(text_at(entry, "at"))) + k_part;
  }

 private:
  static Comment comment(const std::string& by, Moment at, const std::string& text, bool is_internal) {
    Comment out;
    out.author = out.editor = by;
    out.created = out.updated = at;
    out.body = {text, ""};
    out.is_internal = is_internal;
    return out;
  }

  static Told before_of(const Field& field, const std::string& raw) {
    for (const auto& option : field.options)
      if (option.id == raw) return {raw, option.value};
    return {raw, raw};
  }

  void item(const char* field, const std::string& from, const std::string& from_text, const std::string& to,
            const std::string& to_text) {
    if (from == to) return;
    items_.push_back(
        {field, field, false, unless_empty(from), unless_empty(from_text), unless_empty(to), unless_empty(to_text)});
  }

  void status(Issue& issue, const std::string& name, Moment at) {
    const auto& to = demo_word(words_.statuses, name, "status");
    const auto& resolution = demo_word(words_.resolutions, name, "status");
    item("resolution", issue.resolution, name_of(state_.resolutions, issue.resolution), resolution,
         name_of(state_.resolutions, resolution));
    if (resolution.empty()) issue.resolved.reset();
    if (!resolution.empty() && issue.resolution.empty()) issue.resolved = at;
    issue.resolution = resolution;
    item("status", issue.status, status_by_id(state_, issue.status)->name, to, status_by_id(state_, to)->name);
    issue.status = to;
  }

  void assignee(Issue& issue, const std::string& login) {
    const auto shown = [&](const std::string& id) { return id.empty() ? "" : user_by_id(state_, id)->display_name; };
    const auto to = login.empty() ? "" : demo_word(words_.people, login, "user");
    item("assignee", issue.assignee, shown(issue.assignee), to, shown(to));
    issue.assignee = to;
  }

  void priority(Issue& issue, const std::string& name) {
    const auto& to = demo_word(words_.priorities, name, "priority");
    item("priority", issue.priority, name_of(state_.priorities, issue.priority), to, name_of(state_.priorities, to));
    issue.priority = to;
  }

  State& state_;
  const DemoJiraWords& words_;
  Instant start_;
  std::vector<Item> items_;
};

// A request is shared with the organisations of whoever wrote it.
void share(const State& state, Issue& issue) {
  for (const auto& field : state.fields)
    for (const auto& organization : state.organizations)
      if (field.kind == FieldKind::organizations &&
          std::find(organization.users.begin(), organization.users.end(), issue.reporter) != organization.users.end())
        issue.custom[field.id()].push_back(organization.id);
}

void read_issue(const Json& entry, const DemoJiraWords& words, Player player, State& state) {
  if (entry.value("private", false)) refuse("the fake Jira has no security levels, so it holds no private issues");
  const auto& project = *project_by_key(state, demo_word(words.projects, text_at(entry, "project"), "project"));
  const auto* type = named_by_name(state.types, text_at(entry, "tracker"));
  if (!type) refuse("there is no tracker \"" + text_at(entry, "tracker") + "\"");
  auto issue = new_issue(state, project, type->id, demo_word(words.people, text_at(entry, "author"), "user"));
  issue.summary = text_at(entry, "subject");
  issue.description = {text_at(entry, "description"), ""};
  issue.priority = demo_word(words.priorities, text_at(entry, "priority"), "priority");
  issue.created = issue.updated = player.moment(entry);
  player.fields(issue, entry.value("fields", Json::object()));
  share(state, issue);
  for (const auto& event : entry.value("events", Json::array())) player.play(issue, event);
  state.issues[std::stoi(issue.id)] = std::move(issue);
}

// Ids of comments and changes grow with time, over all issues.
void number(State& state) {
  std::vector<std::pair<Moment, std::string*>> all;
  for (auto& [id, issue] : state.issues) {
    for (auto& comment : issue.comments) all.emplace_back(comment.created, &comment.id);
    for (auto& change : issue.history) all.emplace_back(change.at, &change.id);
    state.last = std::max(state.last, issue.updated);
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [at, id] : all) *id = next_id(state);
}

}  // namespace

const std::string& demo_word(const std::map<std::string, std::string>& words, const std::string& name,
                             const char* what) {
  const auto found = words.find(name);
  if (found == words.end()) refuse("there is no " + std::string(what) + " \"" + name + "\"");
  return found->second;
}

void play_demo_jira(const demo_file::Json& issues, Instant start, const DemoJiraWords& words, State& state) {
  for (const auto& entry : issues) read_issue(entry, words, Player(state, words, start), state);
  number(state);
}

}  // namespace cb
