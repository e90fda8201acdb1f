// The real Http: one server, reached over http or https with keep-alive, time-outs and a limit on what is read. TLS is
// verified against the system's authorities or a given file, and there is no switch to turn that off. Redirects are
// answers, never followed: credentials reach no other host. A GET on a connection that the server closed while it was
// idle is sent once more on a new one; nothing else is ever sent twice. Messages name the host and what to do; no
// header, query or body appears in them. One thread at a time, but for interrupt().
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "adapters/http.hpp"

namespace cb {

struct HttpOptions {
  std::string base_url;  // https://host[:port][/prefix]
  std::string ca_file;   // PEM; empty: the system's certificate store
  std::string user_agent = "contract-bridge";
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds read{30'000};  // between two pieces of an answer
  std::chrono::milliseconds write{30'000};
  std::chrono::milliseconds total{60'000};  // for one answer, however steadily it drips: the tracker's others wait
  std::chrono::milliseconds idle{3'000};  // a connection unused for longer is not used again (Apache closes after 5 s)
  std::size_t largest_body = 64U * 1024U * 1024U;
  // The status and the headers are the answer: of a body that is too long, too slow or broken off counts what came.
  bool status_is_enough = false;
};

class HttpClient : public Http {
 public:
  // From any thread, and at once: what is being sent or read is broken off, and every later send() fails, as
  // retry_later. One that is only about to connect, or asks for a host's address, is not seen: ask again until it has
  // returned.
  virtual void interrupt() = 0;
  // From any thread: what has been under way for longer than `total` is broken off, also where only the head of an
  // answer drips.
  virtual void break_off_late() = 0;
};

// A base_url that cannot be used makes every send() fail with words.
std::unique_ptr<HttpClient> make_http_client(HttpOptions options);

}  // namespace cb
