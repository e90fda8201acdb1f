// Names of things, each a type of its own, so that a contract's id cannot stand where a customer's is meant.
#pragma once

#include <compare>
#include <string>

namespace cb {

template <class Tag>
struct Id {
  std::string value;
  [[nodiscard]] bool empty() const { return value.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
  friend bool operator==(const Id&, const Id&) = default;
};

using CustomerId = Id<struct CustomerTag>;  // partners too: a partner is a customer with its own id (ruling 33)
using ContractId = Id<struct ContractTag>;
using PlanId = Id<struct PlanTag>;
using CalendarId = Id<struct CalendarTag>;
using CategoryId = Id<struct CategoryTag>;
using RuleId = Id<struct RuleTag>;

// `support#123`. The order is that of registration at the same instant: trackers by name, ids numerically
// when both are numbers, else as text (ruling 25).
struct IssueKey {
  std::string tracker;
  std::string id;
  friend bool operator==(const IssueKey&, const IssueKey&) = default;
};
std::strong_ordering operator<=>(const IssueKey& a, const IssueKey& b);
std::string to_text(const IssueKey& key);

}  // namespace cb
