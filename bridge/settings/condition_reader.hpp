// `when` of a classification rule: every key must hold, a list means any of its values, `any`, `all` and `not` nest.
// Internal to the loader.
#pragma once

#include "bridge/settings/yaml_reader.hpp"
#include "rules/classification.hpp"

namespace cb {

class ConditionReader {
 public:
  // The arguments must outlive it.
  ConditionReader(const WordLists& lists, const std::vector<std::string>& priority_words, Problems& problems)
      : lists_(lists), priority_words_(priority_words), problems_(problems) {}
  Condition read(const YamlNode& node);

 private:
  void read_priority(const YamlNode& node, Condition& condition);
  void read_fields(const YamlNode& node, Condition& condition);
  void read_text(const YamlNode& node, Condition& condition);
  void read_patterns(const YamlNode& node, Condition& condition);
  void read_reporter(const YamlNode& node, Condition& condition);
  std::vector<Condition> read_nested(const YamlNode& node, const std::string& key);

  const WordLists& lists_;
  const std::vector<std::string>& priority_words_;
  Problems& problems_;
};

// A field is asked for somewhere in the condition, outside of `not`.
bool names_a_field(const Condition& condition);

}  // namespace cb
