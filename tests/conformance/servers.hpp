// How each kind of tracker is put under the cases: a fake of it with a virtual clock, or the server that the
// environment names.
#pragma once

#include <optional>
#include <string>

#include "tests/conformance/trackers_under_test.hpp"

namespace cb::conformance {

// CB_TEST_<KIND>_<NAME>; empty when it is not set.
std::string environment(const std::string& kind, const std::string& name);
// The same; throws std::runtime_error when it is not set.
std::string needed(const std::string& kind, const std::string& name);

void with_fake_redmine(const Case& run);
void with_real_redmine(const std::string& url, const Case& run);

// One form of Bugzilla that the fake can take.
struct BugzillaForm {
  fake_bugzilla::Flavour flavour;
  const char* version;
  const char* zone;         // of the server
  bool has_bridge_account;  // false: the bridge uses a key of the staff's account
};
const std::vector<BugzillaForm>& bugzilla_forms();
void with_fake_bugzilla(const BugzillaForm& form, const Case& run);
void with_real_bugzilla(const std::string& url, const Case& run);

// One form of Jira that the fake can take.
struct JiraForm {
  const char* name;
  bool cloud;
  bool service_management;
  const char* zone;  // of the bridge's account
};
const std::vector<JiraForm>& jira_forms();
void with_fake_jira(const JiraForm& form, const Case& run);
void with_real_jira(const std::string& url, const Case& run);

// Counts the run, names it in failures, and runs.
void run_on(TrackerUnderTest& tracker, const Case& run);

Instant system_now();

}  // namespace cb::conformance
