// The socket before the fakes.
#include "tests/trackers/fake_server.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace cb;

namespace {

class Silent : public FakeTracker {
  HttpResponse answer(const HttpRequest& /*request*/) override { return {204, {}, {}}; }
};

}  // namespace

TEST_CASE("a port is served by one fake alone, and is free again after it") {
  Silent fake;
  FakeServer first(fake);
  const auto url = first.url();
  const auto port = std::stoi(url.substr(url.rfind(':') + 1));
  CHECK_THROWS_WITH_AS(FakeServer(fake, port),
                       ("the fake tracker cannot listen on port " + std::to_string(port) +
                        ": another program listens there already; stop it, or take another port")
                           .c_str(),
                       std::runtime_error);
  first.stop();
  CHECK(FakeServer(fake, port).url() == url);
}
