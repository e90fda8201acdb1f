// What holds for every route of the API: the token, the store's failures, words; and the document that describes them.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bridge/web/openapi.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

using Json = nlohmann::json;

// An address that fits the route.
std::string filled(std::string pattern) {
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"{tracker}", "support"}, {"{id}", "12"}}) {
    if (const auto found = pattern.find(name); found != std::string::npos) pattern.replace(found, name.size(), value);
  }
  return pattern;
}

bool is_api(const std::string& pattern) {
  return pattern.starts_with("/api/v1/");
}

}  // namespace

TEST_CASE("every route of the API asks for the token, in the API's words") {
  WebWorld world("a-long-token");
  int asked = 0;
  for (const auto& entry : world.router.routes()) {
    const auto& [method, pattern] = entry;
    if (!is_api(pattern)) continue;
    CAPTURE(entry.second);
    ++asked;
    world.headers = {};
    const auto without = world.ask(method, filled(pattern));
    CHECK(without.status == 401);
    CHECK(without.content_type == "application/problem+json");
    CHECK(Json::parse(without.body).at("title") == "Unauthorized");
    CHECK(std::count(without.headers.begin(), without.headers.end(),
                     std::pair<std::string, std::string>("WWW-Authenticate", "Bearer realm=\"contract-bridge\"")) == 1);
    world.headers = {{"Authorization", "Bearer another"}};
    CHECK(world.ask(method, filled(pattern)).status == 401);
    world.headers = {{"Authorization", "Bearer a-long-token"}};
    CHECK(world.ask(method, filled(pattern)).status != 401);
  }
  CHECK(asked == 8);
}

TEST_CASE("without a token a strange host is refused, in the API's words") {
  WebWorld world;
  world.headers = {{"Host", "evil.example"}};
  for (const auto& entry : world.router.routes()) {
    const auto& [method, pattern] = entry;
    if (!is_api(pattern)) continue;
    CAPTURE(entry.second);
    const auto answer = world.ask(method, filled(pattern));
    CHECK(answer.status == 403);
    CHECK(answer.content_type == "application/problem+json");
  }
}

TEST_CASE("what a foreign page makes a browser post is refused, in the API's words, and nothing is done") {
  int asked = 0;
  for (const auto& entry : WebWorld().router.routes()) {
    const auto& [method, pattern] = entry;
    if (!is_api(pattern) || method == "GET") continue;
    CAPTURE(entry.second);
    ++asked;
    for (const auto* token : {"", "a-long-token"}) {
      WebWorld world(token);
      world.headers.emplace_back("Authorization", "Basic eDphLWxvbmctdG9rZW4=");  // x:a-long-token
      world.headers.emplace_back("Sec-Fetch-Site", "cross-site");
      const auto answer = world.ask(method, filled(pattern));
      CHECK(answer.status == 403);
      CHECK(answer.content_type == "application/problem+json");
      CHECK(world.faults.calls.empty());
    }
  }
  CHECK(asked == 2);
}

TEST_CASE("a parameter that no route takes is refused by every one") {
  for (const auto& entry : WebWorld().router.routes()) {
    const auto& [method, pattern] = entry;
    if (!is_api(pattern)) continue;
    CAPTURE(entry.second);
    WebWorld world;
    const auto answer = world.ask(method, filled(pattern) + "?pretty=1");
    CHECK(answer.status == 400);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(world.faults.calls.empty());
  }
}

TEST_CASE("a store that fails is told, and the next request is answered") {
  for (const auto& entry :
       {std::pair{"GET", "/api/v1/issues/support/12"}, std::pair{"POST", "/api/v1/issues/support/12/retry"},
        std::pair{"GET", "/api/v1/customers/acme/history"}, std::pair{"GET", "/api/v1/due"}}) {
    const auto& [method, target] = entry;
    CAPTURE(entry.second);
    WebWorld world;
    world.keep("12");
    world.memory.park({{"support", "12"}, "500", k_web_now, k_web_now, 1});
    world.faults.fail_at = 1;
    const auto answer = world.ask(method, target);
    CHECK(answer.status == 503);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(Json::parse(answer.body).at("detail").get<std::string>().starts_with("The store failed: "));
    CHECK(world.ask(method, target).status == 200);
  }
}

TEST_CASE("before there is a configuration nothing is answered but that") {
  WebWorld world;
  world.settings.reset();
  for (const auto& entry : world.router.routes()) {
    const auto& [method, pattern] = entry;
    if (pattern == "/healthz" || pattern == "/pages.css") continue;
    CAPTURE(entry.second);
    CHECK(world.ask(method, filled(pattern)).status == 503);
  }
}

TEST_CASE("what is not there is told in the API's words") {
  WebWorld world;
  for (const auto& [target, status] : {std::pair{"/api/v1/nothing", 404}, std::pair{"/api/v2/due", 404},
                                       std::pair{"/api/v1/../due", 400}, std::pair{"/api/v1/due/", 404}}) {
    const auto answer = world.get(target);
    CHECK(answer.status == status);
    CHECK(answer.content_type == "application/problem+json");
  }
  const auto method = world.ask("DELETE", "/api/v1/due");
  CHECK(method.status == 405);
  CHECK(method.headers.back() == std::pair<std::string, std::string>("Allow", "GET, HEAD"));
  CHECK(world.get("/elsewhere").content_type.starts_with("text/plain"));
}

TEST_CASE("the document is served as YAML and as JSON") {
  WebWorld world;
  const auto yaml = world.get("/api/v1/openapi.yaml");
  CHECK(yaml.status == 200);
  CHECK(yaml.content_type == "application/yaml");
  CHECK(yaml.body.starts_with("openapi: 3.1.0\n"));
  const auto answer = world.get("/api/v1/openapi.json");
  CHECK(answer.content_type == "application/json");
  const auto json = Json::parse(answer.body);
  CHECK(json.at("openapi") == "3.1.0");
  CHECK(json.at("info").at("version") == "1");  // in quotes: a text
  CHECK(json.at("components").at("schemas").at("StoredIssue").at("additionalProperties") == false);
  CHECK(json.at("components").at("parameters").at("Limit").at("schema").at("maximum") == 200);
  for (const auto& [method, pattern] : world.router.routes()) {
    if (is_api(pattern)) CHECK(json.at("paths").contains(pattern));
  }
}

TEST_CASE("the status as JSON") {
  WebWorld world;
  world.keep("12");
  const auto answer = world.get("/api/v1/status");
  CHECK(answer.status == 200);
  const auto json = Json::parse(answer.body);
  CHECK(json.at("version") == "0.0.0-test");
  CHECK(json.at("ready") == true);
  CHECK(json.at("decisions") == 1);
  CHECK(json.at("trackers").at(0).at("standing") == "well");
  CHECK(json.at("trackers").at(0).at("issues").at("known") == 1);
  CHECK(json.at("trackers").at(0).at("next_look") == "2026-06-09T12:00:10Z");
}

TEST_CASE("the routes, for the judge of the document") {
  WebWorld world;
  const char* file = std::getenv("CB_API_DUMP");
  if (file == nullptr || *file == '\0') return;
  Json routes = Json::array();
  for (const auto& [method, pattern] : world.router.routes()) routes.push_back({method, pattern});
  std::ofstream(file, std::ios::app) << Json{{"routes", routes}}.dump() << "\n";
}

}  // namespace cb
