// Random issues on a pool, told by a seed: consultations and other requests of a customer whose category moves, that
// are solved, reopened inside and outside the window, withdrawn and ordered. An issue can be seen as of any instant, as
// a tracker would have told it then.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "rules/issue.hpp"

namespace cb::testing {

struct Step {
  enum class Kind { category, status, approval, comment } kind;
  Instant at;
  std::string by;
  std::string word;  // the category or status
};

struct IssueStory {
  Issue registered;
  std::vector<Step> steps;  // in the order of time
};

// Who registers issues; `customer` fills the field of that name, where a partner speaks for a customer.
struct Asker {
  std::string reporter;
  std::string customer;
};

struct StoryTerms {
  int issues = 12;
  bool approvals = true;
  std::vector<Asker> askers;
};

std::vector<IssueStory> random_stories(const StoryTerms& terms, std::mt19937& chance);

// All events up to an instant.
Issue as_of(const IssueStory& story, Instant now);

// When everything in them is over.
Instant end_of_stories();

}  // namespace cb::testing
