// One change of one issue by one person: all of it or nothing, with its entry in the history. Errors are gathered by
// field, as Jira answers them.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

// A custom field's value as it was sent, checked by its kind; empty for null. Refuses the field (400).
Value parsed_value(const Call& call, const Field& field, const Json& value);
// The user that {"accountId"} or {"name"} names. Refuses the field.
const User& parsed_user(const Call& call, const std::string& field, const Json& value);
// {"id"} or {"name"}: nothing where there is none.
const Named* parsed_named(const std::vector<Named>& rows, const Json& value);

class Edit {
 public:
  // `is_new`: the history does not tell the first values.
  Edit(Call& call, Issue issue, bool is_new = false);

  [[nodiscard]] const Issue& issue() const { return issue_; }
  // Only these fields may be set, where given: a transition's screen.
  void restrict_to(std::vector<std::string> fields) { screen_ = std::move(fields); }
  void set_all(const Json& fields, const Json& update);
  void set(const std::string& field, const Json& value);
  void set_status(const std::string& id);
  void set_resolution(const std::string& id);  // empty: open again
  void set_properties(const Json& properties);
  void add_comment(Comment comment);
  void set_metadata(const Json& metadata) { metadata_ = metadata.is_object() ? metadata.dump() : ""; }
  // Throws what was wrong; else puts the issue back, with what changed. Whether people are told of it.
  void commit(bool is_quiet);

 private:
  struct Text {
    const char *field, *id;
  };
  void attempt(const std::string& field, const Json& value);
  void attempt_update(const std::string& field, const Json& operations);
  void check_settable(const std::string& field) const;
  void set_system(const std::string& field, const Json& value);
  void set_custom(const Field& field, const Json& value);
  void set_summary(const Json& value);
  void set_description(const Json& value);
  void set_person(const std::string& field, std::string Issue::*member, const Json& value);
  void set_labels(std::vector<std::string> labels);
  void set_rows(const std::string& field, const Json& value);
  void operate(const std::string& field, const std::string& operation, const Json& value);
  void operate_custom(const Field& field, const std::string& operation, const Json& value);
  void operate_rows(const std::string& field, const std::string& operation, const Json& value);
  void comment_operation(const std::string& operation, const Json& value);
  void replace(const std::string& name, const std::string& id, std::string& place, const std::string& value,
               const std::string& from_text, const std::string& to_text);
  void note(Item item);

  Call& call_;
  Issue issue_;
  bool is_new_;
  std::optional<std::vector<std::string>> screen_;
  std::vector<Item> items_;
  std::string metadata_;
  bool is_touched_ = false;  // by what the history does not tell: comments
  std::map<std::string, std::string> errors_;
};

// A comment as it was sent. Refuses what is wrong with it.
Comment parsed_comment(Call& call, const Issue& issue, const Json& body);

}  // namespace cb::fake_jira
