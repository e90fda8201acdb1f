#include "bridge/cli/status.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/cli/options.hpp"
#include "bridge/cli/parked.hpp"
#include "bridge/cli/status_text.hpp"
#include "bridge/sync/selection.hpp"
#include "bridge/web/service_state_json.hpp"
#include "tests/bridge/store/store_samples.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;

namespace {

using Json = nlohmann::json;

const Instant k_now = samples::at("2026-06-09T12:00:00Z");

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What a service would answer, and what it was asked.
struct Answers {
  Result<HttpResponse> answer = failure(ErrorKind::retry_later, "127.0.0.1:8480 refuses the connection");
  std::vector<std::string> asked{};
  Headers headers{};
};

class Script final : public Http {
 public:
  Script(std::string base_url, Answers& answers) : base_url_(std::move(base_url)), answers_(answers) {}
  Result<HttpResponse> send(const HttpRequest& request) override {
    answers_.asked.push_back(request.method + " " + base_url_ + request.target);
    answers_.headers = request.headers;
    return answers_.answer;
  }

 private:
  std::string base_url_;
  Answers& answers_;
};

Settings settings_of(const std::vector<std::string>& trackers) {
  Settings settings;
  for (const auto& name : trackers) {
    settings.trackers.emplace_back().name = name;
    settings.book.trackers[name].name = name;
  }
  return settings;
}

struct World {
  Settings settings = settings_of({"support", "bugs"});
  Answers answers{};
  int opened = 0;
  std::ostringstream out{};
  std::ostringstream err{};
  std::unique_ptr<MemoryStore> kept = std::make_unique<MemoryStore>();

  OpenHttp open_http() {
    return [this](const std::string& base_url) { return std::make_unique<Script>(base_url, answers); };
  }
  int status(bool json = false) {
    const auto open_store = [this]() -> std::unique_ptr<Store> {
      ++opened;
      return std::move(kept);
    };
    return cb::status({json, k_now}, {settings, open_http(), open_store}, out, err);
  }
  int retry(const RetryOptions& options) { return cb::retry(options, settings, *kept, open_http(), out, err); }
};

ServiceState running() {
  ServiceState state;
  state.version = "0.1.0";
  state.now = k_now;
  state.started = k_now - Seconds(7'200);
  TrackerState tracker;
  tracker.loop.tracker = "support";
  tracker.loop.last_list = k_now - Seconds(60);
  tracker.loop.last_step = k_now - Seconds(50);
  tracker.loop.next_at = k_now + Seconds(10);
  tracker.loop.fetched = 5;
  tracker.running = true;
  tracker.standing = Standing::well;
  tracker.behind = Seconds(60);
  tracker.allowed = Seconds(900);
  tracker.counts = {10, 7, 2, 1, 4, 3, {{"at_risk", 1}, {"ok", 6}}};
  tracker.overdue = 1;
  tracker.due_next_hour = 2;
  tracker.due_next_day = 3;
  state.trackers = {tracker};
  state.totals = {{{"reserve", 4}}, 12, 2, 1};
  return state;
}

ServiceState troubled() {
  auto state = running();
  auto& tracker = state.trackers.front();
  tracker.standing = Standing::writing_stopped;
  tracker.writing_stop = WritingStop{k_now - Seconds(30), k_now + Seconds(60), "a public note"};
  tracker.loop.failing_since = k_now - Seconds(20);
  tracker.loop.error = "writing is stopped";
  tracker.why = "writing was stopped";
  tracker.advice = "Look at what was written";
  return state;
}

}  // namespace

TEST_CASE("the state of the service survives being told") {
  for (const auto& state :
       {running(), troubled(), ServiceState{"", k_now, {}, Seconds{0}, "the disk is full", {}, {}}}) {
    const auto json = service_state_json(state);
    const auto read = service_state_from_json(json, "asking");
    REQUIRE(read);
    CHECK(service_state_json(*read) == json);
    CHECK(status_text(*read) == status_text(state));
    CHECK(read->ready() == state.ready());
  }
  auto json = Json::parse(service_state_json(running()));
  json["trackers"][0]["standing"] = "confused";
  const auto refused = service_state_from_json(json.dump(), "asking the service");
  REQUIRE_FALSE(refused);
  CHECK(says(refused.error().what, "asking the service"));
  CHECK(says(refused.error().what, "$.trackers[0].standing"));
}

TEST_CASE("status asks the service that runs") {
  World world;
  world.answers.answer = HttpResponse{200, {}, service_state_json(running())};
  CHECK(world.status() == k_exit_ok);
  CHECK(world.answers.asked == std::vector<std::string>{"GET http://127.0.0.1:8480/api/v1/status"});
  CHECK(world.opened == 0);
  CHECK(world.err.str().empty());
  for (const auto* part : {"contract-bridge 0.1.0 runs since 2026-06-09T10:00:00Z (2h). All is well.", "support  well",
                           "in 10s", "Decisions kept: 12. Ledger: reserve 4. Notifications waiting: 2, failing: 1."}) {
    CAPTURE(part);
    CHECK(says(world.out.str(), part));
  }
}

TEST_CASE("what needs people is told with what to do, and by the exit code") {
  World world;
  world.answers.answer = HttpResponse{200, {}, service_state_json(troubled())};
  CHECK(world.status() == k_exit_trouble);
  CHECK(says(world.out.str(), "Something needs people"));
  CHECK(says(world.out.str(), "support: writing was stopped\n  Look at what was written\n"));
}

TEST_CASE("what is tried again by itself is told, and no trouble") {
  World world;
  auto state = running();
  state.trackers.front().standing = Standing::retrying;
  state.trackers.front().why = "it has been failing for 1s";
  world.answers.answer = HttpResponse{200, {}, service_state_json(state)};
  CHECK(world.status() == k_exit_ok);
  CHECK(says(world.out.str(), "It works, and tries again what failed, see below."));
  CHECK(says(world.out.str(), "support: it has been failing for 1s"));
}

TEST_CASE("without a service the store tells what it knows") {
  World world;
  world.kept->set_cursor({"support", k_now - Seconds(400), k_now - Seconds(300)});
  world.kept->park({{"support", "7"}, "500", k_now, k_now, 1});
  CHECK(world.status() == k_exit_trouble);
  CHECK(world.opened == 1);
  CHECK(
      says(world.err.str(), "no service answers at http://127.0.0.1:8480; what follows is what the store alone knows"));
  CHECK(says(world.out.str(), "No service runs."));
  CHECK(says(world.out.str(), "5m"));
  CHECK(says(world.out.str(), "Start it: contract-bridge run"));
}

TEST_CASE("status as JSON, from the service and from the store") {
  World world;
  world.answers.answer = HttpResponse{200, {}, service_state_json(running())};
  CHECK(world.status(true) == k_exit_ok);
  CHECK(Json::parse(world.out.str()) == Json::parse(service_state_json(running())));
  World alone;
  CHECK(alone.status(true) == k_exit_trouble);
  const auto json = Json::parse(alone.out.str());
  CHECK(json.at("started") == nullptr);
  CHECK(json.at("trackers").at(1).at("standing") == "not running");
}

TEST_CASE("a service that refuses or answers nonsense is not taken for none") {
  struct Row {
    const char* name;
    Result<HttpResponse> answer;
    std::string says;
  };
  const Row rows[] = {
      {"no token", HttpResponse{401, {}, "{}"}, "is server: token the one"},
      {"a strange host", HttpResponse{403, {}, "{}"}, "is server: token the one"},
      {"starting", HttpResponse{503, {}, "The service is starting"}, "503"},
      {"another program", HttpResponse{404, {}, "<html>"}, "404"},
      {"HTML", HttpResponse{200, {}, "<html>"}, "HTML page"},
      {"another version", HttpResponse{200, {}, "{}"}, "$.version"},
      {"not to be trusted", failure(ErrorKind::denied, "its certificate has expired"), "certificate has expired"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    World world;
    world.answers.answer = row.answer;
    CHECK(world.status() == k_exit_trouble);
    CHECK(world.opened == 0);
    CHECK(world.out.str().empty());
    CHECK(says(world.err.str(), row.says));
  }
}

TEST_CASE("the service is asked where it listens, with its token, which nobody sees") {
  struct Row {
    std::string listen;
    std::string address;
  };
  const Row rows[] = {{"127.0.0.1:8480", "http://127.0.0.1:8480"},
                      {"0.0.0.0:80", "http://127.0.0.1:80"},
                      {"[::]:8480", "http://[::1]:8480"},
                      {"[::1]:9", "http://[::1]:9"},
                      {"bridge.example:1", "http://bridge.example:1"}};
  for (const auto& row : rows) {
    ServerSettings server;
    server.listen = row.listen;
    CHECK(address_of(server) == row.address);
  }
  const TemporaryFolder folder;
  const auto file = folder.write("token", "a-very-secret-token");
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  World world;
  world.settings.server.token.text = "file:" + file;
  world.answers.answer = HttpResponse{401, {}, ""};
  CHECK(world.status() == k_exit_trouble);
  CHECK(world.answers.headers.back() ==
        std::pair<std::string, std::string>("Authorization", "Bearer a-very-secret-token"));
  CHECK_FALSE(says(world.err.str(), "a-very-secret-token"));
  world.settings.server.token.text = "file:" + folder.path("missing");
  CHECK(world.status() == k_exit_trouble);
  CHECK(says(world.err.str(), "its token cannot be had"));
}

TEST_CASE("parked issues are listed with their error and their next try") {
  World world;
  CHECK(list_parked(false, world.settings, *world.kept, world.out) == k_exit_ok);
  CHECK(world.out.str() == "No issue is parked.\n");
  world.kept->park({{"support", "7"}, "support#7: the server\nanswered 500", k_now, k_now + Seconds(60), 3});
  world.kept->park({{"bugs", "9"}, "bugs#9: denied", k_now, k_now, 1});
  world.kept->park({writing_stop("bugs"), "a public note", k_now, k_now + Seconds(60), 1});
  world.out.str("");
  CHECK(list_parked(false, world.settings, *world.kept, world.out) == k_exit_ok);
  for (const auto* part : {"support#7", "the server answered 500", "2026-06-09T12:01:00Z", "bugs#9", "bugs#writing",
                           "Kept back for a while"}) {
    CAPTURE(part);
    CHECK(says(world.out.str(), part));
  }
  world.out.str("");
  list_parked(true, world.settings, *world.kept, world.out);
  const auto json = Json::parse(world.out.str());
  CHECK(json.at("parked").size() == 2);
  CHECK(json.at("parked").at(0).at("issue") == "support#7");
  CHECK(json.at("parked").at(0).at("attempts") == 3);
  CHECK(json.at("kept_back").at(0).at("issue") == "bugs#writing");
}

TEST_CASE("retry tells the store, and the service where one runs") {
  World world;
  const IssueKey key{"support", "7"};
  world.kept->park({key, "500", k_now, k_now + Seconds(60), 3});
  SUBCASE("alone") {
    CHECK(world.retry({"support#7", false, k_now}) == k_exit_ok);
    CHECK(world.out.str() == "support#7 is tried again when the service looks at its tracker next.\n");
  }
  SUBCASE("beside a service") {
    world.answers.answer = HttpResponse{200, {}, "{}"};
    CHECK(world.retry({"support#7", false, k_now}) == k_exit_ok);
    CHECK(world.answers.asked == std::vector<std::string>{"POST http://127.0.0.1:8480/api/v1/issues/support/7/retry"});
    CHECK(world.out.str() == "support#7 is tried again now: the service was told.\n");
  }
  CHECK(world.kept->parked(key)->retry_at == k_now);
  CHECK(world.kept->wakes("support", k_now, 10).size() == 1);
  CHECK(world.kept->audit_lines(10).size() == 1);
}

TEST_CASE("retry waits for a write that was not answered, not for a reading, and says until when") {
  struct Row {
    const char* name;
    std::string intended;
    Seconds wait;
  };
  const Row rows[] = {{"written", "billing", Seconds(110)}, {"only read", k_only_read, Seconds(0)}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    World world;
    const IssueKey key{"support", "7"};
    world.kept->save_fetched(samples::fetched(key), {});
    world.kept->intend({key, k_now - Seconds(10), row.intended});
    world.kept->park({key, "no answer", k_now, k_now + Seconds(600), 1});
    CHECK(world.retry({"support#7", false, k_now}) == k_exit_ok);
    CHECK(world.kept->parked(key)->retry_at == k_now + row.wait);
    CHECK(says(world.out.str(), "a write that was not answered may still be done") == (row.wait > Seconds(0)));
  }
}

TEST_CASE("retry of all, of nothing, and of what is no issue") {
  World world;
  CHECK(world.retry({"", true, k_now}) == k_exit_ok);
  CHECK(says(world.out.str(), "No issue is parked"));
  CHECK(world.answers.asked.empty());
  for (const auto* id : {"7", "8", "10"}) world.kept->park({{"support", id}, "500", k_now, k_now + Seconds(60), 1});
  world.kept->park({writing_stop("bugs"), "a public note", k_now, k_now + Seconds(60), 1});
  world.answers.answer = HttpResponse{200, {}, "{}"};
  CHECK(world.retry({"", true, k_now}) == k_exit_ok);
  CHECK(says(world.out.str(), "3 issues are tried again now"));
  CHECK(world.answers.asked.size() == 1);  // one for the tracker
  CHECK(world.kept->wakes("support", k_now, 10).size() == 3);
  CHECK(world.kept->parked(writing_stop("bugs"))->retry_at == k_now + Seconds(60));
  // Named, it is allowed again; nothing is woken for it.
  CHECK(world.retry({"bugs#writing", false, k_now}) == k_exit_ok);
  CHECK(world.kept->parked(writing_stop("bugs"))->retry_at == k_now);
  CHECK(world.kept->wakes("bugs", k_now, 10).empty());
}

TEST_CASE("an issue that is not parked is told so") {
  World world;
  CHECK(world.retry({"support#7", false, k_now}) == k_exit_wrong);
  CHECK(says(world.err.str(), "support#7 is not parked, so there is nothing to try again"));
  CHECK(world.kept->wakes("support", k_now, 10).empty());
  CHECK(world.retry({"helpdesk#7", false, k_now}) == k_exit_usage);
  CHECK(world.retry({"7", false, k_now}) == k_exit_usage);
  CHECK(says(world.err.str(), "does not say which tracker"));
}

TEST_CASE("options of status, parked and retry") {
  const auto parse = [](std::vector<const char*> words) {
    words.insert(words.begin(), "contract-bridge");
    std::ostringstream ignored;
    return parse_options(static_cast<int>(words.size()), words.data(), ignored, ignored);
  };
  CHECK(parse({"status", "--json"}).options->command == Command::status);
  CHECK(parse({"parked"}).options->command == Command::parked);
  CHECK(parse({"retry", "support#7"}).options->issue == "support#7");
  CHECK(parse({"retry", "--all"}).options->all);
  CHECK(parse({"retry"}).exit_code == k_exit_usage);
  CHECK(parse({"retry", "support#7", "--all"}).exit_code == k_exit_usage);
}
