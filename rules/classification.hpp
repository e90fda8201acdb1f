// What kind of request an issue is: claimed by ordered rules, established by what staff found (D1, E2, E6). The
// first rule that matches wins; an established category wins over a claimed one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/ids.hpp"
#include "rules/issue.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

enum class ReporterKind { customer, partner, staff, certified };

class Pattern;  // pattern.hpp

// An urgent text with priority low or normal, or a trivial one with urgent (D4).
enum class PriorityMismatch { none, sounds_urgent, sounds_trivial };

// Every key that is given must hold; of several values any. Names compare ignoring case.
struct Condition {
  std::vector<std::string> type, component, project, product, version, priority, channel, labels, resolution;
  struct FieldIs {
    std::string name;
    bool filled = false;  // `any`: any value at all
    std::vector<std::string> values;
  };
  std::vector<FieldIs> fields;
  std::vector<std::string> text;                        // names of word lists
  std::vector<std::shared_ptr<const Pattern>> matches;  // patterns on summary and description
  std::vector<ReporterKind> reporter;
  std::vector<Condition> any;   // one of them
  std::vector<Condition> all;   // each of them
  std::vector<Condition> none;  // `not`: none of them
};

struct ClassificationRule {
  RuleId id;
  Condition when;
  CategoryId category;      // empty with from_field
  bool from_field = false;  // the category stands in the matched field
  std::string internal_advice;
  std::vector<std::string> links;
};

// Word lists by name, then language: stems that match at the start of a word (ruling 54).
using WordLists = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

struct Classification {
  std::vector<CategoryId> categories;
  std::vector<ClassificationRule> rules;
  std::optional<CategoryId> unmatched;  // empty: undecided
  std::vector<ClassificationRule> established;
  WordLists text;
  WordLists urgency;             // by name: urgent, trivial, calm
  bool built_in_urgency = true;  // false: `urgency` replaces what is built in, else it extends it
  std::optional<Source> justification;
};

struct Category {
  std::optional<CategoryId> claimed;
  std::optional<RuleId> claimed_by;
  std::optional<CategoryId> established;
  std::optional<RuleId> established_by;
  std::optional<Author> established_person;  // who said so, where the history tells
  std::optional<Instant> established_at;
  std::string problem;  // why the category cannot be decided; empty when it can
  std::vector<std::string> internal_advice;
  std::vector<std::string> links;
  // The one that counts.
  [[nodiscard]] const std::optional<CategoryId>& now() const { return established ? established : claimed; }
};

}  // namespace cb
