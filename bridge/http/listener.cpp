#include "bridge/http/listener.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace cb {

namespace {

constexpr int k_backlog = 128;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

std::string words_of(int error) {
  return std::system_category().message(error);
}

Failure cannot_listen(const std::string& address, const std::string& why) {
  return failure(ErrorKind::denied, "cannot listen on " + address + ": " + why);
}

std::string why_not_listening(int error) {
  switch (error) {
    case EADDRINUSE:
      return "another program listens there already; is a second contract-bridge running? Stop it, or choose another "
             "port in bridge.yaml, server: listen";
    case EADDRNOTAVAIL:
      return "this machine has no such address; take one of its own in bridge.yaml, server: listen, or 127.0.0.1 for "
             "this machine alone";
    case EACCES:
      return "the system does not allow it (ports below 1024 need CAP_NET_BIND_SERVICE); choose another port in "
             "bridge.yaml, server: listen";
    default:
      return words_of(error);
  }
}

// Gives the socket, or sets `error`.
Socket bound_to(const addrinfo& address, int& error) {
  Socket socket(::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol));
  const int on = 1;
  if (socket.is_open()) setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool good = socket.is_open() && bind(socket.number(), address.ai_addr, address.ai_addrlen) == 0 &&
                    listen(socket.number(), k_backlog) == 0;
  if (good) return socket;
  error = errno;
  return {};
}

bool is_loopback(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &peer, sizeof four);
    return (ntohl(four.sin_addr.s_addr) >> 24U) == 127;
  }
  if (peer.ss_family != AF_INET6) return false;
  sockaddr_in6 six{};
  std::memcpy(&six, &peer, sizeof six);
  return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr) ||
         (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr) && six.sin6_addr.s6_addr[12] == 127);
}

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  close();
  number_ = std::exchange(other.number_, -1);
  return *this;
}

void Socket::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<Socket> listen_on(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) return cannot_listen(address, "no port is named; expected HOST:PORT");
  auto host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int unknown = getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &wanted, &list);
  if (unknown != 0)
    return cannot_listen(address, std::string("the host or port is not known (") + gai_strerror(unknown) +
                                      "); take an address of this machine in bridge.yaml, server: listen");
  const Addresses addresses(list, &freeaddrinfo);
  int error = 0;
  for (const auto* each = list; each != nullptr; each = each->ai_next) {
    auto socket = bound_to(*each, error);
    if (socket.is_open()) return socket;
  }
  return cannot_listen(address, why_not_listening(error));
}

int port_of(const Socket& listener) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  if (getsockname(listener.number(), reinterpret_cast<sockaddr*>(&own), &size) != 0) return 0;
  // The port stands at the same place in both families.
  sockaddr_in four{};
  std::memcpy(&four, &own, sizeof four);
  return ntohs(four.sin_port);
}

Accepted accept_from(const Socket& listener) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  Accepted accepted;
  accepted.socket =
      Socket(accept4(listener.number(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!accepted.socket.is_open()) {
    accepted.exhausted = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    return accepted;
  }
  const int on = 1;
  setsockopt(accepted.socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  accepted.loopback = is_loopback(peer);
  return accepted;
}

}  // namespace cb
