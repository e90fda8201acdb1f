// What `check` says of a Jira beside what it says of every tracker.
#include <doctest/doctest.h>

#include "bridge/cli/check.hpp"

using namespace cb;

namespace {

struct Jira {
  Survey survey;
  Capabilities can;
  TrackerSettings settings;
  ContractBook book;

  Jira() {
    survey.identity.may_write = true;
    survey.fields = {{"customfield_1", "SLA", "textfield"},
                     {"customfield_2", "Billing", "select"},
                     {"customfield_3", "Billing", "textfield"}};
    can.record = true;
    can.transitions = true;
    settings.name = "desk";
    settings.kind = TrackerKind::jira;
    book.trackers["desk"].name = "desk";
  }
  [[nodiscard]] std::string findings() const {
    std::string text;
    for (const auto& finding : compare_tracker(survey, can, settings, book)) {
      if (finding.level == TrackerFinding::Level::note) continue;
      text += (finding.level == TrackerFinding::Level::error ? "error: " : "warning: ") + finding.text + "\n";
    }
    return text;
  }
};

}  // namespace

TEST_CASE("a field may be named or called by its id, unless its name is that of several") {
  Jira jira;
  jira.settings.write.fields = {{Slot::sla_state, {"SLA"}}, {Slot::billing, {"customfield_3"}}};
  CHECK(jira.findings().empty());
  jira.settings.write.fields[Slot::billing] = {"billing"};
  CHECK(jira.findings() ==
        "error: the name `billing` (write.billing) is that of several fields; write the id of the right one: "
        "`customfield_2`, `customfield_3`\n");
  jira.settings.write.fields[Slot::billing] = {"customfield_4"};
  CHECK(jira.findings().starts_with("error: the field `customfield_4` (write.billing) does not exist there"));
}

TEST_CASE("values of a list are looked at by its id, too") {
  Jira jira;
  jira.survey.fields[1].values = {"free", "paid"};
  jira.settings.write.fields = {{Slot::billing, {"customfield_2"}}};
  CHECK(jira.findings().starts_with("warning: the field `Billing` (write.billing) has no value `included`"));
}

TEST_CASE("what this tracker or account cannot take is told to have no effect") {
  Jira jira;
  jira.settings.write.property = "contract-bridge";
  jira.settings.write.transitions = {{"paid", "New", "Offered"}};
  CHECK(jira.findings().empty());
  jira.can = {};
  const auto text = jira.findings();
  CHECK(text.find("warning: `write.transitions` has no effect") != std::string::npos);
  CHECK(text.find("warning: `write.property` has no effect") != std::string::npos);
}
