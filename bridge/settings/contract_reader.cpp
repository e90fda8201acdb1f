// Contracts of a customer: dates, the plan with the contract's `override`, support that comes with a licence.
#include <algorithm>

#include "bridge/settings/customer_reader.hpp"
#include "bridge/settings/plan_reader.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

// `override` merged leaf by leaf (ruling 5): maps are merged, everything else is replaced.
void merge_leaves(YamlNode& base, const YamlNode& override_) {
  for (const auto& entry : override_.entries) {
    const auto found = std::find_if(base.entries.begin(), base.entries.end(),
                                    [&](const YamlEntry& one) { return one.key == entry.key; });
    if (found == base.entries.end()) {
      base.entries.push_back(entry);
    } else if (found->value.kind == YamlNode::Kind::map && entry.value.kind == YamlNode::Kind::map) {
      merge_leaves(found->value, entry.value);
    } else {
      *found = entry;
    }
  }
}

class ContractReader {
 public:
  ContractReader(const YamlMap& map, Loading& loading) : map_(map), loading_(loading), problems_(loading.problems) {}

  Contract read(std::map<std::string, Place>& ids) {
    Contract contract;
    read_id(contract, ids);
    if (const auto* licence = map_.optional("included_with_licence")) {
      read_licence(*licence, contract);
    } else if (!map_.node().find("included_with_licence")) {
      if (const auto* plan = map_.required("plan")) read_plan_name(*plan, contract);
      read_days(contract);
    }
    if (const auto* products = map_.optional("products"))
      contract.products = words_of(*products, "`products`", problems_);
    if (const auto* nda = map_.optional("nda")) contract.nda = bool_of(*nda, "`nda`", problems_).value_or(false);
    if (const auto* calendar = map_.optional("calendar")) {
      contract.calendar = {
          reference_of(*calendar, loading_.calendars, "calendar", "calendars.yaml", problems_).value_or("")};
    }
    if (const auto* override_ = map_.optional("override")) read_override(*override_, contract);
    return contract;
  }

 private:
  void read_id(Contract& contract, std::map<std::string, Place>& ids) {
    const auto* node = map_.required("id");
    if (!node) return;
    contract.id = {word_of(*node, "the contract's id", problems_).value_or("")};
    const auto [found, is_new] = ids.emplace(contract.id.value, node->place);
    if (is_new || contract.id.empty()) return;
    problems_.error(node->place,
                    "another contract has the id " + ticked(contract.id.value) + " (" + to_text(found->second) + ")");
  }

  void read_plan_name(const YamlNode& node, Contract& contract) {
    const auto name = reference_of(node, loading_.plans, "plan", "plans.yaml", problems_);
    if (!name) return;
    const auto& plans = loading_.settings.book.plans;
    const auto plan = plans.find(PlanId{*name});
    if (plan != plans.end()) contract.plan = plan->second;
  }

  void read_days(Contract& contract) {
    const auto* from = map_.required("from");
    const auto first = from ? date_of(*from, "the first day, `from`", problems_) : std::nullopt;
    if (first) contract.from = *first;
    const auto* until = map_.optional("until");
    if (!until) return;
    contract.until = date_of(*until, "the last day, `until`", problems_);
    if (first && contract.until && *contract.until < *first) {
      problems_.error(until->place, "`until` " + to_iso(*contract.until) + " lies before `from` " + to_iso(*first));
    }
  }

  void read_licence(const YamlNode& node, Contract& contract) {
    contract.with_licence = true;
    for (const auto* key : {"plan", "from", "until"}) {
      if (const auto* entry = map_.node().entry(key)) {
        problems_.error(entry->place, ticked(key) + " follows from `included_with_licence`; leave it out");
      }
    }
    const YamlMap map(node, "`included_with_licence`", keys_of("included_with_licence"), problems_);
    if (!map.ok()) return;
    if (const auto* plan = map.required("plan")) read_plan_name(*plan, contract);
    const auto* date = map.required("date");
    const auto* months = map.required("months");
    const auto first = date ? date_of(*date, "the date of the licence", problems_) : std::nullopt;
    const auto count = months ? int_of(*months, "the months of included support", 1, 1200, problems_) : std::nullopt;
    if (!first || !count) return;
    contract.from = *first;
    contract.until = last_day_with_licence(*first, *count);
  }

  void read_override(const YamlNode& node, Contract& contract) {
    const YamlMap map(node, "`override`, keys of a plan", keys_of("plan"), problems_);
    if (!map.ok()) return;
    if (const auto* base = node.entry("based_on")) {
      problems_.error(base->place,
                      "`based_on` has no place in `override`; the contract's `plan` says what it builds on");
    }
    const auto merged = loading_.plan_nodes.find(contract.plan.id.value);
    if (merged == loading_.plan_nodes.end()) return;
    auto terms = merged->second;
    merge_leaves(terms, node);
    contract.plan = read_plan(terms, contract.plan.id, "the plan of this contract", node.place, false, loading_);
  }

  const YamlMap& map_;
  Loading& loading_;
  Problems& problems_;
};

bool share_days(const Contract& a, const Contract& b) {
  const auto ends_before = [](const Contract& x, const Contract& y) { return x.until && *x.until < y.from; };
  return !ends_before(a, b) && !ends_before(b, a);
}

bool share_product(const Contract& a, const Contract& b) {
  if (a.products.empty() || b.products.empty()) return a.products.empty() && b.products.empty();
  return std::any_of(a.products.begin(), a.products.end(),
                     [&](const std::string& product) { return contains_name(b.products, product); });
}

// Of two contracts that serve the same the later start wins; mostly that is a slip of the pen.
void warn_about_overlaps(const std::vector<Contract>& contracts, const YamlNode& list, Problems& problems) {
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const auto& a = contracts[k];
      const auto& b = contracts[i];
      if (a.plan.id.empty() || a.plan.rank != b.plan.rank || !share_product(a, b) || !share_days(a, b)) continue;
      problems.warning(list.items[i].place, "contract " + ticked(b.id.value) + " runs at the same time as " +
                                                ticked(a.id.value) +
                                                " for the same product, with the same rank; the later start is used");
    }
  }
}

}  // namespace

void read_contracts(const YamlNode& list, Customer& customer, bool zone_given, std::map<std::string, Place>& ids,
                    Loading& loading) {
  const auto errors = loading.problems.error_count();
  for (const auto& item : items_of(list, "the contracts", loading.problems)) {
    const YamlMap map(item, "a contract", keys_of("contract"), loading.problems);
    if (!map.ok()) continue;
    auto contract = ContractReader(map, loading).read(ids);
    contract.zone = customer.zone;
    const auto& calendar = contract.plan.calendar;
    const auto found = loading.settings.book.calendars.find(calendar);
    if (!zone_given && found != loading.settings.book.calendars.end()) contract.zone = found->second.zone();
    customer.contracts.push_back(std::move(contract));
  }
  if (loading.problems.error_count() == errors) warn_about_overlaps(customer.contracts, list, loading.problems);
}

}  // namespace cb
