// Who may read the bridge's pages and use its API (design.md 11). With a token: who sends it, as `Authorization: Bearer
// TOKEN`, or as the password of HTTP Basic with any user name, so that a browser can ask people for it. Tokens are
// compared in constant time. Without a token, which the configuration allows on loopback alone: whoever asks this
// machine by one of its own names or by public_url's; under another name a page of a foreign site could let the
// reader's browser ask for it (DNS rebinding). A value; any number of threads may ask it.
#pragma once

#include <string>

#include "bridge/http/web_request.hpp"

namespace cb {

class Access {
 public:
  enum class Verdict { welcome, no_token, wrong_token, strange_host };

  // An empty token: none is asked for.
  Access(std::string token, const std::string& public_url);

  [[nodiscard]] Verdict judge(const WebRequest& request) const;
  // False when a browser says that a page of another origin made it send this (CSRF): it would send the password that
  // it knows along, and without a token it reaches this machine for anybody. Ours are the origins of Host and of
  // public_url. Programs send none of the headers that tell.
  [[nodiscard]] bool is_own_page(const WebRequest& request) const;

 private:
  [[nodiscard]] bool is_our_host(const WebRequest& request) const;

  std::string token_;
  std::string public_scheme_;
  std::string public_authority_;  // with its port, if it names one
  std::string public_host_;       // without port
};

}  // namespace cb
