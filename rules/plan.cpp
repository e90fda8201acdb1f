#include "rules/plan.hpp"

namespace cb {

const Targets* TargetTable::of(Priority priority) const {
  if (const auto found = by_priority.find(priority); found != by_priority.end()) return &found->second;
  return otherwise ? &*otherwise : nullptr;
}

namespace {
const CategoryId k_update{"update"};
const CategoryId k_otherwise{"otherwise"};
}  // namespace

std::string text_in(const LocalText& text, const std::string& language) {
  for (const auto& wanted : {language, std::string(), std::string("en")}) {
    if (const auto found = text.find(wanted); found != text.end()) return found->second;
  }
  return text.empty() ? std::string() : text.begin()->second;
}

std::string price_of(const Plan& plan, const CategoryId& category, const std::string& language) {
  auto found = plan.prices.find(category);
  if (found == plan.prices.end()) found = plan.prices.find(k_otherwise);
  return found == plan.prices.end() ? std::string() : text_in(found->second, language);
}

Cover cover_of(const Plan& plan, const CategoryId& category) {
  if (const auto found = plan.covers.find(category); found != plan.covers.end()) return found->second;
  // C2: whether updates are in the plan may be said by a key of its own
  if (category == k_update && plan.updates_included) return *plan.updates_included ? Cover::included : Cover::paid;
  return plan.covers_otherwise.value_or(Cover::paid);
}

std::string title_of(const Plan& plan, const std::string& language) {
  for (const auto& wanted : {language, std::string("en")}) {
    if (const auto found = plan.title.find(wanted); found != plan.title.end()) return found->second;
  }
  return plan.title.empty() ? plan.id.value : plan.title.begin()->second;
}

}  // namespace cb
