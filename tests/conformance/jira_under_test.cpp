#include <atomic>

#include "adapters/jira/jira_tracker.hpp"
#include "bridge/http/client.hpp"
#include "tests/conformance/jira_backstage.hpp"
#include "tests/conformance/servers.hpp"
#include "tests/trackers/fake_jira_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::conformance {

namespace {

// So small that a few issues are more than a page.
constexpr std::size_t k_rows_a_page = 20;
const char* const k_staff = "Service Desk Team";

HttpOptions options(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return options;
}

// As the small state calls things.
Words jira_words() {
  Words words;
  words.types = {"Support", "Bug"};
  words.fresh = "To Do";
  words.working = "In Progress";
  words.ended = {"Done"};
  words.to_and_fro = {"Done", "In Progress", "Done"};
  words.priority = "Medium";
  words.raised = "Highest";
  words.customer = {"Customer", "ACME", "Volga"};
  words.channel = {"Channel", "Phone", "E-mail"};
  words.labels = {"sla-ok", "workaround", "sla-at-risk"};
  words.write = {{Slot::billing, "Billing"},  {Slot::entitlement, "Entitlement"},  {Slot::sla_state, "SLA"},
                 {Slot::response_due, "Due"}, {Slot::category, "Notes for staff"}, {Slot::advice, "No such field"}};
  words.texts = {Slot::entitlement, Slot::sla_state};
  words.list = ListSlot{Slot::billing, "Free", "not in the list"};
  words.date_time = Slot::response_due;
  words.other_project = "LAB";
  words.staff_mark = k_staff;
  return words;
}

// Accounts of the small state are called alike in all their parts.
std::string address_of(const std::string& key) {
  const auto name = key.substr(0, key.rfind("-token"));
  return name == key ? "bridge@example.com" : name + "@example.com";
}

JiraAccount account_of(const std::string& name, bool cloud) {
  const auto key = name + "-token";
  return {cloud ? address_of(key) : std::string(), key};
}

JiraTerms terms_of(const std::string& url, bool cloud, const Opening& opening,
                   const std::map<Slot, std::string>& write) {
  JiraTerms terms;
  terms.name = "support";
  terms.base_url = url;
  terms.api_key = opening.key;
  if (cloud) terms.login = address_of(opening.key);
  terms.projects = opening.projects;
  terms.write = write;
  terms.property = "contract-bridge";
  terms.links = terms.watchers = true;
  terms.insiders = {k_staff};
  terms.rows_a_page = k_rows_a_page;
  return terms;
}

}  // namespace

const std::vector<JiraForm>& jira_forms() {
  static const std::vector<JiraForm> k_forms{{"fake Jira Cloud", true, false, "America/New_York"},
                                             {"fake Jira Cloud with Service Management", true, true, "Europe/Berlin"},
                                             {"fake Jira Data Center", false, false, "Asia/Kolkata"},
                                             {"fake Jira Data Center with Service Management", false, true, "UTC"}};
  return k_forms;
}

void with_fake_jira(const JiraForm& form, const Case& run) {
  const auto start = *instant_from_iso("2026-06-09T07:00:00Z");
  std::atomic<long> seconds{0};
  auto state = fake_jira::small_state(form.cloud, form.service_management);
  for (auto& user : state.users)
    if (user.name == "bridge") user.zone = form.zone;
  fake_jira::make_admin(state, "bridge");
  FakeJira jira(std::move(state), [&] { return start + Seconds(seconds.load()); });
  FakeServer server(jira);
  const auto http = make_http_client(options(server.url()));
  JiraBackstage backstage(
      *http, {{Who::staff, account_of("staff", form.cloud)}, {Who::customer, account_of("other", form.cloud)}},
      {form.cloud, form.service_management, "SUP", "Support", k_staff});
  TrackerUnderTest tracker;
  tracker.name = form.name;
  tracker.kind = "jira";
  tracker.words = jira_words();
  tracker.bridge_key = "bridge-token";
  tracker.customer_key = "other-token";
  tracker.project = "SUP";
  tracker.backstage = &backstage;
  tracker.fake = tracker.jira = &jira;
  tracker.list_path = form.cloud ? "/rest/api/3/search/jql" : "/rest/api/2/search";
  tracker.issue_path = form.cloud ? "/rest/api/3/issue/" : "/rest/api/2/issue/";
  tracker.more_than_a_page = static_cast<int>(k_rows_a_page) + 3;
  tracker.requests_to_copy = tracker.requests_to_comment = 1;
  tracker.batches = form.cloud;
  tracker.quiet = true;
  if (!form.cloud) tracker.markup = {"{{include"};
  tracker.make = [url = server.url(), &http, cloud = form.cloud, write = tracker.words.write](const Opening& opening) {
    return make_jira_tracker(terms_of(url, cloud, opening, write), *http);
  };
  tracker.let_time_pass = [&](Seconds amount) { seconds += amount.count(); };
  tracker.now = [&] { return start + Seconds(seconds.load()); };
  run_on(tracker, run);
}

}  // namespace cb::conformance
