// The bridge's own web server: pages, API and webhooks go through one handler of plain values (bridge/web). It is small
// and ours, because the one in cpp-httplib 0.11.4 decodes escapes in header values (line breaks too), unpacks bodies
// without a limit, takes headers without end, and gives each connection a thread that a slow client then holds.
// Here one thread gathers requests and writes answers without waiting, a few threads answer; every number and every
// wait is bounded. HTTP/1.1 without TLS: who serves others than this machine puts a proxy before it. No files are
// served.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "adapters/result.hpp"
#include "bridge/http/reception.hpp"
#include "bridge/http/web_workers.hpp"

namespace cb {

struct WebServerOptions {
  // Asked before the handler, on the one thread that serves everybody: it must not wait, and is never kept waiting.
  using AtOnce = std::function<std::optional<WebAnswer>(const WebRequest&)>;

  std::string listen = "127.0.0.1:8480";  // HOST:PORT, [::1]:PORT; port 0: any free one
  ReceptionLimits limits;
  WebWorkers::Limits workers;
  AnswerWords words = {};                  // none: all in plain text
  std::chrono::milliseconds grace{1'500};  // for answers under way when it stops
  AtOnce at_once{};
  Reception::TurnedAway turned_away{};  // on that thread, too
};

class WebServer {
 public:
  // Serves from now on. `handler` and `fault` are called by several threads at once, until stop() has returned.
  // denied when the address cannot be had, with what to do.
  static Result<std::unique_ptr<WebServer>> open(const WebServerOptions& options, WebWorkers::Handler handler,
                                                 WebWorkers::Fault fault);
  ~WebServer() { stop(); }
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  // No new connection from now on; requests that are being answered get their answer within the grace. Returns when no
  // thread of it runs any more, which a handler that does not return can put off. More than once is no harm.
  void stop();

 private:
  WebServer(const WebServerOptions& options, Socket listener, WebWorkers::Handler handler, WebWorkers::Fault fault);

  int port_;
  Reception reception_;
  WebWorkers workers_;
  std::thread thread_;
};

}  // namespace cb
