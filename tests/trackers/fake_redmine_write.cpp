#include "tests/trackers/fake_redmine_write.hpp"

#include <algorithm>

#include "tests/trackers/fake_redmine_values.hpp"

namespace cb::fake {

namespace {

constexpr std::size_t k_subject_limit = 255;

std::string text_of(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  return json.is_null() ? "" : json.dump();
}

std::optional<int> id_of(const Json& json) {
  if (json.is_number_integer()) return json.get<int>();
  const auto text = text_of(json);
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoi(text);
}

// Redmine stores descriptions with CRLF and notes as they come.
std::string with_crlf(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n' || text[i] == '\r') {
      out += "\r\n";
    } else {
      out += text[i];
    }
  }
  return out;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

struct Editor {
  const State& state;
  const User& user;
  const Project& project;
  const Json& attributes;
  IssueRow& issue;
  std::vector<std::string>& errors;
  bool fresh;

  [[nodiscard]] const Json* given(const char* name) const {
    const auto found = attributes.find(name);
    return found == attributes.end() ? nullptr : &*found;
  }
  [[nodiscard]] bool may(const char* permission) const { return allowed(state, &user, project, permission); }
  [[nodiscard]] bool may_edit() const {
    return fresh || may("edit_issues") || (issue.author == user.id && may("edit_own_issues"));
  }
};

void set_references(Editor& e) {
  if (const auto* tracker = e.given("tracker_id"))
    if (const auto id = id_of(*tracker); id && by_id(e.state.trackers, *id)) e.issue.tracker = *id;
  if (const auto* status = e.given("status_id"))
    if (const auto id = id_of(*status);
        id && by_id(e.state.statuses, *id) && may_change_status(e.state, &e.user, e.project))
      e.issue.status = *id;
  if (const auto* priority = e.given("priority_id")) {
    const auto id = id_of(*priority);
    e.issue.priority = id && by_id(e.state.priorities, *id) ? *id : 0;
  }
}

void set_assignee(Editor& e) {
  const auto* assignee = e.given("assigned_to_id");
  if (!assignee || assignee->is_null()) return;  // null is ignored (156, 229)
  if (text_of(*assignee).empty()) {
    e.issue.assignee.reset();
    return;
  }
  const auto id = text_of(*assignee) == "me" ? std::optional<int>(e.user.id) : id_of(*assignee);
  e.issue.assignee = id.value_or(0);
}

void set_texts(Editor& e) {
  if (const auto* subject = e.given("subject")) e.issue.subject = text_of(*subject);
  if (const auto* description = e.given("description")) {
    if (description->is_null()) {
      e.issue.description.reset();
    } else {
      e.issue.description = with_crlf(text_of(*description));
    }
  }
  for (const auto& [key, target] :
       {std::pair{"due_date", &e.issue.due_date}, std::pair{"start_date", &e.issue.start_date}}) {
    const auto* date = e.given(key);
    if (!date) continue;
    const auto text = text_of(*date);
    if (text.empty()) {
      target->reset();
    } else {
      *target = text;
    }
  }
  if (const auto* hours = e.given("estimated_hours"); hours && hours->is_number())
    e.issue.estimated_hours = hours->get<double>();
  if (const auto* ratio = e.given("done_ratio")) e.issue.done_ratio = id_of(*ratio).value_or(0);
}

void set_value(Editor& e, const Json& id, const Json& value, bool& touched) {
  const auto number = id_of(id);
  const auto* field = number ? by_id(e.state.fields, *number) : nullptr;
  if (!field || !serves(*field, e.issue.tracker)) return;  // 126, 422: silently ignored
  e.issue.values[field->id] = value_from(value);
  touched = true;
}

// True when any value was set, which is when Redmine validates all of them (459, 460).
bool set_values(Editor& e) {
  bool touched = false;
  if (const auto* list = e.given("custom_fields")) {
    if (list->is_string()) throw Broken{};  // 133
    for (const auto& entry : *list)
      if (entry.is_object() && entry.contains("id"))
        set_value(e, entry["id"], entry.contains("value") ? entry["value"] : Json(nullptr), touched);
  }
  if (const auto* values = e.given("custom_field_values"); values && values->is_object())
    for (const auto& [id, value] : values->items()) set_value(e, Json(id), value, touched);
  return touched;
}

void validate_values(Editor& e, const IssueRow& before) {
  for (const auto& field : e.state.fields) {
    if (!serves(field, e.issue.tracker)) continue;
    const auto stored = before.values.find(field.id);
    const auto error =
        complaint(field, e.issue.values[field.id], stored == before.values.end() ? Value{} : stored->second);
    if (error) e.errors.push_back(*error);
  }
}

// Members with a role that issues can be assigned to, and the author, member or not; nobody who is locked. Whether that
// person sees the issue does not matter.
bool assignable(const Editor& e, int user) {
  const auto* person = by_id(e.state.users, user);
  if (!person || person->locked) return false;
  return user == e.issue.author ||
         std::any_of(e.project.members.begin(), e.project.members.end(), [&](const auto& member) {
           const auto* role = member.first == user ? by_id(e.state.roles, member.second) : nullptr;
           return role && role->assignable;
         });
}

void validate(Editor& e, const IssueRow& before) {
  if (blank(e.issue.subject)) e.errors.emplace_back("Subject cannot be blank");
  if (characters(e.issue.subject) > k_subject_limit)
    e.errors.emplace_back("Subject is too long (maximum is 255 characters)");
  if (e.issue.priority == 0) e.errors.emplace_back("Priority cannot be blank");
  if (e.issue.due_date && !is_date(*e.issue.due_date)) e.errors.emplace_back("Due date is not a valid date");
  if (e.issue.start_date && !is_date(*e.issue.start_date)) e.errors.emplace_back("Start date is not a valid date");
  if (e.issue.assignee != before.assignee && e.issue.assignee && !assignable(e, *e.issue.assignee))
    e.errors.emplace_back("Assignee is invalid");
}

// Redmine's texts of attribute values in journals.
using Attributes = std::vector<std::pair<std::string, std::optional<std::string>>>;

Attributes attributes_of(const IssueRow& issue) {
  const auto number = [](const auto& value) {
    auto text = std::to_string(value);
    return std::optional<std::string>(text);
  };
  const auto hours = [](double value) { return std::optional<std::string>(Json(value).dump()); };
  return {{"tracker_id", number(issue.tracker)},
          {"subject", issue.subject},
          {"description", issue.description},
          {"due_date", issue.due_date},
          {"status_id", number(issue.status)},
          {"assigned_to_id", issue.assignee ? number(*issue.assignee) : std::nullopt},
          {"priority_id", number(issue.priority)},
          {"start_date", issue.start_date},
          {"done_ratio", number(issue.done_ratio)},
          {"estimated_hours", issue.estimated_hours ? hours(*issue.estimated_hours) : std::nullopt},
          {"is_private", issue.is_private ? "1" : "0"}};
}

bool same(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  return a == b || (a.value_or("").empty() && b.value_or("").empty());
}

void add_value_details(const Field& field, const Value& before, const Value& after, std::vector<Detail>& out) {
  const auto name = std::to_string(field.id);
  if (before == after || (blank(before) && blank(after))) return;
  if (!field.multiple) {
    const auto text = [](const Value& value) {
      return value.empty() ? std::nullopt : std::optional<std::string>(value.front());
    };
    out.push_back({"cf", name, text(before), text(after)});
    return;
  }
  const auto lacks = [](const Value& value, const std::string& text) {
    return !text.empty() && std::find(value.begin(), value.end(), text) == value.end();
  };
  for (const auto& text : before)
    if (lacks(after, text)) out.push_back({"cf", name, text, std::nullopt});
  for (const auto& text : after)
    if (lacks(before, text)) out.push_back({"cf", name, std::nullopt, text});
}

std::vector<Detail> differences(const State& state, const IssueRow& before, const IssueRow& after) {
  std::vector<Detail> out;
  const auto old_attributes = attributes_of(before);
  const auto new_attributes = attributes_of(after);
  for (std::size_t i = 0; i < old_attributes.size(); ++i)
    if (!same(old_attributes[i].second, new_attributes[i].second))
      out.push_back({"attr", old_attributes[i].first, old_attributes[i].second, new_attributes[i].second});
  for (const auto& field : state.fields) {
    if (!serves(field, after.tracker)) continue;
    const auto value = [&](const IssueRow& row) {
      const auto found = row.values.find(field.id);
      return found == row.values.end() ? Value{} : found->second;
    };
    add_value_details(field, value(before), value(after), out);
  }
  return out;
}

void add_journals(State& state, IssueRow& issue, const User& user, const std::string& notes, bool is_private,
                  std::vector<Detail> details, Instant now) {
  const bool has_note = !blank(notes);
  if (!has_note && details.empty()) return;
  if (has_note && is_private && !details.empty()) {  // 113, 114: a public one with the details comes first
    issue.journals.push_back({next_journal_id(state), user.id, now, std::nullopt, false, std::move(details)});
    details = {};
  }
  issue.journals.push_back({next_journal_id(state), user.id, now, notes, has_note && is_private, std::move(details)});
}

void set_closed(const State& state, const IssueRow& before, IssueRow& after, Instant now) {
  const auto closed = [&](int status) {
    const auto* row = by_id(state.statuses, status);
    return row && row->closed;
  };
  if (closed(after.status) && !closed(before.status)) after.closed = now;  // kept on reopening (165)
}

}  // namespace

Outcome changed(const State& state, const User& user, const IssueRow& before, const Json& attributes, bool fresh) {
  Outcome outcome{before, {}};
  const auto* project = by_id(state.projects, before.project);
  if (!project) return outcome;
  Editor editor{state, user, *project, attributes, outcome.issue, outcome.errors, fresh};
  bool touched = false;
  if (editor.may_edit()) {
    set_references(editor);
    set_assignee(editor);
    set_texts(editor);
    touched = set_values(editor);
  }
  if (const auto* flag = editor.given("is_private"))
    if (editor.may("set_issues_private"))
      outcome.issue.is_private = flag->is_boolean() ? flag->get<bool>() : text_of(*flag) == "1";
  if (touched || fresh) validate_values(editor, before);
  validate(editor, before);
  return outcome;
}

void store_update(State& state, const User& user, const IssueRow& after, const Json& attributes, Instant now) {
  auto& row = state.issues.at(after.id);
  const auto* project = by_id(state.projects, row.project);
  const IssueRow before = row;
  row = after;
  set_closed(state, before, row, now);
  std::string notes;
  if (attributes.contains("notes") && project && allowed(state, &user, *project, "add_issue_notes"))
    notes = text_of(attributes["notes"]);
  const auto flag = attributes.find("private_notes");
  const bool wanted = flag != attributes.end() && (*flag == true || text_of(*flag) == "1" || text_of(*flag) == "true");
  // Without the right the flag is dropped and the note becomes public (146).
  const bool is_private = wanted && project && allowed(state, &user, *project, "set_notes_private");
  add_journals(state, row, user, notes, is_private, differences(state, before, row), now);
  touch(state, row, now);
}

}  // namespace cb::fake
