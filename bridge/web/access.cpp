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

// `host:80`, `[::1]:80`, `host`; of what has none of these forms nothing.
std::string without_port(const std::string& authority) {
  const auto end = authority.starts_with('[') ? authority.find(']') : std::string::npos;
  const auto colon = end == std::string::npos ? authority.find(':') : end + 1;
  if (colon >= authority.size()) return authority;
  const bool is_port =
      authority[colon] == ':' && std::all_of(authority.begin() + static_cast<std::ptrdiff_t>(colon) + 1,
                                             authority.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_port ? authority.substr(0, colon) : std::string();
}

std::string scheme_of(const std::string& url) {
  return lower(url.substr(0, url.find("://")));
}

// `https://host:8443/path` as host:8443
std::string authority_of(const std::string& url) {
  const auto at = url.find("://");
  if (at == std::string::npos) return {};
  const auto from = at + 3;
  return lower(url.substr(from, url.find('/', from) - from));
}

// In small letters; empty for one that stands there more than once, of which two readers could take another one.
std::optional<std::string> small_header(const WebRequest& request, const std::string& name) {
  const bool is_there = std::any_of(request.headers.begin(), request.headers.end(),
                                    [&](const auto& each) { return lower(each.first) == name; });
  if (!is_there) return {};
  return lower(trimmed(header(request, name).value_or("")));
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
    : token_(std::move(token)),
      public_scheme_(scheme_of(public_url)),
      public_authority_(authority_of(public_url)),
      public_host_(without_port(public_authority_)) {}

bool Access::is_our_host(const WebRequest& request) const {
  const auto sent = header(request, "Host");
  if (!sent) return false;
  const auto host = lower(without_port(trimmed(*sent)));
  if (host.empty()) return false;
  if (host == "localhost" || host == "[::1]" || (host.starts_with("127.") && is_four_numbers(host))) return true;
  return host == public_host_;
}

bool Access::is_own_page(const WebRequest& request) const {
  const auto site = small_header(request, "sec-fetch-site");
  if (site && *site != "same-origin" && *site != "none") return false;
  const auto origin = small_header(request, "origin");
  if (!origin) return true;
  const auto authority = authority_of(*origin);  // of `null` nothing
  if (authority.empty()) return false;
  // Whoever can put a page at http:// of the public name is not who has its certificate.
  if (authority == public_authority_) return scheme_of(*origin) == public_scheme_;
  return authority == small_header(request, "host");
}

Access::Verdict Access::judge(const WebRequest& request) const {
  if (token_.empty()) return is_our_host(request) ? Verdict::welcome : Verdict::strange_host;
  const auto authorization = header(request, "Authorization");
  if (!authorization) return Verdict::no_token;
  return is_same_secret(token_in(*authorization), token_) ? Verdict::welcome : Verdict::wrong_token;
}

}  // namespace cb
