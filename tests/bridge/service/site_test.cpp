// The web side before it has a configuration.
#include "bridge/service/site.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/support/memory_store.hpp"
#include "tests/support/virtual_clock.hpp"

using namespace cb;

TEST_CASE("until the service has begun everybody is asked to come again, in the words of who asks") {
  VirtualClock clock(*instant_from_iso("2026-06-08T08:00:00Z"));
  MemoryStore store;
  std::ostringstream lines;
  Log log(LogLevel::debug, Log::Form::human, lines);
  const HttpCounts counts;
  const Site site({store, clock, log, counts, "1", [] { return std::vector<LoopStatus>(); }, {}});
  WebRequest request;
  request.method = "POST";
  request.path = "/webhooks/support";
  const auto plain = site.answer(request);
  CHECK(plain.status == 503);
  CHECK(plain.body == "the service is starting\n");
  CHECK(plain.headers == Headers{{"Retry-After", "5"}});
  site.turned_away("/webhooks/support", plain);
  request.method = "GET";
  request.path = "/api/v1/status";
  const auto api = site.answer(request);
  CHECK(api.status == 503);
  CHECK(api.content_type == "application/problem+json");
  CHECK(api.body.find("the service is starting") != std::string::npos);
  CHECK(lines.str() == "");
}
