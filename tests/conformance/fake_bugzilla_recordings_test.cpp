// The fake Bugzilla against what a real one answered: the recorded requests are sent in their order to a fake that
// starts where the recorded server started; status and JSON must be the same, instants included, for the fake's clock
// stands where the recorded server's stood. What is not compared is listed here, each with its reason.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"

using namespace cb;

namespace {

using Json = nlohmann::json;

const std::string k_folder = CB_TEST_DATA "/recordings/bugzilla/";

Instant at(const std::string& iso) {
  return *instant_from_iso(iso);
}

std::vector<Json> lines_of(const char* file) {
  std::ifstream in(k_folder + file);
  REQUIRE(in.good());
  std::vector<Json> out;
  for (std::string line; std::getline(in, line);) out.push_back(Json::parse(line));
  return out;
}

struct Exchange {
  int number = 0;
  Json content;
};

// 262 and 263 ran side by side and 263 read before 262 wrote: one after the other they do so in this order.
std::vector<Exchange> exchanges() {
  std::vector<Exchange> out;
  for (auto& line : lines_of("exchanges.jsonl")) {
    const auto number = std::stoi(line["name"].get<std::string>().substr(0, 3));
    out.push_back({number, std::move(line)});
  }
  const auto first = std::find_if(out.begin(), out.end(), [](const Exchange& e) { return e.number == 262; });
  std::iter_swap(first, first + 1);
  return out;
}

// Exchanges of which something is not compared. Everything else is compared whole.
enum class Left { removed, order_of_two, tag };
const std::map<int, std::pair<Left, const char*>>& left_out() {
  static const std::map<int, std::pair<Left, const char*>> k_left{
      {262, {Left::removed, "both writers of one instant saw the same old value; a fake answers one after the other"}},
      {171, {Left::order_of_two, "two changes of one second came out of the database in the opposite order"}},
      {195, {Left::tag, "ETags are the fake's own: it is asked for one first"}}};
  return k_left;
}

bool is_left(int number, Left what) {
  const auto found = left_out().find(number);
  return found != left_out().end() && found->second.first == what;
}

// The placeholders of secrets, with those of the fake in their place.
std::string with_secrets(std::string text, const std::string& who) {
  const auto replace = [&](const std::string& from, const std::string& to) {
    const auto found = text.find(from);
    if (found != std::string::npos) text.replace(found, from.size(), to);
  };
  replace("api_key=REDACTED", "api_key=" + who + "-key");
  replace("password=REDACTED", "password=staff-password");
  return text;
}

Json unfolded(const Json& json) {
  if (json.is_object() && json.contains("repeated")) {
    std::string out;
    for (int i = json["times"]; i > 0; --i) out += json["repeated"].get<std::string>();
    return out;
  }
  if (!json.is_structured()) return json;
  auto out = json;
  for (auto& value : out) value = unfolded(value);
  return out;
}

std::string as_latin1(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80U) {
      out += utf8[i];
    } else {
      out += static_cast<char>(byte << 6U | (static_cast<unsigned char>(utf8[++i]) & 0x3FU));
    }
  }
  return out;
}

std::string body_of(const Json& body, const std::string& who) {
  if (body.is_null()) return "";
  if (body.is_object() && body.contains("raw")) return body["raw"];
  if (body.is_object() && body.contains("latin1")) return as_latin1(body["latin1"]);
  auto json = unfolded(body);
  if (json.is_object() && json.contains("api_key")) json["api_key"] = who + "-key";
  return json.dump();
}

HttpRequest request_of(const Exchange& exchange) {
  const auto& from = exchange.content;
  std::string who = from["as"];
  if (exchange.number == 7) who = "admin";  // whose key it was is told by the answer
  HttpRequest request{from["method"], with_secrets(from["path"], who), {}, body_of(from["body"], who)};
  if (exchange.number == 37) request.target += "-but-wrong";
  for (const auto& [name, value] : from["headers"].items()) {
    std::string text = value;
    if (name == "X-BUGZILLA-API-KEY") text = who + "-key";
    if (name == "Authorization") text = "Bearer " + who + "-key";
    request.headers.emplace_back(name, text);
  }
  return request;
}

struct Server {
  Instant now{};
  FakeBugzilla bugzilla{fake_bugzilla::small_state(), [this] { return now; }};
  std::vector<Json> between = lines_of("between.jsonl");
  std::vector<Instant> scale_bugs;  // when each was created
  std::size_t created = 0;

  Server() {
    bugzilla.state().settings.last_audit = at("2026-11-22T09:20:33Z");
    std::ifstream in(k_folder + "scale_bugs.json");
    const auto json = Json::parse(in);
    scale_bugs.push_back(at(json["first"]));
    for (const int gap : json["gaps"]) scale_bugs.push_back(scale_bugs.back() + Seconds(gap));
  }

  void send(const std::string& method, const std::string& path, const std::string& who, const Json& body) {
    const auto response = bugzilla.handle(
        {method, path + "?api_key=" + who + "-key", {{"Content-Type", "application/json"}}, body.dump()});
    CAPTURE(response.body);
    REQUIRE(response.status == 200);
  }

  void create_scale_bug(int n) {
    const auto padded = [](int number, std::size_t width) {
      auto text = std::to_string(number);
      return std::string(width - text.size(), '0') + text;
    };
    const auto one_of = [&](const std::vector<std::string>& values) {
      return values[static_cast<std::size_t>(n) % values.size()];
    };
    Json body{{"product", "LMS"},
              {"component", one_of({"Course Engine", "Reporting", "Integrations"})},
              {"version", "1.0"},
              {"op_sys", "All"},
              {"platform", "All"},
              {"severity", "normal"},
              {"priority", one_of({"Highest", "High", "Normal", "Low", "Lowest"})},
              {"summary", "Scale bug " + padded(n, 3) + " load"},
              {"description", "scale description " + std::to_string(n)},
              {"cf_contract_class", one_of({"gold", "silver", "bronze", "none"})},
              {"cf_customer", "CUST-" + padded(n % 25, 2)},
              {"cf_entitlement", "ENT-" + padded(n, 4)},
              {"cf_sla_resolve_due", "2026-12-" + padded(n % 28 + 1, 2) + " 12:00:00"}};
    if (n % 10 == 0) body["keywords"] = {"sla-breached"};
    send("POST", "/rest/bug", "staff", body);
  }

  // What happened on the recorded server before this exchange, as far as later answers tell.
  void catch_up(const Exchange& exchange) {
    const auto until = at(exchange.content["at"]);
    for (; created < scale_bugs.size() && scale_bugs[created] < until; ++created) {
      now = scale_bugs[created];
      create_scale_bug(static_cast<int>(created));
    }
    for (const auto& update : between) {
      if (update["before"] != exchange.number) continue;
      now = at(update["at"]);
      send(update["method"], update["path"], update["as"], update["body"]);
    }
    arrange(exchange.number);
    now = until;
  }

  // What an administrator did to the server itself.
  void arrange(int number) {
    auto& state = bugzilla.state();
    auto& settings = state.settings;
    if (number == 313) {
      settings.zone = "Europe/Berlin";
      state.bugs.at(6).changed = at("2026-11-22T09:41:47Z");  // 371 tells when, nothing tells how
    }
    if (number == 333) back_to_utc();
    if (number == 333) settings.max_search_results = 50;
    if (number == 341) settings.max_search_results = 10000;
    if (number == 341) settings.default_search_limit = 20;
    if (number == 343) state.bugs.at(8).groups = {"staff"};  // past the interface: its last change did not move (371)
    auto& other = const_cast<fake_bugzilla::User&>(*user_by_login(state, "customer2@example.com"));
    other.keys.front().is_revoked = number == 350;
    other.disabled_text = number == 351 ? "account closed" : "";
    settings.login_required = number >= 352 && number <= 354;
  }

  // A real one keeps all times as local ones, so what was written in Berlin is an hour later in UTC (371).
  void back_to_utc() {
    bugzilla.state().settings.zone = "UTC";
    auto& bug = bugzilla.state().bugs.at(506);
    bug.created += Seconds(3600);
    bug.changed += Seconds(3600);
  }
};

// Tokens are new with each answer; in which order the changes of one update stand is left to the database.
void blur(Json& json) {
  if (json.is_object()) {
    for (const auto* secret : {"update_token", "token"})
      if (json.contains(secret)) json[secret] = "...";
    if (json.contains("changes") && json["changes"].is_array()) {
      auto& changes = json["changes"];
      std::sort(changes.begin(), changes.end());
    }
  }
  if (json.is_structured())
    for (auto& value : json) blur(value);
}

// Two changes of one field in one second, joined: in the order of their words.
void order_words(Json& json) {
  if (json.is_object() && json.value("field_name", "") == "cf_contract_class")
    for (const auto* side : {"removed", "added"}) {
      std::string text = json[side];
      std::sort(text.begin(), text.end());
      json[side] = text;
    }
  if (json.is_structured())
    for (auto& value : json) order_words(value);
}

Json comparable(Json json, int number) {
  if (is_left(number, Left::order_of_two)) order_words(json);
  if (is_left(number, Left::removed))
    for (auto& change : json["bugs"][0]["changes"]) change["removed"] = "...";
  blur(json);
  return json;
}

void check_answer(const Exchange& exchange, const HttpResponse& response) {
  const auto& expected = exchange.content;
  CAPTURE(expected["name"].get<std::string>());
  CHECK(response.status == expected["status"].get<int>());
  for (const auto& [name, value] : expected["answer_headers"].items())
    if (expected["answer"] != "") CHECK(header(response, name).value_or("") == value.get<std::string>());
  auto wanted = expected["answer"];
  if (wanted.is_string()) {
    CHECK(response.body == wanted.get<std::string>());
    return;
  }
  auto got = Json::parse(response.body, nullptr, false);
  REQUIRE_FALSE(got.is_discarded());
  if (wanted.is_object() && wanted.contains("kept")) {
    CHECK(got["bugs"].size() == wanted["of"].get<std::size_t>());
    const auto kept = wanted["kept"].get<std::ptrdiff_t>();
    got["bugs"] = Json(std::vector<Json>(got["bugs"].begin(), got["bugs"].begin() + kept));
    wanted = {{"bugs", wanted["bugs"]}};
  }
  CHECK(comparable(got, exchange.number) == comparable(wanted, exchange.number));
}

HttpResponse answer_of(Server& server, const Exchange& exchange) {
  auto request = request_of(exchange);
  if (is_left(exchange.number, Left::tag)) {
    auto first = request;
    first.headers.clear();
    const auto tag = header(server.bugzilla.handle(first), "ETag").value_or("");
    for (auto& [name, value] : request.headers)
      if (name == "If-None-Match") value = tag;
  }
  return server.bugzilla.handle(request);
}

}  // namespace

TEST_CASE("the fake answers the recorded requests as the recorded Bugzilla did") {
  Server server;
  int compared = 0;
  for (const auto& exchange : exchanges()) {
    server.catch_up(exchange);
    check_answer(exchange, answer_of(server, exchange));
    ++compared;
  }
  CHECK(compared == 373);
  CHECK(left_out().size() == 3);
}
