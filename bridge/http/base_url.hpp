// The address of a server taken apart: scheme, host, port, path prefix without a trailing slash. Passwords, queries and
// fragments have no place in it and are refused, so that an address may appear in messages.
#pragma once

#include <string>

#include "adapters/result.hpp"

namespace cb {

struct BaseUrl {
  bool tls = false;
  std::string host;  // IPv6 without brackets
  int port = 0;
  std::string prefix;  // "" or /redmine
};

Result<BaseUrl> base_url_from(const std::string& text);
// https://host:port, without the prefix; the port only when it is not the scheme's own.
std::string to_text(const BaseUrl& url);

}  // namespace cb
