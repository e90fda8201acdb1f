// A fake Bugzilla with two bugs (the first a customer's), and people who ask it over REST without a socket.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"

namespace cb::asking {

using Json = nlohmann::json;
using fake_bugzilla::Flavour;

struct Answer {
  int status = 0;
  Json body;
  [[nodiscard]] int code() const { return body.value("code", 0); }
  [[nodiscard]] std::vector<int> ids() const {
    std::vector<int> out;
    for (const auto& bug : body["bugs"]) out.push_back(bug["id"]);
    return out;
  }
};

struct Server {
  Instant now = *instant_from_iso("2026-11-22T09:00:00Z");
  FakeBugzilla bugzilla{fake_bugzilla::small_state(), [this] { return now; }};

  explicit Server(Flavour flavour = Flavour::classic, const std::string& zone = "UTC") {
    settings().flavour = flavour;
    settings().zone = zone;
    add_bug(state(), "customer@example.com", "First", "One", now);
    add_bug(state(), "staff@example.com", "Second", "Two", now);
  }
  fake_bugzilla::State& state() { return bugzilla.state(); }
  fake_bugzilla::Settings& settings() { return state().settings; }

  Answer ask(const std::string& method, const std::string& target, const Json& body = {}, const Headers& headers = {}) {
    const auto response =
        bugzilla.handle({method, "/rest" + target, headers, body.is_null() ? std::string() : body.dump()});
    return {response.status, Json::parse(response.body, nullptr, false)};
  }
  Answer get(const std::string& path, const std::string& who = "staff") {
    return ask("GET", path + (path.find('?') == std::string::npos ? "?" : "&") + "api_key=" + who + "-key");
  }
  Answer put(int id, const Json& body, const std::string& who = "staff") {
    return ask("PUT", "/bug/" + std::to_string(id) + "?api_key=" + who + "-key", body);
  }
  Json bug(int id, const std::string& fields) {
    return get("/bug/" + std::to_string(id) + "?include_fields=" + fields).body["bugs"][0];
  }
};

}  // namespace cb::asking
