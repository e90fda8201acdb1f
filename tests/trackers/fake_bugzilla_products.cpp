// Products and flag types, by name.
#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"
#include "tests/trackers/fake_bugzilla_server.hpp"

namespace cb::fake_bugzilla {

namespace {

bool serves(const FlagType& type, const Product& product) {
  return type.products.empty() || type.products.count(product.name) > 0;
}

Json flag_types_of_component(const State& state, const Product& product) {
  auto bug = Json::array();
  for (const auto& type : state.flag_types) {
    if (!serves(type, product)) continue;
    bug.push_back({{"id", type.id},
                   {"name", type.name},
                   {"description", type.description},
                   {"cc_list", ""},
                   {"sort_key", 1},
                   {"is_active", type.is_active},
                   {"is_requestable", true},
                   {"is_requesteeble", true},
                   {"is_multiplicable", type.is_multiplicable},
                   {"grant_group", type.grant_group ? Json(*type.grant_group) : Json()},
                   {"request_group", type.request_group ? Json(*type.request_group) : Json()}});
  }
  return {{"bug", std::move(bug)}, {"attachment", Json::array()}};
}

Json named_rows(const std::vector<Named>& rows) {
  auto out = Json::array();
  for (const auto& row : rows)
    out.push_back({{"id", row.id}, {"name", row.name}, {"sort_key", 0}, {"is_active", true}});
  return out;
}

Json product_json(const State& state, const Product& product) {
  auto components = Json::array();
  for (const auto& component : product.components)
    components.push_back({{"id", component.id},
                          {"name", component.name},
                          {"description", component.description},
                          {"default_assigned_to", component.assignee},
                          {"default_qa_contact", ""},
                          {"sort_key", 0},
                          {"is_active", true},
                          {"flag_types", flag_types_of_component(state, product)}});
  return {{"id", product.id},
          {"name", product.name},
          {"description", product.description},
          {"classification", "Unclassified"},
          {"is_active", true},
          {"has_unconfirmed", true},
          {"default_milestone", product.default_milestone},
          {"components", std::move(components)},
          {"versions", named_rows(product.versions)},
          {"milestones", named_rows(product.milestones)}};
}

std::vector<const Product*> by_name(const State& state) {
  std::vector<const Product*> out;
  for (const auto& product : state.products) out.push_back(&product);
  std::sort(out.begin(), out.end(), [](const Product* a, const Product* b) { return a->name < b->name; });
  return out;
}

}  // namespace

// By name; what does not exist is left out.
Json products(const Call& call) {
  const Wanted wanted(call.params);
  const auto names = call.list("names"), ids = call.list("ids");
  const bool all = call.has("type") || (names.empty() && ids.empty());
  auto out = Json::array();
  for (const auto* product : by_name(call.state)) {
    const bool named = std::any_of(names.begin(), names.end(),
                                   [&](const std::string& name) { return same_name(name, product->name); }) ||
                       std::find(ids.begin(), ids.end(), std::to_string(product->id)) != ids.end();
    if (all || named) out.push_back(wanted.of(product_json(call.state, *product)));
  }
  return {{"products", std::move(out)}};
}

Json product_ids(const Call& call) {
  auto out = Json::array();
  for (const auto* product : by_name(call.state)) out.push_back(product->id);
  return {{"ids", std::move(out)}};
}

Json flag_types(const Call& call) {
  const auto* product = product_by_name(call.state, call.text("product"));
  if (!product) refuse(51, "There is no product named '" + call.text("product") + "'.");
  auto bug = Json::array();
  for (const auto& type : call.state.flag_types) {
    if (!serves(type, *product)) continue;
    auto values = Json::array({"X"});
    if (may_request(call.state, call.user, type)) values.push_back("?");
    if (may_grant(call.state, call.user, type))
      for (const auto* value : {"+", "-"}) values.push_back(value);
    bug.push_back({{"id", type.id},
                   {"name", type.name},
                   {"description", type.description},
                   {"type", "bug"},
                   {"values", std::move(values)},
                   {"is_active", type.is_active},
                   {"is_requesteeble", true},
                   {"is_multiplicable", type.is_multiplicable}});
  }
  return {{"bug", std::move(bug)}, {"attachment", Json::array()}};
}

}  // namespace cb::fake_bugzilla
