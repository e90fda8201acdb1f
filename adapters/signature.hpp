// Proofs that a webhook delivery comes from whom it says: an HMAC over its body, as Jira and Redmine send it, or a
// secret that it brings along. Everything here that touches a secret takes a time that does not depend on how much of
// it was right. Messages never hold a secret.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "adapters/result.hpp"

namespace cb {

// In constant time, whatever the lengths; an empty secret is nobody's.
bool is_same_secret(const std::string& given, const std::string& secret);

// The index of a secret that is `given`; all are compared whichever fits.
std::optional<std::size_t> same_secret(const std::string& given, const std::vector<std::string>& secrets);

// What a tracker calls things, for messages.
struct SignatureWords {
  std::string tracker;  // Jira
  std::string header;   // X-Hub-Signature
};

// Which of the secrets signed the body; several are allowed, so that one can be replaced without losing deliveries.
// `signature` is the header's value, sha256=HEX; none: the header is missing. Refused (denied): other methods than
// sha256, because the older ones can be forged; a signature that fits no secret; an empty secret. The body has to be as
// it was received, byte for byte.
Result<std::size_t> hmac_signer(const SignatureWords& words, const std::optional<std::string>& signature,
                                const std::string& body, const std::vector<std::string>& secrets);

}  // namespace cb
