// Recorded issues beside what they mean: NAME.json and NAME.expected.txt. With CB_UPDATE_GOLDEN=1 the expectations are
// written anew, to be reviewed as a diff.
#include <doctest/doctest.h>

#include <cstdlib>

#include "adapters/redmine/redmine_tracker.hpp"
#include "issue_text.hpp"
#include "recording.hpp"
#include "scripted_http.hpp"

namespace cb {

namespace {

RedmineTerms terms_for(const std::string& labels) {
  RedmineTerms terms;
  terms.name = "support";
  terms.base_url = "https://redmine.vendor.example/";
  terms.api_key = "key";
  terms.label_field = labels;
  terms.write = {{Slot::billing, "sla CLASS"}, {Slot::entitlement, "Entitlement"}, {Slot::pool, "No such field"}};
  terms.read.customer = Source{"Customer", "", ""};
  terms.read.organisation = Source{"Customer", "", ""};
  terms.read.resolution = Source{"Customer", "", ""};
  terms.read.channel = Source{"", "workaround", "phone"};
  terms.read.version = Source{"", "sla-breached", ""};
  return terms;
}

// A Redmine that knows the people, statuses and roles of the recordings.
void script_names(ScriptedHttp& http, bool first_instance) {
  const auto name_of_me = first_instance ? R"({"user":{"id":5,"login":"staff","admin":false,"memberships":[]}})"
                                         : R"({"user":{"id":5,"login":"contract-bridge","memberships":[]}})";
  http.on("GET /users/current.json", 200, name_of_me);
  http.on("GET /projects.json", 200, recording("908-projects").body);
  if (first_instance) {
    http.on("GET /issue_statuses.json", 200,
            R"({"issue_statuses":[{"id":1,"name":"New"},{"id":2,"name":"In Progress"},{"id":3,"name":"Resolved"},
                {"id":4,"name":"Feedback"},{"id":5,"name":"Closed"}]})");
    http.on("GET /enumerations/issue_priorities.json", 200,
            R"({"issue_priorities":[{"id":2,"name":"Normal"},{"id":3,"name":"High"},{"id":4,"name":"Urgent"}]})");
    http.on("GET /users/6.json", 403);
    http.on(
        "GET /users/5.json", 200,
        R"({"user":{"id":5,"login":"staff","firstname":"Sam","lastname":"Staff","groups":[{"id":9,"name":"Second line"}]}})");
    http.on("GET /projects/1/memberships.json", 403);
    return;
  }
  http.on("GET /issue_statuses.json", 200, recording("909-statuses").body);
  http.on("GET /projects/1/memberships.json", 200, recording("906-memberships").body);
  http.on("GET /users/8.json", 200, recording("905-user-by-non-admin").body);
  http.on("GET /users/4.json", recording("904-user-anonymous").status);
  http.on(
      "GET /users/6.json", 200,
      R"({"user":{"id":6,"login":"alena.k","firstname":"Alena","lastname":"Králová","mail":"alena@vendor.example"}})");
}

}  // namespace

TEST_CASE("recorded issues mean what stands beside them") {
  struct Row {
    const char* name;
    const char* id;
    const char* labels;
    bool first_instance;
  };
  const Row rows[] = {{"051-issue-with-journals-admin", "1", "", true},
                      {"053-issue-with-journals-customer", "1", "", true},
                      {"114-get-after-private-plus-changes", "5", "", true},
                      {"165-get-after-reopen", "5", "", true},
                      {"236-get-after-same-second", "12", "SLA class", true},
                      {"901-multi-value-split-note-deleted-user", "1", "labels", false},
                      {"902-issue-without-history", "2", "", false},
                      {"903-issue-without-journals-member", "2", "", false}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ScriptedHttp http;
    script_names(http, row.first_instance);
    http.on(std::string("GET /issues/") + row.id + ".json", 200, recording(row.name).body);
    auto tracker = make_redmine_tracker(terms_for(row.labels), http);
    const auto fetched = tracker->fetch({"support", row.id});
    if (!fetched) FAIL(fetched.error().what);
    const auto path = recording_path(std::string(row.name) + ".expected.txt");
    const auto text = text_of(*fetched);
    if (std::getenv("CB_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
    CHECK(text == file_text(path));
  }
}

}  // namespace cb
