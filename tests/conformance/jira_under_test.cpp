#include <atomic>
#include <stdexcept>
#include <thread>

#include "adapters/jira/jira_tracker.hpp"
#include "bridge/http/client.hpp"
#include "tests/conformance/jira_backstage.hpp"
#include "tests/conformance/jira_judges.hpp"
#include "tests/conformance/jira_words.hpp"
#include "tests/conformance/servers.hpp"
#include "tests/trackers/fake_jira_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::conformance {

namespace {

// So small that a few issues are more than a page.
constexpr std::size_t k_rows_a_page = 20;
const char* const k_kind = "JIRA";
const char* const k_staff = "Service Desk Team";

HttpOptions options(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return options;
}

// Accounts of the small state are called alike in all their parts.
JiraAccount account_of(const std::string& name, bool cloud) {
  return {cloud ? name + "@example.com" : std::string(), name + "-token"};
}

// Where a Jira is, and whose keys go with which logins.
struct Place {
  std::string url;
  JiraPlace at;
  std::map<std::string, std::string> logins = {};  // by key; none where keys are sent alone
};

JiraTerms terms_of(const Place& place, const Opening& opening, const std::map<Slot, std::string>& write) {
  JiraTerms terms;
  terms.name = "support";
  terms.base_url = place.url;
  terms.api_key = opening.key;
  if (!place.logins.empty()) {
    const auto login = place.logins.find(opening.key);
    terms.login = login == place.logins.end() ? place.logins.begin()->second : login->second;
  }
  terms.projects = opening.projects;
  terms.write = write;
  terms.property = "contract-bridge";
  terms.links = terms.watchers = true;
  terms.insiders = {place.at.staff_role};
  terms.rows_a_page = k_rows_a_page;
  return terms;
}

TrackerUnderTest jira_at(const Place& place, Http& http, Backstage& backstage, const Words& words) {
  TrackerUnderTest tracker;
  tracker.kind = "jira";
  tracker.words = words;
  tracker.project = place.at.project;
  tracker.backstage = &backstage;
  tracker.list_path = place.at.cloud ? "/rest/api/3/search/jql" : "/rest/api/2/search";
  tracker.issue_path = place.at.cloud ? "/rest/api/3/issue/" : "/rest/api/2/issue/";
  tracker.more_than_a_page = static_cast<int>(k_rows_a_page) + 3;
  tracker.requests_to_copy = tracker.requests_to_comment = 1;
  tracker.batches = place.at.cloud;
  tracker.quiet = true;
  if (!place.at.cloud) tracker.markup = {"{{include"};
  tracker.make = [place, &http, write = words.write](const Opening& opening) {
    return make_jira_tracker(terms_of(place, opening, write), http);
  };
  return tracker;
}

// What a real server was found to be like; asked once for all cases.
struct RealServer {
  std::unique_ptr<Http> http;
  std::unique_ptr<JiraBackstage> backstage;
  Words words;
  Place place;
  std::string key, customer_key;
  std::string problem;  // why it cannot be tested
};

// A Data Center has no such address.
bool is_cloud(Http& http) {
  const auto answer = http.send({"GET", "/rest/api/3/serverInfo", {{"Accept", "application/json"}}, ""});
  if (!answer) throw std::runtime_error(answer.error().what);
  return answer->status == 200;
}

void find_out(RealServer& server, const std::string& url) {
  server.key = needed(k_kind, "KEY");
  server.customer_key = needed(k_kind, "CUSTOMER_KEY");
  server.http = make_http_client(options(url));
  auto type = environment(k_kind, "TYPE");
  server.place.url = url;
  server.place.at = {is_cloud(*server.http), !environment(k_kind, "SERVICE_DESK").empty(), needed(k_kind, "PROJECT"),
                     type.empty() ? "Task" : type, environment(k_kind, "STAFF_ROLE")};
  auto& logins = server.place.logins;
  if (server.place.at.cloud)
    logins = {{server.key, needed(k_kind, "LOGIN")}, {server.customer_key, needed(k_kind, "CUSTOMER_LOGIN")}};
  auto staff_key = environment(k_kind, "STAFF_KEY");
  if (staff_key.empty()) staff_key = server.key;
  if (server.place.at.cloud && staff_key != server.key) logins[staff_key] = needed(k_kind, "STAFF_LOGIN");
  const auto account = [&](const std::string& key) {
    const auto login = logins.find(key);
    return JiraAccount{login == logins.end() ? std::string() : login->second, key};
  };
  server.backstage = std::make_unique<JiraBackstage>(
      *server.http,
      std::map<Who, JiraAccount>{{Who::staff, account(staff_key)}, {Who::customer, account(server.customer_key)}},
      server.place.at);
  server.words = jira_words(*server.backstage, fields_from_text(needed(k_kind, "FIELDS")));
}

RealServer& real_server(const std::string& url) {
  static std::map<std::string, RealServer> known;
  const auto [found, is_new] = known.try_emplace(url);
  auto& server = found->second;
  if (is_new) try {
      find_out(server, url);
    } catch (const std::exception& error) {
      server.problem = error.what();
    }
  if (!server.problem.empty()) throw std::runtime_error(url + ": " + server.problem);
  return server;
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
  state.settings.bulk_takes = Seconds(0);  // time stands still while the adapter asks
  FakeJira jira(std::move(state), [&] { return start + Seconds(seconds.load()); });
  FakeServer server(jira);
  const auto http =
      judged(make_http_client(options(server.url())), jira, form.cloud ? JiraHome::cloud : JiraHome::data_center);
  const Place place{server.url(),
                    {form.cloud, form.service_management, "SUP", "Support", k_staff},
                    form.cloud ? std::map<std::string, std::string>{{"bridge-token", "bridge@example.com"},
                                                                    {"other-token", "other@example.com"}}
                               : std::map<std::string, std::string>{}};
  JiraBackstage backstage(
      *http, {{Who::staff, account_of("staff", form.cloud)}, {Who::customer, account_of("other", form.cloud)}},
      place.at);
  // As a server is asked that nobody has seen before; what was created for that goes away again.
  auto words = jira_words(backstage, fields_from_text("billing=Billing, entitlement=Entitlement, sla_state=SLA, "
                                                      "response_due=Due, customer=Customer, channel=Channel"));
  words.other_project = "LAB";
  jira.state().issues.clear();
  jira.clear_log();
  auto tracker = jira_at(place, *http, backstage, words);
  tracker.name = form.name;
  tracker.bridge_key = "bridge-token";
  tracker.customer_key = "other-token";
  tracker.fake = tracker.jira = &jira;
  tracker.make_writing = [&](const std::map<Slot, std::string>& write) {
    return make_jira_tracker(terms_of(place, {tracker.bridge_key, {place.at.project}}, write), *http);
  };
  tracker.let_time_pass = [&](Seconds amount) { seconds += amount.count(); };
  tracker.now = [&] { return start + Seconds(seconds.load()); };
  run_on(tracker, run);
}

void with_real_jira(const std::string& url, const Case& run) {
  auto& server = real_server(url);
  auto tracker = jira_at(server.place, *server.http, *server.backstage, server.words);
  tracker.name = "Jira at " + url;
  tracker.bridge_key = server.key;
  tracker.customer_key = server.customer_key;
  tracker.let_time_pass = [](Seconds amount) { std::this_thread::sleep_for(amount); };
  tracker.now = system_now;
  run_on(tracker, run);
}

}  // namespace cb::conformance
