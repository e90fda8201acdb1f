#include "adapters/bugzilla/bugzilla_survey.hpp"

#include <doctest/doctest.h>

#include "small_bugzilla.hpp"

namespace cb {

namespace {

struct Scene {
  SmallBugzilla server;
  BugzillaTerms terms = bugzilla_terms();
  BugzillaSession session{terms, server};
  BugzillaDirectory directory{session, terms};

  explicit Scene(const std::string& zone = "Europe/Berlin", const std::string& version = "5.2")
      : server(zone, version) {
    server.add_bug(5);
    terms.server_timezone = zone;
  }
  Result<Survey> survey(bool may_write = true) {
    Identity identity;
    identity.may_write = may_write;
    return bugzilla_survey(session, directory, terms, identity);
  }
};

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const FieldInfo* field(const Survey& survey, const std::string& name) {
  for (const auto& info : survey.fields)
    if (info.name == name) return &info;
  return nullptr;
}

}  // namespace

TEST_CASE("a survey tells the words of a real server") {
  Scene scene;
  scene.terms.flags = {"entitled"};
  scene.terms.write = {{Slot::billing, "cf_entitlement"}, {Slot::next_due, "cf_sla_resolve_due"}};
  const auto survey = scene.survey();
  REQUIRE(survey.has_value());
  CHECK(survey->version == "5.2");
  CHECK(survey->statuses ==
        std::vector<std::string>{"UNCONFIRMED", "CONFIRMED", "IN_PROGRESS", "RESOLVED", "VERIFIED"});
  CHECK(survey->priorities == std::vector<std::string>{"Highest", "High", "Normal", "Low", "Lowest", "---"});
  CHECK(survey->resolutions == std::vector<std::string>{"FIXED", "INVALID", "WONTFIX", "DUPLICATE", "WORKSFORME"});
  CHECK(survey->labels == std::vector<std::string>{"sla-breached", "vip"});
  CHECK(survey->flags == std::vector<std::string>{"entitled"});
  CHECK(survey->projects == std::vector<std::string>{"LMS"});
  CHECK(survey->groups == std::vector<std::string>{"editbugs", "staff"});
  CHECK(survey->time_zone == "Europe/Berlin");
  CHECK(has(joined(survey->notes), "server_timezone Europe/Berlin is proved"));
  CHECK(joined(survey->problems) == "");
  const auto* due = field(*survey, "cf_sla_response_due");
  REQUIRE(due != nullptr);
  CHECK(due->date_time);
  CHECK(due->format == "Date/Time");
  const auto* plan = field(*survey, "cf_contract_class");
  REQUIRE(plan != nullptr);
  CHECK(plan->title == "Contract Class");
  CHECK(plan->values == std::vector<std::string>{"bronze", "gold", "none", "silver"});
  REQUIRE(field(*survey, "severity") != nullptr);
  CHECK(field(*survey, "bug_severity") == nullptr);
}

TEST_CASE("what an administrator has to mend is said") {
  struct Row {
    const char* name;
    void (*spoil)(Scene&);
    const char* words;
  };
  const Row rows[] = {
      {"not an insider",
       [](Scene& scene) {
         scene.server.scripted.replace("GET /rest/parameters", 200, R"({"parameters":{"insidergroup":"secret"}})");
       },
       "is not in the insider group secret"},
      {"no insider group",
       [](Scene& scene) {
         scene.server.scripted.replace("GET /rest/parameters", 200, R"({"parameters":{"insidergroup":""}})");
       },
       "Bugzilla has no insider group"},
      {"no see also",
       [](Scene& scene) {
         scene.server.scripted.replace("GET /rest/parameters", 200,
                                       R"({"parameters":{"insidergroup":"staff","use_see_also":"0"}})");
       },
       "see also is switched off"},
      {"date-times without a zone",
       [](Scene& scene) {
         scene.terms.server_timezone.clear();
         scene.terms.write = {{Slot::next_due, "cf_sla_resolve_due"}};
       },
       "server_timezone has to be configured"},
      {"a zone that is none", [](Scene& scene) { scene.terms.server_timezone = "Berlin"; },
       "Berlin is no zone that is known here"},
      {"a wrong zone", [](Scene& scene) { scene.terms.server_timezone = "UTC"; },
       "server_timezone is UTC, but the server is in Europe/Berlin"},
      {"a field of Bugzilla itself",
       [](Scene& scene) {
         scene.terms.write = {{Slot::plan, "priority"}};
       },
       "give the bridge a custom field for plan"},
      {"no such flag", [](Scene& scene) { scene.terms.flags = {"sla"}; }, "the flag sla does not exist for component"},
      {"no such product", [](Scene& scene) { scene.terms.products = {"CRM"}; }, "the product CRM does not exist"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene;
    row.spoil(scene);
    const auto survey = scene.survey();
    REQUIRE(survey.has_value());
    const auto problems = joined(survey->problems);
    CAPTURE(problems);
    CHECK(has(problems, row.words));
  }
  Scene scene;
  CHECK(has(joined(scene.survey(false).value().problems), "is not in the group editbugs"));
}

TEST_CASE("what the server does not tell this account is a note") {
  Scene scene;
  scene.server.scripted.replace("GET /rest/parameters", 200, R"({"parameters":{"timetrackinggroup":"hours"}})");
  const auto survey = scene.survey();
  REQUIRE(survey.has_value());
  CHECK(survey->problems.empty());
  CHECK(has(joined(survey->notes), "the insider group is not told to staff@example.com"));
  CHECK(has(joined(survey->notes), "does not see hours worked"));
}

TEST_CASE("a survey that cannot be read is no survey") {
  Scene scene;
  scene.server.scripted.replace("GET /rest/field/bug", 503);
  CHECK(scene.survey().error().kind == ErrorKind::retry_later);
}

}  // namespace cb
