#include "rules/coverage.hpp"

#include <algorithm>
#include <tuple>

#include "rules/text.hpp"
#include "rules/version_order.hpp"

namespace cb {
namespace {

bool serves_product(const Contract& contract, const std::string& product) {
  return contract.products.empty() || product.empty() || contains_name(contract.products, product);
}

bool contact_suffices(ContactRequirement required, const Customer& owner, const std::string& address) {
  if (required == ContactRequirement::none) return true;
  const auto* contact = find_contact(owner, address);
  if (!contact) return false;
  return required == ContactRequirement::certified ? contact->certified : contact->named;
}

void append_sorted(std::vector<Candidate>& out, const Customer& owner) {
  const auto begin = out.size();
  for (const auto& contract : owner.contracts) out.push_back({&contract, &owner});
  // fewer named products are more specific; none named means every product
  const auto breadth = [](const Contract& contract) {
    return contract.products.empty() ? std::string::npos : contract.products.size();
  };
  std::stable_sort(
      out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), [&](const Candidate& a, const Candidate& b) {
        return std::tuple(breadth(*a.contract), -a.contract->plan.rank, -a.contract->from.time_since_epoch()) <
               std::tuple(breadth(*b.contract), -b.contract->plan.rank, -b.contract->from.time_since_epoch());
      });
}

}  // namespace

Span days_of(const Contract& contract) {
  return {contract.zone.start_of(contract.from),
          contract.until ? contract.zone.start_of(*contract.until + std::chrono::days{1}) : k_never};
}

std::optional<Refusal> refusal_of(const Contract& contract, const Customer& owner, const Registration& registration) {
  const auto& plan = contract.plan;
  const auto days = days_of(contract);
  if (!serves_product(contract, registration.product)) return Refusal::product;
  if (registration.at < days.from) return Refusal::not_started;
  if (registration.at >= days.to) return Refusal::expired;
  if (!registration.version.empty() && !within(registration.version, plan.versions)) return Refusal::version;
  if (!plan.channels.empty() && !contains_name(plan.channels, registration.channel)) return Refusal::channel;
  if (!plan.languages.empty() && !contains_name(plan.languages, registration.language)) return Refusal::language;
  if (!plan.modified_code_covered && registration.modified_code) return Refusal::modified_code;
  if (!contact_suffices(plan.contact, owner, registration.address)) return Refusal::contact;
  return std::nullopt;
}

std::vector<Candidate> candidates_of(const Customer& customer, const ContractBook& book) {
  std::vector<Candidate> out;
  append_sorted(out, customer);
  if (customer.partner) {
    if (const auto* partner = find_customer(book, *customer.partner)) append_sorted(out, *partner);
    return out;
  }
  for (const auto& partner : book.customers) {
    const auto& served = partner.serves;
    if (std::find(served.begin(), served.end(), customer.id) != served.end()) append_sorted(out, partner);
  }
  return out;
}

}  // namespace cb
