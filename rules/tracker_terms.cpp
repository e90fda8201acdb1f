#include "rules/tracker_terms.hpp"

#include <array>
#include <utility>

#include "rules/text.hpp"

namespace cb {
namespace {

constexpr std::array<std::pair<Phase, const char*>, 7> k_phases{{
    {Phase::waiting_for_us, "waiting_for_us"},
    {Phase::waiting_for_customer, "waiting_for_customer"},
    {Phase::waiting_for_order, "waiting_for_order"},
    {Phase::waiting_for_third_party, "waiting_for_third_party"},
    {Phase::resolved, "resolved"},
    {Phase::closed, "closed"},
    {Phase::withdrawn, "withdrawn"},
}};
constexpr std::array<std::pair<Priority, const char*>, 4> k_priorities{{
    {Priority::low, "low"},
    {Priority::normal, "normal"},
    {Priority::high, "high"},
    {Priority::urgent, "urgent"},
}};

template <class Table, class Value>
std::string word_of(const Table& table, Value value) {
  for (const auto& [each, word] : table) {
    if (each == value) return word;
  }
  return {};
}

template <class Value, class Table>
std::optional<Value> value_of(const Table& table, const std::string& text) {
  for (const auto& [each, word] : table) {
    if (same_name(word, text)) return each;
  }
  return std::nullopt;
}

}  // namespace

std::string to_text(Role role) {
  switch (role) {
    case Role::customer:
      return "customer";
    case Role::partner:
      return "partner";
    case Role::staff:
      return "staff";
    case Role::bridge:
      return "bridge";
    case Role::bot:
      return "bot";
  }
  return {};
}

std::string to_text(Phase phase) {
  return word_of(k_phases, phase);
}
std::string to_text(Priority priority) {
  return word_of(k_priorities, priority);
}
std::optional<Phase> phase_from_text(const std::string& text) {
  return value_of<Phase>(k_phases, text);
}
std::optional<Priority> priority_from_text(const std::string& text) {
  return value_of<Priority>(k_priorities, text);
}

}  // namespace cb
