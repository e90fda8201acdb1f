// demo-tracker: the fake Redmine with the demo's issues, for the quickstart and for trying things out. Prints one line
// of JSON (url, keys, pid) and serves until SIGTERM or SIGINT. Exit codes: 0 stopped, 1 cannot start, 2 usage.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "tests/trackers/demo_pages.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace {

struct Options {
  int port = 0;
  std::string seed;
  std::string now;
};

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string random_key(const std::string&) {
  std::random_device chance;
  std::ostringstream text;
  for (int i = 0; i < 5; ++i) {
    text.width(8);
    text.fill('0');
    text << std::hex << chance();
  }
  return text.str();
}

cb::Instant system_now() {
  return std::chrono::floor<cb::Seconds>(std::chrono::system_clock::now());
}

cb::Instant start_of(const Options& options) {
  if (options.now.empty()) return system_now();
  const auto at = cb::instant_from_iso(options.now);
  if (!at) throw std::runtime_error("--now takes an instant like 2026-11-22T14:30:00Z, not \"" + options.now + "\"");
  return *at;
}

std::string key_of(const cb::DemoSeed& seed, const std::string& login) {
  const auto* user = cb::fake::user_by_login(seed.state, login);
  return user ? user->key : "";
}

void run(const Options& options, const sigset_t& stop_signals) {
  const auto start = start_of(options);
  const auto began = system_now();
  const auto seed = cb::demo_seed(content_of(options.seed), start, random_key);
  // With --now the tracker's clock begins there and goes on at the usual pace.
  cb::FakeRedmine redmine(seed.state, [=] { return start + (system_now() - began); });
  const cb::DemoPages pages(redmine, seed.bridge_login, seed.bridge_fields);
  cb::FakeServer server(redmine, options.port, [&](const cb::HttpRequest& request) { return pages.page(request); });
  std::cout << nlohmann::ordered_json{{"url", server.url()},
                                      {"bridge_key", key_of(seed, seed.bridge_login)},
                                      {"staff_key", key_of(seed, seed.staff_login)},
                                      {"customer_key", key_of(seed, seed.customer_login)},
                                      {"pid", getpid()}}
                   .dump()
            << std::endl;
  int signal = 0;
  sigwait(&stop_signals, &signal);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("The demo's tracker: a stand-in for Redmine with about thirty issues.", "demo-tracker");
  app.add_option("--port", options.port, "TCP port on 127.0.0.1; 0 takes a free one")->check(CLI::Range(0, 65535));
  app.add_option("--seed", options.seed, "File with the issues: tests/data/demo/issues.json")->required();
  app.add_option("--now", options.now, "Start of the demo, as 2026-11-22T14:30:00Z; now when left out");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  // Blocked before any thread starts, so that only sigwait() gets them.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  try {
    run(options, stop_signals);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "demo-tracker: " << error.what() << "\n";
    return 1;
  }
}
