// A plan from its merged node: after `based_on`, and in a contract after `override`. The same node may be read for
// several plans and contracts, so messages about its parts do not name the plan and are reported once. Internal to
// the loader.
#pragma once

#include "bridge/settings/loading.hpp"

namespace cb {

// `owner` as "plan `standard`"; `at` is where it is named. Unknown keys of the plan itself are reported by the caller.
// A plan whose `based_on` leads nowhere lacks keys for that reason alone: `complete` is false then.
Plan read_plan(const YamlNode& node, const PlanId& id, const std::string& owner, const Place& at, bool complete,
               Loading& loading);

std::optional<Target> target_of(const YamlNode& node, const std::string& what, Problems& problems);
Targets targets_of(const YamlNode& node, const std::string& what, Problems& problems);
// By priority.
TargetTable target_table_of(const YamlNode& node, const std::string& what, Problems& problems);
// `any`, `>=4.0`, `>=4.0 <6`
std::vector<VersionBound> versions_of(const YamlNode& node, Problems& problems);
std::optional<Pool> pool_of(const YamlNode& node, Problems& problems);
std::map<CategoryId, Budget> budgets_of(const YamlNode& node, const Names& categories, Problems& problems);
// `when` is a condition as in classification.yaml; `targets` stand by priority, or flat for all.
std::optional<UrgentProcedure> urgent_of(const YamlNode& node, Loading& loading);

}  // namespace cb
