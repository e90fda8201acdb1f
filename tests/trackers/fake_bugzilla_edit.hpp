// One update of bugs by one person: all of it or nothing, with its history and the reply's `changes`.
#pragma once

#include <map>

#include "tests/trackers/fake_bugzilla_access.hpp"

namespace cb::fake_bugzilla {

// Puts every bug that was opened back to what it was, unless commit() was called.
class Transaction {
 public:
  explicit Transaction(State& state);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Bug& open(int id);
  Bug& add(Bug bug);  // under the next number
  void commit() { is_done_ = true; }

 private:
  State& state_;
  std::map<int, std::optional<Bug>> before_;  // nothing: there was none
  int last_comment_, last_flag_;
  bool is_done_ = false;
};

struct Edit {
  State& state;
  Transaction& transaction;
  const User& user;
  Instant now;
  Bug& bug;
  Json changes = Json::object();
  bool is_touched = false;  // also by what `changes` does not tell: comments, privacy (097, 120)

  // Refuses 115 what the person may not change.
  void check(const std::string& field, const std::string& label, const std::string& from, const std::string& to) const;
  // In `changes` and in the history.
  void changed(const std::string& field, const std::string& removed, const std::string& added);
  // Sets the time of the last change, where there was one.
  void finish();
};

// Another bug that the same update changes.
Edit edit_of(Edit& edit, int id);

// A row of history, long values apart as the database takes them (171).
void log_change(Bug& bug, const Change& change);
// The change of a list: what went and what came, in order.
void changed_list(Edit& edit, const std::string& field, const std::vector<std::string>& before,
                  const std::vector<std::string>& after);

// Each sets what `value` says, refuses what Bugzilla refuses, and leaves alone what is the same.
void set_column(Edit& edit, const Column& entry, const Json& value);
void set_custom(Edit& edit, const Field& field, const Json& value);
void set_assignee(Edit& edit, const Json& value);
void set_flag(Edit& edit, const char* field, bool Bug::*member, const Json& value);
void set_keywords(Edit& edit, const Json& value);
void set_cc(Edit& edit, const Json& value);
void set_groups(Edit& edit, const Json& value);
void set_see_also(Edit& edit, const Json& value);
void set_links(Edit& edit, const char* field, std::set<int> Bug::*ours, std::set<int> Bug::*theirs, const Json& value);
// status, resolution and dupe_of, which depend on each other.
void set_status(Edit& edit, const Json& params);
void set_flags(Edit& edit, const Json& value);
// An empty text adds nothing (107).
void add_comment(Edit& edit, const std::string& text, bool is_private);
void set_comment_privacy(Edit& edit, const Json& value);

// The spelling that Bugzilla keeps for a choice; refuses 50 for nothing and 51 for what does not exist.
std::string choice(const std::vector<std::string>& names, const std::string& label, const std::string& given);
std::string checked_free_text(const std::string& label, const std::string& text, std::size_t longest);
void add_person_in_copy(Edit& edit, int id);
std::size_t characters(const std::string& utf8);

}  // namespace cb::fake_bugzilla
