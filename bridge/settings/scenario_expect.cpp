#include "bridge/settings/scenario_expect.hpp"

#include <algorithm>
#include <cmath>

#include "bridge/settings/key_catalogue.hpp"
#include "bridge/settings/scenario_text.hpp"
#include "rules/decision.hpp"

namespace cb {
namespace {

// null, `~` and `none` all say that a value must be absent.
bool is_absent(const YamlNode& node) {
  return node.kind == YamlNode::Kind::nothing ||
         (node.kind == YamlNode::Kind::scalar && !node.in_quotes && node.text == k_absent);
}

template <class E>
std::vector<std::string> words_from(const std::vector<E>& values) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const auto value : values) words.push_back(to_text(value));
  return words;
}

const std::vector<std::string>& billing_words() {
  static const auto words =
      words_from<Billing>({Billing::free, Billing::included, Billing::pool, Billing::paid, Billing::undecided});
  return words;
}

const std::vector<std::string>& refusal_words() {
  static const auto words = words_from<Refusal>(
      {Refusal::no_contract, Refusal::product, Refusal::not_started, Refusal::expired, Refusal::version,
       Refusal::channel, Refusal::language, Refusal::modified_code, Refusal::contact, Refusal::pool_empty});
  return words;
}

const std::vector<std::string>& clock_state_words() {
  static const auto words =
      words_from<ClockState>({ClockState::not_started, ClockState::running, ClockState::at_risk, ClockState::paused,
                              ClockState::met, ClockState::breached, ClockState::cancelled});
  return words;
}

const std::vector<std::string>& sla_words() {
  static const auto words = words_from<SlaState>(
      {SlaState::none, SlaState::ok, SlaState::paused, SlaState::at_risk, SlaState::breached, SlaState::met});
  return words;
}

std::vector<std::string> advice_words(const ContractBook& book) {
  auto words = words_from<Advice>({Advice::priority_mismatch, Advice::no_nda, Advice::closed_without_confirmation,
                                   Advice::newer_version_only, Advice::wrong_address, Advice::assign_consultant,
                                   Advice::copy_owner});
  words.emplace_back("product_moved");
  words.emplace_back("contract_ended");
  for (const auto* rules : {&book.classification.rules, &book.classification.established})
    for (const auto& rule : *rules)
      if (!rule.internal_advice.empty()) words.push_back(rule.internal_advice);
  return words;
}

// Collects what is expected; the methods differ in the form that a value must have.
class Reader {
 public:
  Reader(const ContractBook& book, Problems& problems) : book_(book), problems_(problems) {}

  void everything(const YamlNode& node) {
    for (const auto& entry : entries(node, "what is expected", keys_of("expect"))) {
      const auto& [key, place, value] = entry;
      if (key == "customer" || key == "contract") word(key, value);
      if (key == "refusal") choice(key, value, refusal_words());
      if (key == "category") category(value);
      if (key == "billing") choice(key, value, billing_words());
      if (key == "pool") pool(value);
      if (key == "budget") budget(value);
      if (key == "clocks") clocks(value);
      if (key == "sla_state") choice(key, value, sla_words());
      if (key == "next_due") instant(key, value);
      if (key == "advice") advice(value);
    }
  }

  std::vector<Expected> take() { return std::move(expected_); }

 private:
  // Keys may have no value here, which YamlMap refuses.
  const std::vector<YamlEntry>& entries(const YamlNode& node, const std::string& what,
                                        const std::vector<std::string>& known) {
    const auto& all = named_entries(node, what, problems_);
    for (const auto& entry : all)
      if (std::find(known.begin(), known.end(), entry.key) == known.end())
        problems_.error(entry.place, "unknown key " + ticked(entry.key) + " in " + what + key_hint(entry.key, known));
    return all;
  }

  void add(const std::string& key, const YamlNode& node, std::string value) {
    expected_.push_back({key, std::move(value), node.place});
  }

  bool add_absent(const std::string& key, const YamlNode& node) {
    if (is_absent(node)) add(key, node, k_absent);
    return is_absent(node);
  }

  void word(const std::string& key, const YamlNode& node) {
    if (add_absent(key, node)) return;
    if (const auto text = word_of(node, "`" + key + "`", problems_)) add(key, node, scenario_text(*text));
  }

  void choice(const std::string& key, const YamlNode& node, const std::vector<std::string>& words) {
    if (add_absent(key, node)) return;
    if (const auto index = choice_of(node, "`" + key + "`", words, problems_)) add(key, node, words[*index]);
  }

  void instant(const std::string& key, const YamlNode& node) {
    if (add_absent(key, node)) return;
    if (const auto value = instant_of(node, "`" + key + "`", problems_)) add(key, node, scenario_text(*value));
  }

  void number(const std::string& key, const YamlNode& node) {
    if (add_absent(key, node)) return;
    if (node.kind == YamlNode::Kind::scalar && node.text == "unlimited") return add(key, node, node.text);
    if (const auto value = int_of(node, "`" + key + "`", -1'000'000, 1'000'000, problems_))
      add(key, node, scenario_text(*value));
  }

  void duration(const std::string& key, const YamlNode& node) {
    if (add_absent(key, node)) return;
    const auto text = word_of(node, "`" + key + "`", problems_);
    if (!text) return;
    const auto value = duration_from_text(*text);
    if (value) return add(key, node, scenario_text(*value));
    problems_.error(node.place, "expected `" + key + "`, a duration like 4h30m or -2h, but found " + ticked(*text));
  }

  // Hours as a number, as plans write them, or a duration.
  void hours(const std::string& key, const YamlNode& node) {
    char* end = nullptr;
    const auto value = std::strtod(node.text.c_str(), &end);
    const bool is_number = node.kind == YamlNode::Kind::scalar && !node.text.empty() && *end == '\0';
    if (!is_number || !(std::abs(value) < 1e6)) return duration(key, node);
    add(key, node, scenario_text(Seconds{std::llround(value * 3600)}));
  }

  // Neither claimed nor established is `undecided` (ruling 37); what is not established is just absent.
  void category_part(const std::string& key, const YamlNode& node, const std::string& nothing) {
    if (is_absent(node) || node.text == "undecided") return add(key, node, nothing);
    std::vector<std::string> words{"undecided"};
    for (const auto& category : book_.classification.categories) words.push_back(category.value);
    choice(key, node, words);
  }

  void category(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) return category_part("category", node, "undecided");
    for (const auto& [key, place, value] : entries(node, "`category`", keys_of("expected category")))
      category_part("category." + key, value, key == "claimed" ? "undecided" : k_absent);
  }

  void pool(const YamlNode& node) {
    if (add_absent("pool", node)) return;
    for (const auto& [key, place, value] : entries(node, "`pool`", keys_of("expected pool")))
      number("pool." + key, value);
  }

  void budget(const YamlNode& node) {
    if (add_absent("budget", node)) return;
    for (const auto& [key, place, value] : entries(node, "`budget`", keys_of("expected budget")))
      hours("budget." + key, value);
  }

  void clocks(const YamlNode& node) {
    for (const auto& [name, place, clock] : entries(node, "`clocks`", keys_of("expected clocks"))) {
      const auto path = "clocks." + name;
      if (add_absent(path, clock)) continue;
      for (const auto& [key, key_place, value] :
           entries(clock, "the clock `" + name + "`", keys_of("expected clock"))) {
        const auto part = std::string(path).append(".").append(key);
        if (key == "state") choice(part, value, clock_state_words());
        if (key == "due" || key == "stopped") instant(part, value);
        if (key == "used" || key == "left") duration(part, value);
      }
    }
  }

  void advice(const YamlNode& node) {
    if (add_absent("advice", node)) return;
    const auto known = advice_words(book_);
    auto words = word_or_words_of(node, "`advice`", problems_);
    for (const auto& word : words)
      if (std::find(known.begin(), known.end(), word) == known.end())
        problems_.error(node.place, "unknown advice " + ticked(word) + word_hint(word, known));
    add("advice", node, scenario_text(std::move(words)));
  }

  const ContractBook& book_;
  Problems& problems_;
  std::vector<Expected> expected_;
};

}  // namespace

std::vector<Expected> read_expectations(const YamlNode& node, const ContractBook& book, Problems& problems) {
  const auto errors_before = problems.error_count();
  Reader reader(book, problems);
  reader.everything(node);
  auto expected = reader.take();
  if (expected.empty() && problems.error_count() == errors_before)
    problems.error(node.place, "the scenario expects nothing: name at least one value under `expect`");
  return expected;
}

}  // namespace cb
