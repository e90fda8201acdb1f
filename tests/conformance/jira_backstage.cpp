#include "tests/conformance/jira_backstage.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "adapters/http.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_session.hpp"

namespace cb::conformance {

namespace {

using Json = nlohmann::json;

// What a person types: a line end in a paragraph, an empty line between two.
Json document_of(const std::string& text) {
  auto content = Json::array();
  std::string line;
  const auto add = [&] {
    if (!content.empty()) content.push_back({{"type", "hardBreak"}});
    if (!line.empty()) content.push_back({{"type", "text"}, {"text", line}});
    line.clear();
  };
  for (const char c : text) {
    if (c == '\n')
      add();
    else if (c != '\r')
      line += c;
  }
  add();
  return {{"type", "doc"}, {"version", 1}, {"content", {{{"type", "paragraph"}, {"content", std::move(content)}}}}};
}

// The texts of a document's nodes as they stand there, without what the adapter makes of them.
void collect(const Json& node, std::string& text) {
  if (node.value("type", "") == "hardBreak" || node.value("type", "") == "paragraph") text += '\n';
  if (node.contains("text")) text += node.at("text").get<std::string>();
  for (const auto& child : node.value("content", Json::array())) collect(child, text);
}

std::string raw_text(const Json& body) {
  if (body.is_string()) return body;
  std::string text;
  collect(body, text);
  return text;
}

std::string word_of(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value;
  if (value.is_object() && value.value("type", "") == "doc") return raw_text(value);
  if (value.is_object()) return value.contains("value") ? value.value("value", "") : value.value("name", "");
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const auto& each : value) out += (out.empty() ? "" : ", ") + word_of(each);
  return out;
}

}  // namespace

JiraBackstage::JiraBackstage(Http& http, std::map<Who, JiraAccount> accounts, JiraPlace place)
    : http_(http), accounts_(std::move(accounts)), place_(std::move(place)) {}

std::string JiraBackstage::api(const std::string& target) const {
  return (place_.cloud ? "/rest/api/3" : "/rest/api/2") + target;
}

std::string JiraBackstage::ask(Who who, const std::string& method, const std::string& target, const std::string& body) {
  const auto& account = accounts_.at(who);
  HttpRequest request{method,
                      target,
                      {{"Accept", "application/json"},
                       {"X-ExperimentalApi", "opt-in"},
                       {"Authorization", jira_authorization(account.login, account.key)}},
                      body};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  const auto response = http_.send(request);
  const auto attempt = "backstage: " + method + " " + target;
  if (!response) throw std::runtime_error(attempt + ": " + response.error().what);
  if (response->status >= 300)
    throw std::runtime_error(attempt + " was answered with " + std::to_string(response->status) + " " +
                             response->body.substr(0, 300));
  return response->body;
}

const JiraBackstage::Field& JiraBackstage::field_named(const std::string& name) {
  if (fields_.empty())
    for (const auto& field : Json::parse(ask(Who::staff, "GET", api("/field")))) {
      const auto custom = field.value("schema", Json::object()).value("custom", "");
      fields_[field.at("name")] = {field.at("id"), custom.substr(custom.find(':') + 1)};
    }
  const auto found = fields_.find(name);
  if (found == fields_.end()) throw std::runtime_error("the tracker under test has no field " + name);
  return found->second;
}

std::string JiraBackstage::fields_json(const std::map<std::string, std::string>& fields) {
  auto out = Json::object();
  for (const auto& [name, value] : fields) {
    const auto& field = field_named(name);
    if (field.format == "select")
      out[field.id] = {{"value", value}};
    else if (field.format == "textarea" && place_.cloud)
      out[field.id] = document_of(value);
    else
      out[field.id] = value;
  }
  return out.dump();
}

std::string JiraBackstage::create(Who who, const NewIssue& issue) {
  if (issue.is_private) throw std::runtime_error("backstage: " + cannot_hide());
  auto fields = Json::parse(fields_json(issue.fields));
  fields["project"] = {{"key", place_.project}};
  fields["issuetype"] = {{"name", issue.type.empty() ? place_.type : issue.type}};
  fields["summary"] = issue.subject;
  if (!issue.description.empty())
    fields["description"] = place_.cloud ? document_of(issue.description) : Json(issue.description);
  return Json::parse(ask(who, "POST", api("/issue"), Json{{"fields", std::move(fields)}}.dump())).at("id");
}

void JiraBackstage::move(Who who, const std::string& id, const std::string& status) {
  const auto target = api("/issue/" + id + "/transitions");
  const auto list = Json::parse(ask(who, "GET", target + "?expand=transitions.fields"));
  for (const auto& transition : list.at("transitions")) {
    if (transition.at("to").at("name") != status) continue;
    Json body{{"transition", {{"id", transition.at("id")}}}};
    if (transition.value("fields", Json::object()).contains("resolution"))
      body["fields"] = {{"resolution", {{"name", "Done"}}}};
    (void)ask(who, "POST", target, body.dump());
    return;
  }
  throw std::runtime_error("backstage: no transition leads issue " + id + " to " + status);
}

void JiraBackstage::comment(Who who, const std::string& id, const Update& update) {
  if (place_.service_desk) {
    const Json body{{"body", update.note}, {"public", !update.is_private}};
    (void)ask(who, "POST", "/rest/servicedeskapi/request/" + id + "/comment", body.dump());
    return;
  }
  Json body{{"body", place_.cloud ? document_of(update.note) : Json(update.note)}};
  if (update.is_private) body["visibility"] = {{"type", "role"}, {"value", place_.staff_role}};
  (void)ask(who, "POST", api("/issue/" + id + "/comment"), body.dump());
}

void JiraBackstage::update(Who who, const std::string& id, const Update& update) {
  auto fields = Json::parse(fields_json(update.fields));
  if (!update.priority.empty()) fields["priority"] = {{"name", update.priority}};
  if (update.assign) fields["assignee"] = {{place_.cloud ? "accountId" : "name", person(*update.assign).login}};
  if (!fields.empty()) (void)ask(who, "PUT", api("/issue/" + id), Json{{"fields", std::move(fields)}}.dump());
  if (!update.status.empty()) move(who, id, update.status);
  if (!update.note.empty()) comment(who, id, update);
}

// In a service desk a customer looks through the portal.
std::vector<std::string> JiraBackstage::notes(Who who, const std::string& id) {
  const bool portal = place_.service_desk && who == Who::customer;
  const auto target = portal ? "/rest/servicedeskapi/request/" + id + "/comment?internal=false&limit=50"
                             : api("/issue/" + id + "/comment?maxResults=100&orderBy=created");
  const auto answer = Json::parse(ask(who, "GET", target));
  std::vector<std::string> notes;
  for (const auto& comment : answer.at(portal ? "values" : "comments")) notes.push_back(raw_text(comment.at("body")));
  return notes;
}

std::string JiraBackstage::updated_on(const std::string& id) {
  const auto answer = Json::parse(ask(Who::staff, "GET", api("/issue/" + id + "?fields=updated")));
  const auto instant = jira_instant(answer.at("fields").at("updated"));
  if (!instant) throw std::runtime_error("backstage: the time of issue " + id + " cannot be read");
  return to_iso(*instant);
}

std::string JiraBackstage::field(const std::string& id, const std::string& name) {
  const auto& found = field_named(name);
  const auto answer = Json::parse(ask(Who::staff, "GET", api("/issue/" + id + "?fields=" + found.id)));
  const auto& fields = answer.at("fields");
  return fields.contains(found.id) ? word_of(fields.at(found.id)) : "";
}

PersonRef JiraBackstage::person(Who who) {
  const auto me = Json::parse(ask(who, "GET", api("/myself")));
  return {me.at(place_.cloud ? "accountId" : "name"), "", me.at("displayName")};
}

std::vector<std::string> JiraBackstage::in_copy(const std::string& id) {
  const auto answer = Json::parse(ask(Who::staff, "GET", api("/issue/" + id + "/watchers")));
  std::vector<std::string> names;
  for (const auto& watcher : answer.at("watchers")) names.push_back(watcher.at("displayName"));
  return names;
}

std::string JiraBackstage::cannot_hide() {
  return "Jira answers 404 alike for what is hidden and for what does not exist";
}

}  // namespace cb::conformance
