#include "bridge/http/base_url.hpp"

#include <algorithm>
#include <cctype>

#include "rules/plain_line.hpp"

namespace cb {

namespace {

constexpr int k_http_port = 80;
constexpr int k_https_port = 443;
constexpr int k_last_port = 65535;

std::string in_small_letters(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// What may hold a password is not repeated.
Failure refused(const std::string& given, const std::string& why) {
  const auto text = given.find('@') == std::string::npos ? given : "(hidden)";
  return failure(ErrorKind::rejected, "the address " + plain_line(text) + " cannot be used: " + why +
                                          " (expected https://host, https://host:port or https://host/path)");
}

}  // namespace

Result<BaseUrl> base_url_from(const std::string& text) {
  const auto colon = text.find("://");
  if (colon == std::string::npos) return refused("'" + text + "'", "http:// or https:// is missing");
  const auto scheme = in_small_letters(text.substr(0, colon));
  if (scheme != "http" && scheme != "https") return refused("'" + text + "'", "only http and https are spoken");
  BaseUrl url;
  url.tls = scheme == "https";
  url.port = url.tls ? k_https_port : k_http_port;
  const auto rest = text.substr(colon + 3);
  const auto slash = rest.find('/');
  auto authority = rest.substr(0, slash);
  if (slash != std::string::npos) url.prefix = rest.substr(slash);
  while (!url.prefix.empty() && url.prefix.back() == '/') url.prefix.pop_back();
  if (authority.find('@') != std::string::npos)
    return refused("(hidden)", "a user name or password stands in it; use api_key");
  if (rest.find_first_of("?#") != std::string::npos) return refused("(hidden)", "a query or fragment stands in it");
  if (std::any_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }))
    return refused("'" + scheme + "://...'", "a blank or control character stands in it");
  const auto bracket = authority.rfind(']');
  const auto port = authority.rfind(':');
  if (port != std::string::npos && (bracket == std::string::npos || port > bracket)) {
    const auto digits = authority.substr(port + 1);
    const bool number = !digits.empty() && digits.size() <= 5 &&
                        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    url.port = number ? std::stoi(digits) : 0;
    if (url.port < 1 || url.port > k_last_port) return refused("'" + text + "'", "'" + digits + "' is no port");
    authority.resize(port);
  }
  if (authority.size() > 2 && authority.front() == '[' && authority.back() == ']')
    authority = authority.substr(1, authority.size() - 2);
  if (authority.empty()) return refused("'" + text + "'", "the host is missing");
  url.host = in_small_letters(authority);
  return url;
}

std::string to_text(const BaseUrl& url) {
  auto text =
      (url.tls ? "https://" : "http://") + (url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]");
  if (url.port != (url.tls ? k_https_port : k_http_port)) text += ":" + std::to_string(url.port);
  return text;
}

}  // namespace cb
