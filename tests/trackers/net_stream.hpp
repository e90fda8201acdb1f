// One TCP connection, with TLS where a context is given: bytes in, bytes out, and two ways to end it. Reading and
// writing are for one thread; cut() may come from any other and ends what that one is doing.
#pragma once

#include <memory>
#include <mutex>
#include <string>

struct ssl_st;
struct ssl_ctx_st;

namespace cb {

class NetStream {
 public:
  // Takes the socket over.
  explicit NetStream(int socket) : socket_(socket) {}
  ~NetStream();
  NetStream(const NetStream&) = delete;
  NetStream& operator=(const NetStream&) = delete;

  // As a server; false: the client did not go along.
  [[nodiscard]] bool accept_tls(ssl_ctx_st* context);
  // Some more bytes; empty: the other side is gone.
  [[nodiscard]] std::string read();
  [[nodiscard]] bool write(const std::string& bytes);
  void close_with_reset();
  void cut();

 private:
  int socket_;
  ssl_st* tls_ = nullptr;
  std::mutex mutex_;  // guards the closing of socket_ against cut()
};

// Null when nobody listens there.
std::unique_ptr<NetStream> connect_to(const std::string& host, int port);

}  // namespace cb
