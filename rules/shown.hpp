// What the bridge itself showed on an issue, as the issue's history tells. What people were shown is the only thing of
// an earlier decision that a later one may rest on: it lies in the tracker, so that a rebuilt store decides alike.
#pragma once

#include <vector>

#include "rules/cycle.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

// When our account wrote into a field, or set the label, that the issue uses a free request. Where neither is
// configured nobody was shown anything. Events after `now` are ignored.
std::vector<Instant> shown_as_pool(const Issue& issue, const TrackerTerms& tracker, Instant now);

// Whether one of these times lies in the cycle.
bool is_within(const std::vector<Instant>& times, const Cycle& cycle);

}  // namespace cb
