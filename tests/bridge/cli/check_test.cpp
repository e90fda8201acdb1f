#include "bridge/cli/check.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/bridge/cli/surveyed_tracker.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

Survey good_survey() {
  Survey survey;
  survey.identity.account.login = "bridge";
  survey.identity.may_write = true;
  survey.statuses = {"New", "In Progress", "Feedback", "Offered", "Resolved", "Closed", "Rejected"};
  survey.priorities = {"Immediate", "Urgent", "High", "Normal", "Low"};
  survey.projects = {"lms", "reports"};
  for (const auto* name :
       {"Customer", "Channel", "Fix promised", "Category confirmed", "Order approved", "Business impact", "Billing",
        "Entitlement", "SLA", "SLA next due", "SLA response due", "SLA resolution due"}) {
    survey.fields.push_back({"", name, ""});
  }
  return survey;
}

std::string example() {
  return std::string(CB_TEST_DATA) + "/example";
}

struct Ran {
  int exit_code = 0;
  std::string out;
  std::string err;
};

Ran run(const CheckOptions& options, const OpenTrackerFunction& open) {
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = check(options, open, out, err);
  return {exit_code, out.str(), err.str()};
}

Result<OpenTracker> no_tracker(const TrackerSettings& /*tracker*/, const Settings& /*settings*/) {
  return failure(ErrorKind::denied, "tracker support: the environment variable REDMINE_API_KEY is not set");
}

TEST_CASE("offline check opens nothing and tells good from bad by its exit code") {
  const OpenTrackerFunction never = [](const TrackerSettings&, const Settings&) -> Result<OpenTracker> {
    FAIL("a tracker was opened");
    return failure(ErrorKind::denied, "");
  };
  const auto good = run({example(), true, false}, never);
  CAPTURE(good.err);
  CHECK(good.exit_code == 0);
  CHECK(good.err.find("error") == std::string::npos);

  const auto folder = fs::temp_directory_path() / ("cb_check_test" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(example(), folder, fs::copy_options::recursive);
  std::ofstream(folder / "bridge.yaml") << "trackers: [ { nam: x } ]\n";
  const auto bad = run({folder.string(), true, false}, never);
  CHECK(bad.exit_code == 1);
  CHECK(bad.err.find((folder / "bridge.yaml").string() + ":1:15: error: unknown key `nam` in a tracker") !=
        std::string::npos);
  CHECK(bad.out.empty());

  const auto as_json = run({folder.string(), true, true}, never);
  CHECK(as_json.exit_code == 1);
  CHECK(as_json.err.empty());
  const auto object = nlohmann::json::parse(as_json.out);
  CHECK(object.at("ok") == false);
  CHECK(object.at("problems").at(0).at("line") == 1);
  fs::remove_all(folder);

  CHECK(run({"/nowhere/at/all", true, false}, never).exit_code == 1);
}

TEST_CASE("a secret that is set and can be guessed is told, offline nothing is looked up") {
  const auto folder = fs::temp_directory_path() / ("cb_check_secrets_test" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(example(), folder, fs::copy_options::recursive);
  std::ofstream(folder / "bridge.yaml", std::ios::app)
      << "notifications:\n"
         "  - { name: chat, url: \"https://chat.example\", secret: \"${CB_CHECK_SHORT}\" }\n"
         "  - { name: on-call, url: \"https://oncall.example\", secret: \"${CB_CHECK_BROKEN}\" }\n"
         "  - { name: pager, url: \"https://pager.example\", secret: \"${CB_CHECK_NOT_SET}\" }\n";
  ::setenv("CB_CHECK_SHORT", "abc", 1);
  ::setenv("CB_CHECK_BROKEN", "whsec_this is no base64", 1);
  const auto file = (folder / "bridge.yaml").string();
  const auto ran = run({folder.string(), false, false}, no_tracker);
  CAPTURE(ran.err);
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.find(file + ": error: notification chat: secret: ${CB_CHECK_SHORT} holds less than 16 signs") !=
        std::string::npos);
  CHECK(ran.err.find(file + ": error: notification on-call: secret: ${CB_CHECK_BROKEN} begins with whsec_") !=
        std::string::npos);
  CHECK(ran.err.find("pager") == std::string::npos);
  CHECK(run({folder.string(), true, false}, no_tracker).exit_code == 0);
  fs::remove_all(folder);
}

TEST_CASE("a tracker that cannot be opened is an error with its reason, and is named once") {
  const auto ran = run({example(), false, false}, no_tracker);
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.find("tracker support: error: the environment variable REDMINE_API_KEY is not set") !=
        std::string::npos);
}

std::string findings_text(const Survey& survey, const TrackerSettings& settings, const ContractBook& book) {
  static const char* const levels[] = {"error: ", "warning: ", "note: "};
  std::string text;
  for (const auto& finding : compare_tracker(survey, {}, settings, book)) {
    text += levels[static_cast<int>(finding.level)] + finding.text + "\n";
  }
  return text;
}

TEST_CASE("what a Bugzilla has is compared with flags, labels, resolutions and field names") {
  Survey survey;
  survey.identity.may_write = true;
  survey.notes = {"the server stores local time of Europe/Berlin, as configured"};
  survey.statuses = {"NEW", "RESOLVED"};
  survey.resolutions = {"FIXED", "DUPLICATE", "WORKS FOR ME"};
  survey.flags = {"entitled", "needinfo"};
  survey.labels = {"sla-breached"};
  survey.fields = {{"cf_billing", "cf_billing", "Free Text"}};
  survey.fields.front().title = "Billing class";
  TrackerSettings settings;
  settings.name = "support";
  settings.kind = TrackerKind::bugzilla;
  ContractBook book;
  auto& terms = book.trackers["support"];
  terms.statuses = {{"new", Phase::waiting_for_us},
                    {"resolved", Phase::resolved},
                    {"resolved duplicate", Phase::withdrawn},
                    {"resolved works for me", Phase::withdrawn}};
  settings.write.fields[Slot::billing] = {"cf_billing"};
  settings.write.flags = {{"entitled", "Entitled", "+"}};
  settings.write.labels = {{"breached", "SLA-breached"}, {"paid", "[paid]"}};
  CHECK(findings_text(survey, settings, book) ==
        "note: reachable, as ``\nnote: the server stores local time of Europe/Berlin, as configured\n");

  terms.statuses["resolved invalid"] = Phase::withdrawn;
  settings.write.fields[Slot::billing] = {"Billing class"};
  settings.write.fields[Slot::pool] = {"cf_pool"};
  settings.write.flags = {{"entitled", "entiteled", "+"}, {"not_entitled", "entiteled", "-"}};
  settings.write.labels["paid"] = "billable";
  const auto text = findings_text(survey, settings, book);
  CAPTURE(text);
  for (const std::string words :
       {"error: the status `resolved invalid` (withdrawn) does not exist there",
        "error: the field `cf_pool` (write.pool) does not exist there",
        "error: the flag `entiteled` (write.flags.entitled) does not exist there; did you mean `entitled`?",
        "error: the label `billable` (write.labels.paid) does not exist there and cannot be set"}) {
    CAPTURE(words);
    const auto found = text.find(words);
    CHECK(found != std::string::npos);
    CHECK(text.find(words, found + 1) == std::string::npos);
  }
  CHECK(text.find("(write.billing)") == std::string::npos);
  CHECK(text.find("(write.flags.not_entitled)") == std::string::npos);
  survey.flags.clear();
  CHECK(findings_text(survey, settings, book).find("does not exist there: there are none; create it") !=
        std::string::npos);
  // Elsewhere brackets are no token, and a tracker that does not tell its labels takes any.
  settings.write.labels = {{"paid", "[paid]"}};
  settings.kind = TrackerKind::jira;
  CHECK(findings_text(survey, settings, book).find("the label `[paid]`") != std::string::npos);
  survey.labels.reset();
  CHECK(findings_text(survey, settings, book).find("the label") == std::string::npos);
}

TEST_CASE("a live tracker is compared with the configuration") {
  struct Row {
    std::string name;
    std::function<void(Survey&, Capabilities&)> change;
    int exit_code;
    std::string words;
  };
  const std::vector<Row> rows{
      {"all there", [](Survey&, Capabilities&) {}, 0, ""},
      {"status not mapped", [](Survey& survey, Capabilities&) { survey.statuses.push_back("Waiting"); }, 1,
       "error: the status `Waiting` belongs to no phase"},
      {"status not there", [](Survey& survey, Capabilities&) { survey.statuses[3] = "Offer"; }, 1,
       "error: the status `offered` (waiting_for_order) does not exist there; did you mean `Offer`?"},
      {"priority not mapped", [](Survey& survey, Capabilities&) { survey.priorities.push_back("Someday"); }, 0,
       "warning: the priority `Someday` is not mapped"},
      {"priority not there", [](Survey& survey, Capabilities&) { survey.priorities.pop_back(); }, 1,
       "error: the priority `low` (low) does not exist there"},
      {"field not there", [](Survey& survey, Capabilities&) { survey.fields.pop_back(); }, 1,
       "error: the field `SLA resolution due` (write.resolution_due) does not exist there"},
      {"project not visible", [](Survey& survey, Capabilities&) { survey.projects.pop_back(); }, 1,
       "error: the project `reports` is not visible"},
      {"no private notes", [](Survey&, Capabilities& can) { can.private_comments = false; }, 1,
       "error: the comment `breach` is `internal`"},
      {"a right is missing", [](Survey& survey, Capabilities&) { survey.problems = {"may not edit issues in lms"}; }, 1,
       "error: may not edit issues in lms"},
      {"instants cannot hold words", [](Survey& survey, Capabilities&) { survey.fields[6].date_time = true; }, 1,
       "error: the field `Billing` (write.billing) holds instants, and billing is a text"},
      {"instants hold deadlines", [](Survey& survey, Capabilities&) { survey.fields.back().date_time = true; }, 0, ""},
      {"a list lacks words",
       [](Survey& survey, Capabilities&) {
         survey.fields[6].values = {"---", "Free", "pool", "paid", "undecided"};
       },
       0, "warning: the field `Billing` (write.billing) has no value `included`"},
      {"a list has them all",
       [](Survey& survey, Capabilities&) {
         survey.fields[6].values = {"free", "included", "pool", "paid", "undecided"};
       },
       0, ""},
      {"a list for the SLA's state",
       [](Survey& survey, Capabilities&) {
         survey.fields[8].values = {"none", "ok", "paused", "at_risk", "breached"};
       },
       0, "warning: the field `SLA` (write.sla_state) has no value `met`"},
      {"a list for free text",
       [](Survey& survey, Capabilities&) {
         survey.fields[7].values = {"yes", "no"};
       },
       0, "warning: the field `Entitlement` (write.entitlement) is a list of 2 values and cannot hold every text"},
      {"a marker that cannot be set", [](Survey& survey, Capabilities&) { survey.labels.emplace(); }, 1,
       "error: the label `urgent-procedure` (marker of plan "},
      {"a marker that can be set", [](Survey& survey, Capabilities&) { survey.labels = {"Urgent-Procedure"}; }, 0, ""},
      {"may not write", [](Survey& survey, Capabilities&) { survey.identity.may_write = false; }, 1,
       "error: the account `bridge` may not write"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const OpenTrackerFunction open = [&](const TrackerSettings&, const Settings&) -> Result<OpenTracker> {
      auto survey = good_survey();
      Capabilities can;
      can.private_comments = true;
      row.change(survey, can);
      OpenTracker opened;
      opened.tracker = std::make_unique<SurveyedTracker>(survey, can);
      return opened;
    };
    const auto ran = run({example(), false, false}, open);
    CAPTURE(ran.err);
    CHECK(ran.exit_code == row.exit_code);
    CHECK(ran.err.find(row.words) != std::string::npos);
    CHECK(ran.out.find("tracker support: note: reachable, as `bridge`") != std::string::npos);
  }
}

}  // namespace
}  // namespace cb
