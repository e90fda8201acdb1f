#include "rules/reclassify.hpp"

#include <algorithm>
#include <set>

#include "rules/classify.hpp"
#include "rules/roles.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

using FieldNames = std::set<std::string>;  // folded

void add_fields(FieldNames& out, const Condition& condition) {
  for (const auto& field : condition.fields) out.insert(folded(field.name));
  for (const auto* nested : {&condition.any, &condition.all, &condition.none}) {
    for (const auto& each : *nested) add_fields(out, each);
  }
}

FieldNames fields_read(const Classification& terms, const TrackerTerms& tracker) {
  FieldNames out;
  for (const auto* rules : {&terms.rules, &terms.established}) {
    for (const auto& rule : *rules) add_fields(out, rule.when);
  }
  if (tracker.read.category) out.insert(folded(tracker.read.category->field));
  return out;
}

// Texts do not change here, assignees and statuses classify nothing, nor do fields that no rule reads.
bool may_move(const Event& event, const FieldNames& read_fields) {
  return std::any_of(event.changes.begin(), event.changes.end(), [&](const FieldChange& change) {
    if (change.what == Attribute::field) return read_fields.count(folded(change.name)) > 0;
    return change.what != Attribute::status && change.what != Attribute::assignee;
  });
}

std::vector<std::string> all_labels(const Issue& issue) {
  auto out = issue.labels;
  for (const auto& event : issue.history) {
    for (const auto& change : event.changes) {
      const auto& label = change.from.empty() ? change.to : change.from;
      if (change.what == Attribute::label && !contains_name(out, label)) out.push_back(label);
    }
  }
  return out;
}

// Facts as they stood at an instant, made from those of now.
class PastFacts {
 public:
  PastFacts(const Facts& present, const TrackerTerms& tracker)
      : facts_(present), issue_(*present.issue), tracker_(tracker), labels_(all_labels(issue_)) {}

  Facts& at(Instant instant) {
    facts_.type = value(Attribute::type, issue_.type, instant);
    facts_.component = value(Attribute::component, issue_.component, instant);
    facts_.version = value(Attribute::version, issue_.version, instant);
    facts_.project = value(Attribute::project, issue_.project, instant);
    facts_.resolution = value(Attribute::resolution, issue_.resolution, instant);
    facts_.priority_word = value(Attribute::priority, issue_.priority, instant);
    facts_.priority = stated_priority(facts_.priority_word, tracker_);
    facts_.labels = labels_;
    std::erase_if(facts_.labels, [&](const std::string& label) {
      return last_value_of(Source{{}, label, {}}, issue_, instant).empty();
    });
    facts_.fields = issue_.fields;
    for (auto& [name, values] : facts_.fields) {
      const auto past = last_value_of(Source{name, {}, {}}, issue_, instant);
      if (past != field_value(issue_, name)) values = {past};
    }
    return facts_;
  }

 private:
  [[nodiscard]] std::string value(Attribute attribute, const std::string& present, Instant instant) const {
    return last_value_of(attribute, present, issue_, instant);
  }

  Facts facts_;
  const Issue& issue_;
  const TrackerTerms& tracker_;
  std::vector<std::string> labels_;
};

}  // namespace

std::vector<Reclassification> reclassifications_of(const Facts& present, const TrackerTerms& tracker,
                                                   const ContractBook& book, Instant now) {
  const auto& issue = *present.issue;
  std::vector<Reclassification> out;
  std::optional<PastFacts> past;
  std::optional<CategoryId> before;
  const auto category_at = [&](Instant instant) {
    std::vector<Reason> ignored;
    return classify(tracker, book, past->at(instant), instant, ignored).now();
  };
  std::optional<FieldNames> read_fields;
  for (const auto& event : issue.history) {
    if (event.at > now) break;
    if (event.by.self || event.changes.empty()) continue;
    if (!read_fields) read_fields = fields_read(book.classification, tracker);
    if (!may_move(event, *read_fields)) continue;
    if (!past) {
      past.emplace(present, tracker);
      before = category_at(issue.created);
    }
    const auto after = category_at(event.at);
    if (after == before) continue;
    Reclassification move;
    move.from = before;
    move.to = after;
    move.at = event.at;
    move.who = called(event.by);
    move.by_ours = is_ours(role_of(event.by, tracker, book));
    out.push_back(std::move(move));
    before = after;
  }
  return out;
}

}  // namespace cb
