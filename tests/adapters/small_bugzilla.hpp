// A Bugzilla 5.2 with bugs that can be written, as far as tests of the adapter need one: date-times are kept as wall
// time of its zone, a request is done as a whole or not at all. Everything else is scripted (bugzilla_server.hpp); what
// is scripted for a PUT is answered instead of being done.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "bugzilla_server.hpp"

namespace cb {

class SmallBugzilla final : public Http {
 public:
  using json = nlohmann::json;

  explicit SmallBugzilla(const std::string& zone, const std::string& version = "5.2") : zone_(*Zone::find(zone)) {
    script_bugzilla(scripted, version);
  }

  json& add_bug(std::int64_t id, const std::string& updated = "2026-11-22T09:00:00Z") {
    return bugs[id] = {{"id", id},
                       {"product", "LMS"},
                       {"component", "Reporting"},
                       {"version", "1.0"},
                       {"status", "CONFIRMED"},
                       {"resolution", ""},
                       {"priority", "Normal"},
                       {"severity", "normal"},
                       {"summary", "S"},
                       {"whiteboard", ""},
                       {"url", ""},
                       {"creator", "customer@example.com"},
                       {"assigned_to", "nobody@example.com"},
                       {"cc", json::array()},
                       {"keywords", json::array()},
                       {"see_also", json::array()},
                       {"groups", json::array()},
                       {"flags", json::array()},
                       {"cf_contract_class", "---"},
                       {"cf_entitlement", ""},
                       {"cf_customer", ""},
                       {"cf_sla_response_due", nullptr},
                       {"cf_sla_resolve_due", nullptr},
                       {"creation_time", "2026-11-22T08:00:00Z"},
                       {"last_change_time", updated},
                       {"comments", json::array({comment(100 + id, "customer@example.com", "Help", false)})}};
  }
  static json comment(std::int64_t id, const std::string& who, const std::string& text, bool is_private) {
    return {{"id", id},       {"count", 0},
            {"creator", who}, {"creation_time", "2026-11-22T08:00:00Z"},
            {"text", text},   {"is_private", is_private}};
  }

  Result<HttpResponse> send(const HttpRequest& request) override {
    scripted.requests.push_back(request);
    const auto path = request.target.substr(0, request.target.find('?'));
    if (path.rfind("/rest/bug", 0) != 0) {
      auto answer = scripted.send(request);
      scripted.requests.pop_back();
      return answer;
    }
    if (request.method == "GET") return read(path, parameters(request.target));
    if (!refusals.empty()) {
      auto refusal = refusals.front();
      refusals.erase(refusals.begin());
      if (refusal.status != 0) return refusal;
    }
    return write(path, json::parse(request.body));
  }

  // The bodies of all PUTs, without the key.
  [[nodiscard]] std::vector<json> puts() const {
    std::vector<json> out;
    for (const auto& body : scripted.bodies("PUT")) {
      out.push_back(json::parse(body));
      out.back().erase("api_key");
    }
    return out;
  }
  static HttpResponse refused(int status, int code, const std::string& message) {
    return {status, {}, json{{"error", true}, {"code", code}, {"message", message}}.dump()};
  }

  ScriptedHttp scripted;
  std::map<std::int64_t, json> bugs;
  std::vector<HttpResponse> refusals;      // for the next PUTs, one each; status 0: it is done
  std::function<void(json&)> after_write;  // what somebody else does to a bug right after it was written
  std::set<std::string> ignored_fields;    // answered with success and not stored

 private:
  using Parameters = std::multimap<std::string, std::string>;

  static Parameters parameters(const std::string& target) {
    Parameters out;
    auto query = target.find('?') == std::string::npos ? std::string() : target.substr(target.find('?') + 1);
    while (!query.empty()) {
      const auto part = query.substr(0, query.find('&'));
      query.erase(0, part.size() + 1);
      std::string value = part.substr(std::min(part.size(), part.find('=') + 1));
      for (auto at = value.find('%'); at != std::string::npos; at = value.find('%', at + 1))
        value.replace(at, 3, 1, static_cast<char>(std::stoi(value.substr(at + 1, 2), nullptr, 16)));
      out.emplace(part.substr(0, part.find('=')), value);
    }
    return out;
  }
  static std::string value(const Parameters& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
  }

  [[nodiscard]] std::string invalid() const {
    return "Invalid local time for date in time zone: " + zone_.name() + "\n";
  }

  // Date-times as UTC; empty when one of them does not come.
  std::optional<json> shown(json bug) const {
    bug.erase("comments");
    for (const auto* name : {"cf_sla_response_due", "cf_sla_resolve_due"}) {
      if (!bug.contains(name) || bug[name].is_null()) continue;
      const auto instant = bugzilla_instant(bug[name], zone_);
      if (!instant) return std::nullopt;
      bug[name] = to_iso(*instant);
    }
    return bug;
  }

  HttpResponse read(const std::string& path, const Parameters& query) {
    std::vector<std::int64_t> ids;
    for (auto [at, end] = query.equal_range("ids"); at != end; ++at) ids.push_back(std::stoll(at->second));
    if (path.size() > 10 && path[10] >= '0' && path[10] <= '9') {
      const auto id = std::stoll(path.substr(10));
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    const bool comments = path.ends_with("/comment");
    if (path == "/rest/bug") return search(query);
    json answer = comments ? json::object() : json::array();
    for (const auto id : ids) {
      if (bugs.count(id) == 0) return refused(404, 101, "Bug #" + std::to_string(id) + " does not exist.");
      if (comments) {
        answer[std::to_string(id)]["comments"] = bugs[id]["comments"];
      } else if (path.ends_with("/history")) {
        answer.push_back({{"id", id}, {"history", json::array()}});
      } else if (const auto bug = shown(bugs[id])) {
        answer.push_back(*bug);
      } else {
        return refused(200, 100500, invalid());
      }
    }
    return {200, {}, json{{"bugs", answer}, {"comments", json::object()}}.dump()};
  }

  // What the prober of time zones and the look at a replica ask.
  HttpResponse search(const Parameters& query) {
    auto since = value(query, "last_change_time");
    if (since.size() == 20) since = bugzilla_wall_text(zone_.local(*instant_from_iso(since)));
    if (!since.empty() && !bugzilla_instant(since, zone_))
      return {500, {}, "<h1>Software error:</h1>\n<pre>" + invalid() + "</pre>\n<p>\nFor help\n"};
    std::multimap<std::string, json> found;
    const auto wanted = "," + value(query, "id") + ",";
    for (const auto& [id, bug] : bugs) {
      const auto wall = bugzilla_wall_text(zone_.local(*instant_from_iso(bug["last_change_time"].get<std::string>())));
      if (wanted != ",," && wanted.find("," + std::to_string(id) + ",") == std::string::npos) continue;
      if (wall < since || wall < value(query, "v1")) continue;
      if (!value(query, "v2").empty() && wall > value(query, "v2")) continue;
      found.emplace(wall, json{{"id", id}, {"last_change_time", bug["last_change_time"]}});
    }
    json answer = json::array();
    for (auto at = found.rbegin(); at != found.rend(); ++at)
      if (answer.empty() || value(query, "limit") != "1") answer.push_back(at->second);
    return {200, {}, json{{"bugs", answer}}.dump()};
  }

  HttpResponse write(const std::string& path, const json& body) {
    const auto ids = body.contains("ids") ? body["ids"].get<std::vector<std::int64_t>>()
                                          : std::vector<std::int64_t>{std::stoll(path.substr(10))};
    json answer = json::array();
    for (const auto id : ids) {
      auto& bug = bugs.at(id);
      const auto before = bug;
      json changes = json::object();
      for (const auto& [name, wanted] : body.items()) {
        if (ignored_fields.count(name) != 0) continue;
        apply(bug, name, wanted);
        if (bug.contains(name) && bug[name] != before[name])
          changes[name] = {{"removed", before[name].dump()}, {"added", bug[name].dump()}};
      }
      if (bug != before) bug["last_change_time"] = to_iso(now_ += Seconds{1});
      answer.push_back({{"id", id}, {"last_change_time", bug["last_change_time"]}, {"changes", changes}});
      if (after_write) after_write(bug);
    }
    return {200, {}, json{{"bugs", answer}}.dump()};
  }

  void apply(json& bug, const std::string& name, const json& wanted) {
    if (name == "keywords" || name == "cc" || name == "see_also") {
      for (const auto& one : wanted.value("remove", json::array()))
        bug[name].erase(std::remove(bug[name].begin(), bug[name].end(), one), bug[name].end());
      for (const auto& one : wanted.value("add", json::array())) bug[name].push_back(one);
    } else if (name == "flags") {
      for (const auto& flag : wanted) set_flag(bug["flags"], flag);
    } else if (name == "comment") {
      auto stored = comment(next_id_++, "staff@example.com", wanted["body"], wanted["is_private"]);
      bug["comments"].push_back(std::move(stored));
    } else if (name == "comment_is_private") {
      for (auto& stored : bug["comments"])
        if (wanted.contains(std::to_string(stored["id"].get<std::int64_t>()))) stored["is_private"] = true;
    } else if (bug.contains(name) && name != "id") {
      bug[name] = wanted;
    }
  }

  void set_flag(json& flags, const json& wanted) {
    for (std::size_t i = 0; i < flags.size(); ++i) {
      if (wanted.contains("id") ? flags[i]["id"] != wanted["id"] : flags[i]["name"] != wanted["name"]) continue;
      if (wanted["status"] == "X")
        flags.erase(i);
      else
        flags[i]["status"] = wanted["status"];
      return;
    }
    flags.push_back({{"id", next_id_++}, {"name", wanted["name"]}, {"status", wanted["status"]}});
  }

  Zone zone_;
  Instant now_ = *instant_from_iso("2026-11-22T10:00:00Z");
  std::int64_t next_id_ = 500;
};

}  // namespace cb
