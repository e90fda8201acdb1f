// Redmine over its REST API (trackers.md section B, redmine/observed.md): lists by id with `updated_on` filter, one
// detail request per issue with journals, one PUT per issue for all changes, every write read back and compared.
#pragma once

#include <memory>

#include "adapters/http.hpp"
#include "adapters/redmine/redmine_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// `http` must outlive the tracker.
std::unique_ptr<Tracker> make_redmine_tracker(RedmineTerms terms, Http& http);

}  // namespace cb
