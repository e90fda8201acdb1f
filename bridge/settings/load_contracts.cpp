// contracts.yaml, or a folder contracts/ of files in the same form: customers, partners, staff.
#include <algorithm>
#include <filesystem>

#include "bridge/settings/customer_reader.hpp"
#include "bridge/settings/loading.hpp"

namespace cb {
namespace {

const std::string k_contracts_file = "contracts.yaml";
const std::string k_where = "the contracts";

// The files of the configuration that hold contracts, by their names inside the folder.
std::vector<std::string> contract_files(const Loading& loading) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<std::string> names;
  const fs::path folder = fs::path(loading.folder) / "contracts";
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const auto name = entry->path().filename().string();
    const auto extension = entry->path().extension();
    if (name.front() != '.' && (extension == ".yaml" || extension == ".yml")) names.push_back("contracts/" + name);
  }
  std::sort(names.begin(), names.end());
  const bool single = fs::exists(fs::path(loading.folder) / k_contracts_file, failed);
  if (single || names.empty()) names.insert(names.begin(), k_contracts_file);
  return names;
}

struct Book {
  std::vector<CustomerNode> customers;  // of all files
  std::vector<const YamlEntry*> staff;
};

void collect_customers(const YamlNode& node, bool is_partner, Book& book, Loading& loading) {
  const std::string what = is_partner ? "the partners, by id" : "the customers, by id";
  for (const auto& entry : named_entries(node, what, loading.problems)) {
    const auto& keys = keys_of("customer");
    const bool key = std::find(keys.begin(), keys.end(), entry.key) != keys.end();
    if (key && entry.value.kind != YamlNode::Kind::map) {
      loading.problems.error(entry.place, ticked(entry.key) +
                                              " is a key of a customer or partner and stands among their "
                                              "ids here; indent it under the one that it belongs to");
      continue;
    }
    const auto same = std::find_if(book.customers.begin(), book.customers.end(),
                                   [&](const CustomerNode& one) { return one.entry->key == entry.key; });
    if (same != book.customers.end()) {
      loading.problems.error(entry.place, "the id " + ticked(entry.key) + " is taken by another customer or partner (" +
                                              to_text(same->entry->place) + ")");
      continue;
    }
    book.customers.push_back({&entry, is_partner});
    (is_partner ? loading.partners : loading.customers)->push_back(entry.key);
  }
}

void collect_staff(const YamlNode& node, Book& book, Loading& loading) {
  for (const auto& entry : named_entries(node, "the staff, by id", loading.problems)) {
    const auto same =
        std::find_if(book.staff.begin(), book.staff.end(), [&](const YamlEntry* one) { return one->key == entry.key; });
    if (same != book.staff.end()) {
      loading.problems.error(entry.place, "another member of staff has the id " + ticked(entry.key) + " (" +
                                              to_text((*same)->place) + ")");
      continue;
    }
    book.staff.push_back(&entry);
    loading.staff->push_back(entry.key);
  }
}

void read_staff(const YamlEntry& entry, Loading& loading) {
  KeyList keys{"name"};
  if (loading.trackers) keys.insert(keys.end(), loading.trackers->begin(), loading.trackers->end());
  if (!loading.trackers) {
    for (const auto& one : entry.value.entries) keys.push_back(one.key);
  }
  const YamlMap map(entry.value, "staff " + ticked(entry.key) + " (`name`, and the login by tracker)", keys,
                    loading.problems);
  if (!map.ok()) return;
  StaffMember member;
  member.id = entry.key;
  for (const auto& one : entry.value.entries) {
    if (one.value.kind == YamlNode::Kind::nothing) continue;
    if (one.key == "name") {
      member.name = text_of(one.value, "the name of a member of staff", loading.problems).value_or("");
    } else {
      member.logins[one.key] = word_of(one.value, "a login", loading.problems).value_or("");
    }
  }
  loading.settings.book.staff.push_back(std::move(member));
}

class CustomerReader {
 public:
  CustomerReader(const CustomerNode& node, std::map<std::string, Place>& ids, Loading& loading)
      : node_(node), ids_(ids), loading_(loading), problems_(loading.problems) {}

  void read() {
    const auto& entry = *node_.entry;
    const std::string block = node_.is_partner ? "partner" : "customer";
    const YamlMap map(entry.value, block + " " + ticked(entry.key), keys_of(block), problems_);
    if (!map.ok()) return;
    Customer customer;
    customer.id = {entry.key};
    customer.is_partner = node_.is_partner;
    read_person(map, customer);
    read_people(map, customer);
    if (const auto* contracts = map.optional("contracts")) {
      read_contracts(*contracts, customer, map.optional("timezone") != nullptr, ids_, loading_);
    }
    if (!map.optional("timezone")) customer.zone = zone_without_own(customer);
    loading_.settings.book.customers.push_back(std::move(customer));
  }

 private:
  void read_person(const YamlMap& map, Customer& customer) {
    customer.name = customer.id.value;
    if (const auto* name = map.optional("name")) {
      customer.name = text_of(*name, "the name of " + ticked(customer.id.value), problems_).value_or("");
    } else if (!map.node().find("name")) {
      problems_.warning(node_.entry->place, map.what() + " has no `name`; the id is shown instead");
    }
    if (const auto* language = map.optional("language")) {
      customer.language = language_of(*language, "the language", problems_).value_or("");
    }
    if (const auto* zone = map.optional("timezone")) {
      if (const auto found = zone_of(*zone, problems_)) customer.zone = *found;
    }
    if (const auto* match = map.optional("match")) customer.match = match_of(*match, problems_);
    if (const auto* contacts = map.optional("contacts")) customer.contacts = contacts_of(*contacts, problems_);
  }

  void read_people(const YamlMap& map, Customer& customer) {
    const auto staff = [&](const YamlNode& node) {
      return reference_of(node, loading_.staff, "member of staff", k_where + " (`staff`)", problems_);
    };
    if (const auto* consultant = map.optional("consultant")) customer.consultant = staff(*consultant).value_or("");
    if (const auto* backups = map.optional("backups")) {
      for (const auto& item : items_of(*backups, "`backups`, ids of staff", problems_)) {
        if (auto id = staff(item)) customer.backups.push_back(std::move(*id));
      }
    }
    if (const auto* owner = map.optional("escalation_owner")) customer.escalation_owner = staff(*owner).value_or("");
    if (const auto* partner = map.optional("partner")) {
      const auto id = reference_of(*partner, loading_.partners, "partner", k_where + " (`partners`)", problems_);
      if (id && *id == customer.id.value) problems_.error(partner->place, "a partner cannot be its own partner");
      if (id) customer.partner = CustomerId{*id};
    }
    if (const auto* serves = map.optional("serves")) {
      for (const auto& item : items_of(*serves, "`serves`, ids of customers", problems_)) {
        auto id = reference_of(item, loading_.customers, "customer", k_where + " (`customers`)", problems_);
        if (id) customer.serves.push_back({std::move(*id)});
      }
    }
  }

  // Without `timezone`, the zone of the plan's calendar (README, first meaning).
  Zone zone_without_own(const Customer& customer) const {
    if (!customer.contracts.empty()) return customer.contracts.front().zone;
    const auto& book = loading_.settings.book;
    const auto found = book.calendars.find(book.without_contract.calendar);
    return found == book.calendars.end() ? Zone::utc() : found->second.zone();
  }

  const CustomerNode& node_;
  std::map<std::string, Place>& ids_;
  Loading& loading_;
  Problems& problems_;
};

// A partner serves whom it says, and who says so: both sides should agree.
void warn_about_partners(const std::vector<CustomerNode>& nodes, Loading& loading) {
  const auto& customers = loading.settings.book.customers;
  for (const auto& customer : customers) {
    if (!customer.partner) continue;
    const auto partner = std::find_if(customers.begin(), customers.end(),
                                      [&](const Customer& one) { return one.id == *customer.partner; });
    if (partner == customers.end()) continue;
    const auto& serves = partner->serves;
    if (std::find(serves.begin(), serves.end(), customer.id) != serves.end()) continue;
    const auto node = std::find_if(nodes.begin(), nodes.end(),
                                   [&](const CustomerNode& one) { return one.entry->key == customer.id.value; });
    loading.problems.warning(node->entry->value.find("partner")->place,
                             "partner " + ticked(partner->id.value) + " does not list " + ticked(customer.id.value) +
                                 " under `serves`, so its contacts cannot speak for this customer");
  }
}

// Whom a partner serves belongs to that partner, also where only the partner says so; of two partners, neither.
void name_partners(std::vector<Customer>& customers) {
  for (auto& customer : customers) {
    std::vector<CustomerId> partners;
    for (const auto& each : customers) {
      if (std::find(each.serves.begin(), each.serves.end(), customer.id) != each.serves.end())
        partners.push_back(each.id);
    }
    if (!customer.partner && partners.size() == 1) customer.partner = partners.front();
  }
}

// A customer who writes in a language that a plan has no title in would read another one.
void warn_about_titles(Loading& loading) {
  for (const auto& [plan, words] : loading.title_words) {
    std::vector<std::string> missing;
    for (const auto& customer : loading.settings.book.customers) {
      const auto text = ticked(customer.language);
      const bool known = customer.language.empty() || words.count(customer.language) > 0;
      if (!known && std::find(missing.begin(), missing.end(), text) == missing.end()) missing.push_back(text);
    }
    if (missing.empty()) continue;
    loading.problems.warning(loading.title_places.at(plan), "`title` of plan " + ticked(plan) + " is missing in " +
                                                                listed(missing) + ", which customers read");
  }
}

}  // namespace

void load_contracts(Loading& loading) {
  std::vector<YamlNode> roots;
  bool complete = true;
  for (const auto& name : contract_files(loading)) {
    auto root = read_part(loading, name);
    complete = complete && root.has_value();
    if (root) roots.push_back(std::move(*root));
  }
  Book book;
  loading.customers.emplace();
  loading.partners.emplace();
  loading.staff.emplace();
  for (const auto& root : roots) {
    const YamlMap file(root, "contracts (`customers`, `partners`, `staff`)", keys_of("contracts file"),
                       loading.problems);
    if (!file.ok()) continue;
    if (const auto* customers = file.optional("customers")) collect_customers(*customers, false, book, loading);
    if (const auto* partners = file.optional("partners")) collect_customers(*partners, true, book, loading);
    if (const auto* staff = file.optional("staff")) collect_staff(*staff, book, loading);
  }
  if (!complete) loading.customers = loading.partners = loading.staff = std::nullopt;
  for (const auto* entry : book.staff) read_staff(*entry, loading);
  std::map<std::string, Place> ids;
  for (const auto& node : book.customers) CustomerReader(node, ids, loading).read();
  check_claims(book.customers, loading);
  warn_about_partners(book.customers, loading);
  name_partners(loading.settings.book.customers);
  warn_about_titles(loading);
}

}  // namespace cb
