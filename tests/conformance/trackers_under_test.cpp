#include "tests/conformance/trackers_under_test.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "bridge/http/client.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::conformance {

namespace {

const char* const k_fake = "fake Redmine";

std::map<std::string, int>& counts() {
  static std::map<std::string, int> counted;
  return counted;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string needed(const char* name) {
  auto value = environment(name);
  if (value.empty())
    throw std::runtime_error(std::string(name) + " is missing, although CB_TEST_REDMINE_URL names a server");
  return value;
}

RedmineTerms terms(const std::string& url, const std::string& key, const std::string& project) {
  RedmineTerms terms;
  terms.name = "support";
  terms.base_url = url;
  terms.api_key = key;
  terms.projects = {project};
  terms.label_field = "Labels";
  terms.write = {
      {Slot::billing, "Billing"},       {Slot::entitlement, "Entitlement"},     {Slot::sla_state, "SLA"},
      {Slot::next_due, "SLA next due"}, {Slot::category, "Category confirmed"},  // a list: refuses what is not in it
      {Slot::advice, "No such field"}};
  return terms;
}

HttpOptions options(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return options;
}

Instant system_now() {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

std::string conformance_seed() {
  std::ifstream file(CB_SOURCE_DIR "/tests/live/conformance.json");
  if (!file) throw std::runtime_error("tests/live/conformance.json is missing");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string key_of(const DemoSeed& seed, const std::string& login) {
  return fake::user_by_login(seed.state, login)->key;
}

void with_fake(const Case& run) {
  const auto start = *instant_from_iso("2026-06-09T07:00:00Z");
  const auto seed = demo_seed(conformance_seed(), start, [](const std::string& login) { return "key-of-" + login; });
  std::atomic<long> seconds{0};
  FakeRedmine redmine(seed.state, [&] { return start + Seconds(seconds.load()); });
  FakeServer server(redmine);
  const auto http = make_http_client(options(server.url()));
  Backstage backstage(*http, {key_of(seed, seed.staff_login), key_of(seed, seed.customer_login)}, "lms");
  TrackerUnderTest tracker{k_fake,
                           terms(server.url(), key_of(seed, seed.bridge_login), "lms"),
                           key_of(seed, seed.customer_login),
                           http.get(),
                           &backstage,
                           &redmine,
                           [&](Seconds amount) { seconds += amount.count(); },
                           [&] { return start + Seconds(seconds.load()); }};
  ++counts()[tracker.name];
  INFO("tracker: " << tracker.name);
  run(tracker);
}

void with_real(const std::string& url, const Case& run) {
  const auto http = make_http_client(options(url));
  const auto customer_key = needed("CB_TEST_REDMINE_CUSTOMER_KEY");
  const auto project = needed("CB_TEST_REDMINE_PROJECT");
  Backstage backstage(*http, {needed("CB_TEST_REDMINE_STAFF_KEY"), customer_key}, project);
  TrackerUnderTest tracker{"Redmine at " + url,
                           terms(url, needed("CB_TEST_REDMINE_KEY"), project),
                           customer_key,
                           http.get(),
                           &backstage,
                           nullptr,
                           [](Seconds amount) { std::this_thread::sleep_for(amount); },
                           system_now};
  ++counts()[tracker.name];
  INFO("tracker: " << tracker.name);
  run(tracker);
}

// Says at the end what was tested, so that a run against one server is not taken for a run against two.
struct Summary : doctest::IReporter {
  std::ostream& out;
  explicit Summary(const doctest::ContextOptions& context) : out(*context.cout) {}
  void test_run_end(const doctest::TestRunStats&) override { out << "conformance: " << tested() << "\n"; }
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

std::unique_ptr<Tracker> TrackerUnderTest::open_with(const std::string& key) const {
  auto other = terms;
  other.api_key = key;
  return make_redmine_tracker(other, *http);
}

void on_every_tracker(const Case& run) {
  with_fake(run);
  const auto url = environment("CB_TEST_REDMINE_URL");
  if (!url.empty()) with_real(url, run);
}

void on_the_fake(const Case& run) {
  with_fake(run);
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
  std::string out;
  for (const auto& [name, count] : counts())
    out += (out.empty() ? "" : "; ") + name + ": " + std::to_string(count) + " runs";
  if (environment("CB_TEST_REDMINE_URL").empty()) out += "; no real Redmine was named (CB_TEST_REDMINE_URL)";
  return out;
}

}  // namespace cb::conformance
