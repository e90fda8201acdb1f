#include "tests/conformance/bugzilla_words.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "adapters/http.hpp"

namespace cb::conformance {

namespace {

using Json = nlohmann::json;

constexpr int k_text = 1;
constexpr int k_select = 2;
constexpr int k_textarea = 4;
constexpr int k_date_time = 5;

struct Status {
  bool is_open = true;
  std::vector<std::string> next;
};

class Discovery {
 public:
  Discovery(BugzillaBackstage& backstage, const std::map<std::string, std::string>& fields, std::string product)
      : backstage_(backstage), fields_(fields), product_(std::move(product)) {}

  Words words() {
    const auto id = backstage_.create(Who::customer, {"What is this server like"});
    issue_ = Json::parse(backstage_.ask(Who::staff, "GET", "/bug/" + id)).at("bugs").at(0);
    statuses();
    priorities();
    labels();
    flags();
    slots();
    facts();
    people();
    projects();
    return words_;
  }

 private:
  std::vector<std::string> values_of(const std::string& name) {
    std::vector<std::string> values;
    const auto about = field(name);
    for (const auto& value : about.at("values"))
      if (value.at("name").is_string()) values.push_back(value.at("name"));
    return values;
  }

  void statuses() {
    std::map<std::string, Status> all;
    const auto answer = Json::parse(backstage_.ask(Who::staff, "GET", "/field/bug/bug_status"));
    for (const auto& value : answer.at("fields").at(0).at("values")) {
      if (!value.at("name").is_string()) continue;  // the state before creation
      auto& status = all[value.at("name")];
      status.is_open = value.at("is_open");
      for (const auto& next : value.at("can_change_to")) status.next.push_back(next.at("name"));
    }
    const auto reach = [&](const std::string& from, bool is_open) {
      std::vector<std::string> found;
      for (const auto& next : all.at(from).next)
        if (all.at(next).is_open == is_open && next != from) found.push_back(next);
      if (found.empty()) throw std::runtime_error("from the status " + from + " no other one can be reached");
      return found;
    };
    words_.fresh = issue_.at("status");
    words_.working = reach(words_.fresh, true).back();
    words_.ended = reach(words_.fresh, false);
    const auto& ended = words_.ended.front();
    const auto again = reach(ended, true).back();
    words_.to_and_fro = {ended, again, reach(again, false).front()};
  }

  void priorities() {
    words_.priority = issue_.at("priority");
    for (const auto& value : values_of("priority"))
      if (value != words_.priority && value != "---" && words_.raised.empty()) words_.raised = value;
  }

  // Keywords, and tokens of the whiteboard where there are too few.
  void labels() {
    for (const auto& keyword : values_of("keywords"))
      if (words_.labels.size() < 3) words_.labels.push_back(keyword);
    for (const auto* token : {"[cb-one]", "[cb-two]", "[cb-three]"})
      if (words_.labels.size() < 3) words_.labels.emplace_back(token);
  }

  bool is_in(const Json& group) {
    const auto groups = backstage_.own_groups(Who::staff);
    return group.is_null() ||
           std::any_of(groups.begin(), groups.end(), [&](const auto& own) { return own.second == group; });
  }

  bool is_ours_to_set(const Json& flag) {
    return flag.value("is_active", true) && flag.value("is_requestable", true) &&
           !flag.value("is_multiplicable", false) && is_in(flag.value("grant_group", Json())) &&
           is_in(flag.value("request_group", Json()));
  }

  // Of the component's flags `entitled`, else the first that is active.
  void flags() {
    const auto answer = Json::parse(backstage_.ask(Who::staff, "GET", "/product?names=" + url_encoded(product_)));
    for (const auto& component : answer.at("products").at(0).at("components")) {
      if (component.at("name") != issue_.at("component")) continue;
      for (const auto& flag : component.at("flag_types").at("bug")) {
        if (!is_ours_to_set(flag)) continue;
        if (words_.flag.empty() || flag.at("name") == "entitled") words_.flag = flag.at("name");
      }
    }
  }

  Json field(const std::string& name) {
    return Json::parse(backstage_.ask(Who::staff, "GET", "/field/bug/" + name)).at("fields").at(0);
  }

  void slots() {
    for (const auto& [neutral, name] : fields_) {
      const auto slot = slot_for(neutral);
      if (!slot) continue;
      words_.write[*slot] = name;
      const auto about = field(name);
      const int type = about.at("type");
      if (type == k_text || type == k_textarea) words_.texts.push_back(*slot);
      if (type == k_date_time) words_.date_time = *slot;
      if (type != k_select) continue;
      for (const auto& value : about.at("values"))
        if (value.at("name") != "---") words_.list = ListSlot{*slot, value.at("name"), "not in the list"};
    }
    if (words_.texts.empty())
      throw std::runtime_error("the fields named for the cases hold no free text field for a slot of `write`");
    words_.absent = free_slot();
    words_.write[words_.absent] = "cf_no_such_field";
  }

  // The last that nothing was named for.
  Slot free_slot() {
    for (const auto slot : {Slot::advice, Slot::pool, Slot::plan, Slot::category, Slot::resolution_due,
                            Slot::response_due, Slot::next_due, Slot::sla_state, Slot::entitlement, Slot::billing})
      if (words_.write.count(slot) == 0 && fields_.count(to_text(slot)) == 0) return slot;
    throw std::runtime_error("the fields named for the cases leave no slot of `write` for a field that does not exist");
  }

  // A name that is neither a slot nor a fact is a field to write all the same.
  std::optional<Slot> slot_for(const std::string& neutral) {
    if (const auto slot = slot_from_text(neutral)) return slot;
    if (neutral == "customer" || neutral == "channel") return {};
    const auto slot = free_slot();
    std::cerr << "conformance: `" << neutral << "` is no slot of `write`; its field is used as " << to_text(slot)
              << "\n";
    return slot;
  }

  // As the list of fields calls it.
  static std::string listed(const std::string& name) {
    if (name == "severity") return "bug_severity";
    return name == "platform" ? "rep_platform" : name;
  }

  FactField fact(const std::string& neutral, const std::string& otherwise) {
    const auto found = fields_.find(neutral);
    const auto name = found == fields_.end() ? otherwise : found->second;
    const auto about = field(listed(name));
    std::vector<std::string> values;
    if (about.at("type") == k_select)
      for (const auto& value : about.at("values"))
        if (value.at("name") != "---" && value.at("name") != issue_.value(name, "")) values.push_back(value.at("name"));
    if (about.at("type") == k_text || about.at("type") == k_textarea) values = {"ACME", "Volga"};
    if (values.size() < 2) throw std::runtime_error("the field " + name + " has too few values for a case");
    return {name, values[0], values[1]};
  }

  void facts() {
    words_.customer = fact("customer", "severity");
    words_.channel = fact("channel", "op_sys");
  }

  // Whoever gets every new issue of the component by default cannot be told from nobody.
  void people() {
    const auto staff = backstage_.person(Who::staff).login;
    words_.assignee = issue_.at("assigned_to") == staff ? Who::customer : Who::staff;
    words_.staff_mark = "insider";
    if (backstage_.own_groups(Who::customer).count("editbugs") != 0)
      words_.customer_may_write = "the customer's account is in the group editbugs, so it may change everything";
    if (words_.flag.empty()) words_.no_flag = "the component has no flag that the staff account may set";
  }

  void projects() {
    const auto ids = Json::parse(backstage_.ask(Who::staff, "GET", "/product_accessible")).at("ids");
    for (const auto& id : ids) {
      const auto answer = Json::parse(backstage_.ask(Who::staff, "GET", "/product/" + id.dump()));
      const std::string name = answer.at("products").at(0).at("name");
      if (name != product_) words_.other_project = name;
    }
  }

  BugzillaBackstage& backstage_;
  const std::map<std::string, std::string>& fields_;
  std::string product_;
  Json issue_;
  Words words_;
};

}  // namespace

Words bugzilla_words(BugzillaBackstage& backstage, const std::map<std::string, std::string>& fields,
                     const std::string& product) {
  return Discovery(backstage, fields, product).words();
}

}  // namespace cb::conformance
