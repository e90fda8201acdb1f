#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

constexpr const char* k_context = "10000";  // each field has one context here

Json system_field_json(const Call& call, const SystemField& field) {
  Json schema{{"type", field.type}, {"system", field.id}};
  if (*field.items) schema["items"] = field.items;
  Json out{{"id", field.id},
           {"name", field.name},
           {"custom", false},
           {"orderable", true},
           {"navigable", field.is_navigable},
           {"searchable", true},
           {"clauseNames", {field.id}},
           {"schema", schema}};
  if (call.is_cloud()) out["key"] = field.id;
  return out;
}

Json custom_field_json(const Call& call, const Field& field) {
  Json out{{"id", field.id()},
           {"name", field.name},
           {"custom", true},
           {"orderable", true},
           {"navigable", true},
           {"searchable", !searcher_key(field.kind).empty()},
           {"clauseNames", {"cf[" + std::to_string(field.number) + "]", field.name}},
           {"schema", schema_json(field)}};
  if (call.is_cloud()) {
    out["key"] = field.id();
    out["untranslatedName"] = field.name;
  }
  return out;
}

void require_admin(const Call& call) {
  require_login(call);
  if (!is_admin(call.state, call.user)) refuse(403, "Only Jira administrators can do this.");
}

std::optional<FieldKind> kind_of_key(const std::string& key) {
  for (const auto kind : {FieldKind::text, FieldKind::paragraph, FieldKind::date, FieldKind::date_time,
                          FieldKind::number, FieldKind::select, FieldKind::multi_select, FieldKind::cascading,
                          FieldKind::user, FieldKind::users, FieldKind::labels, FieldKind::url})
    if (type_key(kind) == key) return kind;
  return std::nullopt;
}

Field& existing_field(Call& call, const std::string& id) {
  for (auto& field : call.state.fields)
    if (field.id() == id) return field;
  refuse(404, "The custom field was not found.");
}

bool is_wanted(const Call& call, const std::string& id, const std::string& name, bool is_custom) {
  const auto ids = call.list("id"), types = call.list("type");
  const auto has = [](const std::vector<std::string>& list, const std::string& word) {
    return list.empty() || std::find(list.begin(), list.end(), word) != list.end();
  };
  return has(ids, id) && has(types, is_custom ? "custom" : "system") &&
         (!call.has("query") || folded(name).find(folded(call.text("query"))) != std::string::npos);
}

Json page_of(const Call& call, const Json& rows, std::size_t otherwise) {
  const auto page = window(call, rows.size(), otherwise, 100);
  auto values = Json::array();
  for (auto i = page.from; i < page.to; ++i) values.push_back(rows[i]);
  return {{"maxResults", page.most},
          {"startAt", page.from},
          {"total", rows.size()},
          {"isLast", page.to >= rows.size()},
          {"values", values}};
}

}  // namespace

Reply fields(Call& call) {
  auto out = Json::array();
  for (const auto& field : system_fields(call.is_cloud())) out.push_back(system_field_json(call, field));
  for (const auto& field : call.state.fields) out.push_back(custom_field_json(call, field));
  return {200, out};
}

Reply field_search(Call& call) {
  auto out = Json::array();
  for (const auto& field : system_fields(true)) {
    if (!is_wanted(call, field.id, field.name, false)) continue;
    const auto json = system_field_json(call, field);
    out.push_back({{"id", field.id}, {"name", field.name}, {"schema", json["schema"]}, {"description", ""}});
  }
  for (const auto& field : call.state.fields) {
    if (!is_wanted(call, field.id(), field.name, true)) continue;
    out.push_back({{"id", field.id()},
                   {"key", field.id()},
                   {"name", field.name},
                   {"schema", schema_json(field)},
                   {"description", field.description},
                   {"isLocked", false}});
    if (!searcher_key(field.kind).empty()) out.back()["searcherKey"] = searcher_key(field.kind);
  }
  return {200, page_of(call, out, 50)};
}

// A new field has a context for all projects and stands on no screen.
Reply create_field(Call& call) {
  require_admin(call);
  const auto name = text_of(member(call.body, "name"));
  if (trimmed(name).empty()) refuse_field("name", "The custom field name is required.");
  const auto kind = kind_of_key(text_of(member(call.body, "type")));
  if (!kind) refuse_field("type", "The custom field type is not valid.");
  const auto searcher = text_of(member(call.body, "searcherKey"));
  if (!searcher.empty() && searcher != searcher_key(*kind))
    refuse_field("searcherKey", "The searcher is not compatible with the field type.");
  Field field;
  for (const auto& other : call.state.fields) field.number = std::max(field.number, other.number);
  ++field.number;
  field.name = name;
  field.description = text_of(member(call.body, "description"));
  field.kind = *kind;
  field.has_screen = false;
  call.state.fields.push_back(field);
  return {201, custom_field_json(call, field)};
}

Reply field_contexts(Call& call) {
  require_admin(call);
  const auto& field = existing_field(call, call.path[0]);
  const auto row = Json{{"id", k_context},
                        {"name", "Default Configuration Scheme for " + field.name},
                        {"description", ""},
                        {"isGlobalContext", field.projects.empty()},
                        {"isAnyIssueType", true}};
  return {200, page_of(call, Json::array({row}), 50)};
}

Reply field_options(Call& call) {
  require_admin(call);
  auto out = Json::array();
  for (const auto& option : existing_field(call, call.path[0]).options)
    out.push_back({{"id", option.id}, {"value", option.value}, {"disabled", option.is_disabled}});
  return {200, page_of(call, out, 100)};
}

Reply add_field_options(Call& call) {
  require_admin(call);
  auto& field = existing_field(call, call.path[0]);
  if (call.path[1] != k_context) refuse(404, "The context was not found.");
  auto out = Json::array();
  for (const auto& option : member(call.body, "options")) {
    const auto value = text_of(member(option, "value"));
    const auto is_same = [&](const Option& other) { return same_name(other.value, value); };
    if (value.empty()) refuse(400, "The option's value is required.");
    if (std::any_of(field.options.begin(), field.options.end(), is_same))
      refuse(400, "The option '" + value + "' already exists.");
    field.options.push_back({next_id(call.state), value});
    out.push_back({{"id", field.options.back().id}, {"value", value}, {"disabled", false}});
  }
  return {200, {{"options", out}}};
}

}  // namespace cb::fake_jira
