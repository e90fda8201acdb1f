// The socket on which the bridge listens, and the connections that come in. What cannot be listened on is told with the
// reason and what to do. Not for several threads.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/result.hpp"

namespace cb {

// A file descriptor, closed with its owner.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int number) : number_(number) {}
  Socket(Socket&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Socket& operator=(Socket&& other) noexcept;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(); }
  void close();
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

// `HOST:PORT` or `[::1]:PORT`; port 0 is any free one. Of a name with several addresses the first that can be had.
Result<Socket> listen_on(const std::string& address);
// The port that it got.
int port_of(const Socket& listener);

// A connection, not blocking; closed when there is none to take. `loopback`: its other end is this machine.
struct Accepted {
  Socket socket;
  bool loopback = false;
  bool exhausted = false;  // no descriptors are left: taking again at once would be in vain
};
Accepted accept_from(const Socket& listener);

}  // namespace cb
