#include "bridge/service/open_tracker.hpp"

#include "adapters/bugzilla/bugzilla_tracker.hpp"
#include "adapters/jira/jira_tracker.hpp"
#include "adapters/redmine/redmine_tracker.hpp"
#include "bridge/http/client.hpp"
#include "bridge/http/paced_http.hpp"
#include "bridge/http/rated_http.hpp"
#include "bridge/http/retry_after_http.hpp"
#include "bridge/settings/secret.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

RedmineTerms redmine_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key) {
  RedmineTerms redmine;
  redmine.name = settings.name;
  redmine.base_url = settings.url;
  redmine.api_key = std::move(api_key);
  redmine.projects = settings.projects;
  redmine.read = terms.read;
  redmine.label_field = settings.label_field;
  for (const auto& [slot, field] : settings.write.fields) redmine.write[slot] = field.field;
  return redmine;
}

// A key may be written as address:token; then the token alone is as secret.
void keep_secret(Log& log, const std::string& key) {
  log.keep_secret(key);
  if (const auto colon = key.find(':'); colon != std::string::npos) log.keep_secret(key.substr(colon + 1));
}

}  // namespace

BugzillaTerms bugzilla_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key) {
  BugzillaTerms bugzilla;
  bugzilla.name = settings.name;
  bugzilla.base_url = settings.url;
  bugzilla.api_key = std::move(api_key);
  bugzilla.login = settings.login;
  bugzilla.insider_group = settings.insider_group;
  bugzilla.products = settings.projects;
  bugzilla.read = terms.read;
  for (const auto& [slot, field] : settings.write.fields) bugzilla.write[slot] = field.field;
  for (const auto& each : settings.write.flags) {
    if (!contains_name(bugzilla.flags, each.flag)) bugzilla.flags.push_back(each.flag);
  }
  bugzilla.server_timezone = settings.server_timezone;
  return bugzilla;
}

JiraTerms jira_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key) {
  JiraTerms jira;
  jira.name = settings.name;
  jira.base_url = settings.url;
  jira.api_key = std::move(api_key);
  jira.login = settings.login;
  jira.projects = settings.projects;
  jira.read = terms.read;
  for (const auto& [slot, field] : settings.write.fields) jira.write[slot] = field.field;
  jira.property = settings.write.property;
  jira.links = !settings.write.pages.empty();
  jira.watchers = settings.write.copy_escalation;
  jira.insiders = terms.staff.roles;
  jira.insiders.insert(jira.insiders.end(), terms.staff.groups.begin(), terms.staff.groups.end());
  if (!settings.insider_group.empty()) jira.insiders = {settings.insider_group};
  return jira;
}

std::unique_ptr<Tracker> make_tracker(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key,
                                      Http& http) {
  switch (settings.kind) {
    case TrackerKind::jira:
      return make_jira_tracker(jira_terms(settings, terms, std::move(api_key)), http);
    case TrackerKind::bugzilla:
      return make_bugzilla_tracker(bugzilla_terms(settings, terms, std::move(api_key)), http);
    case TrackerKind::redmine:
      break;
  }
  return make_redmine_tracker(redmine_terms(settings, terms, std::move(api_key)), http);
}

Result<OpenTracker> open_tracker(const TrackerSettings& settings, const ContractBook& book, Log& log,
                                 const Pacing* pacing) {
  auto key = resolve(settings.api_key);
  if (!key) return failure(key.error().kind, "tracker " + settings.name + ": " + key.error().what);
  keep_secret(log, *key);
  auto client = make_http_client(
      {.base_url = settings.url, .ca_file = settings.ca_file, .user_agent = "contract-bridge/" CB_VERSION});
  auto interrupt = [to = client.get()] { to->interrupt(); };
  auto break_off_late = [to = client.get()] { to->break_off_late(); };
  auto open = assemble_tracker(settings, book, *std::move(key), std::move(client), pacing);
  open.interrupt = std::move(interrupt);
  open.break_off_late = std::move(break_off_late);
  return open;
}

OpenTracker assemble_tracker(const TrackerSettings& settings, const ContractBook& book, std::string api_key,
                             std::unique_ptr<Http> client, const Pacing* pacing) {
  OpenTracker open;
  open.http = std::move(client);
  auto* http = open.http.get();
  if (pacing != nullptr) {
    open.timed = make_retry_after_http(*http, pacing->clock);
    http = open.timed.get();
  }
  if (pacing != nullptr && pacing->counts != nullptr) {
    open.counted = make_counted_http(*http, settings.name, *pacing->counts, pacing->clock);
    http = open.counted.get();
  }
  if (pacing != nullptr && pacing->per_minute > 0) {
    open.rated = make_rated_http(*http, pacing->clock, pacing->per_minute);
    http = open.rated.get();
  }
  if (pacing != nullptr && settings.kind == TrackerKind::jira) {
    open.paced = make_paced_http(*http, pacing->clock, pacing->chance, pacing->paces.of(settings.url));
    http = open.paced.get();
  }
  open.tracker = make_tracker(settings, book.trackers.at(settings.name), std::move(api_key), *http);
  return open;
}

NotificationChannel open_channel(const std::string& base_url) {
  HttpOptions options;
  options.base_url = base_url;
  options.user_agent = "contract-bridge/" CB_VERSION;
  // A receiver that is slow must not hold the others up, and what it says is not read beyond a sentence: whoever said
  // that he has it is not told again because he says too much.
  options.read = options.total = std::chrono::milliseconds{10'000};
  options.largest_body = 64U * 1024U;
  options.status_is_enough = true;
  std::shared_ptr<HttpClient> client = make_http_client(options);
  return {client, [client] { client->interrupt(); }, [client] { client->break_off_late(); }};
}

}  // namespace cb
