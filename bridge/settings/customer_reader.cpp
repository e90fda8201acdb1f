#include "bridge/settings/customer_reader.hpp"

#include <algorithm>

#include "bridge/settings/address_forms.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

std::vector<std::string> checked_words(const YamlMap& map, const char* key, std::string (*wrong)(const std::string&)) {
  const auto* list = map.optional(key);
  if (!list) return {};
  auto words = words_of(*list, "`" + std::string(key) + "`", map.problems());
  for (const auto& item : list->items) {
    const auto problem = wrong && item.kind == YamlNode::Kind::scalar ? wrong(item.text) : std::string();
    if (!problem.empty()) map.problems().error(item.place, problem);
  }
  return words;
}

void read_may(const YamlNode& node, Contact& contact, Problems& problems) {
  for (const auto& item : items_of(node, "what the contact may do, `[order]`", problems)) {
    if (choice_of(item, "what the contact may do", std::vector<std::string>{"order"}, problems))
      contact.may_order = true;
  }
}

// Claims of one kind: the folded value to who said so.
class Claims {
 public:
  Claims(std::string what, Problems& problems) : what_(std::move(what)), problems_(problems) {}

  void add(const std::string& value, const std::string& customer, const Place& place) {
    const auto [found, is_new] = first_.emplace(folded(value), Claim{customer, place});
    if (is_new || found->second.customer == customer) return;
    problems_.error(place, what_ + " " + ticked(value) + " belongs to " + ticked(found->second.customer) +
                               " already (" + to_text(found->second.place) + "); the bridge could not tell it from " +
                               ticked(customer));
  }

 private:
  struct Claim {
    std::string customer;
    Place place;
  };
  std::string what_;
  Problems& problems_;
  std::map<std::string, Claim> first_;
};

void add_claims(const YamlNode& customer, const char* key, const std::string& id, Claims& claims) {
  const auto* match = customer.find("match");
  const auto* list = match ? match->find(key) : nullptr;
  if (!list) return;
  for (const auto& item : list->items) {
    if (!item.text.empty()) claims.add(item.text, id, item.place);
  }
}

void add_contacts(const YamlNode& customer, const std::string& id, Claims& claims) {
  const auto* contacts = customer.find("contacts");
  if (!contacts) return;
  for (const auto& contact : contacts->items) {
    const auto* address = contact.find("address");
    if (address && !address->text.empty()) claims.add(address->text, id, address->place);
  }
}

}  // namespace

Match match_of(const YamlNode& node, Problems& problems) {
  Match match;
  const YamlMap map(node, "`match`", keys_of("match"), problems);
  if (!map.ok()) return match;
  match.fields = checked_words(map, "fields", nullptr);
  match.organisations = checked_words(map, "organisations", nullptr);
  match.projects = checked_words(map, "projects", nullptr);
  match.addresses = checked_words(map, "addresses", address_problem);
  match.domains = checked_words(map, "domains", domain_problem);
  return match;
}

std::vector<Contact> contacts_of(const YamlNode& node, Problems& problems) {
  std::vector<Contact> contacts;
  std::map<std::string, Place> addresses;
  for (const auto& item : items_of(node, "the contacts", problems)) {
    const YamlMap map(item, "a contact (`{ address: ADDRESS, name: NAME }`)", keys_of("contact"), problems);
    if (!map.ok()) continue;
    Contact contact;
    if (const auto* address = map.required("address")) {
      contact.address = word_of(*address, "the contact's address", problems).value_or("");
      const auto wrong = contact.address.empty() ? std::string() : address_problem(contact.address);
      if (!wrong.empty()) problems.error(address->place, wrong);
      const auto [found, is_new] = addresses.emplace(folded(contact.address), address->place);
      if (!is_new && !contact.address.empty()) {
        problems.error(address->place, "the contact " + ticked(contact.address) + " stands in line " +
                                           std::to_string(found->second.line) + " already");
      }
    }
    if (const auto* name = map.optional("name"))
      contact.name = text_of(*name, "the contact's name", problems).value_or("");
    if (const auto* certified = map.optional("certified")) {
      contact.certified = bool_of(*certified, "`certified`", problems).value_or(false);
    }
    if (const auto* named = map.optional("named")) contact.named = bool_of(*named, "`named`", problems).value_or(false);
    if (const auto* may = map.optional("may")) read_may(*may, contact, problems);
    contacts.push_back(std::move(contact));
  }
  return contacts;
}

Date last_day_with_licence(Date licence, int months) {
  const std::chrono::year_month_day from{licence};
  const auto month = std::chrono::year_month{from.year(), from.month()} + std::chrono::months{months};
  std::chrono::year_month_day to{month.year(), month.month(), from.day()};
  if (!to.ok()) to = month / std::chrono::last;
  return Date(to) - std::chrono::days{1};
}

void check_claims(const std::vector<CustomerNode>& customers, Loading& loading) {
  auto& problems = loading.problems;
  Claims fields("the value", problems);
  Claims organisations("the organisation", problems);
  Claims projects("the project", problems);
  Claims addresses("the address", problems);
  Claims domains("the domain", problems);
  for (const auto& customer : customers) {  // ids are field values too (ruling 45)
    fields.add(customer.entry->key, customer.entry->key, customer.entry->place);
  }
  for (const auto& customer : customers) {
    const auto& id = customer.entry->key;
    const auto* name = customer.entry->value.find("name");
    if (name && !name->text.empty()) fields.add(name->text, id, name->place);
    add_claims(customer.entry->value, "fields", id, fields);
    add_claims(customer.entry->value, "organisations", id, organisations);
    add_claims(customer.entry->value, "projects", id, projects);
    add_claims(customer.entry->value, "addresses", id, addresses);
    add_contacts(customer.entry->value, id, addresses);
    add_claims(customer.entry->value, "domains", id, domains);
  }
}

}  // namespace cb
