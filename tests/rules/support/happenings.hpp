// What an issue's history means for a clock, one thing after another: the tracker's words are turned into phases,
// priorities and roles. Inside an entry the comment comes before the changes (ruling 57); what happens after `now` does
// not exist yet (ruling 65). Instants are UTC.
#pragma once

#include <string>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb::testing {

struct Happening {
  enum class What { comment, phase, priority, fix_date, workaround, approval } what = What::comment;
  Instant at;
  Role by = Role::customer;
  Author who;
  Phase phase = Phase::waiting_for_us;
  Priority priority = Priority::normal;
  std::string value;  // of a field; empty when it was emptied
};

struct Story {
  Phase phase = Phase::waiting_for_us;  // at registration
  Priority priority = Priority::normal;
  std::vector<Happening> happenings;
};

Story story_of(const Issue& issue, const ContractBook& book, Instant now);

}  // namespace cb::testing
