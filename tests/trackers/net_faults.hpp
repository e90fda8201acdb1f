// What goes wrong between a client and a server, and at which request. Pure but for the dice, which roll the same for
// the same seed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "rules/time.hpp"

namespace cb {

struct NetFault {
  enum class Kind {
    // The request never reaches the server.
    status,             // that status; a page for people where a gateway would show one
    web_page,           // 200 with a web page
    wrong_json,         // 200 with JSON that is something else
    silence,            // taken and never answered
    refused,            // the connection is reset, and nobody listens until FaultProxy::listen_again()
    reset_before_head,  // RST instead of an answer
    // The server has done it, and its answer does not arrive as it was.
    answer_lost,       // RST instead of an answer
    answer_late,       // no answer until the client gives up
    reset_in_head,     // RST in the middle of the headers
    reset_in_body,     // RST in the middle of the body
    cut_short,         // the length is right, the connection is closed in the middle
    cut_json,          // half the body, and the length of that half: the framing is right, the JSON is not
    length_too_small,  // ten bytes less than are sent; they stand before the next answer
    length_too_large,  // ten bytes more than are sent, and silence
    broken_chunks,     // the second chunk's length is no number
    broken_gzip,       // said to be packed, and is not
    cut_gzip,          // packed, and the end is missing
    drip,              // a few bytes at a time, for ever
  };
  Kind kind = Kind::status;
  int status = 500;
  std::optional<int> retry_after{};  // seconds
  bool retry_as_date = false;        // told as the date at which they are over
};

// The name for the command line: reset-in-body. Every kind has one.
std::string to_text(NetFault::Kind kind);
std::optional<NetFault::Kind> net_fault_from_text(const std::string& name);
const std::vector<NetFault::Kind>& all_net_faults();

// Whether the server never sees such a request.
bool is_kept_back(NetFault::Kind kind);

// All that is set must hold for a request to be struck.
struct NetFaultRule {
  NetFault fault;
  int nth = 0;                    // of the requests that the rule is about, from 1
  int every = 0;                  // each so many of them
  int percent = 0;                // so many of a hundred, as the dice fall
  int at_most = 0;                // times; 0: no limit
  std::optional<Instant> from{};  // by the clock of the proxy
  std::optional<Instant> until{};
  std::function<bool(const HttpRequest&)> about{};  // empty: every request
};

// The first rule that strikes counts; the others count the request all the same.
class NetFaultPlan {
 public:
  explicit NetFaultPlan(std::vector<NetFaultRule> rules = {}, std::uint64_t seed = 1);
  std::optional<NetFault> strikes(const HttpRequest& request, Instant now);

 private:
  struct Counted {
    NetFaultRule rule;
    int seen = 0, struck = 0;
  };
  bool holds(Counted& counted, const HttpRequest& request, Instant now);
  std::vector<Counted> rules_;
  std::uint64_t dice_;
};

}  // namespace cb
