// `when` of a classification rule: every key must hold, a list means any of its values, `any`, `all` and `not` nest.
// Internal to the loader.
#pragma once

#include <map>
#include <string>

#include "bridge/settings/yaml_reader.hpp"
#include "rules/classification.hpp"

namespace cb {

// What the bridge writes itself, by folded name, with the words for where: it cannot be evidence (design.md 7).
struct OwnNames {
  std::map<std::string, std::string> fields;
  std::map<std::string, std::string> labels;
};

// Warns of the field or label (`what`) of that name where it is one of `own`.
void doubt_own(const Place& place, const std::string& what, const std::string& name,
               const std::map<std::string, std::string>& own, Problems& problems);

class ConditionReader {
 public:
  // The arguments must outlive it.
  ConditionReader(const WordLists& lists, const std::vector<std::string>& priority_words, const OwnNames& own,
                  Problems& problems)
      : lists_(lists), priority_words_(priority_words), own_(own), problems_(problems) {}
  Condition read(const YamlNode& node);

 private:
  void read_priority(const YamlNode& node, Condition& condition);
  void read_fields(const YamlNode& node, Condition& condition);
  void read_text(const YamlNode& node, Condition& condition);
  void read_patterns(const YamlNode& node, Condition& condition);
  void doubt_own_names(const YamlNode& node);
  void read_reporter(const YamlNode& node, Condition& condition);
  std::vector<Condition> read_nested(const YamlNode& node, const std::string& key);

  const WordLists& lists_;
  const std::vector<std::string>& priority_words_;
  const OwnNames& own_;
  Problems& problems_;
};

// A field is asked for somewhere in the condition, outside of `not`.
bool names_a_field(const Condition& condition);

}  // namespace cb
