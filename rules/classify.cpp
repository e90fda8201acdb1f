#include "rules/classify.hpp"

#include <algorithm>

#include "rules/customer.hpp"
#include "rules/roles.hpp"

namespace cb {
namespace {

std::vector<ReporterKind> kinds_of(const Issue& issue, Role role, const ContractBook& book) {
  std::vector<ReporterKind> out;
  if (role == Role::staff) out.push_back(ReporterKind::staff);
  if (role == Role::customer) out.push_back(ReporterKind::customer);
  if (role == Role::partner) out.push_back(ReporterKind::partner);
  const auto* owner = owner_of_address(book, issue.reporter.address);
  const auto* contact = owner ? find_contact(*owner, issue.reporter.address) : nullptr;
  if (contact && contact->certified) out.push_back(ReporterKind::certified);
  return out;
}

// Whether anybody changed a fact that could be a finding; most issues answer no at once.
bool was_touched(const Issue& issue) {
  return std::any_of(issue.history.begin(), issue.history.end(), [](const Event& event) {
    return std::any_of(event.changes.begin(), event.changes.end(), [](const FieldChange& change) {
      return change.what == Attribute::field || change.what == Attribute::label || change.what == Attribute::resolution;
    });
  });
}

// Only what staff or robots of ours set is a finding (ruling 39); what the reporter filled when he registered counts
// where nobody touched it since.
Facts findings_of(const Facts& present, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  Facts out = present;
  const auto& issue = *present.issue;
  if (!was_touched(issue)) return out;
  for (auto& [name, values] : out.fields) {
    // untouched fields may hold several values
    if (!was_changed(Source{name, {}, {}}, issue)) continue;
    const auto history = values_of(Source{name, {}, {}}, issue, tracker, book, now);
    if (history.size() > 1 || history.front().value != field_value(issue, name)) values = {evidence_of(history).value};
  }
  out.resolution = evidence_of(values_of(Attribute::resolution, issue.resolution, issue, tracker, book, now)).value;
  std::vector<std::string> labels;
  for (const auto& label : out.labels) {
    const Source source{{}, label, {}};
    const bool untouched = contains_name(issue.labels, label) && !was_changed(source, issue);
    if (untouched || !evidence_of(values_of(source, issue, tracker, book, now)).value.empty()) labels.push_back(label);
  }
  out.labels = std::move(labels);
  return out;
}

// The source behind an established rule: its first field, resolution or label.
std::vector<ValueChange> evidence_history(const ClassificationRule& rule, const Facts& facts,
                                          const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  const auto& issue = *facts.issue;
  if (!rule.when.fields.empty()) {
    return values_of(Source{rule.when.fields.front().name, {}, {}}, issue, tracker, book, now);
  }
  if (!rule.when.resolution.empty()) {
    return values_of(Attribute::resolution, facts.resolution, issue, tracker, book, now);
  }
  if (!rule.when.labels.empty()) return values_of(Source{{}, rule.when.labels.front(), {}}, issue, tracker, book, now);
  return {};
}

std::string value_of_field(const Facts& facts, const std::string& name) {
  for (const auto& [field, values] : facts.fields) {
    if (same_name(field, name) && !values.empty()) return values.front();
  }
  return {};
}

std::optional<CategoryId> category_of(const ClassificationRule& rule, const Facts& facts, const Classification& terms,
                                      std::string& problem) {
  if (!rule.from_field) return rule.category;
  const auto name = rule.when.fields.empty() ? std::string() : rule.when.fields.front().name;
  const auto value = trimmed(value_of_field(facts, name));
  for (const auto& category : terms.categories) {
    if (same_name(category.value, value)) return category;
  }
  problem = "the field " + name + " says \"" + value + "\", which is no category";
  return std::nullopt;
}

void keep_advice(Category& out, const ClassificationRule& rule) {
  if (!rule.internal_advice.empty()) out.internal_advice.push_back(rule.internal_advice);
  out.links.insert(out.links.end(), rule.links.begin(), rule.links.end());
}

void claim(Category& out, Facts& facts, const Classification& terms, std::vector<Reason>& reasons) {
  for (const auto& rule : terms.rules) {
    if (!holds(rule.when, facts, terms.text)) continue;
    out.claimed = category_of(rule, facts, terms, out.problem);
    out.claimed_by = rule.id;
    keep_advice(out, rule);
    reasons.push_back({"category", rule.id.value,
                       out.claimed ? "claimed as " + out.claimed->value + " by rule " + rule.id.value
                                   : "rule " + rule.id.value + ": " + out.problem});
    return;
  }
  out.claimed = terms.unmatched;
  if (!out.claimed) out.problem = "no classification rule matches";
  reasons.push_back(
      {"category", "unmatched", out.claimed ? "no rule matches: " + out.claimed->value : "undecided: " + out.problem});
}

// Where staff say the category, without a rule for it: `read.category` of the tracker.
std::optional<ClassificationRule> rule_of_tracker(const TrackerTerms& tracker) {
  const auto& source = tracker.read.category;
  if (!source) return std::nullopt;
  ClassificationRule out;
  out.id = {"read.category"};
  if (!source->field.empty()) {
    out.when.fields.push_back({source->field, source->value.empty(), {source->value}});
    out.from_field = true;
  } else {
    out.when.labels.push_back(source->label);
    out.category = {source->value.empty() ? source->label : source->value};
  }
  return out;
}

// True when the rule says something, if only that it cannot be understood.
bool establish(Category& out, const ClassificationRule& rule, Facts& findings, const TrackerTerms& tracker,
               const ContractBook& book, Instant now, std::vector<Reason>& reasons) {
  const auto& terms = book.classification;
  if (!holds(rule.when, findings, terms.text)) return false;
  std::string problem;
  out.established = category_of(rule, findings, terms, problem);
  out.established_by = rule.id;
  keep_advice(out, rule);
  const auto history = evidence_history(rule, findings, tracker, book, now);
  std::string by;
  if (!history.empty()) {
    const auto evidence = evidence_of(history);
    out.established_at = evidence.at;
    out.established_person = *evidence.who;
    if (history.size() > 1) by = ", " + to_text(evidence.by) + ", " + to_iso(evidence.at);
  }
  out.problem = problem;
  const auto said = out.established ? "established as " + out.established->value + " by rule " + rule.id.value + by
                                    : "undecided: " + problem;
  reasons.push_back({"category", rule.id.value, said});
  return true;
}

}  // namespace

Facts facts_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  Facts out;
  out.issue = &issue;
  out.type = issue.type;
  out.component = issue.component;
  out.project = issue.project;
  out.version = issue.version;
  out.resolution = issue.resolution;
  out.labels = issue.labels;
  out.fields = issue.fields;
  // terms are of registration, the category is of now (ruling 59)
  out.product = is_product_its_project(issue) ? issue.product : product_of(issue, tracker, book, now);
  out.channel = issue.channel.empty() ? "portal" : issue.channel;
  out.priority = stated_priority(issue.priority, tracker);
  out.priority_word = issue.priority;
  out.reporter = kinds_of(issue, role_of(issue.reporter, tracker, book), book);
  out.text = issue.summary + "\n" + issue.description;
  return out;
}

Category classify(const TrackerTerms& tracker, const ContractBook& book, Facts& facts, Instant now,
                  std::vector<Reason>& reasons) {
  const auto& terms = book.classification;
  Category out;
  claim(out, facts, terms, reasons);
  auto findings = findings_of(facts, tracker, book, now);
  for (const auto& rule : terms.established) {
    if (establish(out, rule, findings, tracker, book, now, reasons)) return out;
  }
  if (const auto rule = rule_of_tracker(tracker)) establish(out, *rule, findings, tracker, book, now, reasons);
  return out;
}

}  // namespace cb
