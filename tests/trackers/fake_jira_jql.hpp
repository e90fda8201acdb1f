// As much JQL as clients of ours need: conditions on project, id, key, updated, created, status, labels, joined by AND,
// and an ORDER BY. Everything else is refused with 400, as a real one refuses what it does not know.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

struct Condition {
  std::string field, sign;  // lower case; = != in, not in, >= > <= <
  std::vector<std::string> values;
  std::vector<bool> quoted;
};

struct Order {
  std::string field;
  bool is_descending = false;
};

struct Jql {
  std::vector<Condition> conditions;
  std::vector<Order> order;
};

Jql parsed_jql(const std::string& text);
// Ids of the issues that the caller sees and that fit, in order. Refuses values that do not exist and times in other
// forms. `fresh`: ids that are looked at as they are now, whatever the index knows.
std::vector<int> found_issues(const Call& call, const Jql& jql, const std::set<int>& fresh);
// The row as the index has it, or as it is now.
const Issue* indexed(const Call& call, int id, const std::set<int>& fresh);

}  // namespace cb::fake_jira
