#include "bridge/settings/condition_reader.hpp"

#include <algorithm>

#include "bridge/settings/key_catalogue.hpp"
#include "rules/pattern.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const std::vector<std::string> k_priorities{"urgent", "high", "normal", "low"};
const std::vector<std::pair<std::string, ReporterKind>> k_reporters{{"customer", ReporterKind::customer},
                                                                    {"partner", ReporterKind::partner},
                                                                    {"staff", ReporterKind::staff},
                                                                    {"certified", ReporterKind::certified}};

// A value or a list of values, each with its place.
std::vector<const YamlNode*> values_of(const YamlNode& node) {
  std::vector<const YamlNode*> values;
  if (node.kind == YamlNode::Kind::list) {
    for (const auto& item : node.items) values.push_back(&item);
  } else {
    values.push_back(&node);
  }
  return values;
}

}  // namespace

Condition ConditionReader::read(const YamlNode& node) {
  Condition condition;
  const YamlMap map(node, "`when`", keys_of("when"), problems_);
  if (!map.ok()) return condition;
  for (const auto& entry : node.entries) {
    const bool empty = entry.value.kind == YamlNode::Kind::list && entry.value.items.empty();
    if (!empty || entry.key == "any" || entry.key == "all" || entry.key == "not") continue;
    problems_.error(
        entry.value.place,
        ticked(entry.key) + " is empty, so it would ask nothing; name a value, or leave " + ticked(entry.key) + " out");
  }
  const std::vector<std::pair<const char*, std::vector<std::string>*>> words{
      {"type", &condition.type},       {"component", &condition.component},  {"project", &condition.project},
      {"product", &condition.product}, {"version", &condition.version},      {"channel", &condition.channel},
      {"labels", &condition.labels},   {"resolution", &condition.resolution}};
  for (const auto& [key, target] : words) {
    if (const auto* value = map.optional(key)) *target = word_or_words_of(*value, ticked(key), problems_);
  }
  doubt_own_names(node);
  if (const auto* value = map.optional("priority")) read_priority(*value, condition);
  if (const auto* value = map.optional("field")) read_fields(*value, condition);
  if (const auto* value = map.optional("text")) read_text(*value, condition);
  if (const auto* value = map.optional("matches")) read_patterns(*value, condition);
  if (const auto* value = map.optional("reporter")) read_reporter(*value, condition);
  if (const auto* value = map.optional("any")) condition.any = read_nested(*value, "any");
  if (const auto* value = map.optional("all")) condition.all = read_nested(*value, "all");
  if (const auto* value = map.optional("not")) condition.none = read_nested(*value, "not");
  return condition;
}

void ConditionReader::read_priority(const YamlNode& node, Condition& condition) {
  auto known = k_priorities;
  known.insert(known.end(), priority_words_.begin(), priority_words_.end());
  for (const auto* value : values_of(node)) {
    const auto word = word_of(*value, "a priority", problems_);
    if (!word) continue;
    if (contains_name(known, *word)) {
      condition.priority.push_back(*word);
    } else {
      problems_.error(value->place, "unknown priority " + ticked(*word) + word_hint(*word, known));
    }
  }
}

void ConditionReader::read_fields(const YamlNode& node, Condition& condition) {
  for (const auto& entry : named_entries(node, "`field`, values by field", problems_)) {
    Condition::FieldIs field;
    field.name = entry.key;
    const bool any = entry.value.kind == YamlNode::Kind::scalar && entry.value.text == "any" && !entry.value.in_quotes;
    if (any) {
      field.filled = true;
    } else {
      field.values = word_or_words_of(entry.value, "the value of the field " + ticked(entry.key), problems_);
    }
    condition.fields.push_back(std::move(field));
  }
}

void doubt_own(const Place& place, const std::string& what, const std::string& name,
               const std::map<std::string, std::string>& own, Problems& problems) {
  const auto found = own.find(folded(name));
  if (found == own.end()) return;
  problems.warning(place, "the " + what + " " + ticked(name) + " is written by " + found->second +
                              "; what the bridge writes itself cannot be evidence, ask for another " + what);
}

void ConditionReader::doubt_own_names(const YamlNode& node) {
  const auto* fields = node.find("field");
  for (const auto& entry : fields ? fields->entries : std::vector<YamlEntry>{}) {
    doubt_own(entry.place, "field", entry.key, own_.fields, problems_);
  }
  const auto* labels = node.find("labels");
  for (const auto* label : labels ? values_of(*labels) : std::vector<const YamlNode*>{}) {
    doubt_own(label->place, "label", label->text, own_.labels, problems_);
  }
}

void ConditionReader::read_text(const YamlNode& node, Condition& condition) {
  std::vector<std::string> known;
  for (const auto& [name, words] : lists_) known.push_back(name);
  for (const auto* value : values_of(node)) {
    const auto word = word_of(*value, "the name of a word list", problems_);
    if (!word) continue;
    if (lists_.count(*word) > 0) {
      condition.text.push_back(*word);
    } else {
      problems_.error(value->place, "there is no word list " + ticked(*word) + " under `text` of classification.yaml" +
                                        (known.empty() ? "; none is defined there" : word_hint(*word, known)));
    }
  }
}

void ConditionReader::read_patterns(const YamlNode& node, Condition& condition) {
  for (const auto* value : values_of(node)) {
    const auto expression = word_of(*value, "a pattern (regular expression)", problems_);
    if (!expression) continue;
    const auto made = Pattern::make(*expression);
    if (made.pattern) {
      condition.matches.push_back(made.pattern);
    } else {
      problems_.error(value->place, "the pattern " + ticked(*expression) + " cannot be used: " + made.error);
    }
  }
}

void ConditionReader::read_reporter(const YamlNode& node, Condition& condition) {
  for (const auto* value : values_of(node)) {
    if (const auto kind = choice_of(*value, "the reporter", k_reporters, problems_))
      condition.reporter.push_back(*kind);
  }
}

std::vector<Condition> ConditionReader::read_nested(const YamlNode& node, const std::string& key) {
  std::vector<Condition> conditions;
  if (node.kind == YamlNode::Kind::list && node.items.empty()) {
    problems_.error(node.place, ticked(key) + " is empty; it needs at least one condition");
  }
  for (const auto* value : values_of(node)) conditions.push_back(read(*value));
  return conditions;
}

bool names_a_field(const Condition& condition) {
  if (!condition.fields.empty()) return true;
  return std::any_of(condition.any.begin(), condition.any.end(), names_a_field) ||
         std::any_of(condition.all.begin(), condition.all.end(), names_a_field);
}

}  // namespace cb
