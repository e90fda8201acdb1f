#include "tests/rules/support/small_book.hpp"

#include <stdexcept>

#include "rules/text.hpp"

namespace cb::testing {
namespace {

Zone zone(const std::string& name) {
  auto found = Zone::find(name);
  if (!found) throw std::logic_error("no zone " + name);
  return *found;
}

Date date(const std::string& iso) {
  const auto found = date_from_iso(iso);
  if (!found) throw std::logic_error("no date " + iso);
  return *found;
}

Calendar calendar(const CalendarTerms& terms) {
  auto made = Calendar::make(terms);
  if (!made) throw std::logic_error("no calendar for " + terms.timezone);
  return *made;
}

CalendarTerms prague() {
  CalendarTerms out;
  out.timezone = "Europe/Prague";
  for (int day = 0; day < 4; ++day) out.week[static_cast<std::size_t>(day)] = {{9 * 60, 18 * 60}};
  out.week[4] = {{9 * 60, 12 * 60}, {12 * 60 + 30, 17 * 60}};
  out.holidays = {date("2026-05-01"), date("2026-05-08"), date("2026-07-06"), date("2026-10-28")};
  return out;
}

CalendarTerms moscow() {
  CalendarTerms out;
  out.timezone = "Europe/Moscow";
  for (int day = 0; day < 5; ++day) {
    out.week[static_cast<std::size_t>(day)] = {{9 * 60, 13 * 60}, {14 * 60, 18 * 60}};
  }
  return out;
}

CalendarTerms always() {
  CalendarTerms out;
  out.timezone = "UTC";
  out.always = true;
  return out;
}

Plan standard() {
  Plan out;
  out.id = {"standard"};
  out.rank = 1;
  out.title = {{"en", "Standard support"}};
  out.calendar = {"prague"};
  out.channels = {"portal", "email"};
  out.covers = {{{"defect"}, Cover::free}, {{"consultation"}, Cover::pool}, {{"update"}, Cover::included}};
  out.covers_otherwise = Cover::paid;
  out.pool = Pool{5, Period::contract_year, 0, {}};
  out.modified_code_covered = false;
  Targets urgent{hours(2), hours(4), {}, business_days(1), business_days(2)};
  Targets high{hours(4), {}, {}, {}, business_days(5)};
  Targets normal{business_days(0), {}, business_days(2), {}, business_days(10)};
  out.targets.by_priority = {{Priority::urgent, urgent}, {Priority::high, high}, {Priority::normal, normal}};
  out.warn_at = {0.75, 0.9};
  out.confirmation = Confirmation{business_days(3), 2, business_days(10)};
  return out;
}

Plan round_the_clock() {
  Plan out;
  out.id = {"round_the_clock"};
  out.rank = 4;
  out.title = {{"en", "Support around the clock"}};
  out.calendar = {"always"};
  out.covers_otherwise = Cover::included;
  out.targets.otherwise = Targets{minutes(30), hours(4), {}, {}, {}};
  out.warn_at = {0.5, 0.8};
  return out;
}

Contract contract(const std::string& id, const Plan& plan, const std::string& from, const std::string& until,
                  const Zone& in) {
  Contract out;
  out.id = {id};
  out.plan = plan;
  out.from = date(from);
  if (!until.empty()) out.until = date(until);
  out.calendar = plan.calendar;
  out.zone = in;
  return out;
}

Customer customer(const std::string& id, const std::string& domain, const std::string& zone_name) {
  Customer out;
  out.id = {id};
  out.name = id;
  out.zone = zone(zone_name);
  out.match.domains = {domain};
  return out;
}

std::vector<Customer> customers() {
  auto acme = customer("acme", "acme.example", "Europe/Prague");
  acme.name = "ACME University";
  acme.match.fields = {"ACME"};
  acme.match.projects = {"acme-lms"};
  acme.contacts = {{"jan@acme.example", "Jan", false, false, true}, {"eva@acme.example", "Eva", false, false, false}};
  acme.contracts = {contract("ACME-2026", standard(), "2026-03-01", "2027-02-28", acme.zone)};
  acme.contracts.front().products = {"lms"};
  acme.contracts.front().nda = true;

  auto volga = customer("volga", "volga.example", "Europe/Moscow");
  volga.partner = CustomerId{"implementers"};
  volga.contracts = {contract("VOLGA-LIC", standard(), "2025-11-20", "2026-11-19", volga.zone)};
  volga.contracts.front().calendar = {"moscow"};

  auto duna = customer("duna", "duna.example", "Europe/Budapest");
  duna.contracts = {contract("DUNA-OLD", standard(), "2024-01-01", "2026-06-30", duna.zone),
                    contract("DUNA-24", round_the_clock(), "2026-01-15", "", duna.zone)};

  auto petrov = customer("petrov", "petrov.example", "Europe/Moscow");

  auto implementers = customer("implementers", "implementers.example", "Europe/Moscow");
  implementers.is_partner = true;
  implementers.serves = {volga.id};
  implementers.contacts = {{"olga@implementers.example", "Olga", true, false, true}};
  auto partner_plan = standard();
  partner_plan.id = {"partner"};
  partner_plan.rank = 3;
  partner_plan.contact = ContactRequirement::certified;
  implementers.contracts = {contract("IMPL-2026", partner_plan, "2026-02-01", "2027-01-31", implementers.zone)};
  return {acme, volga, duna, petrov, implementers};
}

Classification classification() {
  Classification out;
  for (const auto* name : {"defect", "consultation", "configuration", "update", "training"})
    out.categories.push_back({name});
  const auto rule = [](const std::string& id, const std::string& type, const std::string& category) {
    ClassificationRule made;
    made.id = {id};
    made.when.type = {type};
    made.category = {category};
    return made;
  };
  out.rules = {rule("bug", "Bug", "defect"), rule("training", "Training", "training"),
               rule("support", "Support", "consultation")};
  ClassificationRule field;
  field.id = {"staff-field"};
  field.when.fields = {{"Category confirmed", true, {}}};
  field.from_field = true;
  ClassificationRule resolution;
  resolution.id = {"not-a-bug"};
  resolution.when.resolution = {"Configuration", "Works for me"};
  resolution.category = {"configuration"};
  out.established = {field, resolution};
  out.text = {{"modified_code", {{"en", {"customised"}}}}};
  return out;
}

TrackerTerms tracker() {
  TrackerTerms out;
  out.name = "support";
  out.staff.domains = {"vendor.example"};
  out.staff.logins = {"alena.k", "boris.s"};
  out.bots.addresses = {"ci@vendor.example"};
  out.statuses = {{"new", Phase::waiting_for_us},
                  {"in progress", Phase::waiting_for_us},
                  {"feedback", Phase::waiting_for_customer},
                  {"offered", Phase::waiting_for_order},
                  {"vendor", Phase::waiting_for_third_party},
                  {"resolved", Phase::resolved},
                  {"closed", Phase::closed},
                  {"rejected", Phase::withdrawn}};
  out.priorities = {{"immediate", Priority::urgent}, {"high", Priority::high}, {"normal", Priority::normal}};
  out.read.customer = Source{"Customer", "", ""};
  out.read.fix_date = Source{"Fix promised", "", ""};
  out.read.approval = Source{"Order approved", "", "yes"};
  out.read.workaround = Source{"", "workaround", ""};
  return out;
}

Event event(Issue& issue, const std::string& when, const std::string& by) {
  Event out;
  out.id = std::to_string(issue.history.size() + 1);
  out.at = at(when);
  out.by = person(by);
  return out;
}

}  // namespace

std::map<CalendarId, CalendarTerms> small_calendars() {
  return {{{"prague"}, prague()}, {{"moscow"}, moscow()}, {{"always"}, always()}};
}

ContractBook small_book() {
  ContractBook out;
  out.version = "small";
  for (const auto& [id, terms] : small_calendars()) out.calendars.emplace(id, calendar(terms));
  out.plans = {{{"standard"}, standard()}, {{"round_the_clock"}, round_the_clock()}};
  out.without_contract.id = {"without_contract"};
  out.without_contract.calendar = {"prague"};
  out.without_contract.covers = {{{"defect"}, Cover::free}, {{"update"}, Cover::free}};
  out.without_contract.covers_otherwise = Cover::paid;
  out.without_contract.targets.otherwise = Targets{business_days(2), {}, {}, {}, {}};
  out.customers = customers();
  out.staff = {{"alena", "Alena", {{"support", "alena.k"}}}};
  out.classification = classification();
  out.trackers = {{"support", tracker()}};
  return out;
}

Instant at(const std::string& iso) {
  const auto found = instant_from_iso(iso);
  if (!found) throw std::logic_error("no instant " + iso);
  return *found;
}

Target hours(int count) {
  return {Target::Unit::open_time, std::chrono::hours{count}, 0};
}
Target minutes(int count) {
  return {Target::Unit::open_time, std::chrono::minutes{count}, 0};
}
Target business_days(int count) {
  return {Target::Unit::business_days, Seconds{0}, count};
}

Author person(const std::string& login_or_address) {
  Author out;
  (login_or_address.find('@') == std::string::npos ? out.login : out.address) = login_or_address;
  return out;
}

Issue an_issue(const std::string& created) {
  Issue out;
  out.key = {"support", "101"};
  out.project = "lms";
  out.type = "Bug";
  out.priority = "normal";
  out.status = "New";
  out.summary = "Login button does nothing";
  out.reporter = person("eva@acme.example");
  out.channel = "portal";
  out.created = at(created);
  out.updated = out.created;
  return out;
}

void comment(Issue& issue, const std::string& when, const std::string& by, bool everybody) {
  auto made = event(issue, when, by);
  made.comment = Comment{everybody ? Visibility::everybody : Visibility::internal, "text"};
  issue.history.push_back(made);
}

void change_status(Issue& issue, const std::string& when, const std::string& by, const std::string& to) {
  auto made = event(issue, when, by);
  made.changes = {{Attribute::status, "", issue.status, to}};
  issue.status = to;
  issue.history.push_back(made);
}

void change_priority(Issue& issue, const std::string& when, const std::string& by, const std::string& to) {
  auto made = event(issue, when, by);
  made.changes = {{Attribute::priority, "", issue.priority, to}};
  issue.priority = to;
  issue.history.push_back(made);
}

void change_field(Issue& issue, const std::string& when, const std::string& by, const std::string& name,
                  const std::string& to) {
  auto made = event(issue, when, by);
  made.changes = {{Attribute::field, name, field_value(issue, name), to}};
  issue.fields[name] = {to};
  issue.history.push_back(made);
}

}  // namespace cb::testing
