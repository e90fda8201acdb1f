#include "rules/people.hpp"

#include <algorithm>

#include "rules/text.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

std::string domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string() : folded(address.substr(at + 1));
}

bool domain_matches(std::string_view pattern, std::string_view address) {
  const auto domain = domain_of(address);
  if (domain.empty()) return false;
  const auto wanted = folded(pattern);
  if (wanted.rfind("*.", 0) != 0) return domain == wanted;
  const auto suffix = wanted.substr(1);  // .acme.example
  return domain.size() > suffix.size() && domain.compare(domain.size() - suffix.size(), suffix.size(), suffix) == 0;
}

bool matches(const People& people, const Author& author) {
  const auto any_of = [](const auto& wanted, const auto& told) {
    return std::any_of(told.begin(), told.end(), [&](const auto& each) { return contains_name(wanted, each); });
  };
  if (any_of(people.roles, author.roles) || any_of(people.groups, author.groups)) return true;
  if (!author.login.empty() && contains_name(people.logins, author.login)) return true;
  if (author.address.empty()) return false;
  return contains_name(people.addresses, author.address) ||
         std::any_of(people.domains.begin(), people.domains.end(),
                     [&](const auto& domain) { return domain_matches(domain, author.address); });
}

}  // namespace cb
