#include "bridge/service/notification_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <string_view>

#include "bridge/settings/secret.hpp"

namespace cb {

namespace {

constexpr std::string_view k_prefix = "whsec_";

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text(4 * ((size + 2) / 3) + 1, '\0');
  const auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

// Empty when it is no base64.
std::string from_base64(const std::string& text) {
  if (text.empty() || text.size() % 4 != 0) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  const auto length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) return {};
  const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

bool is_encoded(const std::string& secret) {
  return secret.starts_with(k_prefix);
}

std::string key_of(const std::string& secret) {
  return is_encoded(secret) ? from_base64(secret.substr(k_prefix.size())) : secret;
}

}  // namespace

Result<std::string> notification_secret(const NotificationTarget& target) {
  const auto whose = "notification " + target.name + ": secret";
  TRY(secret, resolve_long(target.secret, whose));
  if (!is_encoded(secret)) return secret;
  const auto make_one = "; make one with: echo whsec_$(openssl rand -base64 32)";
  const auto key = key_of(secret);
  if (key.empty())
    return failure(ErrorKind::denied, whose + ": " + target.secret.text +
                                          " begins with whsec_, and what stands behind that is no base64" + make_one);
  if (key.size() < k_shortest_secret)
    return failure(ErrorKind::denied, whose + ": " + target.secret.text + " holds less than " +
                                          std::to_string(k_shortest_secret) +
                                          " bytes behind whsec_, which can be guessed" + make_one);
  return secret;
}

std::string webhook_signature(const std::string& secret, const std::string& id, Instant at, const std::string& body) {
  const auto key = key_of(secret);
  const auto text = id + "." + std::to_string(at.time_since_epoch().count()) + "." + body;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), digest, &size);
  return "v1," + base64(digest, size);
}

std::string webhook_id(const Notification& notification) {
  const auto text = notification.target + "\n" + notification.id;
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  std::string id = "msg_";
  for (std::size_t i = 0; i < 16; ++i) {
    id += "0123456789abcdef"[digest[i] >> 4U];
    id += "0123456789abcdef"[digest[i] & 0xfU];
  }
  return id;
}

}  // namespace cb
