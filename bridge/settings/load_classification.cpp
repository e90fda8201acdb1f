// classification.yaml: categories, rules in order, word lists.
#include <algorithm>

#include "bridge/settings/condition_reader.hpp"
#include "bridge/settings/loading.hpp"
#include "bridge/settings/urgency_words.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const std::string k_classification_file = "classification.yaml";

void read_categories(const YamlNode& node, Loading& loading) {
  loading.categories.emplace();
  for (const auto& item : items_of(node, "the categories", loading.problems)) {
    const auto word = word_of(item, "a category", loading.problems);
    if (!word) continue;
    if (*word == "otherwise" || *word == "from_field" || *word == "undecided") {
      loading.problems.error(item.place, ticked(*word) + " has a meaning of its own and cannot be a category");
    } else if (contains_name(*loading.categories, *word)) {
      loading.problems.error(item.place, "the category " + ticked(*word) + " stands in this list twice");
    } else {
      loading.categories->push_back(*word);
      loading.settings.book.classification.categories.push_back({*word});
    }
  }
  if (node.kind == YamlNode::Kind::list && node.items.empty()) {
    loading.problems.error(node.place, "`categories` is empty; plans say what is covered by category");
  }
}

std::map<std::string, std::vector<std::string>> read_stems(const YamlNode& node, const std::string& name,
                                                           Problems& problems) {
  std::map<std::string, std::vector<std::string>> stems;
  for (const auto& entry : named_entries(node, "the word list " + ticked(name) + " by language", problems)) {
    if (!is_language(entry.key)) {
      problems.error(entry.place, "expected a language such as `en` in the word list " + ticked(name) + ", but found " +
                                      ticked(entry.key));
    }
    stems[entry.key] = words_of(entry.value, "the words of " + ticked(name), problems);
  }
  return stems;
}

void read_advice(const YamlNode& node, ClassificationRule& rule, Problems& problems) {
  const YamlMap map(node, "the advice of a rule", keys_of("rule advice"), problems);
  if (!map.ok()) return;
  if (const auto* internal = map.optional("internal")) {
    rule.internal_advice = word_of(*internal, "the id of an advice", problems).value_or("");
  }
  if (const auto* links = map.optional("links")) rule.links = words_of(*links, "`links`", problems);
}

void read_category(const YamlNode& node, ClassificationRule& rule, Loading& loading) {
  const auto word = word_of(node, "a category", loading.problems);
  if (!word) return;
  if (*word != "from_field") {
    auto names = loading.categories;
    if (names) names->push_back("from_field");
    if (check_reference(node, *word, names, "category", "`categories`", loading.problems)) rule.category = {*word};
    return;
  }
  rule.from_field = true;
  if (!names_a_field(rule.when)) {
    loading.problems.error(node.place,
                           "`from_field` takes the category from the field that `when` names; add a condition such as "
                           "`field: { Category confirmed: any }`");
  }
}

// A rule without conditions takes every issue, so nothing after it is ever tried.
void check_not_empty(const YamlNode& when, bool last, Problems& problems) {
  if (when.kind != YamlNode::Kind::map || !when.entries.empty()) return;
  const std::string text = "`when` is empty, so this rule takes every issue";
  if (last) {
    problems.warning(when.place, text + "; `unmatched: CATEGORY` says the same more plainly");
  } else {
    problems.error(when.place, text + " and no rule after it is ever tried; name a condition such as `{ type: Bug }`");
  }
}

std::vector<ClassificationRule> read_rules(const YamlNode& list, const std::string& what, ConditionReader& conditions,
                                           std::map<std::string, Place>& ids, Loading& loading) {
  std::vector<ClassificationRule> rules;
  auto& problems = loading.problems;
  for (const auto& item : items_of(list, what, problems)) {
    const YamlMap map(item, "a classification rule", keys_of("classification rule"), problems);
    if (!map.ok()) continue;
    ClassificationRule rule;
    if (const auto* id = map.required("id")) {
      rule.id = {word_of(*id, "the rule's id", problems).value_or("")};
      const auto [found, is_new] = ids.emplace(rule.id.value, id->place);
      if (!is_new && !rule.id.empty()) {
        problems.error(id->place, "another rule has the id " + ticked(rule.id.value) + " (line " +
                                      std::to_string(found->second.line) + ")");
      }
    }
    if (const auto* when = map.required("when")) {
      rule.when = conditions.read(*when);
      check_not_empty(*when, &item == &list.items.back(), problems);
    }
    if (const auto* category = map.required("category")) read_category(*category, rule, loading);
    if (const auto* advice = map.optional("advice")) read_advice(*advice, rule, problems);
    rules.push_back(std::move(rule));
  }
  return rules;
}

void read_urgency(const YamlNode& node, Loading& loading) {
  auto& problems = loading.problems;
  auto& classification = loading.settings.book.classification;
  const YamlMap map(node, "`urgency`", keys_of("urgency"), problems);
  if (!map.ok()) return;
  if (const auto* source = map.optional("justification")) {
    classification.justification = source_of(*source, "`justification`", problems);
    if (const auto& found = classification.justification) {
      doubt_own(source->place, "field", found->field, loading.own.fields, problems);
      doubt_own(source->place, "label", found->label, loading.own.labels, problems);
    }
  }
  for (const auto* name : {"urgent", "trivial", "calm"}) {
    if (const auto* words = map.optional(name)) classification.urgency[name] = read_stems(*words, name, problems);
  }
  if (const auto* built_in = map.optional("built_in")) {
    classification.built_in_urgency = bool_of(*built_in, "`built_in`", problems).value_or(true);
  }
}

}  // namespace

void load_classification(Loading& loading) {
  const auto root = read_part(loading, k_classification_file);
  if (!root) return;
  auto& problems = loading.problems;
  auto& classification = loading.settings.book.classification;
  const YamlMap file(*root, k_classification_file, keys_of("classification file"), problems);
  if (!file.ok()) return;
  if (const auto* categories = file.required("categories")) read_categories(*categories, loading);
  if (const auto* text = file.optional("text")) {
    for (const auto& entry : named_entries(*text, "the word lists", problems)) {
      classification.text[entry.key] = read_stems(entry.value, entry.key, problems);
    }
  }
  ConditionReader conditions(classification.text, loading.priority_words, loading.own, problems);
  std::map<std::string, Place> ids;
  if (const auto* rules = file.optional("rules")) {
    classification.rules = read_rules(*rules, "`rules`, tried in order", conditions, ids, loading);
  }
  if (const auto* established = file.optional("established")) {
    classification.established = read_rules(*established, "`established`", conditions, ids, loading);
  }
  if (const auto* unmatched = file.optional("unmatched")) {
    auto names = loading.categories;
    if (names) names->push_back("undecided");
    const auto word = reference_of(*unmatched, names, "category", "`categories`", problems);
    if (word && *word != "undecided") classification.unmatched = CategoryId{*word};
  }
  if (const auto* urgency = file.optional("urgency")) read_urgency(*urgency, loading);
  loading.settings.book.urgency = urgency_words(classification.urgency, classification.built_in_urgency);
}

}  // namespace cb
