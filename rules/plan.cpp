#include "rules/plan.hpp"

namespace cb {

const Targets* TargetTable::of(Priority priority) const {
  if (const auto found = by_priority.find(priority); found != by_priority.end()) return &found->second;
  return otherwise ? &*otherwise : nullptr;
}

Cover cover_of(const Plan& plan, const CategoryId& category) {
  if (const auto found = plan.covers.find(category); found != plan.covers.end()) return found->second;
  return plan.covers_otherwise.value_or(Cover::paid);
}

std::string title_of(const Plan& plan, const std::string& language) {
  for (const auto& wanted : {language, std::string("en")}) {
    if (const auto found = plan.title.find(wanted); found != plan.title.end()) return found->second;
  }
  return plan.title.empty() ? plan.id.value : plan.title.begin()->second;
}

}  // namespace cb
