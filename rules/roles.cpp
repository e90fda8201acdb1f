#include "rules/roles.hpp"

#include <algorithm>

#include "rules/people.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

bool is_listed_staff(const Author& author, const TrackerTerms& tracker, const ContractBook& book) {
  if (author.login.empty()) return false;
  return std::any_of(book.staff.begin(), book.staff.end(), [&](const StaffMember& member) {
    const auto login = member.logins.find(tracker.name);
    return login != member.logins.end() && same_name(login->second, author.login);
  });
}

}  // namespace

const Customer* owner_of_address(const ContractBook& book, const std::string& address) {
  if (address.empty()) return nullptr;
  for (const auto& customer : book.customers) {
    if (find_contact(customer, address) || contains_name(customer.match.addresses, address)) return &customer;
  }
  const Customer* best = nullptr;
  std::size_t longest = 0;
  for (const auto& customer : book.customers) {
    for (const auto& domain : customer.match.domains) {
      if (domain.size() > longest && domain_matches(domain, address)) {
        best = &customer;
        longest = domain.size();
      }
    }
  }
  return best;
}

Role role_of(const Author& author, const TrackerTerms& tracker, const ContractBook& book) {
  if (author.self) return Role::bridge;
  if (matches(tracker.bots, author)) return Role::bot;
  if (matches(tracker.staff, author) || is_listed_staff(author, tracker, book)) return Role::staff;
  const auto* owner = owner_of_address(book, author.address);
  return owner && owner->is_partner ? Role::partner : Role::customer;
}

}  // namespace cb
