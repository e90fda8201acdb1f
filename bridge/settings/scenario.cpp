#include "bridge/settings/scenario.hpp"

#include <algorithm>

#include "bridge/settings/key_catalogue.hpp"
#include "bridge/settings/scenario_expect.hpp"
#include "bridge/settings/scenario_issue.hpp"
#include "bridge/settings/yaml_reader.hpp"

namespace cb {
namespace {

// `before` is looked at at the same `now`: what is registered later does not exist yet (ruling 65).
std::vector<Issue> read_before(const YamlNode& list, const Issue& issue, const ContractBook& book, Instant now,
                               Problems& problems) {
  std::vector<Issue> before;
  std::vector<IssueKey> keys{issue.key};
  for (const auto& item : items_of(list, "earlier issues", problems)) {
    auto earlier = read_scenario_issue(item, "an earlier issue", book, now, problems);
    if (!earlier) continue;
    if (std::find(keys.begin(), keys.end(), earlier->key) != keys.end())
      problems.error(item.place, "the issue " + ticked(to_text(earlier->key)) + " stands in this scenario twice");
    keys.push_back(earlier->key);
    if (earlier->created <= now) before.push_back(std::move(*earlier));
  }
  return before;
}

std::optional<Instant> read_now(const YamlMap& map, std::optional<Instant> given) {
  const auto* node = map.optional("now");
  if (node != nullptr) return instant_of(*node, "the scenario's `now`", map.problems());
  if (!given) map.problems().error(map.node().place, map.what() + " needs `now`: an instant like 2026-03-01T08:00:00Z");
  return given;
}

std::optional<Scenario> read_scenario(const YamlNode& node, const ContractBook& book, std::optional<Instant> given_now,
                                      Problems& problems) {
  const auto errors_before = problems.error_count();
  const auto* name_node = node.find("name");
  const auto what = name_node != nullptr && !name_node->text.empty() ? "the scenario " + ticked(name_node->text)
                                                                     : std::string("a scenario");
  const YamlMap map(node, what, keys_of("scenario"), problems);
  if (!map.ok()) return std::nullopt;
  Scenario scenario;
  scenario.place = node.place;
  if (const auto* name = map.required("name"))
    scenario.name = word_of(*name, "the scenario's name", problems).value_or("");
  if (const auto* row = map.optional("row")) scenario.row = word_of(*row, "the row", problems).value_or("");
  const auto* issue_node = map.required("issue");
  const auto* expect_node = map.required("expect");
  if (expect_node != nullptr) scenario.expect = read_expectations(*expect_node, book, problems);
  const auto now = read_now(map, given_now);
  if (issue_node == nullptr) return std::nullopt;
  // Without a present the issue is read all the same, so that its errors are told in the same run.
  constexpr Instant k_end_of_time = std::chrono::sys_days{std::chrono::year{2200} / 12 / 31};
  auto issue = read_scenario_issue(*issue_node, "the issue", book, now.value_or(k_end_of_time), problems);
  if (!issue || !now) return std::nullopt;
  scenario.now = *now;
  if (issue->created > *now)
    problems.error(issue_node->place,
                   "the issue is created " + to_iso(issue->created) + ", after the scenario's `now` " + to_iso(*now));
  if (const auto* before = map.optional("before")) scenario.before = read_before(*before, *issue, book, *now, problems);
  scenario.issue = std::move(*issue);
  if (problems.error_count() > errors_before) return std::nullopt;
  return scenario;
}

ScenarioFile scenarios_of(const std::optional<YamlNode>& root, const std::string& path, const ContractBook& book,
                          std::optional<Instant> now, Problems& problems) {
  ScenarioFile file;
  file.path = path;
  if (root) {
    const YamlMap map(*root, "a scenario file", keys_of("scenario file"), problems);
    const auto* list = map.ok() ? map.required("scenarios") : nullptr;
    if (list != nullptr) {
      const auto& items = items_of(*list, "scenarios", problems);
      if (items.empty() && !problems.any_error()) problems.error(list->place, "there is no scenario in this file");
      for (const auto& item : items)
        if (auto scenario = read_scenario(item, book, now, problems)) file.scenarios.push_back(std::move(*scenario));
    }
  }
  file.readable = !problems.any_error();
  file.problems = problems.sorted();
  return file;
}

}  // namespace

ScenarioFile read_scenarios(const std::string& path, const ContractBook& book, std::optional<Instant> now) {
  Problems problems;
  return scenarios_of(read_yaml_file(path, path, problems), path, book, now, problems);
}

ScenarioFile read_scenarios_text(const std::string& content, const std::string& path, const ContractBook& book,
                                 std::optional<Instant> now) {
  Problems problems;
  return scenarios_of(read_yaml_text(content, path, problems), path, book, now, problems);
}

}  // namespace cb
