// What Jira's REST answers say, as plain values: the step between JSON and the neutral Issue.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/time.hpp"

namespace cb {

// What differs between the forms (trackers.md C1).
struct JiraServer {
  bool cloud = false;
  bool service_management = false;
  std::string version;
  std::string address;  // where people open issues: behind OAuth the API has another one
};

struct JiraUser {
  std::string id;     // Cloud: accountId; Data Center: key
  std::string login;  // Cloud: accountId; Data Center: name
  std::string address;
  std::string name;
  std::string type;       // Cloud: atlassian, app, customer
  std::string time_zone;  // of one's own account
};

struct JiraName {
  std::string id;
  std::string name;
};

struct JiraStatus {
  std::string id;
  std::string name;
  bool done = false;  // its category ends an issue
};

struct JiraProject {
  std::string id;
  std::string key;
  std::string name;
  bool service_desk = false;
};

enum class JiraFieldKind {
  other,
  text,  // one line, or an address
  textarea,
  number,
  date,
  date_time,
  select,
  multi_select,
  cascading,
  user,
  labels,
  organisations
};

struct JiraField {
  std::string id;  // customfield_10050; system fields have words: priority
  std::string name;
  bool custom = false;
  std::string format;  // last part of the custom type's key (datetime), else the schema's type
  JiraFieldKind kind = JiraFieldKind::other;
};

// One changed field of a changelog entry. Ids where the field has them, else the values; each may be null (README of
// the OpenAPI documents), which is empty here.
struct JiraItem {
  std::string field_id;  // empty on Data Center
  std::string field;     // its name at that time
  bool custom = false;
  std::string from, from_text;
  std::string to, to_text;
};

struct JiraHistory {
  std::string id;
  Instant when;
  JiraUser author;
  std::vector<JiraItem> items;
};

struct JiraComment {
  std::string id;
  JiraUser author;
  Instant created;
  std::string text;  // plain
  // Who sees it: a role or group alone (`visibility`), and what the service desk says of it. A note of a service desk
  // is for its agents.
  bool restricted = false;
  std::optional<bool> desk_public;  // empty: not told
};

// A list that may be a part only.
struct JiraComments {
  std::vector<JiraComment> comments;  // oldest first
  std::int64_t total = 0;
};

struct JiraIssue {
  std::string id, key;
  JiraProject project;
  std::string type, resolution, summary, description, security;
  JiraStatus status;
  JiraName priority;
  JiraUser reporter;
  std::optional<JiraUser> assignee;
  std::vector<std::string> labels, components, versions, fix_versions;
  Seconds logged{0};
  Instant created;
  Instant updated;
  std::string revision;                                    // `updated` with its milliseconds, in UTC
  std::map<std::string, std::vector<std::string>> fields;  // by id: what it shows; those without a value are there
  std::optional<std::string> record;                       // JSON of the property
  std::map<std::string, std::string> links;                // by global id
  std::vector<JiraUser> watchers;
  bool has_watchers = false;
  std::optional<JiraComments> embedded;  // comments that came with the issue
  std::vector<JiraComment> comments;     // all of them
  std::vector<JiraHistory> history;      // oldest first
};

struct JiraRef {
  std::string id;
  Instant updated;
};

// A role's members in one project.
struct JiraRole {
  std::string name;
  std::vector<std::string> users;   // ids
  std::vector<std::string> groups;  // names
};

struct JiraTransition {
  std::string id;
  std::string name;
  JiraStatus to;
  std::vector<std::string> required;  // names of fields that have to be given and have no default
};

}  // namespace cb
