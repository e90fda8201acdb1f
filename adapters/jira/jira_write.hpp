// Changes to Jira requests, without any I/O. Only what differs from the issue as it stands is sent; a comment whose
// reference already stands in one of our own comments is not written again. Fields, labels, assignee and the record
// share one edit, which Jira does as a whole or not at all; comments, links, watchers and the status have requests of
// their own (trackers.md C6).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_values.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// What writing needs to know besides issue and changes.
struct JiraWriting {
  std::map<Slot, std::string> write;  // JiraTerms::write
  std::vector<JiraField> fields;      // those of the server
  std::string property;               // JiraTerms::property
  bool cloud = false;
  std::string self;  // id of our own account
};

struct JiraFieldUpdate {
  JiraField field;
  JiraWanted wanted;
  friend bool operator==(const JiraFieldUpdate& a, const JiraFieldUpdate& b) {
    return a.field.id == b.field.id && a.wanted.sent == b.wanted.sent;
  }
};

// One edit.
struct JiraEdit {
  std::vector<JiraFieldUpdate> fields;
  std::vector<std::string> add_labels;
  std::vector<std::string> remove_labels;
  std::string assignee;  // login; empty: stays as it is
  [[nodiscard]] bool empty() const {
    return fields.empty() && add_labels.empty() && remove_labels.empty() && assignee.empty();
  }
  friend bool operator==(const JiraEdit&, const JiraEdit&) = default;
};

struct JiraUpdate {
  JiraEdit edit;
  std::string record;  // empty: stays as it is
  std::vector<Link> links;
  std::vector<std::string> copy;  // logins
  std::string status;
  std::vector<NewComment> comments;
  [[nodiscard]] bool empty() const {
    return edit.empty() && record.empty() && links.empty() && copy.empty() && status.empty() && comments.empty();
  }
};

// Logins of whoever is wanted and not there yet.
struct JiraLogins {
  std::string assignee;
  std::vector<std::string> copy;
};

JiraUpdate jira_update(const JiraIssue& issue, const Changes& changes, const JiraWriting& writing,
                       const JiraLogins& people);
std::string jira_edit_body(const JiraEdit& edit, const std::string& record, const JiraWriting& writing);
// A comment on the platform: public in a service desk, for everybody who sees the issue elsewhere, unless a role or
// group is given.
struct JiraAudience {
  std::string type;  // role, group; empty: everybody
  std::string value;
};
std::string jira_comment_body(const NewComment& comment, const JiraAudience& audience, bool cloud);
// An internal note of a service desk.
std::string jira_desk_note_body(const NewComment& comment);
// The same over the platform.
std::string jira_marked_note_body(const NewComment& comment, bool cloud);
std::string jira_link_body(const Link& link);
std::string jira_transition_body(const std::string& transition_id);

// `issue #10068 (SUP-12)`
std::string jira_called(const JiraIssue& issue);
// Our own comment with that reference; null when there is none. Wording is no evidence: anybody can copy it.
const JiraComment* own_comment(const JiraIssue& issue, const std::string& reference, const std::string& self);
// Our own comments that were meant for staff and that the customer sees: their ids.
std::vector<std::string> jira_exposed(const JiraIssue& issue, const Changes& changes, const std::string& self);
// What of the changes the issue does not show, in words: after a write, what was answered with success and not done.
std::vector<std::string> jira_missing(const JiraIssue& issue, const Changes& changes, const JiraWriting& writing);

}  // namespace cb
