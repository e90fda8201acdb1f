// Parts of a plan: targets, versions, pool, budgets.
#include <algorithm>
#include <charconv>
#include <sstream>

#include "bridge/settings/near_forms.hpp"
#include "bridge/settings/plan_reader.hpp"

namespace cb {
namespace {

constexpr int k_most_units = 1000000;
constexpr int k_most_days = 3660;

const std::vector<std::pair<std::string, Period>> k_periods{{"contract_year", Period::contract_year},
                                                            {"contract", Period::contract},
                                                            {"quarter", Period::quarter},
                                                            {"month", Period::month}};

std::optional<WhenEmpty> when_empty_of(const YamlNode& node, Problems& problems) {
  if (node.kind == YamlNode::Kind::map) {
    const YamlMap map(node, "`when_empty`", keys_of("when_empty"), problems);
    const auto* overdraft = map.required("overdraft");
    const auto units =
        overdraft ? int_of(*overdraft, "the units of overdraft", 1, k_most_units, problems) : std::nullopt;
    if (!units) return std::nullopt;
    return WhenEmpty{WhenEmpty::Kind::overdraft, *units};
  }
  const auto kind =
      choice_of<WhenEmpty::Kind>(node, "what happens when it is empty (or `{ overdraft: N }`)",
                                 {{"paid", WhenEmpty::Kind::paid}, {"refuse", WhenEmpty::Kind::refuse}}, problems);
  if (!kind) return std::nullopt;
  return WhenEmpty{*kind, 0};
}

std::optional<Seconds> budget_hours(const YamlNode& node, Problems& problems) {
  double hours = 0;
  const bool plain = node.kind == YamlNode::Kind::scalar && !node.in_quotes;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, hours);
  if (plain && error == std::errc() && stop == end && hours > 0 && hours <= k_most_units) {
    return Seconds(static_cast<std::int64_t>(hours * 3600));
  }
  problems.error(node.place, "expected the hours of a budget, a number above 0, but found " + kind_text(node));
  return std::nullopt;
}

std::optional<int> business_days(const std::string& text) {
  if (!text.ends_with("bd")) return std::nullopt;
  int days = 0;
  const char* end = text.data() + text.size() - 2;
  const auto [stop, error] = std::from_chars(text.data(), end, days);
  if (error != std::errc() || stop != end || days < 0 || days > k_most_days) return std::nullopt;
  return days;
}

}  // namespace

std::optional<Target> target_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::scalar) {
    if (const auto days = business_days(node.text)) return Target{Target::Unit::business_days, Seconds{0}, *days};
    const auto time = parse_duration(node.text);
    if (time && *time > Seconds{0} && node.text.find('d') == std::string::npos) {
      return Target{Target::Unit::open_time, *time, 0};
    }
  }
  std::string text = "expected " + what +
                     ", open time such as `30m`, `8h` or `1h30m`, or business days such as `2bd`, " + "but found " +
                     kind_text(node);
  problems.error(node.place, text + did_you_mean(near_target(node.text)));
  return std::nullopt;
}

Targets targets_of(const YamlNode& node, const std::string& what, Problems& problems) {
  Targets targets;
  const YamlMap map(node, what, keys_of("targets"), problems);
  if (!map.ok()) return targets;
  const std::vector<std::pair<const char*, std::optional<Target>*>> places{{"first_response", &targets.first_response},
                                                                           {"next_update", &targets.next_update},
                                                                           {"state_fix_date", &targets.state_fix_date},
                                                                           {"workaround", &targets.workaround},
                                                                           {"resolution", &targets.resolution}};
  for (const auto& [key, target] : places) {
    if (const auto* value = map.optional(key)) *target = target_of(*value, "the target " + ticked(key), problems);
  }
  return targets;
}

TargetTable target_table_of(const YamlNode& node, const std::string& what, Problems& problems) {
  TargetTable table;
  const YamlMap map(node, what, keys_of("targets by priority"), problems);
  if (!map.ok()) return table;
  for (const auto& entry : node.entries) {
    if (entry.value.kind == YamlNode::Kind::nothing) continue;
    const std::string whose = "the targets of " + ticked(entry.key);
    if (entry.key == "otherwise") table.otherwise = targets_of(entry.value, whose, problems);
    if (const auto priority = priority_from_text(entry.key)) {
      table.by_priority[*priority] = targets_of(entry.value, whose, problems);
    }
  }
  return table;
}

std::vector<VersionBound> versions_of(const YamlNode& node, Problems& problems) {
  static const std::vector<std::string> k_operators{">=", "<=", ">", "<", "="};
  std::vector<VersionBound> bounds;
  const std::string form = "; expected `any` or bounds such as `\">=4.0\"` or `\">=4.0 <6\"`";
  const auto text = word_of(node, "the versions", problems);
  if (!text || *text == "any") return bounds;
  std::istringstream words(*text);
  for (std::string word; words >> word;) {
    const auto op = std::find_if(k_operators.begin(), k_operators.end(),
                                 [&](const std::string& each) { return word.starts_with(each); });
    std::string version = op == k_operators.end() ? "" : word.substr(op->size());
    if (op != k_operators.end() && version.empty()) words >> version;
    const bool number = !version.empty() && version[0] >= '0' && version[0] <= '9';
    if (!number) {
      problems.error(node.place, "the versions " + ticked(*text) + " cannot be read" + form);
      return {};
    }
    bounds.push_back({*op, version});
  }
  if (bounds.empty()) problems.error(node.place, "the versions are empty" + form);
  return bounds;
}

std::optional<Pool> pool_of(const YamlNode& node, Problems& problems) {
  const YamlMap map(node, "`pool`", keys_of("pool"), problems);
  if (!map.ok()) return std::nullopt;
  Pool pool;
  if (const auto* requests = map.required("requests")) {
    const bool unlimited = requests->kind == YamlNode::Kind::scalar && requests->text == "unlimited";
    if (!unlimited) {
      pool.requests = int_of(*requests, "the pool's requests (or `unlimited`)", 1, k_most_units, problems).value_or(1);
    }
  }
  if (const auto* per = map.required("per")) {
    pool.per = choice_of(*per, "the pool's period", k_periods, problems).value_or(pool.per);
  }
  if (const auto* carry = map.optional("carry_over")) {
    pool.carry_over = int_of(*carry, "the units carried over", 0, k_most_units, problems).value_or(0);
  }
  if (const auto* empty = map.optional("when_empty")) {
    pool.when_empty = when_empty_of(*empty, problems).value_or(pool.when_empty);
  }
  return pool;
}

std::map<CategoryId, Budget> budgets_of(const YamlNode& node, const Names& categories, Problems& problems) {
  std::map<CategoryId, Budget> budgets;
  for (const auto& entry : named_entries(node, "`budgets` by category", problems)) {
    YamlNode name;
    name.place = entry.place;
    check_reference(name, entry.key, categories, "category", "classification.yaml", problems);
    const YamlMap map(entry.value, "the budget " + ticked(entry.key), keys_of("budget"), problems);
    if (!map.ok()) continue;
    Budget budget;
    if (const auto* hours = map.required("hours")) budget.hours = budget_hours(*hours, problems).value_or(Seconds{0});
    if (const auto* per = map.required("per")) {
      budget.per = choice_of(*per, "the budget's period", k_periods, problems).value_or(budget.per);
    }
    if (const auto* empty = map.optional("when_empty")) {
      budget.when_empty = when_empty_of(*empty, problems).value_or(budget.when_empty);
    }
    budgets[CategoryId{entry.key}] = budget;
  }
  return budgets;
}

}  // namespace cb
