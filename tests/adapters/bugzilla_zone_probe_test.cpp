#include "adapters/bugzilla/bugzilla_zone_probe.hpp"

#include <doctest/doctest.h>

#include "small_bugzilla.hpp"

namespace cb {

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Scene {
  SmallBugzilla server;
  BugzillaTerms terms = bugzilla_terms();
  BugzillaSession session{terms, server};

  explicit Scene(const std::string& zone, const std::vector<const char*>& last_changes) : server(zone) {
    std::int64_t id = 1;
    for (const auto* at : last_changes) server.add_bug(id++, at);
  }
  Result<BugzillaZoneProof> prove(const std::string& configured) {
    return bugzilla_zone_proof(session, configured.empty() ? std::nullopt : Zone::find(configured),
                               instant_from_iso("2026-11-22T10:00:00Z").value());
  }
};

constexpr const char* k_winter = "2026-11-22T09:42:06Z";
constexpr const char* k_summer = "2026-07-01T10:00:00Z";

}  // namespace

TEST_CASE("the zone of a server is proved or refuted by reading") {
  struct Row {
    const char* name;
    const char* server;
    const char* configured;  // empty: none
    const char* time_zone;
    std::vector<const char*> notes;
    std::vector<const char*> problems;
  };
  const Row rows[] = {
      {"right",
       "Europe/Berlin",
       "Europe/Berlin",
       "Europe/Berlin",
       {"server_timezone Europe/Berlin is proved: it cannot read 2027-03-28 02:30:00",
        "at 2026-11-22T09:42:06Z, the last change of bug #1, the server was at +01:00, as Europe/Berlin",
        "at 2026-07-01T10:00:00Z, the last change of bug #2, the server was at +02:00, as Europe/Berlin"},
       {}},
      {"another name of the same clock",
       "Europe/Berlin",
       "Europe/Prague",
       "Europe/Berlin",
       {"server_timezone Europe/Prague is proved, the server calls it Europe/Berlin", "as Europe/Prague"},
       {}},
      {"an hour off",
       "Europe/Berlin",
       "Europe/London",
       "Europe/Berlin",
       {},
       {"server_timezone is Europe/London, but the server is in Europe/Berlin",
        "write `server_timezone: Europe/Berlin`", "the server was at +01:00, Europe/London would be at +00:00"}},
      {"UTC configured, and wrong",
       "America/New_York",
       "UTC",
       "America/New_York",
       {},
       {"but the server is in America/New_York", "the server was at -05:00, UTC would be at +00:00"}},
      {"UTC configured, and right", "UTC", "UTC", "UTC", {"the server was at +00:00, as UTC", "is in UTC"}, {}},
      {"London configured, and the server in UTC",
       "UTC",
       "Europe/London",
       "UTC",
       {"the server was at +00:00, as Europe/London"},
       {"but the server knows the time 2027-03-28 01:30:00", "write `server_timezone: UTC` into bridge.yaml"}},
      {"a zone with summer time configured, the server has none",
       "Asia/Kolkata",
       "Europe/Berlin",
       "",
       {},
       {"but the server knows the time 2027-03-28 02:30:00",
        "the server was at +05:30, Europe/Berlin would be at +01:00"}},
      {"the same offset in winter only",
       "Africa/Lagos",
       "Europe/Berlin",
       "",
       {"at 2026-11-22T09:42:06Z, the last change of bug #1, the server was at +01:00, as Europe/Berlin"},
       {"the server knows the time 2027-03-28 02:30:00",
        "at 2026-07-01T10:00:00Z, the last change of bug #2, the server was at +01:00, Europe/Berlin would be at "
        "+02:00"}},
      {"half an hour of summer time",
       "Australia/Lord_Howe",
       "Australia/Lord_Howe",
       "Australia/Lord_Howe",
       {"is proved: it cannot read 2027-10-03 02:15:00", "was at +11:00, as Australia/Lord_Howe", "was at +10:30"},
       {}},
      {"not configured: named",
       "America/Los_Angeles",
       "",
       "America/Los_Angeles",
       {"the server's time zone is America/Los_Angeles",
        "write `server_timezone: America/Los_Angeles` into bridge.yaml"},
       {}},
      {"not configured: UTC", "UTC", "", "UTC", {"the server is in UTC", "write `server_timezone: UTC`"}, {}},
      {"not configured: an offset",
       "Asia/Kolkata",
       "",
       "",
       {"the server is at +05:30, and its clocks skip no time"},
       {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene(row.server, {k_winter, k_summer});
    const auto proof = scene.prove(row.configured);
    REQUIRE(proof.has_value());
    CHECK(proof->time_zone == row.time_zone);
    const auto notes = joined(proof->notes);
    const auto problems = joined(proof->problems);
    CAPTURE(notes);
    CAPTURE(problems);
    for (const auto* part : row.notes) CHECK(has(notes, part));
    for (const auto* part : row.problems) CHECK(has(problems, part));
    if (row.problems.empty()) CHECK(proof->problems.empty());
    for (const auto& request : scene.server.scripted.requests) CHECK(request.method == "GET");
  }
}

TEST_CASE("without bugs a zone is proved by its gap alone, and what could not be proved is said") {
  Scene scene("Europe/Berlin", {});
  const auto proof = scene.prove("Europe/Berlin");
  REQUIRE(proof.has_value());
  CHECK(proof->problems.empty());
  CHECK(has(joined(proof->notes), "because the account sees no bug"));
  Scene winter("Europe/Berlin", {k_winter});
  CHECK(has(joined(winter.prove("Europe/Berlin").value().notes), "because no bug was last changed then"));
}

TEST_CASE("an error of the server is no proof") {
  Scene scene("Europe/Berlin", {k_winter});
  scene.server.scripted.replace("GET /rest/version", 503);
  const auto proof = scene.prove("Europe/Berlin");
  REQUIRE(!proof.has_value());
  CHECK(proof.error().kind == ErrorKind::retry_later);
}

TEST_CASE("the server's zone for who asks for nothing else") {
  const auto now = instant_from_iso("2026-11-22T10:00:00Z").value();
  Scene berlin("Europe/Berlin", {k_winter});
  CHECK(bugzilla_server_zone(berlin.session, now).value() == "Europe/Berlin");
  Scene india("Asia/Kolkata", {k_winter});
  CHECK(bugzilla_server_zone(india.session, now).value() == std::nullopt);
}

}  // namespace cb
