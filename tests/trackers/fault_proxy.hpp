// A proxy between a client and a server on 127.0.0.1 that lets things go wrong as a plan says: it really resets, cuts
// and drips on sockets, over TLS where it has a certificate, so that the client under test is the one of production.
// Any number of connections at once; every function may be called from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/trackers/net_faults.hpp"

namespace cb {

struct FaultProxyOptions {
  std::string upstream;                    // http://HOST:PORT
  int port = 0;                            // 0 takes a free one
  std::string certificate{};               // PEM, with key and chain: https; empty: http
  std::function<Instant()> now{};          // what spans and dates of Retry-After go by; empty: the system's clock
  std::function<Instant()> server_time{};  // told as Date in every answer; empty: none is told
};

class FaultProxy {
 public:
  struct Seen {
    Instant at;
    std::string method, target;
    std::optional<NetFault::Kind> fault;
  };

  // Listens at once. Throws std::runtime_error when it cannot.
  explicit FaultProxy(FaultProxyOptions options);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  [[nodiscard]] std::string url() const;  // https by the name localhost, for which certificates can be made
  void set_plan(NetFaultPlan plan);
  // From now on connections are refused; those that are open are cut.
  void refuse();
  void listen_again();
  // New connections get this certificate; those that are open are cut.
  void use_certificate(const std::string& file);
  // Requests that came through whole, the struck ones too.
  [[nodiscard]] std::vector<Seen> seen() const;
  // The same, and they are forgotten.
  std::vector<Seen> take_seen();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cb
