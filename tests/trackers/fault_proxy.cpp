#include "tests/trackers/fault_proxy.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/trackers/http_message.hpp"
#include "tests/trackers/spoiled_answer.hpp"

namespace cb {

namespace {

using Context = std::shared_ptr<SSL_CTX>;

struct Address {
  std::string host;
  int port = 0;
};

Address address_in(const std::string& url) {
  const std::string scheme = "http://";
  const auto colon = url.rfind(':');
  if (url.rfind(scheme, 0) != 0 || colon < scheme.size())
    throw std::runtime_error("the server behind the proxy is named as http://HOST:PORT, not as " + url);
  return {url.substr(scheme.size(), colon - scheme.size()), std::stoi(url.substr(colon + 1))};
}

Context context_of(const std::string& file) {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (SSL_CTX_use_certificate_chain_file(context.get(), file.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), file.c_str(), SSL_FILETYPE_PEM) != 1)
    throw std::runtime_error("the certificate " + file + " cannot be used");
  return context;
}

int listening_socket(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(socket, 64) != 0) {
    ::close(socket);
    throw std::runtime_error("the proxy cannot listen on port " + std::to_string(port));
  }
  return socket;
}

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

Instant system_now() {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

struct Connection {
  explicit Connection(int socket) : stream(socket) {}
  NetStream stream;
  std::thread thread;
  std::atomic<bool> done = false;
};

}  // namespace

struct FaultProxy::Impl {
  explicit Impl(FaultProxyOptions given) : options(std::move(given)), server(address_in(options.upstream)) {
    if (!options.now) options.now = system_now;
    if (!options.certificate.empty()) context = context_of(options.certificate);
    listener = listening_socket(options.port);
    port = port_of(listener);
    acceptor = std::thread([this] { accept_all(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
      if (listener >= 0) ::shutdown(listener, SHUT_RDWR);
      cut_all();
    }
    changed.notify_all();
    acceptor.join();
    for (auto& each : connections) each.thread.join();
    if (listener >= 0) ::close(listener);
  }

  void accept_all() {
    for (;;) {
      int socket = -1;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return ending || listener >= 0; });
        if (ending) return;
        socket = listener;
      }
      const int peer = ::accept4(socket, nullptr, nullptr, SOCK_CLOEXEC);
      const std::lock_guard lock(mutex);
      if (ending || refusing) {
        if (peer >= 0) ::close(peer);
        if (ending) return;
        // Closed here and nowhere else, so that nobody accepts on a number that means another socket by now.
        ::close(listener);
        listener = -1;
        changed.notify_all();
      } else if (peer >= 0) {
        start(peer);
      }
    }
  }

  void start(int peer) {
    const int on = 1;
    ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections.remove_if([](Connection& each) {
      if (!each.done) return false;
      each.thread.join();
      return true;
    });
    auto& connection = connections.emplace_back(peer);
    connection.thread = std::thread([this, &connection, with = context] {
      if (!with || connection.stream.accept_tls(with.get())) serve(connection.stream);
      connection.stream.cut();
      connection.done = true;
    });
  }

  void serve(NetStream& stream) {
    std::string rest;
    while (const auto request = read_request(stream, rest)) {
      const auto fault = struck(*request);
      HttpResponse answer;
      if (!fault || !is_kept_back(fault->kind)) {
        auto real = exchange_with(server.host, server.port, *request);
        if (!real) return;
        answer = *std::move(real);
      }
      if (fault && fault->kind == NetFault::Kind::refused) stop_listening();
      const auto date = options.server_time ? std::optional(options.server_time()) : std::nullopt;
      if (!deliver(stream, fault ? spoiled(answer, *fault, date, options.now()) : whole(answer, date))) return;
    }
  }

  std::optional<NetFault> struck(const HttpRequest& request) {
    const std::lock_guard lock(mutex);
    const auto now = options.now();
    const auto fault = plan.strikes(request, now);
    seen.push_back({now, request.method, request.target, fault ? std::optional(fault->kind) : std::nullopt});
    return fault;
  }

  // Whether the connection goes on.
  static bool deliver(NetStream& stream, const Delivery& delivery) {
    for (std::size_t i = 0; i < delivery.pieces.size(); ++i) {
      if (i > 0) std::this_thread::sleep_for(delivery.pause);
      if (!stream.write(delivery.pieces[i])) return false;
    }
    switch (delivery.end) {
      case Delivery::End::keep:
        return true;
      case Delivery::End::reset:
        stream.close_with_reset();
        return false;
      case Delivery::End::silence:
        while (!stream.read().empty()) continue;
        return false;
      case Delivery::End::close:
        break;
    }
    return false;
  }

  void stop_listening() {
    std::unique_lock lock(mutex);
    if (listener < 0) return;
    refusing = true;
    ::shutdown(listener, SHUT_RDWR);
    changed.wait(lock, [this] { return listener < 0 || ending; });
  }

  void cut_all() {
    for (auto& each : connections) each.stream.cut();
  }

  FaultProxyOptions options;
  Address server;
  int port = 0;
  std::thread acceptor;
  std::mutex mutex;  // guards all below
  std::condition_variable changed;
  Context context;
  int listener = -1;
  bool refusing = false, ending = false;
  NetFaultPlan plan;
  std::vector<Seen> seen;
  std::list<Connection> connections;
};

FaultProxy::FaultProxy(FaultProxyOptions options) {
  // A client that hangs up while TLS is written must not end the program.
  std::signal(SIGPIPE, SIG_IGN);
  impl_ = std::make_unique<Impl>(std::move(options));
}

FaultProxy::~FaultProxy() = default;

std::string FaultProxy::url() const {
  return (impl_->options.certificate.empty() ? "http://127.0.0.1:" : "https://localhost:") +
         std::to_string(impl_->port);
}

void FaultProxy::set_plan(NetFaultPlan plan) {
  const std::lock_guard lock(impl_->mutex);
  impl_->plan = std::move(plan);
}

void FaultProxy::refuse() {
  impl_->stop_listening();
  const std::lock_guard lock(impl_->mutex);
  impl_->cut_all();
}

void FaultProxy::listen_again() {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->listener >= 0) return;
  impl_->listener = listening_socket(impl_->port);
  impl_->refusing = false;
  impl_->changed.notify_all();
}

void FaultProxy::use_certificate(const std::string& file) {
  auto context = context_of(file);
  const std::lock_guard lock(impl_->mutex);
  impl_->context = std::move(context);
  impl_->cut_all();
}

std::vector<FaultProxy::Seen> FaultProxy::seen() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->seen;
}

std::vector<FaultProxy::Seen> FaultProxy::take_seen() {
  const std::lock_guard lock(impl_->mutex);
  return std::exchange(impl_->seen, {});
}

}  // namespace cb
