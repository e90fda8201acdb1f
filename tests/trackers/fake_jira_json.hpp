// Rows as JSON, as the documents and the recordings have them.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

Json avatars(const Call& call);
Json user_json(const Call& call, const std::string& id);  // null for nobody
Json group_json(const Call& call, const std::string& name);
Json status_json(const Call& call, const Status& status);
Json priority_json(const Call& call, const Named& row);
Json resolution_json(const Call& call, const Named& row);
Json type_json(const Call& call, const Named& row);
Json project_json(const Call& call, const Project& project);
Json comment_json(const Call& call, const Issue& issue, const Comment& comment, bool with_properties);
// Those the caller sees, oldest first.
std::vector<const Comment*> visible_comments(const Call& call, const Issue& issue);
Json change_json(const Call& call, const Change& change);
Json worklog_json(const Call& call, const Issue& issue, const Worklog& worklog);

// fake_jira_field_json.cpp
Json schema_json(const Field& field);
std::string type_key(FieldKind kind);      // com.atlassian.jira.plugin.system.customfieldtypes:select
std::string searcher_key(FieldKind kind);  // empty: cannot be searched
Json option_json(const Call& call, const Option& option);
Json value_json(const Call& call, const Field& field, const Value& value);
// As histories have it: `from` and `fromString`.
std::optional<std::string> raw_text(const Call& call, const Field& field, const Value& value);
std::optional<std::string> shown_text(const Call& call, const Field& field, const Value& value);

// fake_jira_issue_json.cpp
struct SystemField {
  const char *id, *name, *type;
  const char* items = "";
  bool is_navigable = true;
};
const std::vector<SystemField>& system_fields(bool cloud);
bool has_context(const Field& field, const Project& project);
Json system_value(const Call& call, const Issue& issue, const std::string& field);
// Which fields were asked for: names, *all, *navigable, and -name to leave one out. Nothing asked: `otherwise`.
Json issue_json(const Call& call, const Issue& issue, const std::vector<std::string>& fields,
                const std::string& otherwise, const std::vector<std::string>& expand);

}  // namespace cb::fake_jira
