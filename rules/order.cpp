#include "rules/order.hpp"

#include <algorithm>

#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {
namespace {

bool may_order(const Customer* customer, const ContractBook& book, const Author& who) {
  const auto contacts = who_may_order(customer, book);
  return std::any_of(contacts.begin(), contacts.end(),
                     [&](const Contact* each) { return same_name(each->address, who.address); });
}

bool is_yes(const Source& source, const std::string& value) {
  if (value.empty()) return false;
  return !source.label.empty() || source.value.empty() || same_name(source.value, value);
}

// Where nothing is configured, the usual words beside a configured yes; with a label or any filling there is no no.
bool is_no(const ReadTerms& read, const std::string& value) {
  static const std::vector<std::string> usual{"no",        "declined", "rejected",  "refused",   "нет", "отказ",
                                              "отклонено", "ne",       "odmítnuto", "zamítnuto", "nem", "elutasítva"};
  if (value.empty() || read.declined || !read.approval->label.empty() || read.approval->value.empty()) return false;
  return contains_name(usual, value);
}

// Yes and no of both sources over time. Where a source of its own declines, that one also takes it back.
struct Word {
  ValueChange change;
  enum class Kind { yes, no, nothing } kind;
};

std::vector<Word> words_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  std::vector<Word> out;
  const auto& read = tracker.read;
  for (auto& change : values_of(*read.approval, issue, tracker, book, now)) {
    const auto kind = is_yes(*read.approval, change.value) ? Word::Kind::yes
                      : is_no(read, change.value)          ? Word::Kind::no
                                                           : Word::Kind::nothing;
    if (kind != Word::Kind::nothing || !read.declined) out.push_back({change, kind});
  }
  if (!read.declined) return out;
  for (auto& change : values_of(*read.declined, issue, tracker, book, now)) {
    out.push_back({change, is_yes(*read.declined, change.value) ? Word::Kind::no : Word::Kind::nothing});
  }
  std::stable_sort(out.begin(), out.end(), [](const Word& a, const Word& b) { return a.change.at < b.change.at; });
  return out;
}

}  // namespace

std::vector<const Contact*> who_may_order(const Customer* customer, const ContractBook& book) {
  std::vector<const Contact*> out;
  if (!customer) return out;
  const auto add = [&](const Customer& party) {
    for (const auto& contact : party.contacts) {
      if (contact.may_order) out.push_back(&contact);
    }
  };
  add(*customer);
  const auto* partner = customer->partner ? find_customer(book, *customer->partner) : nullptr;
  if (partner) add(*partner);
  return out;
}

Approval approval_of(const Issue& issue, const Customer* customer, const TrackerTerms& tracker,
                     const ContractBook& book, Instant now) {
  Approval out;
  if (!tracker.read.approval) return out;
  const auto note = [&](const std::string& text) { out.reasons.push_back({"billing", "ruling 34", text}); };
  for (const auto& [change, kind] : words_of(issue, tracker, book, now)) {
    const bool on_behalf = change.by == Role::staff;
    const bool counts = on_behalf || may_order(customer, book, *change.who);
    const auto who = called(*change.who);
    const auto how = who + (on_behalf ? " on behalf of the customer" : "") + " at " + to_iso(change.at);
    if (kind == Word::Kind::yes && counts) {
      out.at = change.at;
      out.declined.reset();
      note("the order was approved by " + how);
      return out;
    }
    if (kind == Word::Kind::yes) {
      out.refused.push_back({change.at, who});
      note(who + " may not order: this approval starts nothing");
    } else if (kind == Word::Kind::no && counts) {
      out.declined = change.at;
      note("the order was declined by " + how);
    } else if (counts) {
      out.declined.reset();
    }
  }
  return out;
}

}  // namespace cb
