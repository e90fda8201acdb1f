// Changes to Redmine requests, without any I/O. Only what differs from the issue as it stands is sent, because a PUT
// that changes nothing still moves updated_on and mails people; a comment whose reference already stands in one of our
// own notes is not written again. All fields, the labels, the assignee and the first comment share one request; every
// further comment needs one of its own, since a request has one note, private or not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/redmine/redmine_records.hpp"
#include "adapters/redmine/redmine_terms.hpp"

namespace cb {

struct RedmineFieldUpdate {
  std::int64_t id = 0;
  bool multiple = false;
  std::vector<std::string> values;
};

struct RedmineUpdate {
  std::vector<RedmineFieldUpdate> fields;
  std::int64_t assignee = 0;  // 0: stays as it is
  std::string note;           // escaped, with its reference
  bool is_private = false;
  [[nodiscard]] bool empty() const { return fields.empty() && assignee == 0 && note.empty(); }
};

// `assignee` is the person that changes.assign means, or 0 for none.
std::vector<RedmineUpdate> redmine_updates(const RedmineIssue& issue, const Changes& changes, const RedmineTerms& terms,
                                           std::int64_t own_account, std::int64_t assignee);
std::string redmine_update_body(const RedmineUpdate& update);
// The body that takes a note away: Redmine deletes a note without text.
std::string redmine_withdrawal_body();

// What of the changes the issue does not show, in words: after a write, what was answered with success and not done.
// redmine_people.hpp does the same for people.
std::vector<std::string> redmine_missing(const RedmineIssue& issue, const Changes& changes, const RedmineTerms& terms,
                                         std::int64_t own_account);
// Our own notes that were meant for staff and stand in public.
std::vector<std::int64_t> redmine_exposed(const RedmineIssue& issue, const Changes& changes, std::int64_t own_account);

}  // namespace cb
