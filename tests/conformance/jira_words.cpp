#include "tests/conformance/jira_words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace cb::conformance {

namespace {

using Json = nlohmann::json;

class Discovery {
 public:
  Discovery(JiraBackstage& backstage, const std::map<std::string, std::string>& fields)
      : backstage_(backstage), fields_(fields) {}

  Words words() {
    id_ = backstage_.create(Who::customer, {"What is this server like"});
    issue_ = Json::parse(get("/issue/" + id_)).at("fields");
    words_.types = {issue_.at("issuetype").at("name")};
    words_.labels = {"sla-ok", "workaround", "sla-at-risk"};
    words_.staff_mark = backstage_.place().staff_role;
    priorities();
    slots();
    facts();
    rights();
    statuses();
    return words_;
  }

 private:
  std::string get(const std::string& target) { return backstage_.ask(Who::staff, "GET", backstage_.api(target)); }

  void priorities() {
    words_.priority = issue_.at("priority").at("name");
    const auto answer = Json::parse(get(backstage_.place().cloud ? "/priority/search" : "/priority"));
    for (const auto& each : backstage_.place().cloud ? answer.at("values") : answer)
      if (each.at("name") != words_.priority && words_.raised.empty()) words_.raised = each.at("name");
  }

  struct Target {
    std::string name;
    bool done = false;
  };

  // Where the workflow leads from the status that the issue has now.
  std::vector<Target> targets() {
    std::vector<Target> found;
    const auto answer = Json::parse(get("/issue/" + id_ + "/transitions?expand=transitions.fields"));
    for (const auto& each : answer.at("transitions"))
      found.push_back({each.at("to").at("name"), each.at("to").at("statusCategory").at("key") == "done"});
    return found;
  }

  std::string reach(bool done, const std::string& but = {}) {
    for (const auto& each : targets())
      if (each.done == done && each.name != but) return each.name;
    throw std::runtime_error("the workflow of the project leads to no status that the cases need");
  }

  void move(const std::string& status) { backstage_.update(Who::staff, id_, {"", false, status}); }

  void statuses() {
    words_.fresh = issue_.at("status").at("name");
    for (const auto& each : targets())
      if (each.done) words_.ended.push_back(each.name);
    words_.working = reach(false, words_.fresh);
    const auto ended = reach(true);
    move(ended);
    const auto again = reach(false);
    move(again);
    words_.to_and_fro = {ended, again, reach(true)};
  }

  Json about(const std::string& name) {
    for (const auto& field : Json::parse(get("/field")))
      if (field.at("name") == name) return field;
    throw std::runtime_error("this Jira has no field " + name);
  }

  std::string format_of(const std::string& name) {
    const auto custom = about(name).value("schema", Json::object()).value("custom", "");
    return custom.substr(custom.find(':') + 1);
  }

  std::vector<std::string> options_of(const std::string& name) {
    const auto fields = Json::parse(get("/issue/" + id_ + "/editmeta")).at("fields");
    const std::string field = about(name).at("id");
    std::vector<std::string> values;
    if (fields.contains(field))
      for (const auto& option : fields.at(field).value("allowedValues", Json::array()))
        values.push_back(option.at("value"));
    return values;
  }

  void slots() {
    for (const auto& [neutral, name] : fields_) {
      const auto slot = slot_from_text(neutral);
      if (!slot) continue;
      words_.write[*slot] = name;
      const auto format = format_of(name);
      if (format == "textfield") words_.texts.push_back(*slot);
      if (format == "datetime") words_.date_time = *slot;
      if (format != "select") continue;
      const auto options = options_of(name);
      if (!options.empty()) words_.list = ListSlot{*slot, options.front(), "not in the list"};
    }
    if (words_.texts.empty())
      throw std::runtime_error("the fields named for the cases hold no text field of one line for a slot of `write`");
    words_.absent = free_slot();
    words_.write[words_.absent] = "No such field";
  }

  Slot free_slot() {
    for (const auto slot : {Slot::advice, Slot::pool, Slot::plan, Slot::category, Slot::resolution_due})
      if (words_.write.count(slot) == 0) return slot;
    throw std::runtime_error("the fields named for the cases leave no slot of `write` for a field that does not exist");
  }

  FactField fact(const std::string& neutral) {
    const auto found = fields_.find(neutral);
    if (found == fields_.end())
      throw std::runtime_error("the fields named for the cases lack `" + neutral +
                               "`, a list or text that people fill");
    auto values =
        format_of(found->second) == "select" ? options_of(found->second) : std::vector<std::string>{"ACME", "Volga"};
    if (values.size() < 2) throw std::runtime_error("the field " + found->second + " has too few values for a case");
    return {found->second, values[0], values[1]};
  }

  void facts() {
    words_.customer = fact("customer");
    words_.channel = fact("channel");
  }

  void rights() {
    const auto& place = backstage_.place();
    const std::string which = place.cloud ? "permissions=EDIT_ISSUES&" : "";  // a Data Center tells of all
    const auto target = "/mypermissions?" + which + "projectKey=" + place.project;
    const auto answer = Json::parse(backstage_.ask(Who::customer, "GET", backstage_.api(target)));
    if (answer.at("permissions").at("EDIT_ISSUES").at("havePermission"))
      words_.customer_may_write = "the customer's account may edit issues, so it may change everything";
  }

  JiraBackstage& backstage_;
  const std::map<std::string, std::string>& fields_;
  std::string id_;
  Json issue_;
  Words words_;
};

}  // namespace

Words jira_words(JiraBackstage& backstage, const std::map<std::string, std::string>& fields) {
  return Discovery(backstage, fields).words();
}

}  // namespace cb::conformance
