#include "rules/order.hpp"

#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {
namespace {

std::string called(const Author& author) {
  for (const auto* name : {&author.address, &author.login, &author.name}) {
    if (!name->empty()) return *name;
  }
  return "somebody unknown";
}

bool may_order(const Customer* customer, const ContractBook& book, const Author& who) {
  if (!customer) return false;
  const auto allowed = [&](const Customer& party) {
    const auto* contact = find_contact(party, who.address);
    return contact && contact->may_order;
  };
  if (allowed(*customer)) return true;
  const auto* partner = customer->partner ? find_customer(book, *customer->partner) : nullptr;
  return partner && allowed(*partner);
}

}  // namespace

Approval approval_of(const Issue& issue, const Customer* customer, const TrackerTerms& tracker,
                     const ContractBook& book, Instant now) {
  Approval out;
  const auto& source = tracker.read.approval;
  if (!source) return out;
  for (const auto& change : values_of(*source, issue, tracker, book, now)) {
    const bool yes = !change.value.empty() &&
                     (source->label.empty() ? source->value.empty() || same_name(source->value, change.value) : true);
    if (!yes) continue;
    const bool on_behalf = change.by == Role::staff;
    const auto who = called(*change.who);
    if (on_behalf || may_order(customer, book, *change.who)) {
      out.at = change.at;
      out.reasons.push_back({"billing", "ruling 34",
                             "the order was approved by " + who + (on_behalf ? " on behalf of the customer" : "") +
                                 " at " + to_iso(change.at)});
      return out;
    }
    out.reasons.push_back({"billing", "ruling 34", who + " may not order: this approval starts nothing"});
  }
  return out;
}

}  // namespace cb
