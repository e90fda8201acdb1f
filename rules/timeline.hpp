// An issue's history read with the tracker's terms: phases, priorities, comments with roles, and the facts that stand
// in fields or labels, each with who and when. Events after `now` are ignored (ruling 65). Pointers point into the
// issue, which must outlive the timeline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

struct PhaseChange {
  Instant at;
  Phase phase;
  Role by;
  const Author* who;
};

struct PriorityChange {
  Instant at;
  Priority priority;  // as stated, without a plan's floor
};

struct CommentMark {
  Instant at;
  bool everybody;
  Role by;
  const Author* who;
};

// A value of a field or label from `at` on. The first one is the value at registration, by the reporter.
struct ValueChange {
  Instant at;
  std::string value;  // empty: not filled, label absent
  Role by;
  const Author* who;
};

struct Timeline {
  std::string problem;  // why clocks cannot be decided; empty when they can
  Role reporter = Role::customer;
  std::vector<PhaseChange> phases;  // the first at registration; consecutive ones differ
  std::vector<PriorityChange> priorities;
  std::vector<CommentMark> comments;
  std::vector<std::string> unmapped_statuses;  // only in the past: the phase before goes on (ruling 40)
};

Timeline read_timeline(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now);

// The values of a source over time, oldest first; for a label its name or "".
std::vector<ValueChange> values_of(const Source& source, const Issue& issue, const TrackerTerms& tracker,
                                   const ContractBook& book, Instant now);
std::vector<ValueChange> values_of(Attribute attribute, const std::string& present, const Issue& issue,
                                   const TrackerTerms& tracker, const ContractBook& book, Instant now);

// The last of these values, for who need not know by whom.
std::string last_value_of(const Source& source, const Issue& issue, Instant now);
std::string last_value_of(Attribute attribute, const std::string& present, const Issue& issue, Instant now);
// Whether the history tells any change of it, be it later.
bool was_changed(const Source& source, const Issue& issue);

// Signs of a flag over time; what it is now counts for nothing where the history tells no change.
std::vector<ValueChange> flag_values_of(const std::string& flag, const Issue& issue, const TrackerTerms& tracker,
                                        const ContractBook& book, Instant now);

// The value that counts as evidence: changes by customers and partners after registration do not (ruling 39).
ValueChange evidence_of(const std::vector<ValueChange>& values);
inline bool is_ours(Role role) {
  return role == Role::staff || role == Role::bot || role == Role::bridge;
}

// Of a status with its resolution (`RESOLVED DUPLICATE`) where that is mapped, else of the status alone; empty where
// neither is.
std::optional<Phase> phase_of(const std::string& status, const std::string& resolution, const TrackerTerms& tracker);

Priority stated_priority(const std::string& word, const TrackerTerms& tracker);

}  // namespace cb
