#include "tests/conformance/fake_jira_asking.hpp"

namespace cb::jira_asking {

using namespace fake_jira;

namespace {

State two_issues(Form form, Instant now) {
  auto state = small_state(form.cloud, form.desk);
  add_issue(state, "SUP", "customer", "First", "One", now);
  add_issue(state, "SUP", "staff", "Second", "Two", now);
  return state;
}

}  // namespace

std::string base64(const std::string& text) {
  static const std::string k_signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, count = 0;
  for (const char c : text) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += k_signs[bits >> (count - 6) & 63U];
  }
  if (count > 0) out += k_signs[bits << (6 - count) & 63U];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string Answer::message() const {
  if (!body.is_object()) return "";
  if (body.contains("errorMessage")) return body["errorMessage"];
  if (body.contains("errorMessages") && !body["errorMessages"].empty()) return body["errorMessages"][0];
  if (body.contains("errors") && !body["errors"].empty()) return *body["errors"].begin();
  return "";
}

std::vector<std::string> Answer::keys() const {
  std::vector<std::string> out;
  for (const auto& row : body.at("issues")) out.push_back(row["key"]);
  return out;
}

Server::Server(Form form) : jira(two_issues(form, now), [this] { return now; }) {}

Json Server::person(const std::string& name) {
  return cloud() ? Json{{"accountId", id(name)}} : Json{{"name", name}};
}

Json Server::rich(const std::string& text) {
  if (!cloud()) return text;
  const Json words{{"type", "text"}, {"text", text}};
  const Json paragraph{{"type", "paragraph"}, {"content", Json::array({words})}};
  return {{"type", "doc"}, {"version", 1}, {"content", Json::array({paragraph})}};
}

Json Server::issue(const std::string& key) {
  return get("/issue/" + key).body.at("fields");
}

Headers Server::login(const std::string& who) {
  if (who.empty()) return {};
  const auto token = who + "-token";
  return {{"Authorization", cloud() ? "Basic " + base64(who + "@example.com:" + token) : "Bearer " + token}};
}

Answer Server::ask(const std::string& method, const std::string& path, const Json& body, const std::string& who,
                   Headers headers) {
  const auto root = path.rfind("/rest", 0) == 0 ? "" : (cloud() ? "/rest/api/3" : "/rest/api/2");
  for (auto& entry : login(who)) headers.push_back(std::move(entry));
  if (!body.is_null()) headers.emplace_back("Content-Type", "application/json");
  auto response = jira.handle({method, root + path, std::move(headers), body.is_null() ? "" : body.dump()});
  return {response.status, Json::parse(response.body, nullptr, false), response};
}

Answer Server::edit(const std::string& key, const Json& fields, const std::string& query, const std::string& who) {
  return ask("PUT", "/issue/" + key + query, {{"fields", fields}}, who);
}

Answer Server::search(const std::string& jql, const Json& more, const std::string& who) {
  Json body{{"jql", jql}, {"fields", {"updated"}}};
  if (more.is_object()) body.update(more);
  return ask("POST", cloud() ? "/search/jql" : "/search", body, who);
}

}  // namespace cb::jira_asking
