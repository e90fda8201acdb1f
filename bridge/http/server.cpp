#include "bridge/http/server.hpp"

#include <csignal>

namespace cb {

namespace {

// Threads inherit what is blocked, so that signals go to the program's own thread.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Result<std::unique_ptr<WebServer>> WebServer::open(const WebServerOptions& options, WebWorkers::Handler handler,
                                                   WebWorkers::Fault fault) {
  TRY(listener, listen_on(options.listen));
  const SignalsBlocked blocked;
  return std::unique_ptr<WebServer>(new WebServer(options, std::move(listener), std::move(handler), std::move(fault)));
}

WebServer::WebServer(const WebServerOptions& options, Socket listener, WebWorkers::Handler handler,
                     WebWorkers::Fault fault)
    : port_(port_of(listener)),
      reception_(std::move(listener), options.limits, options.words, options.turned_away),
      workers_(
          options.workers, std::move(handler), std::move(fault),
          [this](std::uint64_t connection, WebAnswer answer) { reception_.answer(connection, std::move(answer)); }),
      thread_([this, at_once = options.at_once, grace = options.grace] {
        const auto offer = [&](std::uint64_t connection, WebRequest request) {
          auto answer = at_once ? at_once(request) : std::nullopt;
          if (!answer) return workers_.take(connection, std::move(request));
          reception_.answer(connection, *std::move(answer));
          return true;
        };
        reception_.run(offer, grace);
      }) {}

void WebServer::stop() {
  reception_.close();
  if (thread_.joinable()) thread_.join();
  workers_.stop();
}

}  // namespace cb
