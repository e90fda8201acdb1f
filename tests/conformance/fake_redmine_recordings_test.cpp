// The fake Redmine against what a real one answered: the recorded requests are sent in their order to a fake that
// starts where the recorded server started; status and JSON must be the same, but for instants, dates and secrets.
// What happened on the real server between the recordings is made up for in prepare().
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"

using namespace cb;

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr int k_last_recorded = 460;  // what follows was made up for other tests
constexpr std::size_t k_kept = 60;    // of long texts the recordings keep the beginning only

Instant at(const char* iso) {
  return *instant_from_iso(iso);
}

struct Recording {
  int number = 0;
  std::string name;
  Json content;
};

std::vector<Recording> recordings() {
  std::vector<Recording> all;
  for (const auto& entry : fs::directory_iterator(CB_TEST_DATA "/recordings/redmine")) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    const auto name = entry.path().stem().string();
    const auto number = std::stoi(name.substr(0, 3));
    if (number <= k_last_recorded) all.push_back({number, name, Json::parse(file)});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return all;
}

// What the fake does not do: XML and files. ETags are its own (058).
bool is_beyond(int number) {
  static const std::set<int> k_beyond{55, 58, 245, 246, 247, 248};
  return k_beyond.count(number) > 0;
}

std::string key_for(const std::string& who) {
  if (who == "bad key") return "0000000000000000000000000000000000000000";
  return who + "-key";
}

std::string body_of(const Recording& recording) {
  if (recording.number == 218) return "{\"issue\":{\"notes\":\"x\xff\xfey\"}}";  // recorded as Python's bytes
  const auto& body = recording.content["request"]["body"];
  if (body.is_null()) return "";
  return body.is_string() ? body.get<std::string>() : body.dump();
}

// base64 of `staff-key:` and `staff:staff-password`
std::string basic_for(int number) {
  return number == 72 ? "Basic c3RhZmY6c3RhZmYtcGFzc3dvcmQ=" : "Basic c3RhZmYta2V5Og==";
}

HttpRequest request_of(const Recording& recording) {
  const auto& from = recording.content["request"];
  HttpRequest request{from["method"], from["path"], {}, body_of(recording)};
  const auto secret = request.target.find("key=REDACTED");
  if (secret != std::string::npos) request.target.replace(secret, 12, "key=staff-key");
  for (const auto& [name, value] : from["headers"].items()) {
    std::string text = value;
    if (name == "X-Redmine-API-Key") text = key_for(recording.content["as"]);
    if (name == "Authorization") text = basic_for(recording.number);
    request.headers.emplace_back(name, text);
  }
  return request;
}

// Instants, dates and keys differ from run to run; everything else does not.
void blur(Json& json) {
  static const std::set<std::string> k_moving{"created_on", "updated_on",        "closed_on", "start_date",
                                              "spent_on",   "passwd_changed_on", "api_key",   "last_login_on"};
  if (json.is_object()) {
    for (auto& [key, value] : json.items()) {
      if (k_moving.count(key) && !value.is_null()) value = "...";
      if (key == "last_login_on") value = nullptr;
      blur(value);
    }
    // A watcher and a searchable field of the recorded server that the fake does not keep.
    json.erase("watchers");
    json.erase("searchable");
  } else if (json.is_array()) {
    for (auto& entry : json) blur(entry);
  } else if (json.is_string() && json.get_ref<const std::string&>().size() > k_kept) {
    json = json.get<std::string>().substr(0, k_kept);
  }
}

Json blurred(const std::string& body) {
  auto json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) return body;
  blur(json);
  return json;
}

void extra_issue(FakeRedmine& redmine, const char* subject, int tracker) {
  const auto body = Json{{"issue", {{"project_id", "lms"}, {"subject", subject}, {"tracker_id", tracker}}}}.dump();
  const auto response = redmine.handle(
      {"POST", "/issues.json", {{"X-Redmine-API-Key", "staff-key"}, {"Content-Type", "application/json"}}, body});
  REQUIRE(response.status == 201);
}

struct Server {
  Instant now = at("2026-11-22T09:22:22Z");
  FakeRedmine redmine{fake::recorded_state(now), [this] { return now; }};

  fake::Project& project() { return redmine.state().projects.front(); }

  // What was done to the real server before this recording, beside the recorded requests.
  void prepare(int number) {
    auto& state = redmine.state();
    if (number == 101) now = at("2026-11-22T09:25:46Z");
    if (number == 201) {
      now = at("2026-11-22T09:27:00Z");
      extra_issue(redmine, "third batch", 3);
    }
    if (number == 225) {
      extra_issue(redmine, "lock", 3);
      now = at("2026-11-22T09:27:30Z");
    }
    if (number == 229) assign_and_back();
    if (number == 233) now = at("2026-11-22T09:27:32Z");
    if (number == 252) extra_issue(redmine, "to be deleted", 1);
    state.login_required = number >= 401 && number <= 403;
    state.rest_enabled = number < 404 || number > 407;
    for (auto& user : state.users) user.locked = user.login == "staff" && number >= 408 && number <= 410;
    using State = fake::Project::State;
    project().state = number >= 413 && number <= 415   ? State::closed
                      : number == 416 || number == 417 ? State::archived
                                                       : State::active;
  }

  // The recorded issue 12 was assigned and unassigned once before 233.
  void assign_and_back() {
    for (const auto* body : {R"({"issue":{"assigned_to_id":5}})", R"({"issue":{"assigned_to_id":""}})"})
      redmine.handle(
          {"PUT", "/issues/12.json", {{"X-Redmine-API-Key", "staff-key"}, {"Content-Type", "application/json"}}, body});
  }
};

void check_answer(const Recording& recording, const HttpResponse& response) {
  CAPTURE(recording.name);
  const auto& expected = recording.content["response"];
  CHECK(response.status == expected["status"].get<int>());
  const auto& body = expected["body"];
  if (body.is_string()) {
    CHECK(response.body == body.get<std::string>());
    return;
  }
  auto wanted = body;
  blur(wanted);
  CHECK(blurred(response.body) == wanted);
  const auto type = header(response, "Content-Type").value_or("");
  CHECK(type.rfind("application/json", 0) == 0);
}

}  // namespace

TEST_CASE("the fake answers the recorded requests as the recorded server did") {
  Server server;
  int compared = 0;
  for (const auto& recording : recordings()) {
    if (recording.number > 258) break;
    server.prepare(recording.number);
    if (is_beyond(recording.number)) continue;
    check_answer(recording, server.redmine.handle(request_of(recording)));
    ++compared;
  }
  CHECK(compared == 203);
}

TEST_CASE("the fake pages through 512 issues as the recorded server did") {
  Server server;
  auto& state = server.redmine.state();
  while (state.issues.size() < 512)
    fake::add_issue(state, "customer", "Support", "Bulk " + std::to_string(state.issues.size()), server.now);
  int compared = 0;
  for (const auto& recording : recordings()) {
    if (recording.number < 301 || recording.number > 307) continue;
    CAPTURE(recording.name);
    const auto response = server.redmine.handle(request_of(recording));
    const auto got = Json::parse(response.body);
    const auto& wanted = recording.content["response"]["body"];
    for (const auto* key : {"total_count", "offset", "limit"}) CHECK(got[key] == wanted[key]);
    for (std::size_t i = 0; i < 3; ++i) CHECK(got["issues"][i]["id"] == wanted["issues"][i]["id"]);  // three were kept
    ++compared;
  }
  CHECK(compared == 7);
}

TEST_CASE("login required, REST off, locked users, closed and archived projects as recorded") {
  Server server;
  int compared = 0;
  for (const auto& recording : recordings()) {
    if (recording.number < 401 || recording.number > 417) continue;
    CAPTURE(recording.name);
    server.prepare(recording.number);
    const auto response = server.redmine.handle(request_of(recording));
    const auto& expected = recording.content["response"];
    CHECK(response.status == expected["status"].get<int>());
    if (expected["body"].is_string()) CHECK(response.body == expected["body"].get<std::string>());
    if (expected["body"].is_object() && expected["body"].contains("total_count") && recording.number != 403)
      CHECK(Json::parse(response.body)["total_count"] == expected["body"]["total_count"]);
    ++compared;
  }
  CHECK(compared == 17);
}

TEST_CASE("lock_version, fields of a type, lost list values and required fields as recorded") {
  Server server;
  auto& state = server.redmine.state();
  while (state.issues.size() < 513) fake::add_issue(state, "staff", "Bug", "filler", server.now);
  auto& gold = state.issues.at(513).values[1];
  int compared = 0;
  for (const auto& recording : recordings()) {
    if (recording.number < 418 || recording.number > 427) continue;
    if (recording.number == 421) state.fields[1].trackers = {2, 3};
    if (recording.number == 423) {
      state.fields[1].trackers = {};
      gold = {"Gold"};
      state.fields[0].values = {"Silver"};
    }
    if (recording.number == 425) state.fields[4].required = true;
    check_answer(recording, server.redmine.handle(request_of(recording)));
    ++compared;
  }
  CHECK(compared == 10);
}

TEST_CASE("formats of custom fields as recorded") {
  Server server;
  auto& state = server.redmine.state();
  int id = 5;
  for (const auto* format : {"date", "int", "float", "bool", "text", "link", "user", "enum"}) {
    fake::Field field;
    field.id = ++id;
    field.name = std::string("T ") + format;
    field.format = format;
    state.fields.push_back(field);
  }
  int compared = 0;
  for (const auto& recording : recordings()) {
    if (recording.number < 451) continue;
    const bool is_required = recording.number == 451 || recording.number >= 459;
    state.fields[4].required = is_required;
    if (recording.number == 459) state.issues.at(1).values[5] = {""};
    if (recording.number == 453) {
      // Journals of other issues were written there in between: the number of the new one differs.
      auto response = server.redmine.handle(request_of(recording));
      auto got = Json::parse(response.body);
      auto wanted = recording.content["response"]["body"];
      CHECK(got["issue"]["custom_fields"] == wanted["issue"]["custom_fields"]);
      CHECK(got["issue"]["journals"].back()["details"] == wanted["issue"]["journals"].back()["details"]);
    } else {
      check_answer(recording, server.redmine.handle(request_of(recording)));
    }
    ++compared;
  }
  CHECK(compared == 10);
}
