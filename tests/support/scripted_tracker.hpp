// A tracker in plain memory for tests of the engine: it stamps writes with the clock's time, keeps what our account
// wrote apart from people's, refuses stale writes, and can be told what to answer for an issue. It counts calls.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/ports/clock.hpp"

namespace cb {

class ScriptedTracker : public Tracker {
 public:
  explicit ScriptedTracker(Clock& clock, std::string name = "support");

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override;
  Result<Survey> survey() override;
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override;
  Result<Fetched> fetch(const IssueKey& key) override;
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override;
  std::vector<Result<Fetched>> fetch_all(const std::vector<IssueKey>& keys) override;
  std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) override;

  // Adds an issue, with an empty value in each of `slots`; its updated time is the clock's now.
  Fetched& add(Issue issue);
  Fetched& at(const std::string& id) { return issues_.at({name_, id}); }
  void remove(const std::string& id) { issues_.erase({name_, id}); }
  // People at work.
  void comment(const std::string& id, const Author& by, const std::string& text, Visibility visibility);
  void change_status(const std::string& id, const Author& by, const std::string& to);
  void change_field(const std::string& id, const Author& by, const std::string& name, const std::string& to);

  void change_label(const std::string& id, const Author& by, const std::string& label, bool on);
  void change_flag(const std::string& id, const Author& by, const std::string& flag, const std::string& sign);

  // Comments of ours that hold this text.
  [[nodiscard]] int own_comments(const std::string& id, const std::string& text) const;
  // Every field and our comments, sorted, as text that two trackers can be compared by.
  [[nodiscard]] std::string state_text() const;

  std::vector<Slot> slots;                            // that issues have fields for
  std::map<Slot, std::string> field_names;            // of these, fields of which the history tells changes of ours
  std::set<Slot> date_time_slots;                     // of these, fields that hold instants
  std::map<std::string, Error> broken;                // fetching an issue fails so
  std::map<std::string, Error> refused;               // writing to an issue fails so
  std::function<void(const IssueKey&)> before_fetch;  // time passes, or somebody acts, while an issue is asked for
  std::function<void()> before_apply;                 // somebody else acts just before our write
  std::vector<std::string> ignored;                   // what each write leaves undone: slots, "assignee", "copy"
  std::optional<Error> denied;                        // our key is not valid any more; lists are empty then
  std::optional<Error> list_fails;
  Seconds clock_error{0};                 // its own times are so far from the clock that it was given
  std::optional<Instant> server_time_is;  // as it tells its own time; it tells none otherwise
  bool leaks_private_notes = false;       // a private note comes out public, is withdrawn, and is denied
  int page_size = 100;
  int lists = 0, fetches = 0, writes = 0, identities = 0;
  std::vector<std::size_t> read_batches, write_batches;  // issues in each request for several

  Capabilities capabilities_;

 private:
  bool put_people(Fetched& fetched, const Changes& changes);  // whether somebody was assigned
  void put_flags(Fetched& fetched, const Changes& changes);
  void put_page_and_status(Fetched& fetched, const Changes& changes);
  void touch(Fetched& fetched);
  Event event(const Author& by);

  [[nodiscard]] Instant now() { return clock_.now() + clock_error; }
  Clock& clock_;
  std::string name_;
  std::map<IssueKey, Fetched> issues_;
  int events_ = 0;
  int revisions_ = 0;
};

}  // namespace cb
