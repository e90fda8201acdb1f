#include "tests/trackers/fake_jira_edit.hpp"

#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_json.hpp"

namespace cb::fake_jira {

namespace {

bool is_one_of(const std::string& word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

const std::vector<std::string>& settable() {
  static const std::vector<std::string> k_all{"summary",  "description", "priority", "labels",
                                              "duedate",  "assignee",    "reporter", "components",
                                              "versions", "fixVersions", "issuetype"};
  return k_all;
}

std::optional<std::string> optional_text(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Edit::Edit(Call& call, Issue issue, bool is_new) : call_(call), issue_(std::move(issue)), is_new_(is_new) {}

// One entry for each field, however often the edit touches it; of components and versions one for each row.
void Edit::note(Item item) {
  if (is_new_) return;
  const bool is_of_rows = is_one_of(item.id, {"components", "versions", "fixVersions"});
  const auto same = std::find_if(items_.begin(), items_.end(), [&](const Item& other) { return other.id == item.id; });
  if (is_of_rows || same == items_.end()) {
    items_.push_back(std::move(item));
    return;
  }
  same->to = item.to;
  same->to_text = item.to_text;
  if (same->from == same->to && same->from_text == same->to_text) items_.erase(same);
}

void Edit::replace(const std::string& name, const std::string& id, std::string& place, const std::string& value,
                   const std::string& from_text, const std::string& to_text) {
  if (place == value) return;
  note({name, id, false, optional_text(place), optional_text(from_text), optional_text(value), optional_text(to_text)});
  place = value;
}

void Edit::check_settable(const std::string& field) const {
  const auto& project = project_of(call_.state, issue_);
  bool is_settable = is_one_of(field, settable());
  if (const auto* custom = field_by_id(call_.state, field))
    is_settable = has_context(*custom, project) && (custom->has_screen || !call_.state.settings.screens);
  if (call_.state.settings.screens && project.off_screen.count(field)) is_settable = false;
  if (screen_) is_settable = is_one_of(field, *screen_);
  if (!is_settable)
    refuse_field(field, "Field '" + field + "' cannot be set. It is not on the appropriate screen, or unknown.");
}

void Edit::attempt(const std::string& field, const Json& value) {
  try {
    check_settable(field);
    set(field, value);
  } catch (const Refusal& refusal) {
    errors_.insert(refusal.errors.begin(), refusal.errors.end());
  }
}

void Edit::attempt_update(const std::string& field, const Json& operations) {
  try {
    if (field != "comment") check_settable(field);
    for (const auto& operation : operations)
      for (const auto& [name, value] : operation.items()) operate(field, name, value);
  } catch (const Refusal& refusal) {
    if (refusal.errors.empty()) throw;
    errors_.insert(refusal.errors.begin(), refusal.errors.end());
  }
}

void Edit::set_all(const Json& fields, const Json& update) {
  if (fields.is_object())
    for (const auto& [field, value] : fields.items()) {
      if (update.is_object() && update.contains(field)) {
        errors_[field] = "Field '" + field + "' cannot be in both 'fields' and 'update'.";
      } else if (!is_new_ || (field != "project" && field != "issuetype")) {
        attempt(field, value);
      }
    }
  if (update.is_object())
    for (const auto& [field, operations] : update.items()) attempt_update(field, operations);
}

void Edit::set(const std::string& field, const Json& value) {
  if (const auto* custom = field_by_id(call_.state, field)) {
    set_custom(*custom, value);
  } else {
    set_system(field, value);
  }
}

void Edit::set_system(const std::string& field, const Json& value) {
  if (field == "summary") return set_summary(value);
  if (field == "description") return set_description(value);
  if (field == "assignee") return set_person(field, &Issue::assignee, value);
  if (field == "reporter") return set_person(field, &Issue::reporter, value);
  if (field == "components" || field == "versions" || field == "fixVersions") return set_rows(field, value);
  if (field == "labels") {
    if (!value.is_array()) refuse_field(field, "data was not an array");
    return set_labels(value.get<std::vector<std::string>>());
  }
  if (field == "duedate") {
    const auto given = value.is_null() ? "" : text_of(value);
    if (!given.empty() && !date_from_iso(given)) refuse_field(field, "Error parsing date string: " + given);
    return replace("duedate", field, issue_.due_date, given, issue_.due_date, given);
  }
  const auto& state = call_.state;
  if (field == "resolution") {
    const auto* row = parsed_named(state.resolutions, value);
    if (!row) refuse_field(field, "The resolution selected is invalid.");
    return set_resolution(row->id);
  }
  const bool is_priority = field == "priority";
  const auto& rows = is_priority ? state.priorities : state.types;
  const auto* row = parsed_named(rows, value);
  if (!row)
    refuse_field(field, is_priority ? "The priority selected is invalid." : "The issue type selected is invalid.");
  auto& place = is_priority ? issue_.priority : issue_.type;
  const auto* old = named_by_id(rows, place);
  replace(field, field, place, row->id, old ? old->name : "", row->name);
}

void Edit::set_custom(const Field& field, const Json& value) {
  const auto id = field.id();
  const auto before = issue_.custom[id];
  auto after = parsed_value(call_, field, value);
  if (after == before) {
    if (before.empty()) issue_.custom.erase(id);
    return;
  }
  Item item{field.name,
            id,
            true,
            raw_text(call_, field, before),
            shown_text(call_, field, before),
            raw_text(call_, field, after),
            shown_text(call_, field, after)};
  if (after.empty()) {
    issue_.custom.erase(id);
  } else {
    issue_.custom[id] = std::move(after);
  }
  note(std::move(item));
}

void Edit::set_status(const std::string& id) {
  const auto* from = status_by_id(call_.state, issue_.status);
  const auto* to = status_by_id(call_.state, id);
  replace("status", "status", issue_.status, id, from ? from->name : "", to->name);
}

void Edit::set_resolution(const std::string& id) {
  const auto name = [&](const std::string& row) {
    const auto* found = named_by_id(call_.state.resolutions, row);
    return found ? found->name : "";
  };
  replace("resolution", "resolution", issue_.resolution, id, name(issue_.resolution), name(id));
  if (id.empty()) {
    issue_.resolved.reset();
  } else {
    issue_.resolved = Moment(call_.now);
  }
}

void Edit::set_properties(const Json& properties) {
  for (const auto& entry : properties) issue_.properties[text_of(member(entry, "key"))] = member(entry, "value").dump();
}

void Edit::add_comment(Comment comment) {
  issue_.comments.push_back(std::move(comment));
  is_touched_ = true;
}

void Edit::comment_operation(const std::string& operation, const Json& value) {
  if (operation != "add") refuse_field("comment", "The operation '" + operation + "' is not supported.");
  require(call_, project_of(call_.state, issue_), "ADD_COMMENTS", "comment on issues");
  add_comment(parsed_comment(call_, issue_, value));
}

void Edit::commit(bool is_quiet) {
  if (!errors_.empty()) throw Refusal{400, {}, errors_};
  const auto at = next_moment(call_.state, call_.now);
  const bool is_changed = is_new_ || is_touched_ || !items_.empty();
  if (is_changed) issue_.updated = at;
  if (is_new_) issue_.created = at;
  if (issue_.resolved == Moment(call_.now)) issue_.resolved = at;
  for (auto& comment : issue_.comments)
    if (comment.created == Moment()) comment.created = comment.updated = at;
  if (!items_.empty())
    issue_.history.push_back({next_id(call_.state), call_.user->id, at, std::move(items_), metadata_});
  if (is_changed && !is_quiet) ++call_.state.counters.mails;
  call_.state.issues[std::stoi(issue_.id)] = std::move(issue_);
}

}  // namespace cb::fake_jira
