#include "tests/conformance/redmine_backstage.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "adapters/http.hpp"

namespace cb::conformance {

namespace {

using Json = nlohmann::json;
using Ids = std::map<std::string, int>;

Ids ids_of(const std::string& body, const std::string& key) {
  Ids ids;
  const auto document = Json::parse(body);
  for (const auto& row : document.at(key)) ids[row.at("name")] = row.at("id");
  return ids;
}

int id_in(const Ids& ids, const std::string& name, const char* what) {
  const auto found = ids.find(name);
  if (found == ids.end()) throw std::runtime_error("the tracker under test has no " + std::string(what) + " " + name);
  return found->second;
}

Json field_list(const Ids& ids, const std::map<std::string, std::string>& fields) {
  auto list = Json::array();
  for (const auto& [name, value] : fields) list.push_back({{"id", id_in(ids, name, "field")}, {"value", value}});
  return list;
}

}  // namespace

// Ids of Redmine's words, asked once.
struct RedmineBackstage::Words {
  Ids statuses, priorities, types;
};

RedmineBackstage::RedmineBackstage(Http& http, Keys keys, std::string project, std::string type)
    : http_(http), keys_(std::move(keys)), project_(std::move(project)), type_(std::move(type)) {}

RedmineBackstage::~RedmineBackstage() = default;

std::string RedmineBackstage::ask(Who who, const std::string& method, const std::string& target,
                                  const std::string& body, int expected) {
  HttpRequest request{method, target, {{"X-Redmine-API-Key", who == Who::staff ? keys_.staff : keys_.customer}}, body};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  const auto response = http_.send(request);
  if (!response) throw std::runtime_error("backstage: " + method + " " + target + ": " + response.error().what);
  if (response->status != expected)
    throw std::runtime_error("backstage: " + method + " " + target + " was answered with " +
                             std::to_string(response->status) + " " + response->body.substr(0, 300));
  return response->body;
}

const RedmineBackstage::Words& RedmineBackstage::words() {
  if (words_) return *words_;
  auto words = std::make_unique<Words>();
  const auto read = [this](const char* target) { return ask(Who::staff, "GET", target, "", 200); };
  words->statuses = ids_of(read("/issue_statuses.json"), "issue_statuses");
  words->priorities = ids_of(read("/enumerations/issue_priorities.json"), "issue_priorities");
  words->types = ids_of(read("/trackers.json"), "trackers");
  words_ = std::move(words);
  return *words_;
}

// A project does not name the fields that serve all projects, and the list of fields is for administrators: an issue
// has them all, if need be one of our own.
const std::map<std::string, int>& RedmineBackstage::fields() {
  if (!fields_.empty()) return fields_;
  const auto target = "/issues.json?status_id=*&limit=1&project_id=" + project_;
  if (Json::parse(ask(Who::staff, "GET", target, "", 200)).at("issues").empty()) create(Who::staff, {"Which fields?"});
  const auto list = Json::parse(ask(Who::staff, "GET", target, "", 200));
  for (const auto& row : list.at("issues").front().at("custom_fields")) fields_[row.at("name")] = row.at("id");
  return fields_;
}

std::string RedmineBackstage::create(Who who, const NewIssue& issue) {
  Json body{{"project_id", project_},
            {"subject", issue.subject},
            {"description", issue.description},
            {"tracker_id", id_in(words().types, issue.type.empty() ? type_ : issue.type, "type")},
            {"priority_id", id_in(words().priorities, "Normal", "priority")}};
  if (!issue.fields.empty()) body["custom_fields"] = field_list(fields(), issue.fields);
  if (issue.is_private) body["is_private"] = true;
  const auto answer = Json::parse(ask(who, "POST", "/issues.json", Json{{"issue", body}}.dump(), 201));
  return std::to_string(answer.at("issue").at("id").get<int>());
}

void RedmineBackstage::update(Who who, const std::string& id, const Update& update) {
  auto body = Json::object();
  if (!update.note.empty()) body["notes"] = update.note;
  if (update.is_private) body["private_notes"] = true;
  if (!update.status.empty()) body["status_id"] = id_in(words().statuses, update.status, "status");
  if (!update.priority.empty()) body["priority_id"] = id_in(words().priorities, update.priority, "priority");
  if (update.assign) body["assigned_to_id"] = user_id(*update.assign);
  if (!update.fields.empty()) body["custom_fields"] = field_list(fields(), update.fields);
  (void)ask(who, "PUT", "/issues/" + id + ".json", Json{{"issue", body}}.dump(), 204);
}

std::vector<std::string> RedmineBackstage::notes(Who who, const std::string& id) {
  const auto answer = Json::parse(ask(who, "GET", "/issues/" + id + ".json?include=journals", "", 200));
  std::vector<std::string> notes;
  for (const auto& journal : answer.at("issue").at("journals"))
    if (journal.at("notes").is_string() && journal.at("notes") != "") notes.push_back(journal.at("notes"));
  return notes;
}

std::string RedmineBackstage::updated_on(const std::string& id) {
  return Json::parse(ask(Who::staff, "GET", "/issues/" + id + ".json", "", 200)).at("issue").at("updated_on");
}

std::string RedmineBackstage::field(const std::string& id, const std::string& name) {
  const auto answer = Json::parse(ask(Who::staff, "GET", "/issues/" + id + ".json", "", 200));
  for (const auto& field : answer.at("issue").at("custom_fields"))
    if (field.at("name") == name && field.at("value").is_string()) return field.at("value");
  return "";
}

int RedmineBackstage::user_id(Who who) {
  return Json::parse(ask(who, "GET", "/users/current.json", "", 200)).at("user").at("id");
}

PersonRef RedmineBackstage::person(Who who) {
  const auto user = Json::parse(ask(who, "GET", "/users/current.json", "", 200)).at("user");
  return {user.at("login"), "", user.at("firstname").get<std::string>() + " " + user.at("lastname").get<std::string>()};
}

std::vector<std::string> RedmineBackstage::in_copy(const std::string& id) {
  const auto answer = Json::parse(ask(Who::staff, "GET", "/issues/" + id + ".json?include=watchers", "", 200));
  std::vector<std::string> names;
  for (const auto& watcher : answer.at("issue").at("watchers")) names.push_back(watcher.at("name"));
  return names;
}

}  // namespace cb::conformance
