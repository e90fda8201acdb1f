// `init jira`: what is proposed from what a Jira has, which fields --create makes, and what is left to people.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/cli/check.hpp"
#include "bridge/cli/init.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/init/admin_tasks.hpp"
#include "bridge/init/known_words.hpp"
#include "bridge/init/proposal_yaml.hpp"
#include "bridge/init/starter_files.hpp"
#include "bridge/settings/loader.hpp"
#include "rules/text.hpp"
#include "tests/bridge/cli/jira_surveys.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;
using namespace cb::surveys;

namespace {

using Words = std::map<std::string, std::string>;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Words bound(const Proposal& proposal) {
  Words out;
  for (const auto& each : proposal.bound)
    out[each.section + "." + each.key] = each.field + (each.value.empty() ? "" : " value " + each.value);
  return out;
}

Words missing(const Proposal& proposal) {
  Words out;
  for (const auto& each : proposal.missing)
    if (each.recommended) out[each.binding.section + "." + each.binding.key] = each.binding.field + ": " + each.type;
  return out;
}

Proposal proposed(const Survey& survey, const Capabilities& can = able_jira()) {
  return propose(target(TrackerKind::jira), survey, can);
}

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
  std::vector<NewField> asked;
  std::vector<FieldInfo> made;
};

Ran run(const Survey& survey, bool create, std::map<std::string, Error> refused = {}, bool takes_values = true,
        bool json = false) {
  Ran ran;
  std::ostringstream out;
  std::ostringstream err;
  FieldMakingJira* jira = nullptr;
  std::unique_ptr<Tracker> keep;
  // Lives on after init(), to be looked at.
  struct Lent final : Tracker {
    explicit Lent(Tracker& to) : lent(to) {}
    [[nodiscard]] const Capabilities& capabilities() const override { return lent.capabilities(); }
    Result<Identity> who_am_i() override { return lent.who_am_i(); }
    Result<Survey> survey() override { return lent.survey(); }
    Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override {
      return lent.changed_since(since, page);
    }
    Result<Fetched> fetch(const IssueKey& key) override { return lent.fetch(key); }
    Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override {
      return lent.apply(key, changes, expected);
    }
    Result<FieldInfo> create_field(const NewField& field) override { return lent.create_field(field); }
    Tracker& lent;
  };
  auto made = std::make_unique<FieldMakingJira>(survey, std::move(refused));
  made->takes_values = takes_values;
  jira = made.get();
  keep = std::move(made);
  const OpenForInit open = [&](const TrackerSettings&, const ContractBook&) -> Result<OpenTracker> {
    OpenTracker opened;
    opened.tracker = std::make_unique<Lent>(*keep);
    return opened;
  };
  InitOptions options;
  options.target = target(TrackerKind::jira);
  options.create = create;
  options.json = json;
  ran.exit_code = init(options, open, out, err);
  ran.out = out.str();
  ran.err = err.str();
  ran.asked = jira->asked;
  ran.made = jira->made;
  return ran;
}

const Words k_recommended{{"write.billing", "Billing: Select List (single choice)"},
                          {"write.entitlement", "Entitlement: Text Field (single line)"},
                          {"write.sla_state", "SLA: Select List (single choice)"},
                          {"write.next_due", "SLA next due: Date Time Picker"},
                          {"write.response_due", "SLA response due: Date Time Picker"},
                          {"write.resolution_due", "SLA resolution due: Date Time Picker"},
                          {"read.category", "Category confirmed: Select List (single choice)"},
                          {"read.fix_date", "Fix promised: Date Picker"},
                          {"read.approval", "Order approved: Select List (single choice)"}};

}  // namespace

TEST_CASE("statuses, staff and robots of a Jira are told apart by its words") {
  const auto proposal = proposed(service_jira());
  const auto yaml = bridge_yaml(proposal);
  CAPTURE(yaml);
  CHECK(has(yaml, "\n    kind: jira\n"));
  CHECK(has(yaml, "api_key: ${JIRA_API_KEY} "));
  CHECK(has(yaml, "\n      waiting_for_customer: [Waiting for customer]\n"));
  CHECK(has(yaml, "\n        - Waiting for support\n"));
  CHECK(has(yaml, "\n        - Pending   # please check\n"));
  CHECK(has(yaml, "\n      resolved: [Resolved, Done]\n"));
  CHECK(has(yaml, "\n      closed: [Closed]\n"));
  CHECK(has(yaml, "withdrawn: [Canceled, Declined, Resolved Duplicate, Done Duplicate, Closed Duplicate]"));
  CHECK(proposal.staff.roles == std::vector<std::string>{"Service Desk Team"});
  CHECK(proposal.staff.groups == std::vector<std::string>{"jira-servicemanagement-users-vendor"});
  CHECK(proposal.staff_is_sure);
  CHECK(has(yaml, "\n    bots: { roles: [app] }\n"));
  CHECK(proposal.other_roles == std::vector<std::string>{"Administrators", "atlassian"});
  CHECK(known_category("[System] Service request") == "consultation");
}

TEST_CASE("the decision is kept as a property, and a label needs nobody to make it") {
  auto yaml = bridge_yaml(proposed(service_jira()));
  CAPTURE(yaml);
  CHECK(has(yaml, "\n      property: contract-bridge   # the decision as JSON"));
  CHECK(has(yaml, "\n      labels: { breached: sla-breached }\n"));
  auto can = able_jira();
  can.record = false;
  CHECK_FALSE(has(bridge_yaml(proposed(service_jira(), can)), "property:"));
}

TEST_CASE(
    "a Jira's own organisations, versions and resolutions are no fields to bind, and system fields are left alone") {
  auto survey = service_jira();
  survey.fields.push_back(jira_field("customfield_1", "Organization", "textfield"));
  survey.fields.push_back(jira_field("environment", "Billing", "string"));
  const auto proposal = proposed(survey);
  CHECK(bound(proposal).empty());
  CHECK(missing(proposal) == k_recommended);
}

TEST_CASE("fields are bound by name and kind, by id where the name is that of several") {
  auto survey = service_jira();
  survey.fields.push_back(
      jira_field("customfield_1", "Billing", "select", {"free", "included", "pool", "paid", "undecided"}));
  survey.fields.push_back(jira_field("customfield_2", "SLA", "labels"));
  survey.fields.push_back(jira_field("customfield_3", "SLA next due", "datetime"));
  survey.fields.push_back(jira_field("customfield_4", "SLA response due", "datepicker"));
  survey.fields.push_back(jira_field("customfield_5", "Entitlement", "textarea"));
  survey.fields.push_back(jira_field("customfield_6", "Entitlement", "textfield"));
  survey.fields.push_back(jira_field("customfield_7", "Order approved", "radiobuttons", {"Ano", "Ne"}));
  survey.fields.push_back(jira_field("customfield_8", "Fix promised", "datepicker"));
  const auto proposal = proposed(survey);
  CHECK(bound(proposal) == Words{{"write.billing", "Billing"},
                                 {"write.next_due", "SLA next due"},
                                 {"write.entitlement", "customfield_6"},
                                 {"read.approval", "Order approved value Ano"},
                                 {"read.fix_date", "Fix promised"}});
  const auto tasks = tasks_text(proposal);
  CAPTURE(tasks);
  CHECK(has(tasks, "the field `SLA` is named like `write.sla_state`, but it is of the type `labels`"));
  CHECK(has(tasks, "the field `SLA response due` is named like `write.response_due`"));
}

TEST_CASE("what remains for an administrator") {
  auto tasks = tasks_text(proposed(service_jira()));
  CAPTURE(tasks);
  CHECK(tasks.starts_with("To do by hand in Jira; then run `init jira` again"));
  CHECK(has(tasks, "`Billing`: Select List (single choice) with the values free, included, pool, paid, undecided"));
  for (const auto* words : {"--create", "screens (Data Center", "context (Administration", "request types"}) {
    CAPTURE(words);
    CHECK(has(tasks, words));
  }
  CHECK_FALSE(has(tasks, "API token"));
  CHECK_FALSE(has(tasks, "Administer Projects"));
  auto can = able_jira();
  can.private_comments = false;
  can.quiet_writes = false;
  tasks = tasks_text(proposed(service_jira(), can));
  for (const auto* words : {"API token", "Browse Projects", "an agent's licence", "Administer Projects"}) {
    CAPTURE(words);
    CHECK(has(tasks, words));
  }
}

TEST_CASE("what is proposed is a good configuration, before and after the fields were made") {
  const auto before = proposed(service_jira());
  auto survey = service_jira();
  for (const auto& field : run(service_jira(), true).made) survey.fields.push_back(field);
  for (const auto& proposal : {before, proposed(survey)}) {
    const TemporaryFolder folder;
    for (const auto& file : starter_files(proposal)) folder.write(file.name, file.text);
    const auto loaded = load_settings(folder.name());
    std::string problems;
    for (const auto& problem : loaded.problems) problems += to_text(problem) + "\n";
    CAPTURE(bridge_yaml(proposal));
    CHECK(problems.empty());
    REQUIRE(loaded.settings);
    for (const auto& finding :
         compare_tracker(survey, able_jira(), loaded.settings->trackers.front(), loaded.settings->book)) {
      CAPTURE(finding.text);
      CHECK(finding.level == TrackerFinding::Level::note);
    }
  }
}

TEST_CASE("without --create nothing is made") {
  const auto ran = run(service_jira(), false);
  CHECK(ran.exit_code == k_exit_ok);
  CHECK(ran.asked.empty());
  CHECK(has(ran.out, "\n      # after you created Billing:\n"));
}

TEST_CASE("--create makes the recommended fields, binds them, and a second run makes nothing") {
  const auto ran = run(service_jira(), true);
  CAPTURE(ran.err);
  CHECK(ran.exit_code == k_exit_ok);
  REQUIRE(ran.asked.size() == 9);
  CHECK(ran.asked[0].name == "Billing");
  CHECK(ran.asked[0].kind == NewField::Kind::list);
  CHECK(ran.asked[0].values == std::vector<std::string>{"free", "included", "pool", "paid", "undecided"});
  CHECK(ran.asked[0].description == "who pays (written by contract-bridge)");
  CHECK(ran.asked[3].name == "SLA next due");
  CHECK(ran.asked[3].kind == NewField::Kind::date_time);
  CHECK(has(ran.err, "Made:\n   - `Billing`: Select List (single choice), customfield_10101\n"));
  CHECK_FALSE(has(ran.err, "Could not be made"));
  CHECK(std::count_if(ran.asked.begin(), ran.asked.end(),
                      [](const NewField& field) { return field.kind == NewField::Kind::date; }) == 1);
  CHECK(has(ran.err, "`Fix promised`: Date Picker, customfield_"));
  CHECK_FALSE(has(ran.err, "   - `Billing`: Select List (single choice) with"));
  CHECK(has(ran.out, "\n      billing: { field: Billing }\n"));
  CHECK(has(ran.out, "\n      next_due: { field: SLA next due }\n"));

  auto survey = service_jira();
  for (const auto& field : ran.made) survey.fields.push_back(field);
  const auto again = run(survey, true);
  CHECK(again.asked.empty());
  CHECK(again.out == ran.out);
}

TEST_CASE("one that cannot be made keeps none of the others from being made, and is told") {
  const auto ran =
      run(service_jira(), true,
          {{"Billing", {ErrorKind::denied, "tracker support: making the field Billing was refused (403)", {}}},
           {"SLA", {ErrorKind::rejected, "tracker support: no such type", {}}}});
  CAPTURE(ran.err);
  CHECK(ran.exit_code == k_exit_trouble);
  CHECK(ran.asked.size() == 9);
  CHECK(ran.made.size() == 7);
  CHECK(has(ran.err,
            "Could not be made:\n   - `Billing`: tracker support: making the field Billing was refused (403)\n"
            "   - `SLA`: tracker support: no such type\n"));
  CHECK(has(ran.err, "   - `Billing`: Select List (single choice) with the values"));
  CHECK(has(ran.out, "\n      entitlement: { field: Entitlement }\n"));
  CHECK(has(ran.out, "\n      # after you created Billing:\n"));
  // What is there by now is used: only the two are asked for again.
  auto survey = service_jira();
  for (const auto& field : ran.made) survey.fields.push_back(field);
  const auto again = run(survey, true);
  CHECK(again.exit_code == k_exit_ok);
  CHECK(again.asked.size() == 2);
}

TEST_CASE("a list that was made without its values is bound, and they are asked for") {
  const auto ran = run(service_jira(), true, {}, false);
  CHECK(ran.exit_code == k_exit_ok);
  CHECK(has(ran.err, "add its values by hand: `free`, `included`, `pool`, `paid`, `undecided`"));
  CHECK(has(ran.out, "\n      billing: { field: Billing }\n"));
}

TEST_CASE("for programs, what was made and what was not") {
  const auto ran = run(service_jira(), true, {{"SLA", {ErrorKind::denied, "refused", {}}}}, true, true);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json.at("made").size() == 8);
  CHECK(json.at("not_made") == nlohmann::json({"`SLA`: refused"}));
  CHECK(json.at("property") == "contract-bridge");
  CHECK(json.at("bots").at("roles") == nlohmann::json({"app"}));
}
