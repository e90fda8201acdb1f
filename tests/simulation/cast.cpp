#include "tests/simulation/cast.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cb::simulation {

namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string>& staff_permissions() {
  static const std::vector<std::string> k_all{
      "view_issues",        "add_issues",          "edit_issues",        "add_issue_notes", "edit_issue_notes",
      "view_private_notes", "set_notes_private",   "set_issues_private", "log_time",        "edit_own_issue_notes",
      "view_time_entries",  "view_issue_watchers", "add_issue_watchers"};
  return k_all;
}

Json roles() {
  return {{{"name", "Support"}, {"staff", true}, {"permissions", staff_permissions()}},
          {{"name", "Bridge"}, {"staff", true}, {"permissions", staff_permissions()}},
          {{"name", "Customer"},
           {"staff", false},
           {"permissions", {"view_issues", "add_issues", "edit_own_issues", "add_issue_notes"}}}};
}

Json user(const Person& person, const char* role) {
  return {{"login", person.login},
          {"firstname", person.first},
          {"lastname", person.last},
          {"mail", person.mail},
          {"role", role}};
}

Json users() {
  Json out = {{{"login", "admin"},
               {"firstname", "Ada"},
               {"lastname", "Min"},
               {"mail", "admin@vendor.example"},
               {"admin", true}}};
  out.push_back(user({k_bridge, "Contract", "Bridge", "contract-bridge@vendor.example", ""}, "Bridge"));
  out.back()["bridge"] = true;
  for (const auto& each : staff()) out.push_back(user(each, "Support"));
  for (const auto& each : people()) out.push_back(user(each, "Customer"));
  return out;
}

Json organisations() {
  auto out = Json::array();
  for (const auto& customer : customers()) {
    auto logins = Json::array();
    for (const auto& person : people())
      if (person.customer == customer.id) logins.push_back(person.login);
    out.push_back({{"name", customer.name}, {"users", logins}});
  }
  return out;
}

Json fields() {
  Json out = {{{"name", "Customer"}, {"format", "string"}},
              {{"name", "Channel"}, {"format", "list"}, {"values", {"portal", "email", "phone", "chat"}}},
              {{"name", "Business impact"}, {"format", "text"}},
              {{"name", "Fix promised"}, {"format", "date"}},
              {{"name", "Category confirmed"},
               {"format", "list"},
               {"values", {"defect", "small_question", "consultation", "customisation", "update"}}},
              {{"name", "Order approved"}, {"format", "list"}, {"values", {"yes", "no"}}},
              {{"name", "Labels"},
               {"format", "list"},
               {"multiple", true},
               {"values", {"urgent-procedure", "sla-breached", "unconfirmed", "hold"}}}};
  for (const auto* name : {"Billing", "Entitlement", "SLA", "SLA next due", "SLA response due", "SLA resolution due"})
    out.push_back({{"name", name}, {"format", "string"}, {"bridge", true}});
  return out;
}

Json statuses() {
  auto out = Json::array();
  for (const auto* name : {"New", "In Progress", "Feedback", "Offered", "Resolved"})
    out.push_back({{"name", name}, {"closed", false}});
  for (const auto* name : {"Closed", "Rejected"}) out.push_back({{"name", name}, {"closed", true}});
  return out;
}

}  // namespace

const std::vector<Customer>& customers() {
  static const std::vector<Customer> k_all{
      {"acme", "Acme Quarries", "en", "Europe/London", "acme.example", {"KC-ACME-1", "KC-ACME-2"}, ""},
      {"brno", "Brno Looms", "cs", "Europe/Prague", "brno.example", {"KC-BRNO"}, ""},
      {"duna", "Duna Freight", "hu", "Europe/Budapest", "duna.example", {"KC-DUNA"}, ""},
      {"volga", "Volga Mills", "ru", "Europe/Moscow", "volga.example", {"KC-VOLGA"}, "helpers"},
      {"helpers", "Helping Hands", "en", "America/New_York", "helpers.example", {"KC-HELPERS"}, ""},
      {"none", "Nobody Special", "en", "UTC", "nobody.example", {}, ""},
  };
  return k_all;
}

const std::vector<Person>& people() {
  static const std::vector<Person> k_all{
      {"anna", "Anna", "Ashby", "anna@acme.example", "acme"},
      {"adam", "Adam", "Ames", "adam@acme.example", "acme"},
      {"bara", "Bara", "Benes", "bara@brno.example", "brno"},
      {"boris", "Boris", "Bily", "boris@brno.example", "brno"},
      {"dora", "Dora", "Dobos", "dora@duna.example", "duna"},
      {"vera", "Vera", "Volkova", "vera@volga.example", "volga"},
      {"vlad", "Vlad", "Vodin", "vlad@volga.example", "volga"},
      {"hugo", "Hugo", "Hale", "hugo@helpers.example", "helpers"},
      {"nina", "Nina", "Noone", "nina@nobody.example", "none"},
      {"otto", "Otto", "Orphan", "otto@strangers.example", "?"},
  };
  return k_all;
}

const std::vector<Person>& staff() {
  static const std::vector<Person> k_all{{"sara", "Sara", "Support", "sara@vendor.example", ""},
                                         {"stan", "Stan", "Support", "stan@vendor.example", ""},
                                         {"suzy", "Suzy", "Support", "suzy@vendor.example", ""}};
  return k_all;
}

const Customer* customer_named(const std::string& id) {
  const auto found =
      std::find_if(customers().begin(), customers().end(), [&](const Customer& c) { return c.id == id; });
  return found == customers().end() ? nullptr : &*found;
}

std::string key_of(const std::string& login) {
  return "key-of-" + login;
}

std::string cast_json() {
  return Json{
      {"projects", {{{"identifier", "lms"}, {"name", "LMS"}}, {{"identifier", "reports"}, {"name", "Reports"}}}},
      {"trackers", {"Bug", "Support", "Question", "Update"}},
      {"statuses", statuses()},
      {"priorities", {"Low", "Normal", "High", "Urgent", "Immediate"}},
      {"roles", roles()},
      {"users", users()},
      {"organisations", organisations()},
      {"fields", fields()},
      {"issues", Json::array()}}
      .dump();
}

}  // namespace cb::simulation
