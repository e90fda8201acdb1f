// Bugzilla over its REST API (trackers.md section A, bugzilla/observed.md), 5.0 to 5.3, Harmony and BMO: lists by id
// with a time filter, bugs read whole and several at once, one PUT for all changes of a bug or of many.
// Bugzilla has no compare-and-set over REST: a bug that moves between the last reading and the PUT is written
// nevertheless; fields that others own are not in the request, and the read-back tells what stands there.
#pragma once

#include <memory>

#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/http.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// `http` must outlive the tracker.
std::unique_ptr<Tracker> make_bugzilla_tracker(BugzillaTerms terms, Http& http);

}  // namespace cb
