// Scenario files: given issues, at a time, expect (rulings 11, 12, 52, 53, 57, 65). Read into values that evaluate()
// takes; every problem has its file, line and column, and a scenario with an error is left out.
//
// The issue is what a tracker would have told at `now`: entries of the history after `now` are dropped. `status`,
// `priority` and the other present values that are left out are derived from the history (the last new value up to
// `now`, else the first old value after it); without any, the status is one that waits for us, and the priority
// normal. A present value that contradicts the history is an error. The tracker of an issue is the one its id names,
// or the only one that is configured.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

// One key that is compared, by its path: `clocks.resolution.due`. The value is in the form of scenario_text.hpp, so
// that equal values are equal texts; `none` stands for a value that must be absent.
struct Expected {
  std::string key;
  std::string value;
  Place place;
};

struct Scenario {
  std::string name;
  std::string row;  // of domain.md
  Instant now;
  Issue issue;
  std::vector<Issue> before;  // those that were registered by `now`
  std::vector<Expected> expect;
  Place place;
};

struct ScenarioFile {
  std::string path;
  std::vector<Scenario> scenarios;  // those without an error
  std::vector<Problem> problems;
  bool readable = false;  // no error in the whole file
};

// `now` serves scenarios that name none themselves.
ScenarioFile read_scenarios(const std::string& path, const ContractBook& book, std::optional<Instant> now);
// The same of the file's content; `path` is what messages call it.
ScenarioFile read_scenarios_text(const std::string& content, const std::string& path, const ContractBook& book,
                                 std::optional<Instant> now);

}  // namespace cb
