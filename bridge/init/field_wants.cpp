#include "bridge/init/field_wants.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "bridge/init/known_words.hpp"

namespace cb {
namespace {

const std::vector<FieldKind> k_words{FieldKind::text, FieldKind::long_text, FieldKind::unknown};
const std::vector<FieldKind> k_words_or_list{FieldKind::list, FieldKind::text, FieldKind::long_text,
                                             FieldKind::unknown};
// Text takes every instant. A date-time field is for servers whose zone is known; proposal_fields.cpp looks after that.
const std::vector<FieldKind> k_due{FieldKind::text, FieldKind::long_text, FieldKind::date_time, FieldKind::unknown};
const std::vector<FieldKind> k_day{FieldKind::date, FieldKind::text, FieldKind::date_time, FieldKind::unknown};
const std::vector<FieldKind> k_yes_or_no{FieldKind::list, FieldKind::truth, FieldKind::text, FieldKind::unknown};
const std::vector<FieldKind> k_prose{FieldKind::long_text, FieldKind::text, FieldKind::unknown};

FieldWant want(const std::string& section, const std::string& key, std::vector<std::string> names,
               const std::vector<FieldKind>& kinds, const std::string& use) {
  FieldWant made;
  made.section = section;
  made.key = key;
  made.names = std::move(names);
  made.kinds = kinds;
  made.use = use;
  return made;
}

// What a Bugzilla has as a list is one in Jira, too; the names are those of a Redmine, which shows them to people as
// well.
MadeByHand in_jira(const MadeByHand& redmine, const MadeByHand& bugzilla) {
  if (redmine.name.empty()) return {};
  if (redmine.type == "Date") return {redmine.name, k_jira_day};
  if (redmine.type == "Long text") return {redmine.name, "Paragraph (supports rich text)"};
  return {redmine.name, bugzilla.type == "Drop Down" ? k_jira_list : k_jira_text};
}

FieldWant made(FieldWant want, const MadeByHand& redmine, const MadeByHand& bugzilla,
               const std::vector<std::string>& words = {}) {
  want.redmine = redmine;
  want.bugzilla = bugzilla;
  want.jira = in_jira(redmine, bugzilla);
  want.words = words;
  return want;
}

FieldWant recommended(FieldWant want) {
  want.recommended = true;
  return want;
}

FieldWant due(const std::string& key, std::vector<std::string> names, const MadeByHand& redmine,
              const MadeByHand& bugzilla, const std::string& use) {
  auto out = recommended(made(want("write", key, std::move(names), k_due, use), redmine, bugzilla));
  out.is_due = true;
  out.jira.type = k_jira_instant;
  return out;
}

FieldWant redmine_only(FieldWant want) {
  want.for_bugzilla = false;
  return want;
}

// Jira tells organisations, versions and resolutions by itself.
FieldWant not_in_jira(FieldWant want) {
  want.for_jira = false;
  return want;
}

void add_written(std::vector<FieldWant>& to) {
  to.push_back(recommended(made(want("write", "billing", {"Billing", "Billing class"}, k_words_or_list, "who pays"),
                                {"Billing", "Text"}, {"cf_billing", "Drop Down"},
                                {"free", "included", "pool", "paid", "undecided"})));
  to.push_back(recommended(made(want("write", "entitlement", {"Entitlement"}, k_words,
                                     "the plan, until when, what is left; or why there is none"),
                                {"Entitlement", "Text"}, {"cf_entitlement", "Free Text"})));
  to.push_back(recommended(
      made(want("write", "sla_state", {"SLA", "SLA state", "SLA status"}, k_words_or_list, "how the promises stand"),
           {"SLA", "Text"}, {"cf_sla_state", "Drop Down"}, {"none", "ok", "paused", "at_risk", "breached", "met"})));
  to.push_back(due("next_due", {"SLA next due", "Next due"}, {"SLA next due", "Text"}, {"cf_sla_next_due", "Free Text"},
                   "the next deadline"));
  to.push_back(due("response_due", {"SLA response due", "Response due"}, {"SLA response due", "Text"},
                   {"cf_sla_response_due", "Free Text"}, "deadline of the first response"));
  to.push_back(due("resolution_due", {"SLA resolution due", "Resolution due"}, {"SLA resolution due", "Text"},
                   {"cf_sla_resolution_due", "Free Text"}, "deadline of the resolution"));
  to.push_back(made(want("write", "category", {"SLA category", "Support category", "Request category"}, k_words,
                         "the category as decided"),
                    {"Support category", "Text"}, {"cf_support_category", "Free Text"}));
  to.push_back(made(want("write", "plan", {"Support plan", "SLA plan"}, k_words, "the plan's title"),
                    {"Support plan", "Text"}, {"cf_support_plan", "Free Text"}));
  to.push_back(made(want("write", "pool", {"Support pool", "Requests left"}, k_words, "requests left in the pool"),
                    {"Requests left", "Text"}, {"cf_requests_left", "Free Text"}));
  // Bugzilla hides no field from customers.
  to.push_back(redmine_only(made(want("write", "advice", {"SLA advice", "Support advice"}, k_words, "advice for staff"),
                                 {"SLA advice", "Text"}, {"cf_sla_advice", "Free Text"})));
}

void add_read(std::vector<FieldWant>& to) {
  to.push_back(recommended(made(want("read", "category", {"Category confirmed", "Established category"},
                                     k_words_or_list, "what staff found the request to be"),
                                {"Category confirmed", "List"}, {"cf_category_confirmed", "Drop Down"},
                                {"defect", "consultation", "feature", "update"})));
  to.push_back(
      recommended(made(want("read", "fix_date", {"Fix promised", "Fix promised date", "Fix date", "Promised date"},
                            k_day, "the day that staff promise, as 2026-11-30"),
                       {"Fix promised", "Date"}, {"cf_fix_promised", "Free Text"})));
  to.push_back(recommended(made(want("read", "approval", {"Order approved", "Order approval", "Approval"}, k_yes_or_no,
                                     "a contact who may order, or staff, says yes or no to an offer"),
                                {"Order approved", "List"}, {"cf_order_approved", "Drop Down"}, {"yes", "no"})));
  to.push_back(made(
      want("read", "customer", {"Customer", "Kunde", "Zákazník", "Заказчик", "Клиент", "Ügyfél", "Client", "Cliente"},
           k_words_or_list, "the customer, where the address does not tell"),
      {"Customer", "Text"}, {"cf_customer", "Free Text"}));
  to.push_back(made(want("read", "channel", {"Channel", "Kanal", "Kanál", "Канал", "Csatorna", "Canal"},
                         k_words_or_list, "how the request came"),
                    {"Channel", "List"}, {"cf_channel", "Drop Down"}, {"portal", "email", "phone", "chat"}));
  to.push_back(made(want("read", "justification", {"Business impact", "Justification", "Priority justification"},
                         k_prose, "why the request is urgent"),
                    {"Business impact", "Long text"}, {"cf_business_impact", "Large Text Box"}));
  to.push_back(want("read", "language", {"Language", "Sprache", "Jazyk", "Язык", "Nyelv", "Langue", "Idioma"},
                    k_words_or_list, "the customer's language"));
  to.push_back(not_in_jira(want("read", "organisation",
                                {"Organisation", "Organization", "Company", "Firma", "Организация", "Компания"},
                                k_words_or_list, "the customer's organisation")));
  to.push_back(made(want("read", "modified_code", {"Modified code", "Customised", "Customized"}, k_yes_or_no,
                         "whether the installation was changed"),
                    {}, {}, {"yes", "no"}));
  to.push_back(not_in_jira(redmine_only(
      want("read", "version", {"Affected version", "Found in version"}, k_words_or_list, "the version in use"))));
  to.push_back(redmine_only(want("read", "product", {"Product", "Produkt", "Продукт", "Termék", "Produit", "Producto"},
                                 k_words_or_list, "the product")));
  to.push_back(
      not_in_jira(redmine_only(want("read", "resolution", {"Resolution"}, k_words_or_list, "how it was resolved"))));
}

FieldKind redmine_kind(const FieldInfo& field) {
  static const std::map<std::string, FieldKind> kinds{
      {"", FieldKind::unknown},   {"string", FieldKind::text}, {"text", FieldKind::long_text},
      {"link", FieldKind::text},  {"list", FieldKind::list},   {"enumeration", FieldKind::list},
      {"bool", FieldKind::truth}, {"date", FieldKind::date},   {"version", FieldKind::list},
  };
  if (field.multiple) return FieldKind::several;
  const auto found = kinds.find(field.format);
  return found == kinds.end() ? FieldKind::other : found->second;
}

// Names of the administration pages, and those of the API's types (WebService/Bug.pm, `fields`).
FieldKind bugzilla_kind(const FieldInfo& field) {
  static const std::map<std::string, FieldKind> kinds{
      {"", FieldKind::unknown},
      {"free text", FieldKind::text},
      {"text", FieldKind::text},
      {"drop down", FieldKind::list},
      {"select", FieldKind::list},
      {"multiple selection box", FieldKind::several},
      {"multi select", FieldKind::several},
      {"large text box", FieldKind::long_text},
      {"textarea", FieldKind::long_text},
      {"date time", FieldKind::date_time},
      {"datetime", FieldKind::date_time},
      {"date", FieldKind::date},
  };
  if (field.date_time) return FieldKind::date_time;
  const auto found = kinds.find(plain_name(field.format));
  return found == kinds.end() ? FieldKind::other : found->second;
}

// The last part of a custom field's type, as `com.atlassian.jira.plugin.system.customfieldtypes:textfield`.
FieldKind jira_kind(const FieldInfo& field) {
  static const std::map<std::string, FieldKind> kinds{
      {"", FieldKind::unknown},           {"textfield", FieldKind::text},      {"url", FieldKind::text},
      {"readonlyfield", FieldKind::text}, {"textarea", FieldKind::long_text},  {"select", FieldKind::list},
      {"radiobuttons", FieldKind::list},  {"multiselect", FieldKind::several}, {"multicheckboxes", FieldKind::several},
      {"labels", FieldKind::several},     {"datetime", FieldKind::date_time},  {"datepicker", FieldKind::date},
  };
  const auto found = kinds.find(field.format);
  return found == kinds.end() ? FieldKind::other : found->second;
}

}  // namespace

FieldKind kind_of(const FieldInfo& field, TrackerKind tracker) {
  switch (tracker) {
    case TrackerKind::jira:
      return jira_kind(field);
    case TrackerKind::bugzilla:
      return bugzilla_kind(field);
    case TrackerKind::redmine:
      break;
  }
  return redmine_kind(field);
}

const MadeByHand& by_hand(const FieldWant& want, TrackerKind tracker) {
  if (tracker == TrackerKind::jira) return want.jira;
  return tracker == TrackerKind::bugzilla ? want.bugzilla : want.redmine;
}

bool has_own_place(const FieldWant& want, TrackerKind tracker) {
  return (tracker == TrackerKind::bugzilla && !want.for_bugzilla) || (tracker == TrackerKind::jira && !want.for_jira);
}

const std::vector<FieldWant>& field_wants() {
  static const auto wants = [] {
    std::vector<FieldWant> all;
    add_written(all);
    add_read(all);
    return all;
  }();
  return wants;
}

std::string field_words(const std::string& name) {
  static const std::map<std::string, std::string> same{{"resolve", "resolution"},
                                                       {"deadline", "due"},
                                                       {"status", "state"},
                                                       {"respond", "response"},
                                                       {"first", ""},
                                                       {"cf", ""},
                                                       {"text", ""},
                                                       {"iso", ""},
                                                       {"utc", ""}};
  std::istringstream stream(plain_name(name));
  std::vector<std::string> words;
  for (std::string word; stream >> word;) {
    const auto found = same.find(word);
    if (found != same.end()) word = found->second;
    if (!word.empty()) words.push_back(word);
  }
  std::sort(words.begin(), words.end());
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace cb
