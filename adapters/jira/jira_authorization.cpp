#include <openssl/evp.h>

#include "adapters/jira/jira_session.hpp"

namespace cb {

namespace {

std::string base64(const std::string& text) {
  std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes, static_cast<int>(text.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

// address:token, as Cloud's tokens are often kept; a personal access token holds neither sign.
bool names_its_account(const std::string& key) {
  const auto colon = key.find(':');
  return colon != std::string::npos && key.find('@') < colon;
}

}  // namespace

std::string jira_authorization(const std::string& login, const std::string& api_key) {
  if (!login.empty()) return "Basic " + base64(login + ":" + api_key);
  if (names_its_account(api_key)) return "Basic " + base64(api_key);
  return "Bearer " + api_key;
}

}  // namespace cb
