// `run` as a whole, in this process, over a fake Redmine on a socket: what it does first, and that neither a store that
// another program keeps locked nor who waits for it holds up health or the end. What is timed has seconds of room.
#include "bridge/cli/run.hpp"

#include <doctest/doctest.h>
#include <pthread.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "bridge/cli/options.hpp"
#include "bridge/settings/loader.hpp"
#include "bridge/store/connection.hpp"
#include "tests/bridge/http/web_client.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb {
namespace {

const std::string k_hook_secret = "correct-horse-battery";

Instant real_now() {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

fake::State demo_state() {
  std::ifstream file(std::string(CB_TEST_DATA) + "/demo/issues.json");
  std::ostringstream text;
  text << file.rdbuf();
  REQUIRE(file.good());
  return demo_seed(text.str(), real_now(), [](const std::string& login) { return "key-of-" + login; }).state;
}

// The demo's configuration over a fake of it, not started yet.
struct World {
  World() {
    auto loaded = load_settings(std::string(CB_SOURCE_DIR) + "/config/demo");
    REQUIRE(loaded.settings);
    settings = std::make_shared<Settings>(*std::move(loaded.settings));
    settings->store = "sqlite:" + store_path;
    auto& tracker = settings->trackers.front();
    tracker.url = server.url();
    tracker.api_key.text = "${CB_TEST_RUN_KEY}";
    tracker.webhook = WebhookSettings{{"${CB_TEST_RUN_HOOK}"}, {}, {}};
    ::setenv("CB_TEST_RUN_KEY", "key-of-contract-bridge", 1);
    ::setenv("CB_TEST_RUN_HOOK", k_hook_secret.c_str(), 1);
    // One that is free now.
    port = port_of(*listen_on("127.0.0.1:0"));
    settings->server.listen = "127.0.0.1:" + std::to_string(port);
  }
  int run() { return run_service({std::string(CB_SOURCE_DIR) + "/config/demo"}, settings, log, err); }

  TemporaryFolder folder;
  std::string store_path = folder.path("bridge.db");
  FakeRedmine redmine{demo_state(), real_now};
  FakeServer server{redmine};
  std::shared_ptr<Settings> settings;
  int port = 0;
  std::ostringstream log_text, err;
  Log log{LogLevel::info, Log::Form::human, log_text};
};

// A run on a thread of its own, which a signal ends.
class Running {
 public:
  explicit Running(World& world) : world_(world), thread_([this] { ended_.set_value(world_.run()); }) {
    REQUIRE(comes_true([&] { return get("/healthz").starts_with("HTTP/1.1 200 "); }));
  }
  ~Running() {
    if (thread_.joinable()) end();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // Its exit code.
  int end() {
    ::pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
    return ended_.get_future().get();
  }
  [[nodiscard]] std::string get(const std::string& path) const {
    return WebClient(world_.port).ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }
  [[nodiscard]] std::unique_ptr<WebClient> deliver(int issue) const {
    const auto body = R"({"payload":{"action":"updated","issue":{"id":)" + std::to_string(issue) + "}}}";
    auto client = std::make_unique<WebClient>(world_.port);
    client->say("POST /webhooks/demo/" + k_hook_secret + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client;
  }
  static bool comes_true(const std::function<bool()>& holds) {
    const auto until = Steady::now() + std::chrono::seconds(30);
    while (!holds()) {
      if (Steady::now() > until) return false;
      std::this_thread::sleep_for(Milliseconds(20));
    }
    return true;
  }

 private:
  World& world_;
  std::promise<int> ended_;
  std::thread thread_;
};

// All issues were read, and nothing is to be done now.
bool is_calm(const World& world) {
  const auto store = open_store(world.settings->store, StoreAccess::read);
  const auto counts = store->counts("demo");
  return store->cursor("demo") && counts.issues > 0 && counts.woken + counts.intended == 0;
}

}  // namespace

TEST_CASE("who cannot have his address has not begun to work") {
  World world;
  const auto taken = listen_on(world.settings->server.listen);
  REQUIRE(taken);
  CHECK(world.run() == k_exit_trouble);
  CHECK(world.err.str().find("another program listens there already") != std::string::npos);
  CHECK(world.redmine.requests() == 0);
  const auto store = open_store(world.settings->store, StoreAccess::read);
  CHECK(store->configs().empty());
  CHECK(store->woken("demo") == 0);
  // Nothing at all comes before the address: not even what would have been refused.
  ::setenv("CB_TEST_RUN_HOOK", "short", 1);
  CHECK(world.run() == k_exit_trouble);
}

TEST_CASE("a configuration that is refused is so at the start, and its address is free again") {
  World world;
  ::setenv("CB_TEST_RUN_HOOK", "short", 1);
  CHECK(world.run() == k_exit_wrong);
  CHECK(world.err.str().find("tracker demo, webhook: secret: ${CB_TEST_RUN_HOOK} holds less than 16 signs") !=
        std::string::npos);
  CHECK(world.redmine.requests() == 0);
  CHECK(listen_on(world.settings->server.listen));
}

TEST_CASE("a store that another program keeps locked holds up neither health, nor who reads, nor the end") {
  World world;
  Running running(world);
  REQUIRE(Running::comes_true([&] { return is_calm(world); }));
  Connection stranger(world.store_path, StoreAccess::beside);
  stranger.run("BEGIN EXCLUSIVE");
  // About an issue that is not known: a list, before which the tracker's loop waits for the store until it is ended.
  CHECK(running.deliver(987'654)->hear().starts_with("HTTP/1.1 200 "));

  std::vector<std::unique_ptr<WebClient>> deliveries;
  auto began = Steady::now();
  for (int i = 0; i < 12; ++i) deliveries.push_back(running.deliver(1 + i % 3));
  CHECK(running.get("/healthz").starts_with("HTTP/1.1 200 "));
  CHECK(Steady::now() - began < Milliseconds(900));
  for (auto& each : deliveries) {
    const auto answer = each->hear();
    CHECK(answer.starts_with("HTTP/1.1 503 "));
    CHECK(answer.find("\r\nRetry-After: 30\r\n") != std::string::npos);
    CHECK(answer.ends_with("It could not be stored; send it again.\n"));
  }
  CHECK(running.get("/readyz").find("store does not answer") == std::string::npos);
  CHECK(Steady::now() - began < Milliseconds(6'000));

  deliveries.clear();
  for (int i = 0; i < 12; ++i) deliveries.push_back(running.deliver(1 + i % 3));
  began = Steady::now();
  CHECK(running.end() == k_exit_ok);
  CHECK(Steady::now() - began < Milliseconds(6'000));
  stranger.run("COMMIT");
  CHECK(world.log_text.str().find("the service has ended") != std::string::npos);
  CHECK(world.log_text.str().find(k_hook_secret) == std::string::npos);
}

}  // namespace cb
