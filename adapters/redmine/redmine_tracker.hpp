// Redmine over its REST API (trackers.md section B, redmine/observed.md): lists by id with `updated_on` filter, one
// detail request per issue with journals, one PUT per issue for all changes, one POST for each person that is put in
// copy (a watcher), every write read back and compared.
// Redmine has no compare-and-set that REST can use (lock_version is never shown): an issue that moves between the last
// reading and the PUT, some milliseconds, is written nevertheless; fields that others own are not in the request, and
// the read-back tells what stands there.
#pragma once

#include <memory>

#include "adapters/http.hpp"
#include "adapters/redmine/redmine_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// `http` must outlive the tracker.
std::unique_ptr<Tracker> make_redmine_tracker(RedmineTerms terms, Http& http);

}  // namespace cb
