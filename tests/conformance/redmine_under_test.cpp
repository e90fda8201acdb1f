#include <atomic>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "adapters/redmine/redmine_tracker.hpp"
#include "bridge/http/client.hpp"
#include "tests/conformance/redmine_backstage.hpp"
#include "tests/conformance/servers.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::conformance {

namespace {

const char* const k_kind = "REDMINE";
const char* const k_labels = "Labels";

// As tests/live/conformance.json says it; other fields may be named by CB_TEST_REDMINE_FIELDS.
Words redmine_words(const std::map<std::string, std::string>& fields) {
  const auto named = [&](const char* neutral, const char* otherwise) {
    const auto found = fields.find(neutral);
    return found == fields.end() ? std::string(otherwise) : found->second;
  };
  Words words;
  words.types = {"Support", "Bug"};
  words.fresh = "New";
  words.working = "In Progress";
  words.ended = {"Closed", "Rejected", "Resolved"};
  words.to_and_fro = {"Closed", "Feedback", "Resolved", "Closed"};
  words.priority = "Normal";
  words.raised = "Urgent";
  words.customer = {named("customer", "Customer"), "ACME", "Volga"};
  words.channel = {named("channel", "Channel"), "phone", "email"};
  words.labels = {"sla-ok", "workaround", "sla-at-risk"};
  words.write = {{Slot::billing, named("billing", "Billing")},
                 {Slot::entitlement, named("entitlement", "Entitlement")},
                 {Slot::sla_state, named("sla_state", "SLA")},
                 {Slot::next_due, named("next_due", "SLA next due")},
                 {Slot::category, named("category", "Category confirmed")},  // a list: refuses what is not in it
                 {Slot::advice, "No such field"}};
  words.texts = {Slot::billing, Slot::sla_state, Slot::entitlement, Slot::next_due};
  words.list = ListSlot{Slot::category, "defect", "not in the list"};
  words.refusal = "is not included in the list";
  words.other_project = "reports";
  words.staff_mark = "Support";
  return words;
}

RedmineTerms terms(const std::string& url, const std::map<Slot, std::string>& write, const Opening& opening) {
  RedmineTerms terms;
  terms.name = "support";
  terms.base_url = url;
  terms.api_key = opening.key;
  terms.projects = opening.projects;
  terms.label_field = k_labels;
  terms.write = write;
  return terms;
}

HttpOptions options(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return options;
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

TrackerUnderTest redmine_at(const std::string& url, Http& http, Backstage& backstage, const Words& words) {
  TrackerUnderTest tracker;
  tracker.kind = "redmine";
  tracker.words = words;
  tracker.project = "lms";
  tracker.backstage = &backstage;
  tracker.list_path = "/issues.json";
  tracker.issue_path = "/issues/";
  tracker.requests_to_copy = 1;
  tracker.markup = {"<script>", "{{include"};
  tracker.make = [url, &http, write = words.write](const Opening& opening) {
    return make_redmine_tracker(terms(url, write, opening), http);
  };
  return tracker;
}

}  // namespace

void with_fake_redmine(const Case& run) {
  const auto start = *instant_from_iso("2026-06-09T07:00:00Z");
  const auto seed = demo_seed(conformance_seed(), start, [](const std::string& login) { return "key-of-" + login; });
  std::atomic<long> seconds{0};
  FakeRedmine redmine(seed.state, [&] { return start + Seconds(seconds.load()); });
  FakeServer server(redmine);
  const auto http = make_http_client(options(server.url()));
  const auto words = redmine_words({});
  RedmineBackstage backstage(*http, {key_of(seed, seed.staff_login), key_of(seed, seed.customer_login)}, "lms",
                             words.types.front());
  auto tracker = redmine_at(server.url(), *http, backstage, words);
  tracker.name = "fake Redmine";
  tracker.bridge_key = key_of(seed, seed.bridge_login);
  tracker.customer_key = key_of(seed, seed.customer_login);
  tracker.fake = tracker.redmine = &redmine;
  tracker.let_time_pass = [&](Seconds amount) { seconds += amount.count(); };
  tracker.now = [&] { return start + Seconds(seconds.load()); };
  run_on(tracker, run);
}

void with_real_redmine(const std::string& url, const Case& run) {
  const auto http = make_http_client(options(url));
  const auto key = needed(k_kind, "KEY");
  const auto staff_key = environment(k_kind, "STAFF_KEY");
  auto project = environment(k_kind, "PROJECT");
  if (project.empty()) project = needed(k_kind, "PRODUCT");
  const auto words = redmine_words(fields_from_text(environment(k_kind, "FIELDS")));
  const auto customer_key = needed(k_kind, "CUSTOMER_KEY");
  RedmineBackstage backstage(*http, {staff_key.empty() ? key : staff_key, customer_key}, project, words.types.front());
  if (const auto login = environment(k_kind, "CUSTOMER_LOGIN");
      !login.empty() && backstage.person(Who::customer).login != login)
    throw std::runtime_error("CB_TEST_REDMINE_CUSTOMER_KEY belongs to " + backstage.person(Who::customer).login +
                             ", not to " + login);
  auto tracker = redmine_at(url, *http, backstage, words);
  tracker.name = "Redmine at " + url;
  tracker.bridge_key = key;
  tracker.customer_key = customer_key;
  tracker.project = project;
  tracker.let_time_pass = [](Seconds amount) { std::this_thread::sleep_for(amount); };
  tracker.now = system_now;
  run_on(tracker, run);
}

}  // namespace cb::conformance
