#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_adf.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_longest_text = 255, k_longest_paragraph = 32767;

std::string text_value(const std::string& field, const Json& value, std::size_t longest) {
  if (!value.is_string()) refuse_field(field, "Operation value must be a string");
  auto text = value.get<std::string>();
  if (text.size() > longest)
    refuse_field(field, "The entered text is too long. It exceeds the allowed limit of " + std::to_string(longest) +
                            " characters.");
  return text;
}

Value date_value(const std::string& field, const Json& value) {
  if (!value.is_string()) refuse_field(field, "Operation value must be a string in the format \"yyyy-MM-dd\"");
  const auto date = field_date(value.get<std::string>());
  if (!date) refuse_field(field, "Error parsing date string: " + value.get<std::string>());
  return {*date};
}

Value date_time_value(const std::string& field, const Json& value) {
  if (!value.is_string()) refuse_field(field, "Operation value must be a string");
  const auto at = field_time(value.get<std::string>());
  if (!at) refuse_field(field, "Error parsing date string: " + value.get<std::string>());
  return {std::to_string(epoch_millis(*at))};
}

std::string option_id(const Field& field, const std::vector<Option>& options, const Json& value) {
  const auto& id = member(value, "id");
  const auto& word = member(value, "value");
  if (id.is_null() && word.is_null())
    refuse_field(field.id(), "Could not find valid 'id' or 'value' in the Parent Option object.");
  for (const auto& option : options)
    if (!option.is_disabled && (id.is_null() ? option.value == text_of(word) : option.id == text_of(id)))
      return option.id;
  refuse_field(field.id(), id.is_null() ? "Option value '" + text_of(word) + "' is not valid"
                                        : "Option id '" + text_of(id) + "' is not valid");
}

std::vector<Option> children_of(const Field& field, const std::string& parent) {
  std::vector<Option> out;
  for (const auto& option : field.options)
    if (option.id == parent)
      for (const auto& child : option.children) out.push_back({child.id, child.name});
  return out;
}

Value cascading_value(const Field& field, const Json& value) {
  Value out{option_id(field, field.options, value)};
  const auto& child = member(value, "child");
  if (!child.is_null()) out.push_back(option_id(field, children_of(field, out[0]), child));
  return out;
}

// Organisations are sent as a list of numbers.
std::string organization_value(const Call& call, const Field& field, const Json& value) {
  const auto id = text_of(value.is_object() ? member(value, "id") : value);
  if (!organization_by_id(call.state, id)) refuse_field(field.id(), "Organization '" + id + "' does not exist.");
  return id;
}

std::string label_value(const Field& field, const Json& value) {
  auto label = text_value(field.id(), value, k_longest_text);
  if (label.find(' ') != std::string::npos)
    refuse_field(field.id(), "The label '" + label + "' contains spaces which is invalid.");
  return label;
}

std::string element(const Call& call, const Field& field, const Json& value) {
  if (field.kind == FieldKind::multi_select) return option_id(field, field.options, value);
  if (field.kind == FieldKind::users) return parsed_user(call, field.id(), value).id;
  if (field.kind == FieldKind::labels) return label_value(field, value);
  return organization_value(call, field, value);
}

Value list_value(const Call& call, const Field& field, const Json& value) {
  if (!value.is_array()) refuse_field(field.id(), "data was not an array");
  Value out;
  for (const auto& entry : value) {
    auto id = element(call, field, entry);
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(std::move(id));
  }
  return out;
}

Value paragraph_value(const Call& call, const Field& field, const Json& value) {
  const auto rich = rich_of(call, field.id(), value);
  if (rich.text.size() > k_longest_paragraph) text_value(field.id(), Json(rich.text), k_longest_paragraph);
  if (rich.text.empty() && rich.adf.empty()) return {};
  return rich.adf.empty() ? Value{rich.text} : Value{rich.text, rich.adf};
}

}  // namespace

const User& parsed_user(const Call& call, const std::string& field, const Json& value) {
  const auto& id = member(value, call.is_cloud() ? "accountId" : "name");
  if (!id.is_string())
    refuse_field(field,
                 call.is_cloud() ? "expected Object containing an accountId" : "expected Object containing a name");
  const auto text = id.get<std::string>();
  const auto* user = call.is_cloud() ? user_by_id(call.state, text) : user_by_name(call.state, text);
  if (!user || user->type == "unknown") refuse_field(field, "User '" + text + "' does not exist.");
  return *user;
}

const Named* parsed_named(const std::vector<Named>& rows, const Json& value) {
  const auto& id = member(value, "id");
  return id.is_null() ? named_by_name(rows, text_of(member(value, "name"))) : named_by_id(rows, text_of(id));
}

Value parsed_value(const Call& call, const Field& field, const Json& value) {
  if (value.is_null()) return {};
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::url: {
      auto text = text_value(field.id(), value, k_longest_text);
      return text.empty() ? Value() : Value{std::move(text)};
    }
    case FieldKind::paragraph:
      return paragraph_value(call, field, value);
    case FieldKind::date:
      return date_value(field.id(), value);
    case FieldKind::date_time:
      return date_time_value(field.id(), value);
    case FieldKind::number:
      if (!value.is_number()) refuse_field(field.id(), "Operation value must be a number");
      return {value.dump()};
    case FieldKind::select:
      return {option_id(field, field.options, value)};
    case FieldKind::cascading:
      return cascading_value(field, value);
    case FieldKind::user:
      return {parsed_user(call, field.id(), value).id};
    case FieldKind::request_type:
      return {text_of(value)};
    default:
      return list_value(call, field, value);
  }
}

}  // namespace cb::fake_jira
