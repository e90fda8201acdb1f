// Changes to Bugzilla requests, without any I/O. Only what differs from the bug as it stands is sent; a comment whose
// reference already stands in one of our own comments is not written again. Fields, labels, flags, people, links and
// the first comment share one request, which Bugzilla does as a whole or not at all; every further comment needs one of
// its own.
//
// A label in brackets is a token of the whiteboard, which is one text: it is read, changed and written, and whatever
// else stands there is kept. Any other label is a keyword. Comments are plain text and shown as such, so nothing is
// escaped.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/bugzilla/bugzilla_values.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// What writing needs to know besides bug and changes.
struct BugzillaWriting {
  std::map<Slot, std::string> write;  // BugzillaTerms::write
  std::vector<BugzillaField> fields;  // those of the server
  BugzillaClock clock;
  std::string login;  // our own
};

struct BugzillaFieldUpdate {
  BugzillaField field;
  BugzillaWanted wanted;
};

struct BugzillaFlagUpdate {
  std::int64_t id = 0;  // of the flag on the bug; 0: a new one
  std::string name;
  std::string status;  // + - ?, or X to clear
};

struct BugzillaNote {
  std::string body;  // with its reference
  bool is_private = false;
};

struct BugzillaUpdate {
  std::vector<BugzillaFieldUpdate> fields;
  std::vector<std::string> add_keywords;
  std::vector<std::string> remove_keywords;
  std::optional<std::string> whiteboard;  // the whole text
  std::vector<BugzillaFlagUpdate> flags;
  std::string assignee;               // login; empty: stays as it is
  std::vector<std::string> cc;        // logins that are added
  std::vector<std::string> see_also;  // addresses that are added
  std::optional<BugzillaNote> note;
  [[nodiscard]] bool empty() const;
};

// Logins of whoever is wanted and not there yet.
struct BugzillaLogins {
  std::string assignee;
  std::vector<std::string> cc;
};

// None: nothing differs.
std::vector<BugzillaUpdate> bugzilla_updates(const BugzillaBug& bug, const Changes& changes,
                                             const BugzillaWriting& writing, const BugzillaLogins& people);
// The body of a PUT. `ids` are the bugs that it is meant for when it is not for the bug of the path alone: they replace
// the path's. Then flags go by name, since an id belongs to one bug.
std::string bugzilla_update_body(const BugzillaUpdate& update, const std::vector<std::int64_t>& ids = {});
// The bodies that make comments private, and that empty fields.
std::string bugzilla_withdrawal_body(const std::vector<std::int64_t>& comments);
std::string bugzilla_clearing_body(const std::vector<std::string>& date_time_fields);

// The field that a slot is written into; null when none is configured, or the server has none of that name.
const BugzillaField* bugzilla_field_of(Slot slot, const BugzillaWriting& writing);
// Our own comment with that reference; null when there is none. Wording is no evidence: anybody can copy it.
const BugzillaComment* own_comment(const BugzillaBug& bug, const std::string& reference, const std::string& login);
// Our own comments that were meant for staff and stand in public.
std::vector<std::int64_t> bugzilla_exposed(const BugzillaBug& bug, const Changes& changes, const std::string& login);
bool is_whiteboard_token(const std::string& label);
// The same address, whether or not it names http, ends in a slash or points into the page.
bool is_same_link(const std::string& a, const std::string& b);

// What of the changes the bug does not show, in words: after a write, what was answered with success and not done.
// bugzilla_people.hpp does the same for people.
std::vector<std::string> bugzilla_missing(const BugzillaBug& bug, const Changes& changes,
                                          const BugzillaWriting& writing);

// As bugzilla_missing says it of a link.
std::string bugzilla_missing_link(const std::string& link);

}  // namespace cb
