// A strict reader of YAML files that people write: every key and value knows its file, line and column; problems are
// collected in Problems instead of stopping at the first. Refused with their place: syntax errors, duplicate keys at
// any depth (also in flow style; yaml-cpp keeps them silently), several documents in a file, text that is not UTF-8,
// folders, files above 16 MB, nesting above 64, aliases that grow beyond 200,000 values. Anchors, aliases and merge
// keys (`<<`) are resolved while reading. yaml-cpp itself is seen by yaml_parse.cpp only.
//
// Reading goes in two steps: read_yaml_file() gives a tree, then YamlMap and the `*_of` functions take typed values
// out of it. A `*_of` function that finds the wrong thing reports it and gives nothing, so a caller need only ask
// whether there is a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "rules/time.hpp"

namespace cb {

struct YamlEntry;

struct YamlNode {
  enum class Kind { nothing, scalar, list, map };
  Kind kind = Kind::nothing;
  Place place;
  std::string text;                // of a scalar, without quotes
  bool in_quotes = false;          // a scalar in quotes or a block is a text, never a number, truth or nothing
  std::vector<YamlNode> items;     // of a list
  std::vector<YamlEntry> entries;  // of a map, in the order of the file, keys unique
  // The value of a key; null when this is no map or the key is not there.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  [[nodiscard]] const YamlEntry* entry(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  Place place;  // of the key
  YamlNode value;
};

// `path` is opened, `shown` is the name that messages use. Empty after a problem that left no tree (all reported).
// A file without content gives Kind::nothing.
std::optional<YamlNode> read_yaml_file(const std::string& path, const std::string& shown, Problems& problems);
std::optional<YamlNode> read_yaml_text(const std::string& text, const std::string& shown, Problems& problems);

// `the text `x``, `a list`, `a map`, `nothing`, `the number 5`, `the truth value true`: what was found, for messages.
std::string kind_text(const YamlNode& node);

using KeyList = std::vector<std::string>;

// A map with known keys. Making one reports a node that is no map, and every unknown key with the nearest known one.
// `what` names the block in messages: "plan `standard`". The node and the problems must outlive it.
class YamlMap {
 public:
  YamlMap(const YamlNode& node, std::string what, const KeyList& keys, Problems& problems);
  // False when the node is no map: nothing can be read from it, and that was reported.
  [[nodiscard]] bool ok() const { return node_->kind == YamlNode::Kind::map; }
  // The value of a key that may be left out; null when it is. A key without a value was reported when this was made.
  [[nodiscard]] const YamlNode* optional(std::string_view key) const;
  // The value of a key that must be there; null when it is not, which is reported at the block (unless the key was
  // misspelt, which is reported already).
  [[nodiscard]] const YamlNode* required(std::string_view key) const;
  [[nodiscard]] const YamlNode& node() const { return *node_; }
  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] Problems& problems() const { return *problems_; }

 private:
  const YamlNode* node_;
  std::string what_;
  std::vector<std::string> misspelt_;  // known keys that unknown ones probably meant
  Problems* problems_;
};

// The entries of a map whose keys are names (customers, plans, languages); reports anything else. `what` as "the
// customers, by id".
const std::vector<YamlEntry>& named_entries(const YamlNode& node, const std::string& what, Problems& problems);
// The items of a list; reports anything else.
const std::vector<YamlNode>& items_of(const YamlNode& node, const std::string& what, Problems& problems);

// In all that follows `what` says what is expected, as "the customer's name": it ends in the message "expected WHAT,
// a text, but found a list".
// Text: quoted, or plain and neither number, truth value nor empty.
std::optional<std::string> text_of(const YamlNode& node, const std::string& what, Problems& problems);
// A name or value that may look like a number (`id: 2026`, `version: 4.0`): kept as written.
std::optional<std::string> word_of(const YamlNode& node, const std::string& what, Problems& problems);
std::vector<std::string> words_of(const YamlNode& list, const std::string& what, Problems& problems);
// One value or a list of values.
std::vector<std::string> word_or_words_of(const YamlNode& node, const std::string& what, Problems& problems);
// true or false; `yes` and `no` are texts in YAML 1.2 and refused with that advice.
std::optional<bool> bool_of(const YamlNode& node, const std::string& what, Problems& problems);
std::optional<int> int_of(const YamlNode& node, const std::string& what, int least, int most, Problems& problems);
// `2026-03-01`, a day that exists, from 1990 to 2200.
std::optional<Date> date_of(const YamlNode& node, const std::string& what, Problems& problems);
// `2026-03-01T08:00:00Z`
std::optional<Instant> instant_of(const YamlNode& node, const std::string& what, Problems& problems);
// `30m`, `8h`, `1h30m`, `90s`, and `14d` of 24 hours; negative never.
std::optional<Seconds> duration_of(const YamlNode& node, const std::string& what, Problems& problems);
// `75%` as 0.75, from 0 to 100.
std::optional<double> percent_of(const YamlNode& node, const std::string& what, Problems& problems);
// The index of one of the words.
std::optional<std::size_t> choice_of(const YamlNode& node, const std::string& what,
                                     const std::vector<std::string>& words, Problems& problems);
// One of the words as a value of an enumeration.
template <class E>
std::optional<E> choice_of(const YamlNode& node, const std::string& what,
                           const std::vector<std::pair<std::string, E>>& words, Problems& problems) {
  std::vector<std::string> names;
  names.reserve(words.size());
  for (const auto& [name, value] : words) names.push_back(name);
  const auto index = choice_of(node, what, names, problems);
  if (!index) return std::nullopt;
  return words[*index].second;
}

// The parts of a YAML date, checked without its zone; why it is none, when it is none.
std::optional<Date> parse_date(std::string_view text, std::string& why);
std::optional<Seconds> parse_duration(std::string_view text);

}  // namespace cb
