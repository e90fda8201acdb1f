#include "bridge/settings/posted_issue.hpp"

#include <algorithm>
#include <set>

#include "bridge/settings/json_node.hpp"
#include "bridge/settings/scenario_issue.hpp"

namespace cb {

namespace {

const KeyList& posted_keys() {
  static const KeyList keys{"issue", "now", "before"};
  return keys;
}

constexpr std::size_t k_longest_posted_id = 64;
constexpr std::size_t k_longest_id_number = 18;

bool is_blank(const YamlNode& node) {
  return node.kind == YamlNode::Kind::scalar && node.text.find_first_not_of(" \t\n") == std::string::npos;
}

// Readers know the empty text where a value may be nothing.
void empty_blanks(YamlNode& node) {
  if (is_blank(node)) node.text.clear();
  for (auto& item : node.items) empty_blanks(item);
  for (auto& entry : node.entries) empty_blanks(entry.value);
}

void leave_out_blanks(YamlNode& map, const std::set<std::string>& but_for) {
  std::erase_if(map.entries,
                [&](const YamlEntry& entry) { return is_blank(entry.value) && but_for.count(entry.key) == 0; });
}

void leave_out_blanks_of_issue(YamlNode& issue) {
  leave_out_blanks(issue, {"id", "created", "fields", "history"});
  for (auto& entry : issue.entries) {
    if (entry.key != "history") continue;
    for (auto& event : entry.value.items) {
      leave_out_blanks(event,
                       {"at", "by", "comment", "status", "priority", "resolution", "assignee", "fields", "labels"});
      for (auto& change : event.entries)
        if (change.key == "labels") leave_out_blanks(change.value, {});
    }
  }
}

void leave_out_what_is_blank(YamlNode& root) {
  empty_blanks(root);
  for (auto& entry : root.entries) {
    if (entry.key == "issue") leave_out_blanks_of_issue(entry.value);
    if (entry.key != "before") continue;
    for (auto& issue : entry.value.items) leave_out_blanks_of_issue(issue);
  }
}

bool is_posted_id(const std::string& id, bool is_text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!is_text) return id.size() <= k_longest_id_number && std::all_of(id.begin(), id.end(), is_digit);
  return id.size() <= k_longest_posted_id && std::all_of(id.begin(), id.end(), [&](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  std::string_view("._+-").find(c) != std::string_view::npos;
         });
}

std::optional<Issue> read_issue(const YamlNode& node, const std::string& what, const ContractBook& book, Instant now,
                                Problems& problems) {
  auto issue = read_scenario_issue(node, what, book, now, problems, StrangeTracker::refused);
  if (!issue) return issue;
  const auto* id = node.find("id");
  if (is_posted_id(issue->key.id, id->in_quotes)) return issue;
  problems.error(id->place,
                 "expected the issue's id, as support#123, of at most 64 letters, digits, `.`, `_`, `+` and `-`, or a "
                 "whole number of at most 18 digits, but found " +
                     kind_text(*id));
  return std::nullopt;
}

// What is registered after `now` does not exist yet (ruling 65).
void read_before(const YamlNode& list, PostedIssue& posted, const ContractBook& book, Problems& problems) {
  std::set<IssueKey> keys{posted.issue.key};
  for (const auto& item : items_of(list, "earlier issues", problems)) {
    auto earlier = read_issue(item, "an earlier issue", book, posted.now, problems);
    if (!earlier) continue;
    if (!keys.insert(earlier->key).second)
      problems.error(item.place, "the issue " + ticked(to_text(earlier->key)) + " is given twice");
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
  auto issue = read_issue(*issue_node, "the issue", book, posted.now, problems);
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
  if (auto root = read_json_text(json, problems)) {
    leave_out_what_is_blank(*root);
    reading.posted = read(*root, book, now, problems);
  }
  if (problems.any_error()) reading.posted.reset();
  reading.problems = problems.sorted();
  return reading;
}

}  // namespace cb
