#include "rules/issue_view.hpp"

#include "rules/classify.hpp"
#include "rules/reclassify.hpp"
#include "rules/shown.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

constexpr const char* k_modified_code = "modified_code";  // the word list and the label of ruling 42

std::string language_of(const Issue& issue, const Customer* customer) {
  if (!issue.language.empty()) return folded(issue.language);
  if (!issue.detected_language.empty()) return issue.detected_language;
  return customer ? customer->language : std::string();
}

bool is_modified(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Facts& facts) {
  if (contains_name(facts.labels, k_modified_code)) return true;
  if (const auto& source = tracker.read.modified_code) {
    const auto value = source->field.empty() ? std::string() : field_value(issue, source->field);
    if (!value.empty() && (source->value.empty() || same_name(value, source->value))) return true;
    if (!source->label.empty() && contains_name(facts.labels, source->label)) return true;
  }
  return has_word(facts, k_modified_code, book.classification.text);
}

}  // namespace

IssueView view_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  IssueView out{tracker,
                read_timeline(issue, tracker, book, now),
                find_customer_of(issue, tracker, book, now),
                {},
                {},
                false,
                {},
                {},
                shown_as_pool(issue, tracker, now),
                {}};
  out.reasons = out.customer.reasons;
  auto facts = facts_of(issue, tracker, book, now);
  out.category = classify(tracker, book, facts, now, out.reasons);
  out.reclassified = reclassifications_of(facts, tracker, book, now);
  out.language = language_of(issue, out.customer.customer);
  out.modified_code = is_modified(issue, tracker, book, facts);
  out.approval = approval_of(issue, out.customer.customer, tracker, book, now);
  return out;
}

}  // namespace cb
