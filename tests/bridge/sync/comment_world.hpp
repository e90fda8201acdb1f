// A decision with its issue, and the comments that are missing on it: for tests of comments without an engine. It is
// Monday, 8 June 2026, 08:00 UTC, and ACME's consultation was registered just now.
#pragma once

#include <algorithm>

#include "bridge/sync/comments.hpp"
#include "tests/bridge/sync/sync_world.hpp"

namespace cb {

inline constexpr Seconds k_day{24 * 3600};

inline ClockReading clock_reading(ClockName name, ClockState state, const std::string& due) {
  ClockReading clock;
  clock.name = name;
  clock.state = state;
  if (!due.empty()) clock.due = at_iso(due);
  return clock;
}

inline Decision covered() {
  Decision decision;
  decision.issue = {"support", "1"};
  decision.customer = CustomerId{"acme"};
  decision.contract = ContractId{"ACME-2026"};
  decision.plan = PlanId{"standard"};
  decision.contract_until = *date_from_iso("2027-02-28");
  decision.category.claimed = CategoryId{"consultation"};
  decision.billing = Billing::pool;
  decision.pool = PoolView{ContractId{"ACME-2026"}, {}, 5, 4, 1, 0};
  decision.clocks = {clock_reading(ClockName::first_response, ClockState::running, "2026-06-08T16:00:00Z"),
                     clock_reading(ClockName::resolution, ClockState::running, "2026-06-22T16:00:00Z")};
  decision.sla_state = SlaState::ok;
  decision.next_due = at_iso("2026-06-08T16:00:00Z");
  decision.phase = Phase::waiting_for_us;
  decision.language = "en";
  return decision;
}

inline std::map<std::string, CommentMode> all_comments(CommentMode mode) {
  std::map<std::string, CommentMode> modes;
  for (const auto* kind :
       {"receipt", "offer", "reminder", "reclassified", "risk", "breach", "mismatch", "escalation", "notice"}) {
    modes[kind] = mode;
  }
  return modes;
}

struct CommentWorld {
  Instant now = at_iso("2026-06-08T08:00:00Z");
  ContractBook book = example_settings().book;
  std::map<std::string, CommentMode> modes = all_comments(CommentMode::off);
  TextBook texts{{}};
  bool private_comments = true;
  Issue issue = consultation("1", now);
  Decision decision = covered();
  std::vector<PutBack> put_back;

  CommentWorld() = default;
  // A single kind; whatever else the decision gives cause for is off.
  CommentWorld(const std::string& kind, CommentMode mode) { modes[kind] = mode; }

  [[nodiscard]] std::vector<NewComment> missing() const {
    return missing_comments(decision, issue, {modes, book, texts, private_comments}, put_back, now);
  }
  // Empty unless exactly one is missing.
  [[nodiscard]] std::string only() const {
    const auto comments = missing();
    return comments.size() == 1 ? comments.front().text : "";
  }
  [[nodiscard]] bool is_missing(const std::string& cause) const {
    const auto comments = missing();
    const auto reference = reference_of(issue.key, cause, cycle_of(decision));
    return std::any_of(comments.begin(), comments.end(),
                       [&](const NewComment& each) { return each.reference == reference; });
  }
  // Our account writes what is missing.
  void write() {
    for (const auto& comment : missing()) {
      Event event;
      event.at = now;
      event.by.self = true;
      event.comment = Comment{comment.visibility, comment.text + "\n\n" + comment.reference};
      issue.history.push_back(event);
    }
  }
};

}  // namespace cb
