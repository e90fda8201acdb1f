#include <atomic>
#include <stdexcept>
#include <thread>

#include "adapters/bugzilla/bugzilla_tracker.hpp"
#include "bridge/http/client.hpp"
#include "tests/conformance/bugzilla_backstage.hpp"
#include "tests/conformance/bugzilla_words.hpp"
#include "tests/conformance/servers.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::conformance {

namespace {

const char* const k_kind = "BUGZILLA";
// So small that a few issues are more than a page.
constexpr std::size_t k_rows_a_page = 20;

HttpOptions options(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return options;
}

struct Place {
  std::string url, zone;
  BugzillaPlace at;
  std::map<std::string, std::string> logins = {};  // by key: what 5.0 and 5.2 do not tell
};

TrackerUnderTest bugzilla_at(const Place& place, Http& http, Backstage& backstage, const Words& words) {
  TrackerUnderTest tracker;
  tracker.kind = "bugzilla";
  tracker.words = words;
  tracker.project = place.at.product;
  tracker.backstage = &backstage;
  tracker.list_path = "/rest/bug";
  tracker.issue_path = "/rest/bug/";
  tracker.more_than_a_page = static_cast<int>(k_rows_a_page) + 3;
  tracker.copying_moves = true;
  tracker.batches = true;
  tracker.make = [place, &http, write = words.write, flag = words.flag](const Opening& opening) {
    BugzillaTerms terms;
    terms.name = "support";
    terms.base_url = place.url;
    terms.api_key = opening.key;
    terms.products = opening.projects;
    if (const auto login = place.logins.find(opening.key); login != place.logins.end()) terms.login = login->second;
    terms.write = write;
    terms.flags = {flag};
    terms.server_timezone = place.zone;
    terms.rows_a_page = k_rows_a_page;
    return make_bugzilla_tracker(terms, http);
  };
  return tracker;
}

// What a real server was found to be like; asked once for all cases.
struct RealServer {
  std::unique_ptr<Http> http;
  std::unique_ptr<BugzillaBackstage> backstage;
  Words words;
  Place place;
  std::string key, customer_key;
  std::string problem;  // why it cannot be tested
};

// The zone that the environment names, or the one that the server shows by itself.
std::string zone_of(const RealServer& server) {
  if (const auto named = environment(k_kind, "TIMEZONE"); !named.empty()) return named;
  BugzillaTerms terms;
  terms.name = "support";
  terms.base_url = server.place.url;
  terms.api_key = server.key;
  terms.products = {server.place.at.product};
  const auto survey = make_bugzilla_tracker(terms, *server.http)->survey();
  if (!survey) throw std::runtime_error("the zone of the server could not be asked: " + survey.error().what);
  return survey->time_zone;
}

void find_out(RealServer& server) {
  server.words = bugzilla_words(*server.backstage, fields_from_text(needed(k_kind, "FIELDS")), server.place.at.product);
  const auto customer = server.backstage->person(Who::customer).login;
  const auto login = environment(k_kind, "CUSTOMER_LOGIN");
  if (!login.empty() && customer != login)
    throw std::runtime_error("CB_TEST_BUGZILLA_CUSTOMER_KEY belongs to " + customer + ", not to " + login);
  server.place.logins[server.customer_key] = customer;
  if (environment(k_kind, "STAFF_KEY").empty())
    server.place.logins[server.key] = server.backstage->person(Who::staff).login;
  server.place.zone = zone_of(server);
  if (!server.place.zone.empty() || !server.words.date_time) return;
  // Without a zone no date-time is written, so that everything else can be tested all the same.
  server.words.write.erase(*server.words.date_time);
  server.words.date_time.reset();
  server.words.no_date_time = "the server does not show its zone: name it by CB_TEST_BUGZILLA_TIMEZONE";
}

RealServer& real_server(const std::string& url) {
  static std::map<std::string, RealServer> known;
  const auto [found, is_new] = known.try_emplace(url);
  auto& server = found->second;
  if (is_new) try {
      server.key = needed(k_kind, "KEY");
      server.customer_key = needed(k_kind, "CUSTOMER_KEY");
      server.place = {url, "", {needed(k_kind, "PRODUCT"), needed(k_kind, "COMPONENT")}};
      server.http = make_http_client(options(url));
      const auto staff_key = environment(k_kind, "STAFF_KEY");
      server.backstage = std::make_unique<BugzillaBackstage>(
          *server.http, Keys{staff_key.empty() ? server.key : staff_key, server.customer_key}, server.place.at);
      find_out(server);
    } catch (const std::exception& error) {
      server.problem = error.what();
    }
  if (!server.problem.empty()) throw std::runtime_error(url + ": " + server.problem);
  return server;
}

}  // namespace

const std::vector<BugzillaForm>& bugzilla_forms() {
  using Flavour = fake_bugzilla::Flavour;
  static const std::vector<BugzillaForm> k_forms{
      {Flavour::classic, "5.0.6", "UTC", true},
      {Flavour::classic, "5.2", "Europe/Berlin", false},
      {Flavour::trunk, "5.3.3+", "America/New_York", true},
      {Flavour::harmony, "5.9.1+", "Europe/Berlin", true},
      {Flavour::bmo, "20260820.1", "America/Los_Angeles", true},
  };
  return k_forms;
}

namespace {

// The recorded server in another form; where the bridge has an account of its own, new issues do not go to staff.
fake_bugzilla::State state_of(const BugzillaForm& form) {
  auto state = fake_bugzilla::small_state();
  state.settings.flavour = form.flavour;
  state.settings.version = form.version;
  state.settings.zone = form.zone;
  fake_bugzilla::add_field(state, "cf_sla", "SLA", fake_bugzilla::FieldType::text);
  if (!form.has_bridge_account) return state;
  auto bridge = *fake_bugzilla::user_by_login(state, "staff@example.com");
  bridge.id = 17;
  bridge.login = "bridge@example.com";
  bridge.real_name = "Contract Bridge";
  bridge.keys = {{"key-of-bridge"}};
  state.users.push_back(bridge);
  for (auto& product : state.products)
    for (auto& component : product.components) component.assignee = "admin@example.com";
  return state;
}

}  // namespace

void with_fake_bugzilla(const BugzillaForm& form, const Case& run) {
  const auto start = *instant_from_iso("2026-06-09T07:00:00Z");
  std::atomic<long> seconds{0};
  FakeBugzilla bugzilla(state_of(form), [&] { return start + Seconds(seconds.load()); });
  FakeServer server(bugzilla);
  const auto http = make_http_client(options(server.url()));
  const BugzillaPlace place{"LMS", "Course Engine"};
  BugzillaBackstage backstage(*http, {"staff-key", "customer-key"}, place);
  // As a server is asked that nobody has seen before; what was created for that goes away again.
  const auto words =
      bugzilla_words(backstage,
                     fields_from_text("entitlement=cf_entitlement, sla_state=cf_sla, customer=cf_customer, "
                                      "plan=cf_contract_class, response_due=cf_sla_response_due"),
                     place.product);
  bugzilla.state().bugs.clear();
  bugzilla.clear_log();
  auto tracker = bugzilla_at({server.url(), form.zone, place, {}}, *http, backstage, words);
  tracker.name = std::string("fake Bugzilla ") + form.version;
  tracker.bridge_key = form.has_bridge_account ? "key-of-bridge" : "staff-key";
  tracker.customer_key = "customer-key";
  tracker.fake = tracker.bugzilla = &bugzilla;
  tracker.let_time_pass = [&](Seconds amount) { seconds += amount.count(); };
  tracker.now = [&] { return start + Seconds(seconds.load()); };
  run_on(tracker, run);
}

void with_real_bugzilla(const std::string& url, const Case& run) {
  auto& server = real_server(url);
  auto tracker = bugzilla_at(server.place, *server.http, *server.backstage, server.words);
  tracker.name = "Bugzilla at " + url;
  tracker.bridge_key = server.key;
  tracker.customer_key = server.customer_key;
  tracker.let_time_pass = [](Seconds amount) { std::this_thread::sleep_for(amount); };
  tracker.now = system_now;
  run_on(tracker, run);
}

}  // namespace cb::conformance
