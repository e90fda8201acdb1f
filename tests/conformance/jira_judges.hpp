// The judges of the Jira adapter and of its fake: Atlassian's OpenAPI documents, with validators that are not ours, as
// ../shared/jira/README.md describes them. tests/jira_judges.sh starts the validators and names them in
// CB_TEST_JIRA_JUDGE_CLOUD, _DESK, _DATA_CENTER (addresses) and _UPSTREAM (the port to which all of them send on).
// Without these variables nothing is judged, and the summary says so; with some of them only, or with validators that
// do not answer, cases fail.
#pragma once

#include <memory>
#include <optional>

#include "adapters/http.hpp"
#include "tests/conformance/judged_http.hpp"

namespace cb::conformance {

enum class JiraHome { cloud, data_center };

// `direct` behind the judges of that home: the documents of the platform and of service management for Cloud; the
// platform's for Data Center, where service management has none. A violation fails the case that is running. Without
// judges `direct` itself. `fake`, to which `direct` leads, must outlive the result.
std::unique_ptr<Http> judged(std::unique_ptr<Http> direct, const FakeTracker& fake, JiraHome home);

// The same for exchanges that are wrong on purpose: violations go into `tally` and fail nothing. Both must outlive it.
std::unique_ptr<Http> judged_into(Tally& tally, std::unique_ptr<Http> direct, const FakeTracker& fake, JiraHome home);

// Whether the environment names judges.
bool has_judges();

}  // namespace cb::conformance
