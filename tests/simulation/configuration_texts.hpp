// The parts of the simulated configuration that stay as they are.
#pragma once

#include <string>

namespace cb::simulation {

extern const char* const k_redmine_yaml;
extern const char* const k_bugzilla_yaml;
extern const char* const k_jira_yaml;
extern const char* const k_small_plan_yaml;
extern const char* const k_other_plans_yaml;
extern const char* const k_calendars_yaml;
extern const char* const k_classification_yaml;

// Who the customer is and how they are known, without contracts.
std::string customer_yaml(const std::string& id);

}  // namespace cb::simulation
