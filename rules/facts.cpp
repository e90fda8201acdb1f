#include "rules/facts.hpp"

#include <algorithm>

#include "rules/pattern.hpp"
#include "rules/version_order.hpp"

namespace cb {
namespace {

// A condition that is not given always holds.
bool one_of(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || contains_name(wanted, value);
}

bool one_of(const std::vector<std::string>& wanted, const std::vector<std::string>& values) {
  return wanted.empty() ||
         std::any_of(values.begin(), values.end(), [&](const auto& value) { return contains_name(wanted, value); });
}

// `when: { version: ">=4.0 <6" }` is a range, anything else a name.
std::vector<VersionBound> bounds_of(const std::string& text) {
  std::vector<VersionBound> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    const auto word = text.substr(at, end - at);
    const auto op = std::min(word.find_first_not_of("<>="), word.size());
    if (op == 0 || op == word.size()) return {};
    out.push_back({word.substr(0, op), word.substr(op)});
    at = end + 1;
  }
  return out;
}

bool version_holds(const std::vector<std::string>& wanted, const std::string& version) {
  if (wanted.empty()) return true;
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& each) {
    const auto bounds = bounds_of(each);
    return bounds.empty() ? same_name(each, version) : !version.empty() && within(version, bounds);
  });
}

bool priority_holds(const std::vector<std::string>& wanted, const Facts& facts) {
  return wanted.empty() || contains_name(wanted, to_text(facts.priority)) || contains_name(wanted, facts.priority_word);
}

bool field_holds(const Condition::FieldIs& wanted, const Fields& fields) {
  for (const auto& [name, values] : fields) {
    if (!same_name(name, wanted.name)) continue;
    for (const auto& value : values) {
      if (!value.empty() && (wanted.filled || contains_name(wanted.values, value))) return true;
    }
  }
  return false;
}

template <class Wanted, class Holds>
bool any_holds(const std::vector<Wanted>& wanted, Holds each) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), each);
}

}  // namespace

bool has_word(Facts& facts, const std::string& list, const WordLists& lists) {
  if (!facts.search) facts.search.emplace(facts.text);
  const auto found = lists.find(list);
  if (found == lists.end()) return false;
  for (const auto& [language, stems] : found->second) {
    for (const auto& stem : stems) {
      if (facts.search->has_stem(stem)) return true;
    }
  }
  return false;
}

bool holds(const Condition& condition, Facts& facts, const WordLists& lists) {
  if (!one_of(condition.type, facts.type) || !one_of(condition.component, facts.component) ||
      !one_of(condition.project, facts.project) || !one_of(condition.product, facts.product) ||
      !version_holds(condition.version, facts.version) || !priority_holds(condition.priority, facts) ||
      !one_of(condition.channel, facts.channel) || !one_of(condition.labels, facts.labels) ||
      !one_of(condition.resolution, facts.resolution)) {
    return false;
  }
  const auto nested = [&](const Condition& each) { return holds(each, facts, lists); };
  return std::all_of(condition.fields.begin(), condition.fields.end(),
                     [&](const auto& each) { return field_holds(each, facts.fields); }) &&
         any_holds(condition.reporter,
                   [&](ReporterKind kind) {
                     return std::find(facts.reporter.begin(), facts.reporter.end(), kind) != facts.reporter.end();
                   }) &&
         any_holds(condition.text, [&](const auto& list) { return has_word(facts, list, lists); }) &&
         any_holds(condition.matches, [&](const auto& pattern) { return pattern->found_in(facts.text); }) &&
         any_holds(condition.any, nested) && std::all_of(condition.all.begin(), condition.all.end(), nested) &&
         std::none_of(condition.none.begin(), condition.none.end(), nested);
}

}  // namespace cb
