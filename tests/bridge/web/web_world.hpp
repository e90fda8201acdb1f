// A service without sockets and threads for tests of pages and API: the configuration of tests/data/example, a store in
// memory, loops that say what the test wants, and the routes that the real one has. Every answer is judged by the
// OpenAPI document too, when CB_API_DUMP names a file: see tests/openapi_check.py.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bridge/settings/loader.hpp"
#include "bridge/web/api_answers.hpp"
#include "bridge/web/status_routes.hpp"
#include "bridge/web/web_parts.hpp"
#include "tests/support/failing.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/virtual_clock.hpp"

namespace cb {

inline Instant at(const std::string& iso) {
  return instant_from_iso(iso).value();
}

inline const Instant k_web_now = at("2026-06-09T12:00:00Z");

// Appends to the file that CB_API_DUMP names, if it names one.
void note_for_the_judge(const WebRequest& request, const WebAnswer& answer);

class WebWorld {
 public:
  explicit WebWorld(const std::string& token = "");

  WebAnswer ask(const std::string& method, const std::string& target, const std::string& body = "");
  WebAnswer get(const std::string& target) { return ask("GET", target); }

  // A bug of ACME University, read, decided and recorded as of now, with one ledger line.
  void keep(const std::string& id, const std::string& summary = "Login does nothing",
            Instant created = k_web_now - Seconds(600));
  void keep(const Issue& issue);

  // Every call of the store fails from now on.
  void let_the_store_fail() {
    faults.fail_at = 1;
    faults.only_once = false;
  }

  // A loop that listed a minute ago.
  [[nodiscard]] static LoopStatus well(const std::string& tracker);

  VirtualClock clock{k_web_now};
  MemoryStore memory;
  FaultPlan faults;
  FailingStore store{memory, faults};
  HttpCounts requests;
  std::shared_ptr<const Settings> settings;
  std::vector<LoopStatus> loops;
  Headers headers{{"Host", "localhost:8480"}, {"Content-Type", "application/json"}};  // of the requests
  WebParts parts;
  Router router;
};

}  // namespace cb
