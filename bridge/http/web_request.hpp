// What a browser, a program or a tracker asks of the bridge, and what it is answered: plain values between the server
// (bridge/http/server), which knows sockets, and the handlers (bridge/web), which do not. Whatever stands in a request
// was written by strangers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "adapters/http.hpp"

namespace cb {

struct WebRequest {
  std::string method;  // GET, POST, ...
  std::string path;    // as sent, still escaped: /issues/support/12%33; may hold a secret (a webhook's): never logged
  std::string query;   // as sent, behind the `?`
  Headers headers;     // may hold a secret: never logged
  std::string body;
  bool from_loopback = false;  // the other end of the connection, which may be a proxy
};

struct WebAnswer {
  int status = 200;
  Headers headers;  // beyond those that the server adds: a control character in one turns the answer into a 500
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

// The value of a header, ignoring the case of its name; none when it is missing or stands there more than once, so that
// a proxy and the bridge cannot read different ones.
std::optional<std::string> header(const WebRequest& request, const std::string& name);

// How often a header of that name stands there.
std::size_t header_count(const WebRequest& request, const std::string& name);

// A line for people, with its line break.
WebAnswer plain_answer(int status, const std::string& text);

}  // namespace cb
