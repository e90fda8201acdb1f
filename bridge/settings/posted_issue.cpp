#include "bridge/settings/posted_issue.hpp"

#include <algorithm>

#include "bridge/settings/json_node.hpp"
#include "bridge/settings/scenario_issue.hpp"

namespace cb {

namespace {

const KeyList& posted_keys() {
  static const KeyList keys{"issue", "now", "before"};
  return keys;
}

// What is registered after `now` does not exist yet (ruling 65).
void read_before(const YamlNode& list, PostedIssue& posted, const ContractBook& book, Problems& problems) {
  std::vector<IssueKey> keys{posted.issue.key};
  for (const auto& item : items_of(list, "earlier issues", problems)) {
    auto earlier = read_scenario_issue(item, "an earlier issue", book, posted.now, problems);
    if (!earlier) continue;
    if (std::find(keys.begin(), keys.end(), earlier->key) != keys.end()) {
      problems.error(item.place, "the issue " + ticked(to_text(earlier->key)) + " is given twice");
    }
    keys.push_back(earlier->key);
    if (earlier->created <= posted.now) posted.before.push_back(std::move(*earlier));
  }
}

std::optional<PostedIssue> read(const YamlNode& root, const ContractBook& book, Instant now, Problems& problems) {
  const YamlMap map(root, "what is posted", posted_keys(), problems);
  const auto* issue_node = map.ok() ? map.required("issue") : nullptr;
  if (issue_node == nullptr) return std::nullopt;
  PostedIssue posted;
  posted.now = now;
  if (const auto* node = map.optional("now")) posted.now = instant_of(*node, "`now`", problems).value_or(now);
  auto issue = read_scenario_issue(*issue_node, "the issue", book, posted.now, problems);
  if (!issue) return std::nullopt;
  if (issue->created > posted.now) {
    problems.error(issue_node->place,
                   "the issue is created " + to_iso(issue->created) + ", after `now` " + to_iso(posted.now));
  }
  posted.issue = std::move(*issue);
  if (const auto* before = map.optional("before")) read_before(*before, posted, book, problems);
  return posted;
}

}  // namespace

PostedReading read_posted_issue(const std::string& json, const ContractBook& book, Instant now) {
  PostedReading reading;
  Problems problems;
  if (const auto root = read_json_text(json, problems)) reading.posted = read(*root, book, now, problems);
  if (problems.any_error()) reading.posted.reset();
  reading.problems = problems.sorted();
  return reading;
}

}  // namespace cb
