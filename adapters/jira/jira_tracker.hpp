// Jira over its REST API (trackers.md section C): Cloud by REST v3, Data Center by REST v2, with or without Jira
// Service Management, which the server itself tells. Issues are known by their id; keys change when an issue is moved.
// Jira has no compare-and-set: an issue that moves between the last reading and the edit is written nevertheless;
// fields that others own are not in the request, and the read-back tells what stands there.
#pragma once

#include <memory>

#include "adapters/http.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// `http` must outlive the tracker.
std::unique_ptr<Tracker> make_jira_tracker(JiraTerms terms, Http& http);

}  // namespace cb
