// The tracker port: what the bridge asks of any issue tracker. Implementations live in adapters/<name>/ and are built
// from an Http and their own terms; they see no store, logger or clock. One thread at a time per tracker object.
// The same conformance suite runs against every implementation, fake and real.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/result.hpp"
#include "rules/issue.hpp"

namespace cb {

// The neutral names of what the bridge shows on an issue; the configuration maps each to a field of the tracker.
enum class Slot {
  billing,
  category,
  entitlement,
  plan,
  pool,
  sla_state,
  next_due,
  response_due,
  resolution_due,
  advice
};
std::string to_text(Slot slot);
std::optional<Slot> slot_from_text(const std::string& text);

// A value to show. Where there is an instant it is sent, and compared, as such: the field is one of date_time_slots.
// Else the text is.
struct Shown {
  std::string text;  // empty: nothing to show
  std::optional<Instant> instant;
  friend bool operator==(const Shown&, const Shown&) = default;
};

struct Capabilities {
  std::string kind;               // redmine
  bool private_comments = false;  // staff-only notes exist and this account may write them
  bool compare_and_set = false;   // a concurrent change is refused by the tracker itself
  bool quiet_writes = false;      // a write can be kept from mailing people
  bool date_time_fields = false;
  bool labels = false;          // labels can be written
  bool flags = false;           // flags with a status can be written
  bool links = false;           // addresses of issues of other trackers can be put on an issue
  bool page_links = false;      // a link to any page, which its id keeps from being doubled, can be put on an issue
  bool record = false;          // the decision can be kept on the issue, for programs
  bool transitions = false;     // the status can be changed
  bool own_clocks = false;      // the tracker measures promises of its own
  bool create_fields = false;   // fields can be made over the API, by an administrator's account
  bool assign = false;          // this account may assign an issue to somebody
  bool copy = false;            // there is a list of people in copy, and this account may add to it
  bool server_time = false;     // the tracker tells its own time
  Seconds granularity{1};       // of `updated`
  Seconds overlap{120};         // how far each list reaches back
  std::size_t fetch_batch = 1;  // issues that fetch_all reads with no more requests than one takes
  std::size_t write_batch = 1;  // issues that apply_all changes with one request
  // IANA name of the zone in whose local time the tracker stores date-times; empty: it stores instants. What happens
  // in an hour that the zone has twice cannot be stored there.
  std::string stored_in_zone;
};

struct Identity {
  Author account;
  bool may_write = false;
  std::optional<Instant> server_time;  // where Capabilities have none: an answer's Date, to notice wrong clocks by
};

struct FieldInfo {
  std::string id;
  std::string name;
  std::string format;                 // the tracker's word; empty when it does not tell
  std::vector<std::string> values{};  // of a list, the words it takes; empty: any, or not told
  bool date_time = false;             // holds an instant
  std::string title{};                // as people see it, where that is not the name; the configuration may use either
  bool multiple = false;              // holds several values of its list
};

// What `check` and `init` ask: what the server has, as far as this account may see it.
struct Survey {
  std::string version;  // empty when the tracker does not tell
  Identity identity;
  std::vector<std::string> statuses;
  std::vector<std::string> closed_statuses;  // those of them that end an issue; empty where the tracker does not tell
  std::vector<std::string> priorities;
  std::vector<std::string> types;
  std::vector<std::string> projects;
  std::vector<FieldInfo> fields;
  std::vector<std::string> roles;
  std::vector<std::string> groups;
  std::string insider_group;  // Bugzilla: who sees private comments; empty where it is not told
  std::vector<std::string> resolutions;
  std::optional<std::vector<std::string>> labels;  // those that can be set; none: any, or not told
  std::vector<std::string> flags;                  // names of the flags that issues may have
  std::string time_zone;              // the zone of Capabilities::stored_in_zone as the server showed it by itself
  std::vector<std::string> notes;     // what was found out and is good, in words for the administrator
  std::vector<std::string> problems;  // rights that are missing and the like, in words for the administrator
};

// A field to be made.
struct NewField {
  std::string name;
  enum class Kind { text, date, date_time, list } kind = Kind::text;
  std::string description;
  std::vector<std::string> values;  // of a list
};

// One promise as the tracker itself measures it, in one round of the issue.
struct OwnClock {
  std::string name;
  bool ongoing = false;  // false: finished
  bool paused = false;
  bool breached = false;
  std::optional<Instant> started, due, stopped;
  std::optional<Seconds> goal, used, left;  // in the tracker's own business time
  friend bool operator==(const OwnClock&, const OwnClock&) = default;
};

struct IssueRef {
  IssueKey key;
  Instant updated;
};

struct Page {
  std::vector<IssueRef> refs;
  std::optional<std::string> next;  // token of the next page; empty on the last
};

struct Fetched {
  Issue issue;
  std::map<Slot, Shown> shown;  // what our fields hold now; a slot whose field this issue lacks is absent
  std::vector<Author> copied;   // who is in copy now; empty, too, where the tracker does not tell
  std::map<std::string, std::string> flags{};  // those that are set, by name: + - ?
  // Slots whose field on this issue holds an instant: it gets nothing but an instant, and no words. All others are
  // text.
  std::set<Slot> date_time_slots{};
  // Who has the issue although nobody gave it to them (Bugzilla: the component's default assignee); then the issue has
  // no assignee, and assigning just this person would change nothing.
  std::optional<Author> default_assignee{};
  std::optional<std::string> record{};         // JSON that stands there; empty, too, where the tracker keeps none
  std::map<std::string, std::string> links{};  // our links to pages: id to address
  // Why notes for staff cannot be written on this issue, in words; empty: they can, where Capabilities say so.
  std::string no_staff_notes{};
};

// A person as the configuration names them. Not every account sees logins or addresses, so any part may be what a
// tracker recognises: the login, where it is given and visible, is decisive; else the address, else the name.
struct PersonRef {
  std::string login;
  std::string address;  // e-mail
  std::string name;     // as the tracker displays it
  [[nodiscard]] bool empty() const { return login.empty() && address.empty() && name.empty(); }
  friend bool operator==(const PersonRef&, const PersonRef&) = default;
};
// What people call them: the login where there is one.
std::string to_text(const PersonRef& person);
// Whether an author of the tracker is that person, ignoring case.
bool is_person(const PersonRef& person, const Author& author);

struct NewComment {
  Visibility visibility = Visibility::internal;
  std::string text;       // plain text; the adapter escapes for its markup
  std::string reference;  // [cb-7f3a2c]: recognises our own comment, appended by the adapter
  friend bool operator==(const NewComment&, const NewComment&) = default;
};

// A link to a page. One of the same id is replaced.
struct Link {
  std::string id;  // empty: the address alone tells links apart
  std::string url;
  std::string title;
  friend bool operator==(const Link&, const Link&) = default;
};

struct Changes {
  std::map<Slot, Shown> fields;
  std::vector<std::string> add_labels;
  std::vector<std::string> remove_labels;
  std::vector<NewComment> comments;
  PersonRef assign;                            // who gets the issue, if it has no assignee by then; empty: no change
  std::vector<PersonRef> copy;                 // who is put in copy besides those who are
  std::map<std::string, std::string> flags{};  // by name: + - ?, or empty to clear
  std::vector<Link> links{};                   // put on the issue besides those that are there
  std::string record{};                        // JSON of the decision that replaces what stood there; empty: no change
  std::string status{};                        // the tracker's name of the status to go to; empty: no change
  [[nodiscard]] bool empty() const {
    return fields.empty() && add_labels.empty() && remove_labels.empty() && comments.empty() && assign.empty() &&
           copy.empty() && flags.empty() && links.empty() && record.empty() && status.empty();
  }
  friend bool operator==(const Changes&, const Changes&) = default;
};

// An issue to be changed, as it was when the change was decided.
struct WriteTarget {
  IssueKey key;
  Revision expected;
  // What is this issue's alone among changes that several share; written besides them.
  std::string record{};
  std::vector<Link> links{};
};

// The shared changes with what is the target's alone.
Changes own_changes(const WriteTarget& target, const Changes& changes);

struct Applied {
  Fetched after;                     // read back
  std::vector<std::string> ignored;  // what the tracker answered success for and did not do
  // Who could not be assigned or put in copy, and why, in words. Mostly a matter of the project's members: everything
  // else is as wanted.
  std::vector<std::string> unreached{};
};

class Tracker {
 public:
  virtual ~Tracker() = default;
  [[nodiscard]] virtual const Capabilities& capabilities() const = 0;
  // Who the key belongs to; `denied` for a wrong key. Asked at start; changed_since() asks it before it lists nothing.
  virtual Result<Identity> who_am_i() = 0;
  virtual Result<Survey> survey() = 0;
  // Issues changed at or after `since` (none: all), in a stable order; pass `next` of the page before to go on.
  virtual Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) = 0;
  // One issue with its whole history and the fields we own. not_found and denied are told apart where the tracker does
  // (Jira answers 404 to both): so not_found is confirmed before it is believed.
  virtual Result<Fetched> fetch(const IssueKey& key) = 0;
  // Writes all changes, in as few requests as the tracker allows, reads back and compares. Re-reads first and answers
  // `stale` when the issue is no longer at `expected`. A private comment that turned out public is `denied` and
  // `stops_writing`: the tracker's writing must stop. A change that is empty sends nothing. Nobody is taken off an
  // issue: where it has an assignee by now, `assign` is not done and not in `unreached`, because somebody took it.
  virtual Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) = 0;
  // fetch() of each, in the order of the keys, with fewer requests where the tracker can: at most
  // Capabilities::fetch_batch keys at a time pay. One that fails does not keep the others from being read.
  virtual std::vector<Result<Fetched>> fetch_all(const std::vector<IssueKey>& keys);
  // apply() of the same changes to each, in the order of the targets, with fewer requests where the tracker can. What
  // holds for one holds for each: those that moved are `stale` and are not written, the others are.
  virtual std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes);
  // What the tracker itself promises for the issue, finished rounds first; `rejected` where it measures nothing.
  virtual Result<std::vector<OwnClock>> own_clocks(const IssueKey& key);
  // Makes a field and gives it as survey() will show it; `rejected` where the API cannot, `denied` without the right.
  virtual Result<FieldInfo> create_field(const NewField& field);
};

}  // namespace cb
