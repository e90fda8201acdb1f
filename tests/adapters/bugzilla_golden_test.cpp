// Recorded bugs beside what they mean: NAME.expected.txt. With CB_UPDATE_GOLDEN=1 the expectations are written anew, to
// be reviewed as a diff. Recordings from 901 on are composed of parts of others, which each of them names.
#include <doctest/doctest.h>

#include <cstdlib>

#include "adapters/bugzilla/bugzilla_tracker.hpp"
#include "bugzilla_server.hpp"
#include "issue_text.hpp"

namespace cb {

namespace {

BugzillaTerms golden_terms(const std::string& zone) {
  auto terms = bugzilla_terms();
  terms.server_timezone = zone;
  terms.write = {{Slot::billing, "Contract Class"},
                 {Slot::entitlement, "cf_entitlement"},
                 {Slot::response_due, "cf_sla_response_due"},
                 {Slot::resolution_due, "SLA Resolve Due"},
                 {Slot::pool, "No such field"}};
  terms.read.customer = Source{"cf_customer", "", ""};
  terms.read.organisation = Source{"Customer", "", ""};
  terms.read.channel = Source{"", "vip", "phone"};
  terms.flags = {"Entitled"};
  return terms;
}

}  // namespace

TEST_CASE("recorded bugs mean what stands beside them") {
  struct Row {
    const char *name, *version, *id, *bug, *comments, *history, *zone;
  };
  const Row rows[] = {
      {"bug2-staff", "5.2", "2", "049-get-bug-all-fields-admin", "109-comments-as-staff", "167-history", "UTC"},
      {"bug2-customer", "5.2", "2", "051-get-bug-customer", "110-comments-as-customer",
       "174-history-privacy-toggle-as-customer", ""},
      {"bug3-staff", "5.2", "3", "901-bug3", "902-bug3-comments", "171-history-flags", "UTC"},
      {"bug506-harmony", "5.9.1", "506", "903-harmony-bug506", "", "", "Europe/Berlin"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ScriptedHttp http;
    script_bugzilla(http, row.version);
    const auto bug = "GET /rest/bug/" + std::string(row.id);
    http.on(bug, 200, bugzilla_recording(row.bug).body);
    if (*row.comments != 0) http.on(bug + "/comment", 200, bugzilla_recording(row.comments).body);
    if (*row.history != 0) http.on(bug + "/history", 200, bugzilla_recording(row.history).body);
    auto tracker = make_bugzilla_tracker(golden_terms(row.zone), http);
    const auto fetched = tracker->fetch({"support", row.id});
    if (!fetched) FAIL(fetched.error().what);
    const auto path = recording_path(std::string(row.name) + ".expected.txt", "bugzilla");
    const auto text = text_of(*fetched);
    if (std::getenv("CB_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
    CHECK(text == file_text(path));
  }
}

}  // namespace cb
