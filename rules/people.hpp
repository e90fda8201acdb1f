// Addresses and people: how an address or a domain matches (ruling 44).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cb {

// The part behind the last @, folded; empty without one.
std::string domain_of(std::string_view address);
// A domain matches itself and not its subdomains; `*.acme.example` matches the subdomains only.
bool domain_matches(std::string_view pattern, std::string_view address);

}  // namespace cb
