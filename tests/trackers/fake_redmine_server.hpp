// The fake Redmine behind a real socket on 127.0.0.1, and its pages where given.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/trackers/fake_redmine.hpp"

namespace cb {

class FakeRedmineServer {
 public:
  // Asked first for every GET: an HTML page for people, or nothing for the REST interface to answer.
  using Pages = std::function<std::optional<HttpResponse>(const HttpRequest&)>;

  // Listens at once; port 0 takes a free one. Throws std::runtime_error when the port is taken.
  // `redmine` must outlive the server.
  explicit FakeRedmineServer(FakeRedmine& redmine, int port = 0, Pages pages = {});
  ~FakeRedmineServer();
  FakeRedmineServer(const FakeRedmineServer&) = delete;
  FakeRedmineServer& operator=(const FakeRedmineServer&) = delete;

  [[nodiscard]] std::string url() const;  // http://127.0.0.1:PORT
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cb
