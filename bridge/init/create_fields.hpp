// Makes the recommended fields that are missing, where a tracker's API can (`init jira --create`). What exists by name
// and fits is bound already and never missing, so that a second run makes nothing twice.
#pragma once

#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/init/proposal.hpp"

namespace cb {

struct CreatedFields {
  std::vector<FieldInfo> fields;      // as survey() will show them
  std::vector<std::string> made;      // in words for people
  std::vector<std::string> not_made;  // with the reason in the tracker's words; the others were tried nevertheless
};

// Types that the API makes none of are left to the administrator's list and are no failure.
CreatedFields create_fields(Tracker& tracker, const Proposal& proposal);

}  // namespace cb
