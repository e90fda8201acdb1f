// What Redmine's REST answers say, as plain values with Redmine's own ids: the step between JSON and the neutral Issue.
// Ids are numbers of one Redmine and mean nothing elsewhere; 0 stands for "not told".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/issue.hpp"

namespace cb {

struct RedmineNamed {
  std::int64_t id = 0;
  std::string name;
};

struct RedmineFieldValue {
  std::int64_t id = 0;
  std::string name;
  bool multiple = false;
  std::vector<std::string> values;  // without empty ones
};

// `property` is attr, cf or attachment; `name` an attribute (status_id) or a custom field's id.
struct RedmineDetail {
  std::string property;
  std::string name;
  std::string from;
  std::string to;
};

struct RedmineJournal {
  std::int64_t id = 0;
  RedmineNamed user;
  std::string notes;  // null and "" alike: no note
  bool is_private = false;
  Instant created;
  std::vector<RedmineDetail> details;
};

struct RedmineIssue {
  std::int64_t id = 0;
  RedmineNamed project, type, status, priority, author, assignee, category, fixed_version;
  std::string subject;
  std::string description;
  bool is_private = false;
  double spent_hours = 0;
  std::vector<RedmineFieldValue> fields;
  Instant created;
  Instant updated;
  bool history_known = true;  // false: the answer held no journals at all
  std::vector<RedmineJournal> journals;
  bool watchers_known = false;  // false: not asked for, or the account may not see them
  std::vector<RedmineNamed> watchers;
};

struct RedmineRef {
  std::int64_t id = 0;
  Instant updated;
};

struct RedmineIssuePage {
  std::vector<RedmineRef> refs;
  std::int64_t total = 0;
};

struct RedmineMembership {
  RedmineNamed project;
  RedmineNamed principal;  // a user or a group
  std::vector<RedmineNamed> roles;
};

struct RedmineUser {
  std::int64_t id = 0;
  std::string login;
  std::string name;
  std::string mail;
  bool admin = false;
  std::vector<std::string> groups;
  std::vector<RedmineMembership> memberships;
};

struct RedmineStatus {
  std::string name;
  bool closed = false;
};

struct RedmineProject {
  std::int64_t id = 0;
  std::string identifier;
  std::string name;
  std::int64_t parent = 0;
};

struct RedmineField {
  std::int64_t id = 0;
  std::string name;
  std::string format;  // empty when the account may not see it
  bool multiple = false;
  bool for_issues = true;
  std::vector<std::string> values{};  // of a list; empty when the account may not see them
};

// What turns ids into words. Fields, categories and versions are unique in a whole Redmine, roles belong to a project.
struct RedmineNames {
  std::map<std::int64_t, std::string> statuses, priorities, types, categories, versions, fields;
  std::map<std::int64_t, std::string> projects;                                     // to identifiers
  std::map<std::int64_t, Author> people;                                            // without roles
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::string>> roles;  // by project and user
};

}  // namespace cb
