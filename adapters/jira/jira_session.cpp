#include "adapters/jira/jira_session.hpp"

#include "adapters/jira/jira_errors.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "rules/plain_line.hpp"

namespace cb {

namespace {

constexpr const char* k_desk = "/rest/servicedeskapi";
constexpr const char* k_cloud_api = "/rest/api/3";
constexpr const char* k_data_center_api = "/rest/api/2";

// Four levels for each list inside a list that somebody writes: as deep as texts are read, and more.
const JsonLimits k_limits{.bytes = JsonLimits{}.bytes, .depth = 512};

bool is_2xx(int status) {
  return status >= 200 && status <= 299;
}

// Searches and readings of many issues are POSTs.
bool reads(const std::string& method, const std::string& target) {
  return method == "GET" || target.find("/search") != std::string::npos ||
         target.find("/bulkfetch") != std::string::npos;
}

std::string without(std::string text, const std::string& secret) {
  if (secret.empty()) return text;
  static const std::string k_hidden = "(hidden)";
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + k_hidden.size()))
    text.replace(at, secret.size(), k_hidden);
  return text;
}

}  // namespace

std::string jira_issue_path(const std::string& id) {
  return "/issue/" + url_encoded(id);
}

std::string jira_query(const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string query;
  for (const auto& [name, value] : parameters) query += (query.empty() ? "?" : "&") + name + "=" + url_encoded(value);
  return query;
}

JiraSession::JiraSession(const JiraTerms& terms, Http& http)
    : terms_(terms), http_(http), authorization_(jira_authorization(terms.login, terms.api_key)) {}

std::string JiraSession::attempt(const std::string& doing) const {
  return plain_line("tracker " + terms_.name + ": " + doing);  // a key that is none may hold anything
}

JiraRefusal JiraSession::refused(JiraRefusal refusal) const {
  const auto at = authorization_.find(' ');
  auto& what = refusal.error.what;
  what = without(without(std::move(what), terms_.api_key), authorization_.substr(at + 1));
  // Of address:token the token is as secret alone.
  if (const auto colon = terms_.api_key.find(':'); colon != std::string::npos)
    what = without(std::move(what), terms_.api_key.substr(colon + 1));
  return refusal;
}

JiraResult<JsonDocument> JiraSession::answer(const std::string& method, const std::string& target,
                                             const std::string& body, const std::string& doing) {
  const auto refuse = [&](JiraRefusal refusal) { return tl::unexpected<JiraRefusal>(refused(std::move(refusal))); };
  HttpRequest request{method, target, {{"Accept", "application/json"}, {"Authorization", authorization_}}, body};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  // Without it a Data Center takes some writes for forged (trackers.md C2), and hides the service desk's newer parts.
  if (method != "GET") request.headers.emplace_back("X-Atlassian-Token", "no-check");
  if (target.rfind(k_desk, 0) == 0) request.headers.emplace_back("X-ExperimentalApi", "opt-in");
  auto response = http_.send(request);
  if (!response) {
    auto error = std::move(response.error());
    error.what = attempt(doing) + ": " + error.what;
    return refuse({std::move(error), 0, {}});
  }
  if (auto stranger = jira_login_problem(*response, attempt(doing)))
    return refuse({*std::move(stranger), response->status, {}});
  const bool is_good = is_2xx(response->status);
  if (is_good && response->body.empty()) response->body = "null";
  auto document = JsonDocument::parse(response->body, attempt(doing), k_limits);
  if (!is_good)
    return refuse(jira_refusal(*response, document ? &*document : nullptr, reads(method, target), attempt(doing)));
  if (!document) return refuse({std::move(document.error()), response->status, {}});
  return std::move(*document);
}

// The newer API is that of the Cloud alone; a Data Center has no such page.
Result<JsonDocument> JiraSession::info(bool& cloud) {
  const std::string doing = "asking what kind of Jira it is";
  auto document = answer("GET", std::string(k_cloud_api) + "/serverInfo", "", doing);
  cloud = document.has_value();
  if (!document && document.error().status == 404)
    document = answer("GET", std::string(k_data_center_api) + "/serverInfo", "", doing);
  if (!document) return Failure(std::move(document.error().error));
  return std::move(*document);
}

Result<bool> JiraSession::has_service_management() {
  auto document = answer("GET", std::string(k_desk) + "/info", "", "asking for service management");
  if (document) return document->root()["isLicensedForUse"].boolean_or(true);
  // Not there, or without a licence, which answers with a page.
  const auto status = document.error().status;
  if (status == 404 || status == 403) return false;
  return Failure(std::move(document.error().error));
}

Result<JiraServer> JiraSession::server() {
  if (server_) return *server_;
  bool cloud = false;
  TRY(document, info(cloud));
  TRY(server, jira_server(document));
  server.cloud = server.cloud || cloud;
  TRY(has_desk, has_service_management());
  server.service_management = has_desk;
  server_ = std::move(server);
  return *server_;
}

Result<Instant> JiraSession::server_time() {
  TRY(known, server());
  TRY(document, get("/serverInfo", "asking for the server's time"));
  return jira_server_time(document);
}

JiraResult<JsonDocument> JiraSession::ask(const std::string& method, const std::string& target, const std::string& body,
                                          const std::string& doing) {
  auto known = server();
  if (!known) return tl::unexpected<JiraRefusal>({std::move(known.error()), 0, {}});
  return answer(method, (known->cloud ? k_cloud_api : k_data_center_api) + target, body, doing);
}

JiraResult<JsonDocument> JiraSession::ask_desk(const std::string& method, const std::string& target,
                                               const std::string& body, const std::string& doing) {
  return answer(method, k_desk + target, body, doing);
}

Result<JsonDocument> JiraSession::get(const std::string& target, const std::string& doing) {
  auto document = ask("GET", target, "", doing);
  if (!document) return Failure(std::move(document.error().error));
  return std::move(*document);
}

Result<JsonDocument> JiraSession::post(const std::string& target, const std::string& body, const std::string& doing) {
  auto document = ask("POST", target, body, doing);
  if (!document) return Failure(std::move(document.error().error));
  return std::move(*document);
}

}  // namespace cb
