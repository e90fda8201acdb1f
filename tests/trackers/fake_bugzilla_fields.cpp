// field/bug: which fields there are and what they take.
#include <algorithm>
#include <functional>

#include "tests/trackers/fake_bugzilla_json.hpp"
#include "tests/trackers/fake_bugzilla_server.hpp"

namespace cb::fake_bugzilla {

namespace {

constexpr int k_first_sort_key = 100;  // of values that come with Bugzilla: 100, 200, ...

struct Standard {
  int id;
  const char* name;
  const char* label;
  int type;
  bool is_mandatory;
};

const std::vector<Standard>& standard_fields() {
  static const std::vector<Standard> k_fields{
      {1, "bug_id", "Bug #", 0, false},
      {2, "short_desc", "Summary", 0, true},
      {3, "classification", "Classification", 2, false},
      {4, "product", "Product", 2, true},
      {5, "version", "Version", 0, true},
      {6, "rep_platform", "Platform", 2, false},
      {7, "bug_file_loc", "URL", 0, false},
      {8, "op_sys", "OS/Version", 2, false},
      {9, "bug_status", "Status", 2, false},
      {10, "status_whiteboard", "Status Whiteboard", 0, false},
      {11, "keywords", "Keywords", 8, false},
      {12, "resolution", "Resolution", 2, false},
      {13, "bug_severity", "Severity", 2, false},
      {14, "priority", "Priority", 2, false},
      {15, "component", "Component", 2, true},
      {16, "assigned_to", "AssignedTo", 0, false},
      {17, "reporter", "ReportedBy", 0, false},
      {18, "qa_contact", "QAContact", 0, false},
      {19, "assigned_to_realname", "AssignedToName", 0, false},
      {20, "reporter_realname", "ReportedByName", 0, false},
      {21, "qa_contact_realname", "QAContactName", 0, false},
      {22, "cc", "CC", 0, false},
      {23, "dependson", "Depends on", 0, false},
      {24, "blocked", "Blocks", 0, false},
      {25, "attachments.description", "Attachment description", 0, false},
      {26, "attachments.filename", "Attachment filename", 0, false},
      {27, "attachments.mimetype", "Attachment mime type", 0, false},
      {28, "attachments.ispatch", "Attachment is patch", 0, false},
      {29, "attachments.isobsolete", "Attachment is obsolete", 0, false},
      {30, "attachments.isprivate", "Attachment is private", 0, false},
      {31, "attachments.submitter", "Attachment creator", 0, false},
      {32, "target_milestone", "Target Milestone", 0, false},
      {33, "creation_ts", "Creation date", 0, false},
      {34, "delta_ts", "Last changed date", 0, false},
      {35, "longdesc", "Comment", 0, false},
      {36, "longdescs.isprivate", "Comment is private", 0, false},
      {37, "longdescs.count", "Number of Comments", 0, false},
      {38, "alias", "Alias", 0, false},
      {39, "everconfirmed", "Ever Confirmed", 0, false},
      {40, "reporter_accessible", "Reporter Accessible", 0, false},
      {41, "cclist_accessible", "CC Accessible", 0, false},
      {42, "bug_group", "Group", 0, false},
      {43, "estimated_time", "Estimated Hours", 0, false},
      {44, "remaining_time", "Remaining Hours", 0, false},
      {45, "deadline", "Deadline", 5, false},
      {46, "commenter", "Commenter", 0, false},
      {47, "flagtypes.name", "Flags", 0, false},
      {48, "requestees.login_name", "Flag Requestee", 0, false},
      {49, "setters.login_name", "Flag Setter", 0, false},
      {50, "work_time", "Hours Worked", 0, false},
      {51, "percentage_complete", "Percentage Complete", 0, false},
      {52, "content", "Content", 0, false},
      {53, "attach_data.thedata", "Attachment data", 0, false},
      {54, "owner_idle_time", "Time Since Assignee Touched", 0, false},
      {55, "see_also", "See Also", 7, false},
      {56, "tag", "Personal Tags", 8, false},
      {57, "last_visit_ts", "Last Visit", 5, false},
      {58, "comment_tag", "Comment Tag", 0, false},
      {59, "days_elapsed", "Days since bug changed", 0, false},
  };
  return k_fields;
}

Json choice_json(const Json& name, int sort_key, const Json& products = Json::array()) {
  return {{"name", name}, {"sort_key", sort_key}, {"sortkey", sort_key}, {"visibility_values", products}};
}

Json of_names(const std::vector<std::string>& names) {
  auto out = Json::array();
  int key = 0;
  for (const auto& name : names) out.push_back(choice_json(name, key += k_first_sort_key));
  return out;
}

Json status_values(const State& state) {
  auto out = Json::array();
  const auto add = [&](const Json& name, int sort_key, bool is_open, const std::vector<std::string>& next) {
    auto json = choice_json(name, sort_key);
    json["is_open"] = is_open;
    json["can_change_to"] = Json::array();
    for (const auto& to : next) json["can_change_to"].push_back({{"name", to}, {"comment_required", false}});
    out.push_back(std::move(json));
  };
  add(nullptr, 0, true, state.first_statuses);  // what a new bug may have
  for (const auto& status : state.statuses) add(status.name, status.sort_key, status.is_open, status.next);
  return out;
}

Json of_products(const State& state, const std::function<std::vector<std::string>(const Product&)>& names_of) {
  auto out = Json::array();
  std::vector<const Product*> sorted;
  for (const auto& product : state.products) sorted.push_back(&product);
  std::sort(sorted.begin(), sorted.end(), [](const Product* a, const Product* b) { return a->id < b->id; });
  for (const auto* product : sorted)
    for (const auto& name : names_of(*product)) {
      auto json = choice_json(name, 0, Json::array({product->name}));
      json["is_active"] = true;
      out.push_back(std::move(json));
    }
  return out;
}

template <class Row>
std::vector<std::string> names_of(const std::vector<Row>& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.name);
  return out;
}

Json keyword_values(const State& state) {
  auto out = Json::array();
  for (const auto& keyword : state.keywords)
    out.push_back({{"name", keyword.name}, {"description", keyword.description}});
  return out;
}

// Nothing where the field has no list of values.
std::optional<Json> values_of(const State& state, const std::string& name) {
  if (name == "classification") return Json::array({choice_json("Unclassified", 0)});
  if (name == "bug_status") return status_values(state);
  if (name == "resolution") return of_names(state.resolutions);
  if (name == "bug_severity") return of_names(state.severities);
  if (name == "priority") return of_names(state.priorities);
  if (name == "op_sys") return of_names(state.systems);
  if (name == "rep_platform") return of_names(state.platforms);
  if (name == "keywords") return keyword_values(state);
  if (name == "version") return of_products(state, [](const Product& p) { return names_of(p.versions); });
  if (name == "target_milestone") return of_products(state, [](const Product& p) { return names_of(p.milestones); });
  if (name == "component") return of_products(state, [](const Product& p) { return names_of(p.components); });
  const auto* field = field_by_name(state, name);
  if (!field || (field->type != FieldType::select && field->type != FieldType::multi_select)) return std::nullopt;
  auto out = Json::array();
  for (const auto& choice : field->values) out.push_back(choice_json(choice.name, choice.sort_key));
  return out;
}

Json field_json(const State& state, int id, const std::string& name, const std::string& label, int type, bool custom,
                bool mandatory) {
  Json json{{"id", id},
            {"name", name},
            {"display_name", label},
            {"type", type},
            {"is_custom", custom},
            {"is_mandatory", mandatory},
            {"is_on_bug_entry", custom},
            {"visibility_field", nullptr},
            {"visibility_values", Json::array()}};
  if (auto values = values_of(state, name)) {
    const bool by_product = name == "version" || name == "component" || name == "target_milestone";
    json["values"] = std::move(*values);
    json["value_field"] = by_product ? Json("product") : Json();
  }
  return json;
}

// The number of the bug first, then custom fields, then the others.
std::vector<Json> field_rows(const State& state) {
  std::vector<Json> out;
  for (const auto& field : standard_fields()) {
    out.push_back(field_json(state, field.id, field.name, field.label, field.type, false, field.is_mandatory));
    if (field.id != 1) continue;
    for (const auto& custom : state.fields)
      if (!custom.is_obsolete)
        out.push_back(
            field_json(state, custom.id, custom.name, custom.label, static_cast<int>(custom.type), true, false));
  }
  return out;
}

const Json& field_named(const std::vector<Json>& rows, const std::string& name) {
  for (const auto& row : rows)
    if (row["name"] == name || std::to_string(row["id"].get<int>()) == name) return row;
  refuse(51, "There is no field named '" + name + "'.");
}

}  // namespace

Json fields(const Call& call) {
  const Wanted wanted(call.params);
  const auto rows = field_rows(call.state);
  auto out = Json::array();
  if (call.has("names")) {
    for (const auto& name : call.list("names")) out.push_back(wanted.of(field_named(rows, name)));
  } else {
    for (const auto& row : rows) out.push_back(wanted.of(row));
  }
  return {{"fields", std::move(out)}};
}

Json field_values(const Call& call) {
  const auto name = call.text("field");
  const auto* entry = column(name);
  const auto values = values_of(call.state, entry ? entry->internal : name);
  if (!values || name == "keywords") refuse(108, "'" + name + "' is not a valid field name for this function.");
  auto out = Json::array();
  for (const auto& value : *values)
    if (!value["name"].is_null()) out.push_back(value["name"]);
  return {{"values", std::move(out)}};
}

}  // namespace cb::fake_bugzilla
