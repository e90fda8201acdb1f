// plans.yaml: the price list. `based_on` takes over every top-level key that the plan does not name itself (ruling 5);
// keys keep the place where they were written, so a message points at the plan that said so.
#include <algorithm>

#include "bridge/settings/loading.hpp"
#include "bridge/settings/plan_reader.hpp"

namespace cb {
namespace {

class PlanMerger {
 public:
  PlanMerger(const YamlNode& plans, const Names& names, Problems& problems)
      : plans_(plans), names_(names), problems_(problems) {}

  // The plan with what it takes over. `chain` holds the plans on the way, to find a circle.
  YamlNode merged(const YamlEntry& plan, std::vector<std::string> chain) {
    YamlNode result = plan.value;
    const auto* base = plan.value.find("based_on");
    if (!base || base->kind == YamlNode::Kind::nothing) return result;
    const auto name = reference_of(*base, names_, "plan", "plans.yaml", problems_);
    complete_ = complete_ && name;
    if (!name) return result;
    chain.push_back(plan.key);
    if (std::find(chain.begin(), chain.end(), *name) != chain.end()) {
      report_circle(*base, chain, *name);
      complete_ = false;
      return result;
    }
    const auto* parent = plans_.entry(*name);
    complete_ = complete_ && parent && parent->value.kind == YamlNode::Kind::map;
    if (!complete_) return result;
    for (auto& entry : merged(*parent, chain).entries) {
      if (entry.key != "based_on" && !result.find(entry.key)) {
        result.entries.push_back(std::move(entry));
      }
    }
    return result;
  }

  // False when a plan on the way is unknown, in a circle, or no plan at all.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  // Reported at the plan that begins the circle; each plan of it says so at its own `based_on`.
  void report_circle(const YamlNode& at, const std::vector<std::string>& chain, const std::string& name) {
    if (name != chain.front() && chain.size() > 1) return;
    std::string way;
    for (const auto& one : chain) way += one + " -> ";
    problems_.error(at.place, "`based_on` goes in a circle: " + way + name);
  }

  const YamlNode& plans_;
  const Names& names_;
  Problems& problems_;
  bool complete_ = true;
};

void note_title(const YamlNode& node, const YamlEntry& plan, Loading& loading) {
  const auto* title = node.find("title");
  if (!title) {
    loading.problems.warning(plan.place,
                             "plan " + ticked(plan.key) + " has no `title`; customers will read " + ticked(plan.key));
    return;
  }
  auto& words = loading.title_words[plan.key];
  for (const auto& entry : title->entries) words.insert(entry.key);
  loading.title_places[plan.key] = title->place;
}

// The marker is a label, and a Redmine has none unless a field is named for them.
void warn_about_marker(const YamlNode& node, Loading& loading) {
  const auto* urgent = node.find("urgent");
  const auto* marker = urgent ? urgent->find("marker") : nullptr;
  if (!marker) return;
  for (const auto& tracker : loading.settings.trackers) {
    if (tracker.kind != TrackerKind::redmine || !tracker.label_field.empty()) continue;
    loading.problems.warning(marker->place, "the marker " + ticked(marker->text) + " cannot be shown in tracker " +
                                                ticked(tracker.name) + ": give that tracker a `label_field`");
  }
}

// A priority that a tracker maps and no target serves has no clock (ruling 68).
void warn_about_targets(const YamlNode& node, const Plan& plan, const YamlEntry& entry, Loading& loading) {
  if (plan.targets.otherwise) return;
  std::vector<std::string> missing;
  for (const auto priority : {Priority::urgent, Priority::high, Priority::normal, Priority::low}) {
    if (loading.priorities.count(priority) > 0 && !plan.targets.of(priority))
      missing.push_back(ticked(to_text(priority)));
  }
  if (missing.empty()) return;
  const auto* targets = node.find("targets");
  loading.problems.warning(targets ? targets->place : entry.place,
                           "plan " + ticked(entry.key) + " has no targets for " + listed(missing) +
                               ", so such issues have no clocks; name them or add `otherwise`");
}

// Budgets that a plan takes over and does not use are no slip.
void warn_about_budgets(const YamlNode& own, const Plan& plan, Loading& loading) {
  const auto* budgets = own.find("budgets");
  if (!budgets) return;
  for (const auto& [category, budget] : plan.budgets) {
    const bool used = cover_of(plan, category) == Cover::budget;
    if (used) continue;
    loading.problems.warning(budgets->place, "the budget " + ticked(category.value) +
                                                 " is never used: `covers` does not say `budget` for it");
  }
}

void load_plan(const YamlEntry& entry, const YamlNode& all, Loading& loading) {
  const std::string owner = "plan " + ticked(entry.key);
  const YamlMap map(entry.value, owner, keys_of("plan"), loading.problems);
  if (!map.ok()) return;
  PlanMerger merger(all, loading.plans, loading.problems);
  const auto node = merger.merged(entry, {});
  const auto plan = read_plan(node, PlanId{entry.key}, owner, entry.place, merger.complete(), loading);
  warn_about_targets(node, plan, entry, loading);
  warn_about_budgets(entry.value, plan, loading);
  warn_about_marker(entry.value, loading);
  note_title(node, entry, loading);
  loading.settings.book.plans[plan.id] = plan;
  loading.plan_nodes[entry.key] = node;
}

// As if it were a plan, but without a pool.
void load_without_contract(const YamlEntry& entry, Loading& loading) {
  const std::string owner = "`without_contract`";
  const YamlMap map(entry.value, owner, keys_of("plan"), loading.problems);
  if (!map.ok()) return;
  for (const auto* key : {"pool", "budgets", "based_on"}) {
    if (const auto* found = entry.value.entry(key)) {
      loading.problems.error(found->place, ticked(key) + " has no place in `without_contract`: nothing was bought");
    }
  }
  loading.settings.book.without_contract =
      read_plan(entry.value, PlanId{"without_contract"}, owner, entry.place, true, loading);
}

}  // namespace

void load_plans(Loading& loading) {
  const auto root = read_part(loading, "plans.yaml");
  if (!root) return;
  const YamlMap file(*root, "plans.yaml", keys_of("plans file"), loading.problems);
  if (!file.ok()) return;
  if (const auto* plans = file.required("plans")) {
    const auto& entries = named_entries(*plans, "the plans", loading.problems);
    loading.plans.emplace();
    for (const auto& entry : entries) loading.plans->push_back(entry.key);
    for (const auto& entry : entries) load_plan(entry, *plans, loading);
  }
  if (file.required("without_contract")) load_without_contract(*root->entry("without_contract"), loading);
}

}  // namespace cb
