// What Service Management's answers share: its dates, people and pages.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

std::string desk_root(const Call& call);  // https://jira.example/rest/servicedeskapi
Json desk_date(const Call& call, Moment at);
Json desk_user(const Call& call, const std::string& id);
// start and limit applied (50 at most), under the path after the root.
Json desk_page(const Call& call, const std::string& path, const Json& rows);
// The request if the caller sees it, else 404.
Issue& visible_request(const Call& call, const std::string& id_or_key);
// 412 where Data Center wants X-ExperimentalApi: opt-in.
void require_opt_in(const Call& call);
// Ongoing and completed cycles of each promise.
Json promises_json(const Call& call, const Issue& issue);

}  // namespace cb::fake_jira
