#include <algorithm>
#include <functional>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_jql.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

std::string canonical(const std::string& field) {
  if (field == "issuekey" || field == "issue" || field == "id") return "key";
  if (field == "updateddate") return "updated";
  return field == "createddate" ? "created" : field;
}

[[noreturn]] void no_value(const std::string& value, const std::string& field) {
  refuse(400, "The value '" + value + "' does not exist for the field '" + field + "'.");
}

std::string project_id(const Call& call, const std::string& value) {
  const auto* row = project_by_key(call.state, value);
  if (!row) row = project_by_name(call.state, value);
  if (!row || !may(call.state, call.user, *row, "BROWSE_PROJECTS")) no_value(value, "project");
  return row->id;
}

std::string issue_id(const Call& call, const std::string& value) {
  const auto* row = issue_by_key(call.state.issues, value);
  if (row && sees(call.state, call.user, *row)) return row->id;
  if (value.find_first_not_of("0123456789") == std::string::npos)
    refuse(400, "A value with ID '" + value + "' does not exist for the field 'id'.");
  refuse(400, "An issue with key '" + value + "' does not exist for field 'key'.");
}

// Values as the rows have them, so that comparing is plain.
std::vector<std::string> ids_of(const Call& call, const Condition& condition, const std::string& field) {
  std::vector<std::string> out;
  for (const auto& value : condition.values) {
    if (field == "project") out.push_back(project_id(call, value));
    if (field == "key") out.push_back(issue_id(call, value));
    if (field == "labels") out.push_back(value);
    if (field != "status") continue;
    const auto* row = status_by_name(call.state, value);
    if (!row) row = status_by_id(call.state, value);
    if (!row) no_value(value, field);
    out.push_back(row->id);
  }
  return out;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string::npos;
}

Moment time_of(const Call& call, const Condition& condition) {
  const auto& value = condition.values.front();
  if (is_number(value) && !condition.quoted.front() && call.state.settings.epoch_in_jql)
    return moment_of(std::stoll(value));
  const auto at = jql_time(value, call.now, call.zone());
  if (!at)
    refuse(400, "Date value '" + value + "' for field '" + condition.field +
                    "' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', "
                    "'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.");
  return *at;
}

bool compares(const Moment& a, const std::string& sign, const Moment& b) {
  if (sign == ">=") return a >= b;
  if (sign == ">") return a > b;
  if (sign == "<=") return a <= b;
  if (sign == "<") return a < b;
  return sign == "=" ? a == b : a != b;
}

using Test = std::function<bool(const Issue&)>;

Test time_test(const Call& call, const Condition& condition, const std::string& field) {
  if (condition.sign == "in" || condition.sign == "not in")
    refuse(400, "The operator '" + condition.sign + "' is not supported by the '" + field + "' field.");
  const auto at = time_of(call, condition);
  return [=, sign = condition.sign](const Issue& issue) {
    return compares(field == "updated" ? issue.updated : issue.created, sign, at);
  };
}

std::vector<std::string> values_of(const Issue& issue, const std::string& field) {
  if (field == "project") return {issue.project};
  if (field == "key") return {issue.id};
  return field == "status" ? std::vector<std::string>{issue.status} : issue.labels;
}

Test test_of(const Call& call, const Condition& condition) {
  const auto field = canonical(condition.field);
  if (field == "updated" || field == "created") return time_test(call, condition, field);
  if (field != "project" && field != "key" && field != "status" && field != "labels")
    refuse(400, "Field '" + condition.field + "' does not exist or you do not have permission to view it.");
  const bool is_negative = condition.sign == "!=" || condition.sign == "not in";
  if (!is_negative && condition.sign != "=" && condition.sign != "in")
    refuse(400, "The operator '" + condition.sign + "' is not supported by the '" + field + "' field.");
  return [=, ids = ids_of(call, condition, field)](const Issue& issue) {
    const auto values = values_of(issue, field);
    const bool has_one = std::any_of(values.begin(), values.end(), [&](const std::string& value) {
      return std::find(ids.begin(), ids.end(), value) != ids.end();
    });
    return has_one != is_negative;
  };
}

// -1, 0, 1
int compared(const Issue& a, const Issue& b, const std::string& field) {
  const auto sign = [](auto x, auto y) { return x < y ? -1 : (y < x ? 1 : 0); };
  if (field == "updated") return sign(a.updated, b.updated);
  if (field == "created") return sign(a.created, b.created);
  if (field == "key") return sign(std::stoi(a.id), std::stoi(b.id));
  refuse(400, "Not able to sort using field '" + field + "'.");
}

}  // namespace

const Issue* indexed(const Call& call, int id, const std::set<int>& fresh) {
  const auto& rows = fresh.count(id) ? call.state.issues : call.index;
  const auto found = rows.find(id);
  return found == rows.end() ? nullptr : &found->second;
}

std::vector<int> found_issues(const Call& call, const Jql& jql, const std::set<int>& fresh) {
  std::vector<Test> tests;
  for (const auto& condition : jql.conditions) tests.push_back(test_of(call, condition));
  std::vector<const Issue*> rows;
  for (const auto& [id, now] : call.state.issues) {
    const auto* row = indexed(call, id, fresh);
    if (row && sees(call.state, call.user, now) &&
        std::all_of(tests.begin(), tests.end(), [&](const Test& test) { return test(*row); }))
      rows.push_back(row);
  }
  // Without an order the newest come first.
  auto order = jql.order;
  if (order.empty()) order.push_back({"key", true});
  std::stable_sort(rows.begin(), rows.end(), [&](const Issue* a, const Issue* b) {
    for (const auto& by : order)
      if (const int c = compared(*a, *b, canonical(by.field)); c != 0) return by.is_descending ? c > 0 : c < 0;
    return false;
  });
  std::vector<int> out;
  for (const auto* row : rows) out.push_back(std::stoi(row->id));
  return out;
}

}  // namespace cb::fake_jira
