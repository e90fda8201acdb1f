#include <algorithm>

#include "tests/trackers/fake_jira_adf.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

struct Kind {
  FieldKind kind;
  const char *type, *items, *key, *searcher;
};

const Kind& kind_of(FieldKind kind) {
  static const std::vector<Kind> k_all{
      {FieldKind::text, "string", "", "textfield", "textsearcher"},
      {FieldKind::paragraph, "string", "", "textarea", "textsearcher"},
      {FieldKind::date, "date", "", "datepicker", "daterange"},
      {FieldKind::date_time, "datetime", "", "datetime", "datetimerange"},
      {FieldKind::number, "number", "", "float", "exactnumber"},
      {FieldKind::select, "option", "", "select", "multiselectsearcher"},
      {FieldKind::multi_select, "array", "option", "multiselect", "multiselectsearcher"},
      {FieldKind::cascading, "option-with-child", "", "cascadingselect", "cascadingselectsearcher"},
      {FieldKind::user, "user", "", "userpicker", "userpickergroupsearcher"},
      {FieldKind::users, "array", "user", "multiuserpicker", "userpickergroupsearcher"},
      {FieldKind::labels, "array", "string", "labels", "labelsearcher"},
      {FieldKind::url, "string", "", "url", "exacttextsearcher"},
      {FieldKind::organizations, "array", "sd-customerorganization", "sd-customer-organizations", ""},
      {FieldKind::request_type, "sd-customerrequesttype", "", "vp-origin", ""}};
  return *std::find_if(k_all.begin(), k_all.end(), [&](const Kind& entry) { return entry.kind == kind; });
}

const Option* option_by_id(const Field& field, const std::string& id) {
  const auto found =
      std::find_if(field.options.begin(), field.options.end(), [&](const Option& option) { return option.id == id; });
  return found == field.options.end() ? nullptr : &*found;
}

Json options_json(const Call& call, const Field& field, const Value& value) {
  auto out = Json::array();
  for (const auto& id : value)
    if (const auto* option = option_by_id(field, id)) out.push_back(option_json(call, *option));
  return out;
}

Json cascading_json(const Call& call, const Field& field, const Value& value) {
  const auto* parent = option_by_id(field, value[0]);
  if (!parent) return {};
  auto out = option_json(call, *parent);
  const auto* child = value.size() > 1 ? named_by_id(parent->children, value[1]) : nullptr;
  if (child) out["child"] = option_json(call, {child->id, child->name});
  return out;
}

Json organizations_json(const Call& call, const Value& value) {
  auto out = Json::array();
  for (const auto& id : value)
    if (const auto* row = organization_by_id(call.state, id))
      out.push_back({{"id", row->id},
                     {"name", row->name},
                     {"_links", {{"self", call.state.settings.url + "/rest/servicedeskapi/organization/" + row->id}}}});
  return out;
}

Json users_json(const Call& call, const Value& value) {
  auto out = Json::array();
  for (const auto& id : value) out.push_back(user_json(call, id));
  return out;
}

std::string joined(const Value& values, const char* between) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : between) + value;
  return out;
}

std::string word_of(const Call& call, const Field& field, const std::string& id) {
  if (const auto* option = option_by_id(field, id)) return option->value;
  if (const auto* user = user_by_id(call.state, id)) return user->display_name;
  if (const auto* row = organization_by_id(call.state, id)) return row->name;
  return id;
}

bool holds_ids(FieldKind kind) {
  return kind == FieldKind::select || kind == FieldKind::multi_select || kind == FieldKind::user ||
         kind == FieldKind::users || kind == FieldKind::organizations;
}

std::string cascading_text(const Field& field, const Value& value) {
  const auto* parent = option_by_id(field, value[0]);
  if (!parent) return "";
  auto out = "Parent values: " + parent->value + "(" + parent->id + ")";
  const auto* child = value.size() > 1 ? named_by_id(parent->children, value[1]) : nullptr;
  if (child) out += "Level 1 values: " + child->name + "(" + child->id + ")";
  return out;
}

}  // namespace

std::string type_key(FieldKind kind) {
  const bool is_desk = kind == FieldKind::organizations || kind == FieldKind::request_type;
  return (is_desk ? "com.atlassian.servicedesk:" : "com.atlassian.jira.plugin.system.customfieldtypes:") +
         std::string(kind_of(kind).key);
}

std::string searcher_key(FieldKind kind) {
  const std::string name = kind_of(kind).searcher;
  return name.empty() ? "" : "com.atlassian.jira.plugin.system.customfieldtypes:" + name;
}

Json schema_json(const Field& field) {
  const auto& kind = kind_of(field.kind);
  Json out{{"type", kind.type}, {"custom", type_key(field.kind)}, {"customId", field.number}};
  if (*kind.items) out["items"] = kind.items;
  return out;
}

Json option_json(const Call& call, const Option& option) {
  Json out{{"self", call.root() + "/customFieldOption/" + option.id}, {"value", option.value}, {"id", option.id}};
  if (!call.is_cloud()) out["disabled"] = option.is_disabled;
  return out;
}

Json value_json(const Call& call, const Field& field, const Value& value) {
  if (value.empty()) return {};
  switch (field.kind) {
    case FieldKind::paragraph:
      return rich_json(call, {value[0], value.size() > 1 ? value[1] : ""});
    case FieldKind::date_time:
      return jira_time(moment_of(std::stoll(value[0])), call.zone());
    case FieldKind::number:
      return Json(std::stod(value[0]));
    case FieldKind::select: {
      const auto options = options_json(call, field, value);
      return options.empty() ? Json() : options[0];
    }
    case FieldKind::multi_select:
      return options_json(call, field, value);
    case FieldKind::cascading:
      return cascading_json(call, field, value);
    case FieldKind::user:
      return user_json(call, value[0]);
    case FieldKind::users:
      return users_json(call, value);
    case FieldKind::labels:
      return value;
    case FieldKind::organizations:
      return organizations_json(call, value);
    default:
      return value[0];
  }
}

std::optional<std::string> raw_text(const Call& call, const Field& field, const Value& value) {
  if (value.empty()) return std::nullopt;
  if (field.kind == FieldKind::date) return value[0];
  if (field.kind == FieldKind::date_time) return iso_time(moment_of(std::stoll(value[0])), call.zone());
  if (!holds_ids(field.kind)) return std::nullopt;
  const bool is_list = field.kind == FieldKind::multi_select || field.kind == FieldKind::users;
  return is_list ? "[" + joined(value, ", ") + "]" : joined(value, ", ");
}

std::optional<std::string> shown_text(const Call& call, const Field& field, const Value& value) {
  if (value.empty()) return std::nullopt;
  if (field.kind == FieldKind::date_time) return friendly_time(moment_of(std::stoll(value[0])), call.zone());
  if (field.kind == FieldKind::cascading) return cascading_text(field, value);
  if (field.kind == FieldKind::labels) return joined(value, " ");
  if (!holds_ids(field.kind)) return value[0];
  Value words;
  for (const auto& id : value) words.push_back(word_of(call, field, id));
  return joined(words, ", ");
}

}  // namespace cb::fake_jira
