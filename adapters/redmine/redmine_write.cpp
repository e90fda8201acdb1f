#include "adapters/redmine/redmine_write.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/plain_newlines.hpp"
#include "adapters/redmine/redmine_markup.hpp"
#include "adapters/redmine/redmine_neutral.hpp"
#include "adapters/redmine/redmine_parse.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using nlohmann::json;

const RedmineJournal* own_note(const RedmineIssue& issue, const std::string& reference, std::int64_t own_account) {
  if (reference.empty()) return nullptr;
  for (const auto& journal : issue.journals)
    if (journal.user.id == own_account && journal.notes.find(reference) != std::string::npos) return &journal;
  return nullptr;
}

// As it will be read back: bytes that are no UTF-8 cannot be sent.
std::string sent_text(const std::string& text) {
  return json::parse(json(plain_newlines(text)).dump(-1, ' ', false, json::error_handler_t::replace));
}

std::vector<std::string> wanted_values(const Shown& shown) {
  auto text = sent_text(shown.text);
  return text.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(text)};
}

std::vector<std::string> wanted_labels(const std::vector<std::string>& present, const Changes& changes) {
  std::vector<std::string> labels;
  for (const auto& label : present)
    if (!contains_name(changes.remove_labels, label)) labels.push_back(label);
  for (const auto& label : changes.add_labels)
    if (!contains_name(labels, label)) labels.push_back(label);
  return labels;
}

bool changes_labels(const Changes& changes) {
  return !changes.add_labels.empty() || !changes.remove_labels.empty();
}

// Every field that the changes name, with what it should hold, as far as the issue has it.
std::vector<std::pair<const RedmineFieldValue*, std::vector<std::string>>> wanted_fields(const RedmineIssue& issue,
                                                                                         const Changes& changes,
                                                                                         const RedmineTerms& terms) {
  std::vector<std::pair<const RedmineFieldValue*, std::vector<std::string>>> wanted;
  for (const auto& [slot, shown] : changes.fields) {
    const auto name = terms.write.find(slot);
    if (name == terms.write.end()) continue;
    if (const auto* field = field_named(issue, name->second)) wanted.emplace_back(field, wanted_values(shown));
  }
  if (changes_labels(changes))
    if (const auto* field = field_named(issue, terms.label_field))
      wanted.emplace_back(field, wanted_labels(field->values, changes));
  return wanted;
}

std::string note_of(const NewComment& comment) {
  auto note = redmine_escaped(plain_newlines(comment.text));
  while (!note.empty() && note.back() == '\n') note.pop_back();
  if (!comment.reference.empty()) note += (note.empty() ? "" : "\n\n") + comment.reference;
  return note;
}

// Redmine gives several values in an order of its own.
bool shows(const RedmineFieldValue& field, std::vector<std::string> values) {
  auto present = field.values;
  std::sort(present.begin(), present.end());
  std::sort(values.begin(), values.end());
  return present == values;
}

std::string in_quotes(const std::string& text) {
  return "\"" + text + "\"";
}

std::string listed(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return in_quotes(out);
}

}  // namespace

std::vector<RedmineUpdate> redmine_updates(const RedmineIssue& issue, const Changes& changes, const RedmineTerms& terms,
                                           std::int64_t own_account, std::int64_t assignee) {
  std::vector<RedmineUpdate> updates(1);
  if (issue.assignee.id == 0) updates.front().assignee = assignee;
  for (auto& [field, values] : wanted_fields(issue, changes, terms))
    if (!shows(*field, values)) updates.front().fields.push_back({field->id, field->multiple, std::move(values)});
  for (const auto& comment : changes.comments) {
    if (own_note(issue, comment.reference, own_account) != nullptr) continue;
    auto note = note_of(comment);
    if (note.empty()) continue;
    if (!updates.back().note.empty()) updates.emplace_back();
    updates.back().note = std::move(note);
    updates.back().is_private = comment.visibility == Visibility::internal;
  }
  if (updates.front().empty()) updates.clear();
  return updates;
}

std::string redmine_update_body(const RedmineUpdate& update) {
  json issue = json::object();
  for (const auto& field : update.fields) {
    json entry{{"id", field.id}};
    if (field.multiple) {
      // An empty list is dropped on the way through Rails; one empty value empties the field.
      entry["value"] = field.values.empty() ? std::vector<std::string>{""} : field.values;
    } else {
      entry["value"] = field.values.empty() ? std::string() : field.values.front();
    }
    issue["custom_fields"].push_back(std::move(entry));
  }
  if (update.assignee != 0) issue["assigned_to_id"] = update.assignee;
  if (!update.note.empty()) {
    issue["notes"] = update.note;
    issue["private_notes"] = update.is_private;
  }
  // Invalid UTF-8 would be answered with 400: it is replaced instead.
  return json{{"issue", std::move(issue)}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string redmine_withdrawal_body() {
  return R"({"journal":{"notes":""}})";
}

std::vector<std::string> redmine_missing(const RedmineIssue& issue, const Changes& changes, const RedmineTerms& terms,
                                         std::int64_t own_account) {
  std::vector<std::string> missing;
  for (const auto& [slot, shown] : changes.fields) {
    const auto name = terms.write.find(slot);
    if (name == terms.write.end())
      missing.push_back(to_text(slot) + ": no field is configured for it");
    else if (field_named(issue, name->second) == nullptr)
      missing.push_back("field " + in_quotes(name->second) +
                        ": the issue has no such field; is it enabled for the project " + "and for the tracker " +
                        in_quotes(issue.type.name) + "?");
  }
  if (changes_labels(changes) && field_named(issue, terms.label_field) == nullptr)
    missing.push_back(terms.label_field.empty() ? std::string("labels: no field is configured for them")
                                                : "labels: the issue has no field " + in_quotes(terms.label_field));
  for (const auto& [field, values] : wanted_fields(issue, changes, terms))
    if (!shows(*field, values))
      missing.push_back("field " + in_quotes(field->name) + ": shows " + listed(field->values) + " and not " +
                        listed(values) + "; is it read-only for the account in this status?");
  for (const auto& comment : changes.comments)
    if (!comment.reference.empty() && own_note(issue, comment.reference, own_account) == nullptr)
      missing.push_back("comment " + comment.reference + ": it was not stored; may the account add notes?");
  return missing;
}

std::vector<std::int64_t> redmine_exposed(const RedmineIssue& issue, const Changes& changes, std::int64_t own_account) {
  std::vector<std::int64_t> exposed;
  for (const auto& comment : changes.comments) {
    if (comment.visibility != Visibility::internal || comment.reference.empty()) continue;
    for (const auto& journal : issue.journals)
      if (journal.user.id == own_account && !journal.is_private &&
          journal.notes.find(comment.reference) != std::string::npos)
        exposed.push_back(journal.id);
  }
  return exposed;
}

}  // namespace cb
