#include "bridge/web/access.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <optional>

#include "adapters/signature.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_longest_credentials = 4'096;

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// `host:80`, `[::1]:80`, `host`
std::string without_port(const std::string& authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

std::string host_of(const std::string& url) {
  const auto at = url.find("://");
  if (at == std::string::npos) return {};
  const auto from = at + 3;
  return lower(without_port(url.substr(from, url.find('/', from) - from)));
}

bool is_four_numbers(const std::string& host) {
  return std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

std::optional<std::string> from_base64(const std::string& text) {
  if (text.empty() || text.size() % 4 != 0) return {};
  std::string out(text.size() / 4 * 3, '\0');
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), in, static_cast<int>(text.size())) < 0) return {};
  const auto padding = text.ends_with("==") ? 2U : (text.ends_with('=') ? 1U : 0U);
  out.resize(out.size() - padding);
  return out;
}

// The token that a request brings; empty when its header is of no form that we know.
std::string token_in(const std::string& authorization) {
  if (authorization.size() > k_longest_credentials) return {};
  const auto blank = authorization.find(' ');
  if (blank == std::string::npos) return {};
  const auto scheme = lower(authorization.substr(0, blank));
  auto rest = trimmed(authorization.substr(blank));
  if (scheme == "bearer") return rest;
  if (scheme != "basic") return {};
  const auto pair = from_base64(rest);
  const auto colon = pair ? pair->find(':') : std::string::npos;
  return colon == std::string::npos ? std::string() : pair->substr(colon + 1);
}

}  // namespace

Access::Access(std::string token, const std::string& public_url)
    : token_(std::move(token)), public_host_(host_of(public_url)) {}

bool Access::is_our_host(const WebRequest& request) const {
  const auto sent = header(request, "Host");
  if (!sent) return false;
  const auto host = lower(without_port(trimmed(*sent)));
  if (host.empty()) return false;
  if (host == "localhost" || host == "[::1]" || (host.starts_with("127.") && is_four_numbers(host))) return true;
  return host == public_host_;
}

Access::Verdict Access::judge(const WebRequest& request) const {
  if (token_.empty()) return is_our_host(request) ? Verdict::welcome : Verdict::strange_host;
  const auto authorization = header(request, "Authorization");
  if (!authorization) return Verdict::no_token;
  return is_same_secret(token_in(*authorization), token_) ? Verdict::welcome : Verdict::wrong_token;
}

}  // namespace cb
