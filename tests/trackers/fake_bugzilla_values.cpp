// Fields of one value: columns, custom fields by their type, the assignee.
#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_edit.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"
#include "tests/trackers/fake_bugzilla_time.hpp"

namespace cb::fake_bugzilla {

namespace {

constexpr std::size_t k_longest_free_text = 255;  // characters
constexpr std::size_t k_longest_large_text = 65535;

template <class Row>
std::string of_product(const std::vector<Row>& rows, const char* what, const Product& product,
                       const std::string& given) {
  for (const auto& row : rows)
    if (same_name(row.name, given)) return row.name;
  refuse(51, "There is no " + std::string(what) + " named '" + given + "' in the '" + product.name + "' product.");
}

const Product& product_of(const State& state, const std::string& name) {
  const auto* product = product_by_name(state, name);
  if (!product)
    refuse(106,
           "Sorry, either the product " + name + " does not exist or you aren't authorized to enter a bug into it.");
  return *product;
}

std::string checked_column(const Edit& edit, const Column& entry, const std::string& given) {
  const auto& state = edit.state;
  const std::string name = entry.name;
  if (name == "summary") {
    if (trimmed(given).empty()) refuse(107, "You must enter a summary for this bug.");
    return checked_free_text(entry.label, trimmed(given), k_longest_free_text);
  }
  if (name == "product") return product_of(state, given).name;
  if (name == "priority") return choice(state.priorities, entry.label, given);
  if (name == "severity") return choice(state.severities, entry.label, given);
  if (name == "op_sys") return choice(state.systems, entry.label, given);
  if (name == "platform") return choice(state.platforms, entry.label, given);
  const auto& product = product_of(state, edit.bug.product);
  if (name == "component") return of_product(product.components, "component", product, given);
  if (name == "version") return of_product(product.versions, "version", product, given);
  if (name == "target_milestone") return of_product(product.milestones, "milestone", product, given);
  return trimmed(given);
}

std::string integer(const Field& field, const std::string& text) {
  const auto plain = trimmed(text);
  if (plain.empty()) return "0";
  const auto digits = plain[0] == '-' ? plain.substr(1) : plain;
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
    refuse(52, "The value '" + text + "' in the " + field.label + " field is not a number.");
  return plain;
}

std::vector<std::string> names_of(const Field& field) {
  std::vector<std::string> out;
  for (const auto& value : field.values) out.push_back(value.name);
  return out;
}

// What one value of JSON becomes in the database; nothing: empty.
std::optional<std::string> stored_value(const Edit& edit, const Field& field, const std::string& given) {
  std::string text;
  switch (field.type) {
    case FieldType::select:
      return choice(names_of(field), field.label, given);
    case FieldType::date:
    case FieldType::date_time:
      return storable_time(edit.state, field, given);
    case FieldType::integer:
      return integer(field, given);
    case FieldType::bug_id:
      text = trimmed(given);
      if (!text.empty()) visible_bug(edit.state.bugs, &edit.user, text);
      break;
    case FieldType::large_text:
      text = checked_free_text(field.label, given, k_longest_large_text);
      break;
    default:
      text = checked_free_text(field.label, trimmed(given), k_longest_free_text);
  }
  return text.empty() ? std::nullopt : std::optional(text);
}

void set_many(Edit& edit, const Field& field, const Json& value) {
  auto& stored = edit.bug.custom[field.name];
  std::vector<std::string> after;
  for (const auto& given : texts_of(value))
    if (!given.empty()) after.push_back(choice(names_of(field), field.label, given));
  if (after == stored) return;
  edit.check(field.name, field.label, stored.empty() ? "" : stored.front(), after.empty() ? "" : after.front());
  const auto before = stored;
  stored = after;
  changed_list(edit, field.name, before, after);
}

bool is_time(const Field& field) {
  return field.type == FieldType::date || field.type == FieldType::date_time;
}

}  // namespace

void set_column(Edit& edit, const Column& entry, const Json& value) {
  const auto after = checked_column(edit, entry, text_of(value));
  auto& text = edit.bug.*entry.text;
  if (after == text) return;
  edit.check(entry.name, entry.label, text, after);
  const auto before = text;
  text = after;
  edit.changed(entry.name, before, after);
}

void set_custom(Edit& edit, const Field& field, const Json& value) {
  const bool many = field.type == FieldType::multi_select;
  if (value.is_object() || (value.is_array() && !many))
    broken_inside("Can't call method \"isa\" on unblessed reference at Bugzilla/Bug.pm line 2406.\n");
  if (many) return set_many(edit, field, value);
  const auto given = text_of(value);
  const auto after = stored_value(edit, field, given);
  auto& stored = edit.bug.custom[field.name];
  const std::string nothing = field.type == FieldType::select ? "---" : "";
  const auto before = stored.empty() ? nothing : stored.front();
  // What was sent is what the reply and the history tell, also where less of it was stored (063, 066).
  const auto told = !after ? "" : is_time(field) && !is_harmony(edit.state) ? trimmed(given) : *after;
  if (is_time(field) && after && !before.empty() ? same_time(edit.state, before, told) : told == before) return;
  edit.check(field.name, field.label, before, told);
  stored = after ? std::vector<std::string>{*after} : std::vector<std::string>{};
  edit.changed(field.name, before, told);
}

void set_assignee(Edit& edit, const Json& value) {
  const auto login = text_of(value);
  if (login.empty()) refuse(50, "To reassign a bug, you must provide an address for the new assignee.");
  const auto& after = existing_user(edit.state, login);
  if (after.id == edit.bug.assignee) return;
  const auto* before = user_by_id(edit.state, edit.bug.assignee);
  edit.check("assigned_to", "Assignee", before ? before->login : "", after.login);
  edit.bug.assignee = after.id;
  edit.changed("assigned_to", before ? before->login : "", after.login);
}

void set_flag(Edit& edit, const char* field, bool Bug::*member, const Json& value) {
  const bool after = is_true(value);
  if (edit.bug.*member == after) return;
  edit.check(field, field, after ? "0" : "1", after ? "1" : "0");
  edit.bug.*member = after;
  edit.changed(field, after ? "0" : "1", after ? "1" : "0");
}

}  // namespace cb::fake_bugzilla
