#include "tests/trackers/fake_jira_bulk_edits.hpp"

#include <algorithm>
#include <functional>

namespace cb::fake_jira {

namespace {

using Convert = std::function<Json(const Json& entry)>;

// -1 clears a list.
Json option_json(const Json& option) {
  const auto id = text_of(member(option, "optionId"));
  return id == "-1" || id.empty() ? Json() : Json{{"id", id}};
}

Json options_json(const Json& options) {
  auto out = Json::array();
  for (const auto& option : options) out.push_back(option_json(option));
  return out;
}

Json cascading_json(const Json& entry) {
  auto out = option_json(member(entry, "parentOptionValue"));
  const auto& child = member(entry, "childOptionValue");
  if (!out.is_null() && !child.is_null()) out["child"] = option_json(child);
  return out;
}

Json user_json(const Json& user) {
  const auto& id = member(user, "accountId");
  return id.is_null() ? Json() : Json{{"accountId", id}};
}

const std::map<std::string, Convert>& conversions() {
  static const std::map<std::string, Convert> k_all{
      {"singleLineTextFields", [](const Json& e) { return member(e, "text"); }},
      {"urlFields", [](const Json& e) { return member(e, "url"); }},
      {"richTextFields", [](const Json& e) { return member(member(e, "richText"), "adfValue"); }},
      {"clearableNumberFields", [](const Json& e) { return member(e, "value"); }},
      {"datePickerFields", [](const Json& e) { return member(member(e, "date"), "formattedDate"); }},
      {"dateTimePickerFields", [](const Json& e) { return member(member(e, "dateTime"), "formattedDateTime"); }},
      {"singleSelectFields", [](const Json& e) { return option_json(member(e, "option")); }},
      {"multipleSelectFields", [](const Json& e) { return options_json(member(e, "options")); }},
      {"cascadingSelectFields", cascading_json},
      {"singleSelectClearableUserPickerFields", [](const Json& e) { return user_json(member(e, "user")); }}};
  return k_all;
}

void take_labels(Edits& out, const Json& entry) {
  const auto id = text_of(member(entry, "fieldId")), how = text_of(member(entry, "bulkEditMultiSelectFieldOption"));
  auto names = Json::array();
  for (const auto& label : member(entry, "labels")) names.push_back(member(label, "name"));
  if (how == "REPLACE" || how == "REMOVE_ALL") {
    out.fields[id] = how == "REPLACE" ? names : Json::array();
    return;
  }
  for (const auto& name : names) out.update[id].push_back({{how == "ADD" ? "add" : "remove", name}});
}

// The fields that an input names.
std::vector<std::string> named_fields(const Json& input) {
  std::vector<std::string> out;
  for (const auto& [kind, entries] : input.items()) {
    if (kind == "priority") out.push_back("priority");
    if (kind == "priority" || !entries.is_array()) continue;
    for (const auto& entry : entries) out.push_back(text_of(member(entry, "fieldId")));
  }
  return out;
}

}  // namespace

Edits bulk_edits(const Json& input) {
  Edits out;
  for (const auto& [kind, entries] : input.items()) {
    if (kind == "priority") out.fields["priority"] = {{"id", member(entries, "priorityId")}};
    if (kind == "labelsFields")
      for (const auto& entry : entries) take_labels(out, entry);
    const auto convert = conversions().find(kind);
    if (convert == conversions().end()) continue;
    for (const auto& entry : entries) out.fields[text_of(member(entry, "fieldId"))] = convert->second(entry);
  }
  return out;
}

void check_bulk_edits(const Json& input, const std::vector<std::string>& selected) {
  if (!input.is_object() || input.empty()) refuse(400, "editedFieldsInput is required.");
  for (const auto& [kind, entries] : input.items())
    if (kind != "priority" && kind != "labelsFields" && !conversions().count(kind))
      refuse(400, "The fake Jira cannot edit " + kind + " in bulk.");
  for (const auto& id : named_fields(input))
    if (std::find(selected.begin(), selected.end(), id) == selected.end())
      refuse(400, "The field " + id + " is edited and not among the selected actions.");
}

}  // namespace cb::fake_jira
