#include "tests/conformance/trackers_under_test.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <stdexcept>

#include "tests/conformance/servers.hpp"

namespace cb::conformance {

namespace {

std::map<std::string, int>& counts() {
  static std::map<std::string, int> counted;
  return counted;
}

std::set<std::string>& impossible() {
  static std::set<std::string> told;
  return told;
}

// CB_TEST_ONLY narrows the run to one kind of fake: redmine, bugzilla, jira, jira-cloud, jira-data-center.
std::string only() {
  static const char* const k_value = std::getenv("CB_TEST_ONLY");
  return k_value ? k_value : "";
}

bool is_wanted(const std::string& kind) {
  static const std::set<std::string> k_known{"", "redmine", "bugzilla", "jira", "jira-cloud", "jira-data-center"};
  if (k_known.count(only()) == 0) throw std::runtime_error("CB_TEST_ONLY names no kind of tracker: " + only());
  return only().empty() || kind == only() || kind.rfind(only() + "-", 0) == 0;
}

// Says at the end what was tested, so that a run against one server is not taken for a run against two.
struct Summary : doctest::IReporter {
  std::ostream& out;
  explicit Summary(const doctest::ContextOptions& context) : out(*context.cout) {}
  void test_run_end(const doctest::TestRunStats&) override {
    out << "conformance: " << tested() << "\n";
    for (const auto& what : impossible()) out << "conformance: not possible on " << what << "\n";
  }
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_case_start(const doctest::TestCaseData&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("conformance", 1, Summary);

}  // namespace

std::string environment(const std::string& kind, const std::string& name) {
  const char* value = std::getenv(("CB_TEST_" + kind + "_" + name).c_str());
  return value ? value : "";
}

std::string needed(const std::string& kind, const std::string& name) {
  auto value = environment(kind, name);
  if (value.empty())
    throw std::runtime_error("CB_TEST_" + kind + "_" + name + " is missing, although CB_TEST_" + kind +
                             "_URL names a server");
  return value;
}

Instant system_now() {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

void run_on(TrackerUnderTest& tracker, const Case& run) {
  ++counts()[tracker.name];
  INFO("tracker: " << tracker.name);
  run(tracker);
}

void on_every_tracker(const Case& run) {
  on_the_fakes(run);
  if (!is_wanted("real")) return;
  if (const auto url = environment("REDMINE", "URL"); !url.empty()) with_real_redmine(url, run);
  if (const auto url = environment("BUGZILLA", "URL"); !url.empty()) with_real_bugzilla(url, run);
  if (const auto url = environment("JIRA", "URL"); !url.empty()) with_real_jira(url, run);
}

void on_the_fakes(const Case& run) {
  on_the_fake_redmine(run);
  on_the_fake_bugzillas(run);
  on_the_fake_jiras(run);
}

void on_the_fake_redmine(const Case& run) {
  if (is_wanted("redmine")) with_fake_redmine(run);
}

void on_the_fake_bugzillas(const Case& run) {
  if (!is_wanted("bugzilla")) return;
  for (const auto& form : bugzilla_forms()) with_fake_bugzilla(form, run);
}

void on_the_fake_jiras(const Case& run) {
  for (const auto& form : jira_forms())
    if (is_wanted(form.cloud ? "jira-cloud" : "jira-data-center")) with_fake_jira(form, run);
}

void not_possible(const TrackerUnderTest& tracker, const std::string& why) {
  impossible().insert(tracker.name + ": " + why);
}

std::vector<IssueRef> everything_since(Tracker& tracker, std::optional<Instant> since) {
  std::vector<IssueRef> refs;
  std::optional<std::string> token;
  do {
    const auto page = tracker.changed_since(since, token);
    if (!page) throw std::runtime_error("the list failed: " + page.error().what);
    refs.insert(refs.end(), page->refs.begin(), page->refs.end());
    token = page->next;
  } while (token);
  return refs;
}

bool contains(const std::vector<IssueRef>& refs, const std::string& id) {
  return std::any_of(refs.begin(), refs.end(), [&](const IssueRef& ref) { return ref.key.id == id; });
}

std::string tested() {
  std::string out = only().empty() ? "" : "by CB_TEST_ONLY nothing but " + only();
  for (const auto& [name, count] : counts())
    out += (out.empty() ? "" : "; ") + name + ": " + std::to_string(count) + " runs";
  for (const auto* kind : {"REDMINE", "BUGZILLA", "JIRA"})
    if (is_wanted("real") && environment(kind, "URL").empty())
      out += std::string("; no real server was named by CB_TEST_") + kind + "_URL";
  return out;
}

}  // namespace cb::conformance
