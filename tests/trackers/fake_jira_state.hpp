// What a fake Jira holds, as plain rows: tests arrange and inspect it directly. Moments are UTC with milliseconds, as
// Jira keeps them. Rows name each other by id; a user's id is Cloud's accountId and Data Center's key.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/trackers/fake_jira_settings.hpp"

namespace cb::fake_jira {

using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

struct User {
  std::string id;    // accountId, or Data Center's key
  std::string name;  // Data Center's user name
  std::string display_name, email;
  bool email_hidden = false;
  std::string type = "atlassian";  // accountType: atlassian, app, customer; unknown for a deleted account
  bool portal_only = false;        // a customer without a licence: sees nothing but the portal
  bool active = true;
  std::string zone = "UTC";  // IANA name: JQL's times without a zone and all times shown are in it
  std::set<std::string> groups;
  std::string token;      // Cloud: API token; Data Center: personal access token
  std::string password;   // Data Center
  bool is_agent = false;  // has a licence of Service Management
};

// A text as people wrote it: Data Center and v2 have markup, v3 the Atlassian Document Format.
struct Rich {
  std::string text;  // v2
  std::string adf;   // v3's JSON where it was written so; empty: one paragraph for each line of the text
};

struct Named {
  std::string id, name;
};

struct Status {
  std::string id, name;
  std::string category;  // new, indeterminate, done
};

struct Transition {
  std::string id, name;
  std::set<std::string> from;  // ids of statuses; nothing: any other
  std::string to;
  std::vector<std::string> screen = {};  // fields that may be sent, besides a comment
  bool needs_resolution = false;
  bool clears_resolution = false;
};

struct Role {
  std::string id, name;
};

struct Actors {
  std::set<std::string> users, groups;
};

struct Project {
  std::string id, key, name;
  bool is_service_desk = false;
  std::string desk_id;                                       // of Service Management
  std::map<std::string, Actors> roles;                       // by the role's id
  std::map<std::string, std::set<std::string>> permissions;  // BROWSE_PROJECTS and so on, to names of roles
  std::vector<std::string> types;                            // ids
  std::vector<Named> components, versions;
  std::set<std::string> off_screen;  // ids of fields that cannot be edited here
};

enum class FieldKind {
  text,
  paragraph,  // textarea
  date,
  date_time,
  number,
  select,
  multi_select,
  cascading,
  user,
  users,
  labels,
  url,
  organizations,  // of Service Management
  request_type
};

struct Option {
  std::string id, value;
  std::vector<Named> children = {};
  bool is_disabled = false;
};

struct Field {
  int number = 0;  // customfield_NUMBER
  std::string name, description;
  FieldKind kind = FieldKind::text;
  std::vector<Option> options;
  std::set<std::string> projects;  // ids, of its contexts; nothing: all
  bool has_screen = true;          // a new field has none until an administrator puts it on one
  [[nodiscard]] std::string id() const { return "customfield_" + std::to_string(number); }
};

struct Visibility {
  std::string type, value;  // role or group, and its name
};

struct Comment {
  std::string id, author, editor;
  Moment created, updated;
  Rich body;
  bool is_internal = false;  // of Service Management
  std::optional<Visibility> visibility;
  std::map<std::string, std::string> properties;  // key to JSON, without sd.public.comment
};

struct Item {
  std::string field, id;  // "Fix Version", "fixVersions"
  bool is_custom = false;
  std::optional<std::string> from, from_text, to, to_text;
};

struct Change {
  std::string id, author;
  Moment at;
  std::vector<Item> items;
  std::string metadata;  // JSON of historyMetadata; empty: none
};

struct Worklog {
  std::string id, author;
  Moment at;
  int seconds = 0;
};

struct RemoteLink {
  int id = 0;
  std::string global_id;
  std::string json;  // the link as it was sent
};

// A custom field's value by its kind: one text; an ISO date; Moment as milliseconds since 1970; a JSON number; ids of
// options (a cascading one's parent, then child), users, organisations; labels; for a paragraph the text, then its ADF.
using Value = std::vector<std::string>;

struct Issue {
  std::string id, key, project;
  std::vector<std::string> former_keys;
  std::string summary, type, status, priority, resolution;  // ids but the summary; resolution may be empty
  Rich description;
  std::string reporter, creator, assignee;
  Moment created, updated;
  std::optional<Moment> resolved;
  std::vector<std::string> labels, components, versions, fix_versions;
  std::string due_date;                           // 2026-05-03, or empty
  int seconds_worked = 0;                         // timespent
  std::map<std::string, Value> custom;            // by field id; what is empty is absent
  std::map<std::string, std::string> properties;  // key to JSON
  std::vector<RemoteLink> links;
  std::vector<Worklog> worklogs;
  std::vector<std::string> watchers, participants;
  std::vector<Comment> comments;
  std::vector<Change> history;  // oldest first
};

using Issues = std::map<int, Issue>;  // by the number of the id

struct Organization {
  std::string id, name;
  std::vector<std::string> users;
  std::set<std::string> desks;
};

// What Service Management promises: measured around the clock, still while the issue is in one of `paused`.
struct Promise {
  std::string id, name;
  Seconds goal{0};
  bool by_first_answer = false;  // ends with an agent's first public comment; else when the issue is resolved
  std::set<std::string> paused = {};
};

struct Group {
  std::string id, name;
};

// A bulk edit that was accepted.
struct Task {
  std::string id, user;
  Moment submitted;
  std::string body;  // JSON of the request
  bool is_done = false;
  std::vector<std::string> processed;         // ids of issues
  std::map<std::string, std::string> failed;  // id to reason
  int invalid = 0;
};

// What the fake counted, for tests of quietness and of limits.
struct Counters {
  int mails = 0;                                      // edits, comments and transitions that people were told of
  int refused = 0;                                    // answers 429
  int most_in_2_seconds = 0, most_in_30_seconds = 0;  // writes of one issue, at their densest
  std::map<std::string, int> most_in_a_second;        // requests by method, likewise
};

struct Traffic {
  std::map<std::string, std::deque<Instant>> writes;          // by issue id
  std::map<std::string, std::pair<Instant, int>> by_method;   // the running second and its requests
  std::map<std::string, std::pair<double, Instant>> buckets;  // by user: what is left, and when that was
};

// A search that goes on: the rows after a page.
struct Cursor {
  std::string jql, user;
  std::vector<int> rows;
};

struct State {
  Settings settings;
  std::vector<User> users;
  std::vector<Group> groups;
  std::vector<Role> roles;
  std::vector<Project> projects;
  std::vector<Named> types, priorities, resolutions;
  std::vector<Status> statuses;
  std::vector<Transition> transitions;
  std::vector<Field> fields;
  std::vector<Organization> organizations;
  std::vector<Promise> promises;
  std::set<std::string> admin_groups = {"jira-administrators"};
  Issues issues;
  std::vector<Task> tasks;
  std::map<std::string, Cursor> cursors;
  Counters counters;
  Traffic traffic;
  Moment last{};
  int last_id = 10000;  // of comments, changes, links, options, whatever
};

const User* user_by_id(const State& state, const std::string& id);
const User* user_by_name(const State& state, const std::string& name);  // Data Center's name, ignoring case
const Project* project_by_key(const State& state, const std::string& key_or_id);
const Project* project_by_name(const State& state, const std::string& name);
const Status* status_by_id(const State& state, const std::string& id);
const Status* status_by_name(const State& state, const std::string& name);
const Role* role_by_name(const State& state, const std::string& name);
const Field* field_by_id(const State& state, const std::string& id);
const Field* field_by_name(const State& state, const std::string& name);
const Organization* organization_by_id(const State& state, const std::string& id);
const Named* named_by_id(const std::vector<Named>& rows, const std::string& id);
const Named* named_by_name(const std::vector<Named>& rows, const std::string& name);
// By id, by key, or by a key that it had before a move.
const Issue* issue_by_key(const Issues& issues, const std::string& id_or_key);

// A time that no other change has: Jira's are milliseconds apart.
Moment next_moment(State& state, Instant now);
std::string next_id(State& state);

}  // namespace cb::fake_jira
