#include "tests/trackers/net_stream.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace cb {

NetStream::~NetStream() {
  if (tls_ != nullptr) SSL_free(tls_);
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool NetStream::accept_tls(ssl_ctx_st* context) {
  tls_ = SSL_new(context);
  SSL_set_fd(tls_, socket_);
  const bool went_along = SSL_accept(tls_) == 1;
  ERR_clear_error();
  return went_along;
}

std::string NetStream::read() {
  std::array<char, 16384> buffer{};
  const auto size = static_cast<int>(buffer.size());
  const auto got = tls_ != nullptr ? static_cast<ssize_t>(SSL_read(tls_, buffer.data(), size))
                                   : ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (tls_ != nullptr) ERR_clear_error();
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

bool NetStream::write(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto rest = bytes.size() - done;
    const auto sent = tls_ != nullptr
                          ? static_cast<ssize_t>(SSL_write(tls_, bytes.data() + done, static_cast<int>(rest)))
                          : ::send(socket_, bytes.data() + done, rest, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    done += static_cast<std::size_t>(sent);
  }
  return true;
}

void NetStream::close_with_reset() {
  const linger at_once{1, 0};
  const std::lock_guard lock(mutex_);
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket_);
  socket_ = -1;
}

void NetStream::cut() {
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

std::unique_ptr<NetStream> connect_to(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return nullptr;
  std::unique_ptr<NetStream> stream;
  for (const auto* each = found; each != nullptr && !stream; each = each->ai_next) {
    const int socket = ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol);
    if (socket < 0) continue;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, each->ai_addr, each->ai_addrlen) == 0) {
      stream = std::make_unique<NetStream>(socket);
    } else {
      ::close(socket);
    }
  }
  ::freeaddrinfo(found);
  return stream;
}

}  // namespace cb
