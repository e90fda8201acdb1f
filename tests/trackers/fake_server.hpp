// A fake tracker behind a real socket on 127.0.0.1, and its pages where given.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/trackers/fake_tracker.hpp"

namespace cb {

class FakeServer {
 public:
  // Asked first for every GET: an HTML page for people, or nothing for the REST interface to answer.
  using Pages = std::function<std::optional<HttpResponse>(const HttpRequest&)>;

  // Listens at once; port 0 takes a free one. Throws std::runtime_error when the port is taken.
  // `tracker` must outlive the server.
  explicit FakeServer(FakeTracker& tracker, int port = 0, Pages pages = {});
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  [[nodiscard]] std::string url() const;  // http://127.0.0.1:PORT
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cb
