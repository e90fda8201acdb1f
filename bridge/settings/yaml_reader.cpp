#include "bridge/settings/yaml_reader.hpp"

#include <algorithm>
#include <charconv>

#include "bridge/settings/key_catalogue.hpp"
#include "bridge/settings/near_forms.hpp"
#include "rules/time.hpp"

namespace cb {
namespace {

// Behind so many errors nearest words are looked for no more: whoever posts 10,000 unknown keys means none of ours.
constexpr std::size_t k_most_hints = 200;

bool is_truth(const std::string& text) {
  return text == "true" || text == "false" || text == "True" || text == "False" || text == "TRUE" || text == "FALSE";
}

bool is_number(const std::string& text) {
  if (text.empty()) return false;
  double value = 0;
  const char* begin = text.data() + (text[0] == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
  const bool letter = (*begin >= 'a' && *begin <= 'z') || (*begin >= 'A' && *begin <= 'Z');
  return error != std::errc::invalid_argument && end == text.data() + text.size() && !letter;
}

void wrong_kind(const YamlNode& node, const std::string& what, const std::string& form, Problems& problems) {
  problems.error(node.place, "expected " + what + ", " + form + ", but found " + kind_text(node));
}

std::string folded_word(std::string_view word) {
  std::string result(word);
  for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

bool parse_number(std::string_view text, int& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

const YamlEntry* YamlNode::entry(std::string_view key) const {
  for (const auto& one : entries) {
    if (one.key == key) return &one;
  }
  return nullptr;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto* found = entry(key);
  return found ? &found->value : nullptr;
}

std::string kind_text(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::nothing:
      return "nothing";
    case YamlNode::Kind::list:
      return node.items.empty() ? "an empty list" : "a list";
    case YamlNode::Kind::map:
      return "a map";
    case YamlNode::Kind::scalar:
      break;
  }
  if (node.in_quotes) return node.text.empty() ? "an empty text" : "the text " + ticked(node.text);
  if (is_truth(node.text)) return "the truth value " + ticked(node.text);
  if (is_number(node.text)) return "the number " + ticked(node.text);
  return "the text " + ticked(node.text);
}

YamlMap::YamlMap(const YamlNode& node, std::string what, const KeyList& keys, Problems& problems)
    : node_(&node), what_(std::move(what)), problems_(&problems) {
  if (!ok()) {
    std::string text = "expected " + what_ + ", a map of keys and values, but found " + kind_text(node);
    const bool missing_blank = node.kind == YamlNode::Kind::scalar && node.text.find(':') != std::string::npos;
    if (missing_blank) text += "; a blank must follow the colon of `key: value`";
    if (node.kind == YamlNode::Kind::nothing) text += "; its keys are " + listed(keys);
    problems.error(node.place, text);
    return;
  }
  for (const auto& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) == keys.end()) {
      const bool hints = problems.error_count() < k_most_hints;
      problems.error(entry.place, "unknown key " + ticked(entry.key) + " in " + what_ +
                                      (hints ? key_hint(entry.key, keys) : std::string()));
      if (hints) misspelt_.push_back(nearest_word(entry.key, keys));
    } else if (entry.value.kind == YamlNode::Kind::nothing) {
      problems.error(entry.value.place,
                     "the key " + ticked(entry.key) + " in " + what_ + " has no value; give one or leave the key out");
    }
  }
}

const YamlNode* YamlMap::optional(std::string_view key) const {
  const auto* found = node_->find(key);
  return found && found->kind != YamlNode::Kind::nothing ? found : nullptr;
}

const YamlNode* YamlMap::required(std::string_view key) const {
  const auto* found = node_->find(key);
  const bool misspelt = std::find(misspelt_.begin(), misspelt_.end(), key) != misspelt_.end();
  if (!found && ok() && !misspelt) {
    problems_->error(node_->place, "the key " + ticked(key) + " is missing in " + what_);
  }
  return found && found->kind != YamlNode::Kind::nothing ? found : nullptr;
}

const std::vector<YamlEntry>& named_entries(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind != YamlNode::Kind::map) wrong_kind(node, what, "a map of names and values", problems);
  return node.entries;
}

const std::vector<YamlNode>& items_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::list) return node.items;
  std::string text = "expected " + what + ", a list, but found " + kind_text(node);
  if (node.kind == YamlNode::Kind::scalar) text += did_you_mean(near_list(node.text));
  if (node.kind == YamlNode::Kind::map) text += "; begin each item on a line of its own with `- `";
  problems.error(node.place, text);
  return node.items;
}

std::optional<std::string> text_of(const YamlNode& node, const std::string& what, Problems& problems) {
  const bool scalar = node.kind == YamlNode::Kind::scalar;
  if (scalar && (node.in_quotes || !(is_number(node.text) || is_truth(node.text)))) {
    const bool printed = node.text.starts_with("“") || node.text.starts_with("„") || node.text.starts_with("”");
    if (printed && !node.in_quotes) {
      problems.warning(node.place, "the quotes of " + ticked(node.text) +
                                       " are a part of the text; those that YAML takes away are `\"`");
    }
    if (node.text.find_first_not_of(" \t\n") != std::string::npos) return node.text;
    problems.error(node.place, "expected " + what + ", but the text is empty");
    return std::nullopt;
  }
  wrong_kind(node, what, scalar ? "a text (put it in quotes)" : "a text", problems);
  return std::nullopt;
}

std::optional<std::string> word_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::scalar && is_number(node.text)) return node.text;
  return text_of(node, what, problems);
}

std::vector<std::string> words_of(const YamlNode& list, const std::string& what, Problems& problems) {
  std::vector<std::string> words;
  for (const auto& item : items_of(list, what, problems)) {
    if (auto word = word_of(item, "an entry of " + what, problems)) words.push_back(std::move(*word));
  }
  return words;
}

std::vector<std::string> word_or_words_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::list) return words_of(node, what, problems);
  std::vector<std::string> words;
  if (auto word = word_of(node, what, problems)) words.push_back(std::move(*word));
  return words;
}

std::optional<bool> bool_of(const YamlNode& node, const std::string& what, Problems& problems) {
  const bool plain = node.kind == YamlNode::Kind::scalar && !node.in_quotes;
  if (plain && is_truth(node.text)) return folded_word(node.text) == "true";
  problems.error(node.place, "expected " + what +
                                 (node.in_quotes ? ", true or false without quotes" : ", true or false") +
                                 ", but found " + kind_text(node) + did_you_mean(near_truth(node.text)));
  return std::nullopt;
}

std::optional<int> int_of(const YamlNode& node, const std::string& what, int least, int most, Problems& problems) {
  int value = 0;
  const bool plain = node.kind == YamlNode::Kind::scalar && !node.in_quotes;
  const std::string range = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  if (!plain || !parse_number(node.text, value) || value < least || value > most) {
    wrong_kind(node, what, range, problems);
    return std::nullopt;
  }
  return value;
}

std::optional<Date> parse_date(std::string_view text, std::string& why) {
  const auto digits = [&](std::size_t from, std::size_t to) {
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(to),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  int year = 0;
  int month = 0;
  int day = 0;
  const bool form = text.size() == 10 && text[4] == '-' && text[7] == '-' && digits(0, 4) && digits(5, 7) &&
                    digits(8, 10) && parse_number(text.substr(0, 4), year) && parse_number(text.substr(5, 2), month) &&
                    parse_number(text.substr(8, 2), day);
  if (!form) {
    why = "a date is written as year-month-day, such as `2026-03-01`";
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    why = "there is no such day";
    return std::nullopt;
  }
  if (year < 1990 || year > 2200) {
    why = "years go from 1990 to 2200";
    return std::nullopt;
  }
  return Date(date);
}

std::optional<Date> date_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind != YamlNode::Kind::scalar) {
    wrong_kind(node, what, "a date such as `2026-03-01`", problems);
    return std::nullopt;
  }
  std::string why;
  auto date = parse_date(node.text, why);
  if (!date)
    problems.error(node.place, "expected " + what + ", but found " + ticked(node.text) + ": " + why +
                                   did_you_mean(near_date(node.text)));
  return date;
}

std::optional<Instant> instant_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::scalar) {
    if (const auto instant = instant_from_iso(node.text)) return instant;
  }
  wrong_kind(node, what, "an instant in UTC such as `2026-03-01T08:00:00Z`", problems);
  return std::nullopt;
}

std::optional<Seconds> parse_duration(std::string_view text) {
  static const std::string units = "dhms";
  static const std::vector<std::int64_t> seconds{86400, 3600, 60, 1};
  constexpr std::int64_t k_longest_duration = 100LL * 366 * 86400;
  std::int64_t sum = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || count < 0 || count > k_longest_duration || used >= text.size()) return std::nullopt;
    const auto unit = units.find(text[used]);
    if (unit == std::string::npos || unit < next_unit) return std::nullopt;
    sum += count * seconds[unit];
    if (sum > k_longest_duration) return std::nullopt;
    next_unit = unit + 1;
    text.remove_prefix(used + 1);
    if (text.empty()) return Seconds(sum);
  }
  return std::nullopt;
}

std::optional<Seconds> duration_of(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::scalar) {
    if (const auto duration = parse_duration(node.text)) return duration;
  }
  problems.error(node.place, "expected " + what + ", a duration such as `30m`, `8h`, `1h30m` or `14d`, but found " +
                                 kind_text(node) + did_you_mean(near_duration(node.text)));
  return std::nullopt;
}

std::optional<double> percent_of(const YamlNode& node, const std::string& what, Problems& problems) {
  double value = 0;
  if (node.kind == YamlNode::Kind::scalar && node.text.ends_with('%')) {
    const char* last = node.text.data() + node.text.size() - 1;
    const auto [end, error] = std::from_chars(node.text.data(), last, value);
    if (error == std::errc() && end == last && value >= 0 && value <= 100) return value / 100;
  }
  problems.error(node.place, "expected " + what + ", a share from `0%` to `100%` such as `75%`, but found " +
                                 kind_text(node) + did_you_mean(near_share(node.text)));
  return std::nullopt;
}

std::optional<std::size_t> choice_of(const YamlNode& node, const std::string& what,
                                     const std::vector<std::string>& words, Problems& problems) {
  if (node.kind != YamlNode::Kind::scalar) {
    wrong_kind(node, what, "one of " + listed(words), problems);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (node.text == words[i]) return i;
  }
  std::string text = "expected " + what + ", " + listed(words) + ", but found " + kind_text(node);
  if (const auto near = nearest_word(node.text, words); !near.empty()) text += "; did you mean " + ticked(near) + "?";
  problems.error(node.place, text);
  return std::nullopt;
}

}  // namespace cb
