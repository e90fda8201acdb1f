#include "tests/trackers/fake_jira_meta.hpp"

#include <algorithm>

#include "tests/trackers/fake_jira_json.hpp"

namespace cb::fake_jira {

namespace {

const SystemField& system_field(const Call& call, const std::string& id) {
  const auto& all = system_fields(call.is_cloud());
  return *std::find_if(all.begin(), all.end(), [&](const SystemField& field) { return field.id == id; });
}

Json allowed(const Call& call, const Project& project, const std::string& field) {
  auto out = Json::array();
  if (field == "priority")
    for (const auto& row : call.state.priorities) out.push_back(priority_json(call, row));
  if (field == "resolution")
    for (const auto& row : call.state.resolutions) out.push_back(resolution_json(call, row));
  if (field == "issuetype")
    for (const auto& row : call.state.types) out.push_back(type_json(call, row));
  const auto& rows = field == "components" ? project.components : project.versions;
  if (field == "components" || field == "versions" || field == "fixVersions")
    for (const auto& row : rows) out.push_back({{"id", row.id}, {"name", row.name}});
  return out;
}

bool is_list(const std::string& type) {
  return type == "array";
}

}  // namespace

Json system_meta(const Call& call, const Project& project, const std::string& field, bool is_required) {
  const auto& row = system_field(call, field);
  Json schema{{"type", row.type}, {"system", row.id}};
  if (*row.items) schema["items"] = row.items;
  Json out{{"required", is_required},  {"schema", schema},
           {"name", row.name},         {"key", row.id},
           {"hasDefaultValue", false}, {"operations", is_list(row.type) ? Json{"add", "set", "remove"} : Json{"set"}}};
  const auto values = allowed(call, project, field);
  if (!values.empty()) out["allowedValues"] = values;
  if (!call.is_cloud()) out["fieldId"] = row.id;
  return out;
}

Json custom_meta(const Call& call, const Field& field) {
  const auto schema = schema_json(field);
  Json out{
      {"required", false},        {"schema", schema},
      {"name", field.name},       {"key", field.id()},
      {"hasDefaultValue", false}, {"operations", is_list(schema["type"]) ? Json{"add", "set", "remove"} : Json{"set"}}};
  if (!call.is_cloud()) out["fieldId"] = field.id();
  if (field.options.empty()) return out;
  auto values = Json::array();
  for (const auto& option : field.options) {
    if (option.is_disabled) continue;
    auto entry = option_json(call, option);
    for (const auto& child : option.children) entry["children"].push_back(option_json(call, {child.id, child.name}));
    values.push_back(std::move(entry));
  }
  out["allowedValues"] = values;
  return out;
}

}  // namespace cb::fake_jira
