// A tracker opened from the configuration, over a socket to a fake Redmine: what the configuration says arrives there.
#include "bridge/service/open_tracker.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "bridge/cli/check.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_clock.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"
#include "tests/trackers/fake_server.hpp"

using namespace cb;

namespace {

const Instant k_now = *instant_from_iso("2026-06-08T08:00:00Z");

fake::State state_with_labels() {
  auto state = fake::small_state(k_now - Seconds{86400});
  fake::Field labels;
  labels.id = 100;
  labels.name = "Labels";
  labels.format = "list";
  labels.values = {"sla-ok", "sla-breached"};
  labels.multiple = true;
  labels.for_all = true;
  state.fields.push_back(labels);
  return state;
}

struct Redmine {
  FakeRedmine fake{state_with_labels(), [] { return k_now; }};
  FakeServer server{fake};
  TemporaryFolder folder;
  std::ostringstream log_text;
  Log log{LogLevel::error, Log::Form::human, log_text};
  ContractBook book;
  TrackerSettings settings;

  explicit Redmine(const std::string& label_field) {
    const auto key = folder.write("key", "admin-key");
    std::filesystem::permissions(key, std::filesystem::perms::owner_read);
    settings.name = "support";
    settings.url = server.url();
    settings.api_key.text = "file:" + key;
    settings.label_field = label_field;
    book.trackers["support"].name = "support";
  }
};

}  // namespace

TEST_CASE("labels go into the field that the configuration names") {
  Redmine redmine("Labels");
  const int id = fake::add_issue(redmine.fake.state(), "customer", "Bug", "Login does nothing", k_now);
  const IssueKey key{"support", std::to_string(id)};
  const auto open = open_tracker(redmine.settings, redmine.book, redmine.log);
  REQUIRE(open);
  CHECK(open->tracker->capabilities().labels);
  const auto before = open->tracker->fetch(key);
  REQUIRE(before);
  Changes changes;
  changes.add_labels = {"sla-ok"};
  const auto applied = open->tracker->apply(key, changes, before->issue.revision);
  REQUIRE(applied);
  CHECK(applied->ignored.empty());
  CHECK(applied->after.issue.labels == std::vector<std::string>{"sla-ok"});
}

TEST_CASE("without such a field there are no labels") {
  Redmine redmine("");
  const auto open = open_tracker(redmine.settings, redmine.book, redmine.log);
  REQUIRE(open);
  CHECK_FALSE(open->tracker->capabilities().labels);
}

TEST_CASE("requests are counted where somebody counts") {
  Redmine redmine("");
  VirtualClock clock(k_now);
  SeededChance chance(1);
  Paces paces;
  HttpCounts counts;
  const Pacing pacing{clock, chance, paces, 0, &counts};
  const auto open = open_tracker(redmine.settings, redmine.book, redmine.log, &pacing);
  REQUIRE(open);
  REQUIRE(open->tracker->who_am_i());
  const auto sums = counts.sums();
  REQUIRE(sums.size() == 1);
  CHECK(sums.begin()->first == HttpCounts::Kind{"support", "GET", "2xx"});
}

TEST_CASE("a Bugzilla gets what the configuration says of it") {
  TrackerSettings settings;
  settings.name = "bugs";
  settings.url = "https://bugzilla.vendor.example";
  settings.login = "bridge@vendor.example";
  settings.projects = {"Editor"};
  settings.server_timezone = "Europe/Berlin";
  settings.write.fields[Slot::next_due] = {"cf_due"};
  settings.write.flags = {{"entitled", "entitled", "+"}, {"not_entitled", "Entitled", "-"}, {"paid", "sales", "?"}};
  TrackerTerms terms;
  terms.read.customer = Source{"cf_customer", {}, {}};
  const auto bugzilla = bugzilla_terms(settings, terms, "the-key");
  CHECK(bugzilla.name == "bugs");
  CHECK(bugzilla.base_url == "https://bugzilla.vendor.example");
  CHECK(bugzilla.api_key == "the-key");
  CHECK(bugzilla.login == "bridge@vendor.example");
  CHECK(bugzilla.products == std::vector<std::string>{"Editor"});
  CHECK(bugzilla.read.customer->field == "cf_customer");
  CHECK(bugzilla.write == std::map<Slot, std::string>{{Slot::next_due, "cf_due"}});
  CHECK(bugzilla.flags == std::vector<std::string>{"entitled", "sales"});
  CHECK(bugzilla.server_timezone == "Europe/Berlin");
}

TEST_CASE("a Jira gets what the configuration says of it") {
  TrackerSettings settings;
  settings.name = "desk";
  settings.url = "https://vendor.atlassian.net";
  settings.login = "bridge@vendor.example";
  settings.projects = {"SUP"};
  settings.write.fields[Slot::next_due] = {"customfield_10050"};
  settings.write.property = "contract-bridge";
  TrackerTerms terms;
  terms.read.customer = Source{"Customer", {}, {}};
  auto jira = jira_terms(settings, terms, "the-key");
  CHECK(jira.name == "desk");
  CHECK(jira.base_url == "https://vendor.atlassian.net");
  CHECK(jira.api_key == "the-key");
  CHECK(jira.login == "bridge@vendor.example");
  CHECK(jira.projects == std::vector<std::string>{"SUP"});
  CHECK(jira.read.customer->field == "Customer");
  CHECK(jira.write == std::map<Slot, std::string>{{Slot::next_due, "customfield_10050"}});
  CHECK(jira.property == "contract-bridge");
  CHECK(jira.quiet);
  CHECK_FALSE(jira.links);
  settings.write.pages = "https://support.vendor.example";
  CHECK(jira_terms(settings, terms, "the-key").links);
}

TEST_CASE("a field of labels that does not exist is found by check") {
  for (const std::string name : {"Labels", "Lables"}) {
    CAPTURE(name);
    Redmine redmine(name);
    const auto open = open_tracker(redmine.settings, redmine.book, redmine.log);
    REQUIRE(open);
    const auto survey = open->tracker->survey();
    REQUIRE(survey);
    std::string text;
    for (const auto& finding :
         compare_tracker(*survey, open->tracker->capabilities(), redmine.settings, redmine.book)) {
      text += finding.text + "\n";
    }
    CAPTURE(text);
    const bool missing = text.find("the field `Lables` (label_field) does not exist there") != std::string::npos;
    CHECK(missing == (name == "Lables"));
  }
}
