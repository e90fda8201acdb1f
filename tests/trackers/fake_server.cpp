#include "tests/trackers/fake_server.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace cb {

namespace {

constexpr std::size_t k_greatest_body = 16UL * 1024 * 1024;
const char* const k_host = "127.0.0.1";

HttpRequest request_of(const httplib::Request& from) {
  HttpRequest request{from.method, from.target, {}, from.body};
  for (const auto& [name, value] : from.headers) request.headers.emplace_back(name, value);
  return request;
}

void fill(const HttpResponse& from, httplib::Response& to) {
  to.status = from.status;
  std::string type;
  for (const auto& [name, value] : from.headers) {
    if (name == "Content-Type") {
      type = value;
    } else {
      to.set_header(name, value);
    }
  }
  to.body = from.body;
  if (!type.empty()) to.set_header("Content-Type", type);
}

// httplib's own options let several servers share a port, and each would get some of the requests.
void take_alone(int socket) {
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

std::string why_not_listening(int error) {
  if (error == EADDRINUSE) return "another program listens there already; stop it, or take another port";
  return std::system_category().message(error);
}

// Promises a body and breaks off: what a client sees when a server dies in the middle.
void break_off(httplib::Response& to) {
  to.status = 200;
  to.set_content_provider(1000, "application/json", [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
}

}  // namespace

struct FakeServer::Impl {
  httplib::Server server;
  std::thread thread;
  int port = 0;
};

FakeServer::FakeServer(FakeTracker& tracker, int port, Pages pages) : impl_(std::make_unique<Impl>()) {
  auto& server = impl_->server;
  server.set_payload_max_length(k_greatest_body);
  server.set_tcp_nodelay(true);
  server.set_socket_options(take_alone);
  server.set_keep_alive_max_count(1000);
  const auto serve = [&tracker, pages = std::move(pages)](const httplib::Request& from, httplib::Response& to) {
    const auto request = request_of(from);
    if (pages && request.method == "GET")
      if (const auto page = pages(request)) return fill(*page, to);
    const auto response = tracker.exchange(request);
    if (!response) return break_off(to);
    fill(*response, to);
  };
  const std::string any = ".*";
  server.Get(any, serve);
  server.Post(any, serve);
  server.Put(any, serve);
  server.Patch(any, serve);
  server.Delete(any, serve);
  server.Options(any, serve);
  impl_->port = port == 0 ? server.bind_to_any_port(k_host) : (server.bind_to_port(k_host, port) ? port : -1);
  if (impl_->port < 0)
    throw std::runtime_error("the fake tracker cannot listen on port " + std::to_string(port) + ": " +
                             why_not_listening(errno));
  impl_->thread = std::thread([this] { impl_->server.listen_after_bind(); });
}

FakeServer::~FakeServer() {
  stop();
}

std::string FakeServer::url() const {
  return "http://" + std::string(k_host) + ":" + std::to_string(impl_->port);
}

void FakeServer::stop() {
  if (!impl_->thread.joinable()) return;
  while (!impl_->server.is_running()) std::this_thread::yield();  // stop() before listen() would be lost
  impl_->server.stop();
  impl_->thread.join();
}

}  // namespace cb
