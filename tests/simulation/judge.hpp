// What must hold at every step. The first breach ends the run and is kept with its facts.
#pragma once

#include <map>
#include <set>
#include <string>

#include "adapters/http.hpp"
#include "bridge/store/store.hpp"
#include "tests/simulation/site.hpp"
#include "tests/simulation/trace.hpp"

namespace cb::simulation {

struct Breach {
  std::string invariant;
  std::string facts;
  Moment at;
  std::int64_t step = 0;
};

class Judge {
 public:
  Judge(Turns& turns, Trace& trace, std::map<std::string, Site*> sites)
      : turns_(turns), trace_(trace), sites_(std::move(sites)) {}

  void fail(const std::string& invariant, const std::string& facts);
  [[nodiscard]] const std::optional<Breach>& breach() const { return breach_; }

  // The tracker has done what the bridge asked: whatever changed was changed by the bridge.
  void bridge_asked(const std::string& site, const HttpRequest& request);
  // Somebody else changed an issue, or took it away.
  void people_changed(const std::string& site, const std::string& id);
  void people_removed(const std::string& site, const std::string& id);
  // What the store has written of an issue.
  void recorded(const IssueKey& key, const std::vector<LedgerLine>& ledger);
  // Bounds that take a while to be exceeded: asked now and then.
  void look_at(Store& store, const std::map<std::string, std::size_t>& requests_of_last_hour);

  // The last change anywhere, by people or by the bridge, which reads with the next list what its own one led to.
  [[nodiscard]] Moment last_change() const { return last_change_; }

 private:
  struct Known {
    std::string mark;
    std::set<std::string> comments;  // ids of ours
    int changes = 0;                 // by people
    int writes = 0;                  // by the bridge
  };
  void look_at_comments(const std::string& name, Known& known, const SeenIssue& seen);
  void look_for_leaks(const std::string& name, const SeenIssue& seen);
  void look_at_writes(const std::string& name, const Known& known);

  Turns& turns_;
  Trace& trace_;
  std::map<std::string, Site*> sites_;
  std::map<std::string, std::map<std::string, Known>> known_;
  std::map<IssueKey, std::vector<LedgerLine>> ledgers_;
  int changes_ = 0, lines_ = 0;
  Moment last_change_{};
  std::optional<Breach> breach_;
};

// Why the lines of one issue cannot follow each other; empty: they can. A unit is taken, then consumed or given back;
// a further one may be taken while another is held only by a reopened issue whose earlier one is consumed.
std::string illegal_sequence(const std::vector<LedgerLine>& lines);
// The references (cb-7f3a2c) in a text of ours.
std::vector<std::string> references_in(const std::string& text);
// Words that an issue of this person must show to nobody outside.
std::vector<std::string> forbidden_words(const std::string& reporter);

}  // namespace cb::simulation
