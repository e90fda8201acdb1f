#include "adapters/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <climits>

#include "rules/text.hpp"

namespace cb {

namespace {

using Digest = std::array<unsigned char, 32>;  // of SHA-256

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<Digest> digest_from(const std::string& hex) {
  Digest digest{};
  if (hex.size() != 2 * digest.size()) return {};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = hex_value(hex[2 * i]);
    const int low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return {};
    digest[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return digest;
}

std::optional<Digest> digest_of(const std::string& text) {
  Digest digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
  return size == digest.size() ? std::optional<Digest>(digest) : std::nullopt;
}

bool is_equal(const Digest& a, const Digest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_signed_with(const std::string& secret, const std::string& body, const Digest& digest) {
  if (secret.empty() || secret.size() > INT_MAX) return false;
  Digest own{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(body.data());
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes, body.size(), own.data(), &size) ==
      nullptr)
    return false;
  return size == own.size() && is_equal(own, digest);
}

Failure refused(const std::string& why) {
  return failure(ErrorKind::denied, "webhook delivery refused: " + why);
}

}  // namespace

// Digests are compared, because their length tells nothing about the secret's.
bool is_same_secret(const std::string& given, const std::string& secret) {
  const auto a = digest_of(given);
  const auto b = digest_of(secret);
  return a && b && is_equal(*a, *b) && !secret.empty();
}

std::optional<std::size_t> same_secret(const std::string& given, const std::vector<std::string>& secrets) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < secrets.size(); ++i)
    if (is_same_secret(given, secrets[i]) && !found) found = i;
  return found;
}

Result<std::size_t> hmac_signer(const SignatureWords& words, const std::optional<std::string>& signature,
                                const std::string& body, const std::vector<std::string>& secrets) {
  if (!signature)
    return refused("it has no " + words.header + "; set a secret for this webhook in " + words.tracker +
                   ", the same as in the configuration");
  const auto equals = signature->find('=');
  if (equals == std::string::npos) return refused("its " + words.header + " is not of the form sha256=HEX");
  const auto method = lower(trimmed(signature->substr(0, equals)));
  if (method == "sha1" || method == "md5")
    return refused("it is signed with " + method + ", which can be forged; only sha256 is taken");
  if (method != "sha256") return refused("it is signed with a method that is not known; only sha256 is taken");
  const auto digest = digest_from(lower(trimmed(signature->substr(equals + 1))));
  if (!digest) return refused("its " + words.header + " does not hold the 64 hexadecimal digits of sha256");
  // All are tried whichever fits, so that time does not tell which did.
  std::optional<std::size_t> signer;
  for (std::size_t i = 0; i < secrets.size(); ++i)
    if (is_signed_with(secrets[i], body, *digest) && !signer) signer = i;
  if (signer) return *signer;
  if (std::all_of(secrets.begin(), secrets.end(), [](const std::string& secret) { return secret.empty(); }))
    return refused("no secret is configured, so nothing tells whether it comes from " + words.tracker);
  return refused("its signature fits no configured secret; is the secret in " + words.tracker +
                 " the same, and did a proxy change the body?");
}

}  // namespace cb
