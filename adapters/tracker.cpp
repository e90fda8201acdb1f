#include "adapters/tracker.hpp"

#include <array>

#include "rules/text.hpp"

namespace cb {

namespace {

struct SlotName {
  Slot slot;
  const char* name;
};

constexpr std::array<SlotName, 10> k_slots{{{Slot::billing, "billing"},
                                            {Slot::category, "category"},
                                            {Slot::entitlement, "entitlement"},
                                            {Slot::plan, "plan"},
                                            {Slot::pool, "pool"},
                                            {Slot::sla_state, "sla_state"},
                                            {Slot::next_due, "next_due"},
                                            {Slot::response_due, "response_due"},
                                            {Slot::resolution_due, "resolution_due"},
                                            {Slot::advice, "advice"}}};

}  // namespace

std::string to_text(Slot slot) {
  for (const auto& entry : k_slots)
    if (entry.slot == slot) return entry.name;
  return {};
}

std::optional<Slot> slot_from_text(const std::string& text) {
  for (const auto& entry : k_slots)
    if (text == entry.name) return entry.slot;
  return {};
}

std::string to_text(const PersonRef& person) {
  if (!person.login.empty()) return person.login;
  return person.name.empty() ? person.address : person.name;
}

bool is_person(const PersonRef& person, const Author& author) {
  if (!person.login.empty() && !author.login.empty()) return same_name(person.login, author.login);
  if (!person.address.empty() && same_name(person.address, author.address)) return true;
  return !person.name.empty() && same_name(person.name, author.name);
}

Changes own_changes(const WriteTarget& target, const Changes& changes) {
  auto own = changes;
  if (!target.record.empty()) own.record = target.record;
  own.links.insert(own.links.end(), target.links.begin(), target.links.end());
  return own;
}

std::vector<Result<Fetched>> Tracker::fetch_all(const std::vector<IssueKey>& keys) {
  std::vector<Result<Fetched>> out;
  out.reserve(keys.size());
  for (const auto& key : keys) out.push_back(fetch(key));
  return out;
}

std::vector<Result<Applied>> Tracker::apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) {
  std::vector<Result<Applied>> out;
  out.reserve(targets.size());
  for (const auto& target : targets) out.push_back(apply(target.key, own_changes(target, changes), target.expected));
  return out;
}

Result<std::vector<OwnClock>> Tracker::own_clocks(const IssueKey& key) {
  return failure(ErrorKind::rejected, "tracker " + key.tracker + ": it measures no promises of its own");
}

Result<FieldInfo> Tracker::create_field(const NewField& field) {
  return failure(ErrorKind::rejected, "the field " + field.name +
                                          " cannot be made over this tracker's API: an administrator makes it by hand");
}

}  // namespace cb
