#include "tests/conformance/bugzilla_backstage.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "adapters/http.hpp"

namespace cb::conformance {

namespace {

using Json = nlohmann::json;

std::string text_of(const Json& value) {
  if (value.is_string()) return value;
  if (!value.is_array()) return value.is_null() ? "" : value.dump();
  std::string out;
  for (const auto& each : value) out += (out.empty() ? "" : ", ") + text_of(each);
  return out;
}

}  // namespace

BugzillaBackstage::BugzillaBackstage(Http& http, Keys keys, BugzillaPlace place)
    : http_(http), keys_(std::move(keys)), place_(std::move(place)) {}

std::string BugzillaBackstage::ask(Who who, const std::string& method, const std::string& target,
                                   const std::string& body) {
  const auto& key = who == Who::staff ? keys_.staff : keys_.customer;
  HttpRequest request{method, "/rest" + target, {{"Accept", "application/json"}}, body};
  if (body.empty()) {
    request.target += (target.find('?') == std::string::npos ? "?" : "&") + ("api_key=" + url_encoded(key));
  } else {
    request.headers.emplace_back("Content-Type", "application/json");
    auto with_key = Json::parse(body);
    with_key["api_key"] = key;
    request.body = with_key.dump();
  }
  const auto response = http_.send(request);
  const auto attempt = "backstage: " + method + " " + target;
  if (!response) throw std::runtime_error(attempt + ": " + response.error().what);
  const auto answer = Json::parse(response->body, nullptr, false);
  if (answer.is_discarded() || answer.value("error", false) || response->status >= 300)
    throw std::runtime_error(attempt + " was answered with " + std::to_string(response->status) + " " +
                             response->body.substr(0, 300));
  return response->body;
}

std::string BugzillaBackstage::first_value(const std::string& field, const std::string& preferred) {
  const auto values = Json::parse(ask(Who::staff, "GET", "/field/bug/" + field)).at("fields").at(0).at("values");
  for (const auto& value : values)
    if (value.at("name") == preferred) return preferred;
  if (values.empty()) throw std::runtime_error("backstage: the field " + field + " has no values");
  return values.front().at("name");
}

const BugzillaBackstage::Creation& BugzillaBackstage::creation() {
  if (creation_) return *creation_;
  Creation found;
  const auto answer = Json::parse(ask(Who::staff, "GET", "/product?names=" + url_encoded(place_.product)));
  for (const auto& product : answer.at("products"))
    for (const auto& version : product.at("versions"))
      if (version.value("is_active", true)) found.version = version.at("name");
  if (found.version.empty())
    throw std::runtime_error("backstage: the product " + place_.product + " is not there or has no version");
  found.resolution = "FIXED";
  const auto fields = Json::parse(ask(Who::staff, "GET", "/field/bug")).at("fields");
  for (const auto& field : fields) {
    const std::string name = field.at("name");
    std::vector<std::string> values;
    for (const auto& value : field.value("values", Json::array()))
      if (value.at("name").is_string() && value.at("name") != "---" && value.at("name") != "")
        values.push_back(value.at("name"));
    if (name == "resolution" && std::find(values.begin(), values.end(), "FIXED") == values.end())
      for (const auto& value : values)
        if (value != "DUPLICATE" && value != "MOVED") found.resolution = value;
    if (field.value("is_custom", false) && field.value("is_mandatory", false))
      found.mandatory[name] = values.empty() ? "x" : values.front();
  }
  found.platform = first_value("rep_platform", "All");
  found.op_sys = first_value("op_sys", "All");
  creation_ = found;
  return *creation_;
}

const std::set<std::string>& BugzillaBackstage::closed_statuses() {
  if (!closed_.empty()) return closed_;
  const auto answer = Json::parse(ask(Who::staff, "GET", "/field/bug/bug_status"));
  for (const auto& status : answer.at("fields").at(0).at("values"))
    if (status.at("name").is_string() && !status.at("is_open").get<bool>()) closed_.insert(status.at("name"));
  return closed_;
}

std::string BugzillaBackstage::create(Who who, const NewIssue& issue) {
  const auto& needed = creation();
  Json body{{"product", place_.product},
            {"component", place_.component},
            {"version", needed.version},
            {"summary", issue.subject},
            {"description", issue.description.empty() ? issue.subject : issue.description},
            {"platform", needed.platform},
            {"op_sys", needed.op_sys}};
  if (!issue.type.empty()) body["type"] = issue.type;
  for (const auto& [name, value] : needed.mandatory) body[name] = value;
  for (const auto& [name, value] : issue.fields) body[name] = value;
  const auto id = text_of(Json::parse(ask(who, "POST", "/bug", body.dump())).at("id"));
  if (issue.is_private) hide(id);
  return id;
}

void BugzillaBackstage::hide(const std::string& id) {
  if (!cannot_hide().empty()) throw std::runtime_error("backstage: " + cannot_hide());
  (void)ask(Who::staff, "PUT", "/bug/" + id, Json{{"groups", {{"add", {*hiding_group_}}}}}.dump());
}

// Which groups a product lets issues into, no resource tells: it is tried once.
std::string BugzillaBackstage::cannot_hide() {
  if (!hiding_group_) {
    hiding_group_ = "";
    const auto id = create(Who::staff, {"May be hidden"});
    for (const auto& [group, number] : own_groups(Who::staff)) {
      try {
        (void)ask(Who::staff, "PUT", "/bug/" + id, Json{{"groups", {{"add", {group}}}}}.dump());
        if (!field(id, "groups").empty()) hiding_group_ = group;
      } catch (const std::runtime_error&) {
        continue;  // the product does not know that group
      }
      if (!hiding_group_->empty()) break;
    }
  }
  return hiding_group_->empty() ? "no group of the staff account can be set on issues of product " + place_.product
                                : "";
}

void BugzillaBackstage::update(Who who, const std::string& id, const Update& update) {
  auto body = Json::object();
  if (!update.note.empty()) body["comment"] = {{"body", update.note}, {"is_private", update.is_private}};
  if (!update.status.empty()) {
    body["status"] = update.status;
    const bool was_closed = closed_statuses().count(field(id, "status")) > 0;
    if (closed_statuses().count(update.status) > 0 && !was_closed) body["resolution"] = creation().resolution;
  }
  if (!update.priority.empty()) body["priority"] = update.priority;
  if (update.assign) body["assigned_to"] = person(*update.assign).login;
  for (const auto& [name, value] : update.fields) body[name] = value;
  (void)ask(who, "PUT", "/bug/" + id, body.dump());
}

std::vector<std::string> BugzillaBackstage::notes(Who who, const std::string& id) {
  const auto answer = Json::parse(ask(who, "GET", "/bug/" + id + "/comment"));
  std::vector<std::string> notes;
  for (const auto& comment : answer.at("bugs").at(id).at("comments"))
    if (comment.at("count") != 0) notes.push_back(comment.at("text"));
  return notes;
}

std::string BugzillaBackstage::updated_on(const std::string& id) {
  return field(id, "last_change_time");
}

std::string BugzillaBackstage::field(const std::string& id, const std::string& name) {
  const auto answer = Json::parse(ask(Who::staff, "GET", "/bug/" + id));
  const auto& bug = answer.at("bugs").at(0);
  return bug.contains(name) ? text_of(bug.at(name)) : "";
}

// The older flavours do not tell whom a key belongs to; who registers an issue is told.
PersonRef BugzillaBackstage::person(Who who) {
  const auto known = people_.find(who);
  if (known != people_.end()) return known->second;
  const auto id = create(who, {"Who am I"});
  const auto answer = Json::parse(ask(Who::staff, "GET", "/bug/" + id));
  const auto& creator = answer.at("bugs").at(0).at("creator_detail");
  const auto login = creator.at("name").get<std::string>();
  return people_[who] = {login, "", creator.value("real_name", "")};
}

std::map<std::string, int> BugzillaBackstage::own_groups(Who who) {
  const auto answer = Json::parse(ask(who, "GET", "/user?names=" + url_encoded(person(who).login)));
  std::map<std::string, int> groups;
  for (const auto& user : answer.at("users"))
    for (const auto& group : user.value("groups", Json::array())) groups[group.at("name")] = group.at("id");
  return groups;
}

std::vector<std::string> BugzillaBackstage::in_copy(const std::string& id) {
  const auto answer = Json::parse(ask(Who::staff, "GET", "/bug/" + id));
  return answer.at("bugs").at(0).at("cc");
}

}  // namespace cb::conformance
