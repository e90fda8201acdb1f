// An answer as the bytes that a client gets, whole or spoiled by a fault. Pure.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/trackers/net_faults.hpp"

namespace cb {

struct Delivery {
  enum class End {
    keep,     // the connection serves the next request
    close,    // FIN
    reset,    // RST
    silence,  // nothing more until the client hangs up
  };
  std::vector<std::string> pieces;
  std::chrono::milliseconds pause{0};  // before each piece but the first
  End end = End::keep;
};

// With Content-Length, whatever framing it came in; with a Date where `date` is told.
Delivery whole(const HttpResponse& answer, std::optional<Instant> date);

// `answer`: of the server; empty where the fault keeps the request back. `now`: what Retry-After's date counts from.
Delivery spoiled(const HttpResponse& answer, const NetFault& fault, std::optional<Instant> date, Instant now);

// `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date_text(Instant at);

}  // namespace cb
