#include "bridge/http/listener.hpp"

#include <doctest/doctest.h>

namespace cb {

TEST_CASE("an address that cannot be had says why and what to do") {
  const auto taken = listen_on("127.0.0.1:0");
  REQUIRE(taken);
  struct Row {
    std::string listen;
    std::string why;
  };
  const Row rows[] = {
      {"127.0.0.1:" + std::to_string(port_of(*taken)), "another program listens there already"},
      {"192.0.2.1:8480", "this machine has no such address"},  // of no network (RFC 5737)
      {"no-such-host.invalid:8480", "the host or port is not known"},
      {"127.0.0.1", "no port is named"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.listen);
    const auto none = listen_on(row.listen);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::denied);
    CHECK_MESSAGE(none.error().what.starts_with("cannot listen on " + row.listen + ": " + row.why), none.error().what);
  }
  const auto six = listen_on("[::1]:0");
  if (!six) {
    MESSAGE("not tested: this machine has no IPv6 (" << six.error().what << ")");
  } else {
    CHECK(port_of(*six) > 0);
  }
}

}  // namespace cb
