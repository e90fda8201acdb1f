// A fake Jira in one of its forms with two issues in SUP (the first a customer's), and people who ask it over REST
// without a socket.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/trackers/fake_jira.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

namespace cb::jira_asking {

using Json = nlohmann::json;

struct Form {
  bool cloud, desk;
};
inline const std::vector<Form> k_forms{{true, false}, {false, false}, {true, true}, {false, true}};

std::string base64(const std::string& text);

struct Answer {
  int status = 0;
  Json body;
  HttpResponse response;
  // The first message, or the first error of a field.
  [[nodiscard]] std::string message() const;
  [[nodiscard]] std::vector<std::string> keys() const;  // of a search
};

struct Server {
  Instant now = *instant_from_iso("2026-11-27T09:00:00Z");
  FakeJira jira;

  explicit Server(Form form);
  [[nodiscard]] bool cloud() { return settings().cloud; }
  fake_jira::State& state() { return jira.state(); }
  fake_jira::Settings& settings() { return state().settings; }
  [[nodiscard]] std::string field(const std::string& name) { return field_by_name(state(), name)->id(); }
  [[nodiscard]] std::string id(const std::string& name) { return user_id(state(), name); }
  // {"accountId"} or {"name"}.
  [[nodiscard]] Json person(const std::string& name);
  // A text as the newest version of the interface takes it.
  [[nodiscard]] Json rich(const std::string& text);
  [[nodiscard]] Json issue(const std::string& key);  // its fields

  // Below /rest/api/3 or /rest/api/2; a path that begins with /rest is taken as it is. Nobody: without credentials.
  Answer ask(const std::string& method, const std::string& path, const Json& body = {},
             const std::string& who = "bridge", Headers headers = {});
  Answer get(const std::string& path, const std::string& who = "bridge") { return ask("GET", path, {}, who); }
  Answer edit(const std::string& key, const Json& fields, const std::string& query = "",
              const std::string& who = "bridge");
  Answer search(const std::string& jql, const Json& more = Json::object(), const std::string& who = "bridge");
  Headers login(const std::string& who);
};

}  // namespace cb::jira_asking
