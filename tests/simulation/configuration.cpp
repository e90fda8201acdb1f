#include "tests/simulation/configuration.hpp"

#include <cstdlib>
#include <stdexcept>

#include "bridge/settings/loader.hpp"
#include "tests/simulation/configuration_texts.hpp"
#include "tests/simulation/deliveries.hpp"
#include "tests/simulation/receivers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb::simulation {

namespace {

std::string day(Instant at, int days) {
  return to_iso(at + Seconds{days * 86400L}).substr(0, 10);
}

std::string webhook_yaml(const SiteForm& form, bool unusable) {
  const auto header = form.flavour == "bmo" ? std::string(", header: ") + k_hook_header : std::string();
  const std::string secret = unusable ? "${CB_SIMULATED_NOTHING}" : "${CB_SIMULATED_HOOK}";
  return "    webhook: { secret: \"" + secret + "\"" + header + " }\n";
}

std::string tracker_yaml(const Setting& setting, const SiteForm& form, int poll_every, bool unusable) {
  auto text = "  - name: " + form.name + "\n    url: https://" + form.name +
              ".example\n    poll_every: " + std::to_string(poll_every) + "m\n" + webhook_yaml(form, unusable);
  if (form.kind == TrackerKind::redmine) text += k_redmine_yaml;
  if (form.kind == TrackerKind::bugzilla) text += "    server_timezone: " + form.zone + "\n" + k_bugzilla_yaml;
  if (form.kind == TrackerKind::jira)
    text += (form.cloud ? "    login: contract-bridge@vendor.example\n" : "") + std::string(k_jira_yaml);
  const auto breach = setting.apologises ? "public" : "internal";
  return text + "      comments: { receipt: public, offer: public, reminder: public, reclassified: public, mismatch: " +
         "public, risk: internal, breach: " + breach + ", escalation: internal, notice: internal }\n";
}

std::string notifications_yaml(const Deal& deal) {
  if (!deal.on_call && !deal.chat) return {};
  std::string text = "notifications:\n";
  if (deal.on_call)
    text += std::string("  - { name: ") + k_on_call +
            ", kind: json, url: \"https://oncall.example/hooks/bridge\", secret: \"${CB_SIMULATED_ON_CALL}\" }\n";
  if (deal.chat)
    text += std::string("  - { name: ") + k_chat +
            ", kind: chat, url: \"${CB_SIMULATED_CHAT}\", events: [breach, urgent, outage] }\n";
  return text;
}

std::string plans_yaml(const Deal& deal) {
  const auto hours = [](int count) { return std::to_string(count) + "h"; };
  return "plans:\n  small:\n    rank: 1\n    title: { en: Small plan }\n    calendar: office\n    channels: [portal, "
         "email]\n    covers: { defect: free, small_question: free, consultation: pool, update: included, otherwise: "
         "paid }\n    pool: { requests: " +
         std::to_string(deal.pool) +
         ", per: contract_year, when_empty: paid }\n    targets:\n"
         "      urgent: { first_response: 1h, next_update: 2h, workaround: 4h, resolution: " +
         hours(deal.resolution_h) + " }\n      high:   { first_response: " + hours(deal.first_response_h) +
         ", resolution: 1bd }\n      normal: { first_response: " + hours(2 * deal.first_response_h) +
         ", state_fix_date: 1bd, resolution: 2bd }\n      low:    { first_response: 1bd }\n" + k_small_plan_yaml +
         k_other_plans_yaml;
}

std::string contracts_yaml(const Setting& setting, const Deal& deal) {
  auto text =
      "customers:\n" + customer_yaml("acme") +
      "    contracts:\n      - { id: KC-ACME-1, plan: small, products: [lms], from: " + day(setting.start, -200) +
      ", until: " + day(setting.start, 160) +
      ", nda: true }\n      - { id: KC-ACME-2, plan: large, products: [reports], from: " + day(setting.start, -100) +
      ", until: " + day(setting.start, 90) + " }\n";
  text += customer_yaml("brno") +
          "    contracts:\n      - { id: KC-BRNO, plan: small, from: " + day(setting.start, -30) +
          ", until: " + day(setting.start, 300) +
          ", override: { pool: { requests: " + std::to_string(deal.shared_pool) + " } } }\n";
  text += customer_yaml("duna") +
          "    contracts:\n      - { id: KC-DUNA, plan: allday, from: " + day(setting.start, -10) + ", nda: true }\n";
  text += customer_yaml("volga") + "    partner: helpers\n    contracts:\n      - { id: KC-VOLGA, plan: small, from: " +
          day(setting.start, -360) + ", until: " + day(setting.start, 3) + " }\n";
  text += customer_yaml("none");
  if (deal.nobody_signed)
    text += "    contracts:\n      - { id: KC-NONE, plan: small, from: " + day(setting.start, -1) +
            ", until: " + day(setting.start, 360) + " }\n";
  return text + "partners:\n" + customer_yaml("helpers") +
         "    serves: [volga]\n    contracts:\n      - { id: KC-HELPERS, plan: large, from: " +
         day(setting.start, -50) + ", until: " + day(setting.start, 200) + ", nda: true }\n";
}

std::string login_on(const SiteForm& form, const Person& person) {
  if (form.kind == TrackerKind::redmine) return person.login;
  if (form.kind == TrackerKind::bugzilla) return person.mail;
  return form.cloud ? "712020:" + person.login : person.login;
}

std::string staff_yaml(const Setting& setting) {
  std::string text = "staff:\n";
  for (const auto& person : staff()) {
    text += "  " + person.login + ": { name: " + person.first + " " + person.last;
    for (const auto& form : setting.sites) text += ", " + form.name + ": \"" + login_on(form, person) + "\"";
    text += " }\n";
  }
  return text;
}

}  // namespace

void provide_secrets() {
  setenv("CB_SIMULATED_KEY", key_of(k_bridge).c_str(), 1);
  setenv("CB_SIMULATED_HOOK", k_hook_secret, 1);
  setenv("CB_SIMULATED_ON_CALL", on_call_secret().c_str(), 1);
  setenv("CB_SIMULATED_CHAT", (std::string("https://chat.example") + k_chat_path).c_str(), 1);
}

std::shared_ptr<const Settings> load_deal(const Setting& setting, const Deal& deal) {
  const TemporaryFolder folder;
  std::string trackers = "trackers:\n";
  for (std::size_t i = 0; i < setting.sites.size(); ++i)
    trackers += tracker_yaml(setting, setting.sites[i], deal.poll_every.at(i), deal.unusable && i == 0);
  folder.write("bridge.yaml", trackers + notifications_yaml(deal) + "store: \"sqlite::memory:\"\n");
  folder.write("calendars.yaml", k_calendars_yaml);
  folder.write("classification.yaml", k_classification_yaml);
  folder.write("plans.yaml", plans_yaml(deal));
  folder.write("contracts.yaml", contracts_yaml(setting, deal) + staff_yaml(setting));
  auto loaded = load_settings(folder.name());
  if (loaded.settings) return std::make_shared<const Settings>(*std::move(loaded.settings));
  std::string problems = "the simulation's configuration cannot be loaded:";
  for (const auto& problem : loaded.problems) problems += "\n" + to_text(problem);
  throw std::runtime_error(problems);
}

}  // namespace cb::simulation
