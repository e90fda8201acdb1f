// The history of a scenario's issue: events in order, and what the values were at an instant, at a cost that depends on
// the changes of that value alone. Used by scenario_issue.cpp alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bridge/settings/yaml_reader.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

// A login or an address; logins of `staff:` bring the person's name along.
Author scenario_author(const std::string& word, const std::string& tracker, const ContractBook& book);

// Equal as the tracker sees it: names ignore case, and of a priority the neutral name is as good as the tracker's.
bool same_value(Attribute what, const std::string& a, const std::string& b, const TrackerTerms& terms);

class ScenarioHistory {
 public:
  // Reports entries before `created`, entries out of order, and changes whose old value contradicts the one before.
  // Entries at the same instant keep the order of the file (ruling 57).
  static ScenarioHistory read(const YamlNode& list, const TrackerTerms& terms, Instant created,
                              const ContractBook& book, Problems& problems);

  // What the history says of a value at an instant: the last new value up to then, else the first old value after it.
  [[nodiscard]] std::optional<std::string> value_at(Instant at, Attribute what, const std::string& name) const;
  // Each once, as it was first written.
  [[nodiscard]] const std::vector<std::string>& field_names() const { return field_names_; }
  [[nodiscard]] const std::vector<std::string>& label_names() const { return label_names_; }
  [[nodiscard]] std::optional<bool> has_label_at(Instant at, const std::string& label) const;
  [[nodiscard]] std::vector<Event> events_until(Instant at) const;

 private:
  // A change, by what changed and its folded name.
  struct Told {
    Instant at;
    std::string from;
    std::string to;
  };
  void index();
  [[nodiscard]] const std::vector<Told>& told_of(Attribute what, const std::string& name) const;
  void check_chain(const TrackerTerms& terms, const std::vector<std::vector<Place>>& places, Problems& problems) const;
  std::vector<Event> events_;
  std::map<std::pair<Attribute, std::string>, std::vector<Told>> told_;  // each in order
  std::vector<std::string> field_names_;
  std::vector<std::string> label_names_;
};

}  // namespace cb
