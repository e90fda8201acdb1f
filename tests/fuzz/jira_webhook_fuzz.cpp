// What anybody may send to the webhook's address: the first line is the signature header, the rest the body.
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "adapters/jira/jira_webhook.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

const std::string k_secret = "a secret that no input knows";

std::string signature_of(const std::string& body) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), k_secret.data(), static_cast<int>(k_secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &size);
  std::string hex = "sha256=";
  for (const auto byte : digest) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x", static_cast<unsigned>(byte));
    hex += digits.data();
  }
  return hex;
}

void try_signature(const std::string& header, const std::string& body) {
  const auto own = signature_of(body);
  const auto answer = jira_hook_signer(header, body, {"", k_secret});
  if (answer) {
    std::string same = header.substr(std::min(header.find('='), header.size()));
    std::transform(same.begin(), same.end(), same.begin(), [](char c) { return c >= 'A' && c <= 'F' ? c + 32 : c; });
    must(same.find(own.substr(own.find('=') + 1)) != std::string::npos, "only the right signature is taken");
  } else {
    must(answer.error().kind == ErrorKind::denied, "what is not signed is denied");
    must(is_one_clean_line(answer.error().what), "a refusal repeats nothing of what was sent");
    must(answer.error().what.find(k_secret) == std::string::npos, "a refusal shows no secret");
  }
  must(jira_hook_signer(own, body, {"", k_secret}).value_or(0) == 1, "the right signature is taken");
  must(!jira_hook_signer(own, body + "x", {k_secret}), "a longer body has another signature");
  must(!jira_hook_signer(header, body, {""}), "without a secret nothing is taken");
}

void try_body(const std::string& body) {
  const auto hook = jira_hook_from(body);
  if (!hook) {
    must(hook.error().kind == ErrorKind::bad_reply, "what is no delivery is a bad reply");
    return;
  }
  for (const auto& id : hook->issues)
    must(!id.empty() && id.size() <= 19 && id.find_first_not_of("0123456789") == std::string::npos,
         "an id is a number, since it becomes part of an address");
  must(std::set<std::string>(hook->issues.begin(), hook->issues.end()).size() == hook->issues.size(), "each id once");
}

}  // namespace

void one_input(const std::string& bytes) {
  const auto [header, body] = first_line(bytes);
  try_signature(header, body);
  try_body(body);
}

}  // namespace cb::fuzz
