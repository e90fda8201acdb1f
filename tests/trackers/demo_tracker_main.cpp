// demo-tracker: the fake Redmine, Bugzilla or Jira with the demo's issues, or a small fake Jira in one of its four
// forms, for the quickstart and for trying things out. Prints one line of JSON (url, keys, pid) and serves until
// SIGTERM or SIGINT. Exit codes: 0 stopped, 1 cannot start, 2 usage.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "tests/trackers/demo_bugzilla_seed.hpp"
#include "tests/trackers/demo_jira_seed.hpp"
#include "tests/trackers/demo_pages.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_jira.hpp"
#include "tests/trackers/fake_jira_seed.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"
#include "tests/trackers/fake_server.hpp"

namespace {

struct Options {
  std::string kind = "redmine";
  int port = 0;
  std::string seed;
  std::string now;
  int more = 0;
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

// A tracker ready to serve, and what the line of JSON tells of it.
struct Demo {
  std::unique_ptr<cb::FakeTracker> tracker;
  cb::DemoBoard board;
  std::string name, bridge_key, staff_key, customer_key;
};

// For trying out how a large tracker is read: old requests of one customer, one a minute, that nobody closed.
void add_more(cb::fake::State& state, const std::string& customer, int count, cb::Instant start) {
  constexpr cb::Seconds k_age{400 * 24 * 3600};
  for (int i = 0; i < count; ++i) {
    cb::fake::add_issue(state, customer, state.trackers.front().name, "How is this done (" + std::to_string(i) + ")?",
                        start - k_age + cb::Seconds(60) * i);
  }
}

Demo redmine_demo(const std::string& issues, cb::Instant start, const cb::FakeRedmine::Now& now, int more) {
  auto seed = cb::demo_seed(issues, start, random_key);
  add_more(seed.state, seed.customer_login, more, start);
  const auto key_of = [&](const std::string& login) { return cb::fake::user_by_login(seed.state, login)->key; };
  auto redmine = std::make_unique<cb::FakeRedmine>(seed.state, now);
  auto board = cb::demo_board(*redmine, seed.bridge_login, seed.bridge_fields);
  return {std::move(redmine),        std::move(board),         "Redmine",
          key_of(seed.bridge_login), key_of(seed.staff_login), key_of(seed.customer_login)};
}

Demo bugzilla_demo(const std::string& issues, cb::Instant start, const cb::FakeBugzilla::Now& now) {
  auto seed = cb::demo_bugzilla_seed(issues, start, random_key);
  const auto key_of = [&](const std::string& login) {
    return cb::fake_bugzilla::user_by_login(seed.state, login)->keys.front().text;
  };
  auto bugzilla = std::make_unique<cb::FakeBugzilla>(seed.state, now);
  auto board = cb::demo_board(*bugzilla, seed.bridge_login, seed.bridge_fields);
  return {std::move(bugzilla),       std::move(board),         "Bugzilla",
          key_of(seed.bridge_login), key_of(seed.staff_login), key_of(seed.customer_login)};
}

Demo jira_demo(const std::string& issues, cb::Instant start, const cb::FakeJira::Now& now, bool cloud) {
  auto seed = cb::demo_jira_seed(issues, start, random_key, cloud);
  const auto key_of = [&](const std::string& login) { return cb::fake_jira::user_by_name(seed.state, login)->token; };
  auto jira = std::make_unique<cb::FakeJira>(seed.state, now);
  auto board = cb::demo_board(*jira, seed.bridge_login, seed.bridge_fields);
  return {std::move(jira),
          std::move(board),
          cloud ? "a Jira Cloud with Service Management" : "a Jira Data Center with Service Management",
          key_of(seed.bridge_login),
          key_of(seed.staff_login),
          key_of(seed.customer_login)};
}

Demo demo_of(const Options& options, cb::Instant start, const std::function<cb::Instant()>& now) {
  const auto issues = content_of(options.seed);
  if (options.kind == "bugzilla") return bugzilla_demo(issues, start, now);
  if (options.kind == "redmine") return redmine_demo(issues, start, now, options.more);
  return jira_demo(issues, start, now, options.kind == "jira");
}

// Their answers hold links that name them by their address.
void tell_address(cb::FakeTracker& tracker, const std::string& url) {
  if (auto* bugzilla = dynamic_cast<cb::FakeBugzilla*>(&tracker)) bugzilla->state().settings.url_base = url + "/";
  if (auto* jira = dynamic_cast<cb::FakeJira*>(&tracker)) jira->state().settings.url = url;
}

bool is_small_jira(const Options& options) {
  return options.kind.rfind("jira-cloud", 0) == 0 || options.kind.rfind("jira-dc", 0) == 0;
}

// jira-cloud, jira-dc, either with -jsm. No pages for people: only the REST interface.
void run_small_jira(const Options& options, cb::Instant start, const cb::FakeJira::Now& now,
                    const sigset_t& stop_signals) {
  const bool cloud = options.kind.find("cloud") != std::string::npos;
  auto state = cb::fake_jira::small_state(cloud, options.kind.find("jsm") != std::string::npos);
  add_issue(state, "SUP", "customer", "The course does not open", "It says error 500.", start - cb::Seconds(7200));
  add_issue(state, "SUP", "other", "How are users added?", "", start - cb::Seconds(3600));
  add_comment(state, "SUP-1", "staff", "We look into it.", false, start - cb::Seconds(1800));
  cb::FakeJira jira(std::move(state), now);
  cb::FakeServer server(jira, options.port);
  // Its answers name it by its address, which is known only now.
  jira.state().settings.url = server.url();
  const auto key_of = [&](const std::string& name) {
    return (cloud ? name + "@example.com:" : "") + cb::fake_jira::user_by_name(jira.state(), name)->token;
  };
  std::cout << nlohmann::ordered_json{{"url", server.url()},
                                      {"bridge_key", key_of("bridge")},
                                      {"staff_key", key_of("staff")},
                                      {"customer_key", key_of("customer")},
                                      {"pid", getpid()}}
                   .dump()
            << std::endl;
  int signal = 0;
  sigwait(&stop_signals, &signal);
}

void run(const Options& options, const sigset_t& stop_signals) {
  const auto start = start_of(options);
  const auto began = system_now();
  // With --now the tracker's clock begins there and goes on at the usual pace.
  const auto now = [=] { return start + (system_now() - began); };
  if (is_small_jira(options)) return run_small_jira(options, start, now, stop_signals);
  const auto demo = demo_of(options, start, now);
  const cb::DemoPages pages(demo.board, demo.name);
  cb::FakeServer server(*demo.tracker, options.port,
                        [&](const cb::HttpRequest& request) { return pages.page(request); });
  tell_address(*demo.tracker, server.url());  // known only now
  std::cout << nlohmann::ordered_json{{"url", server.url()},
                                      {"bridge_key", demo.bridge_key},
                                      {"staff_key", demo.staff_key},
                                      {"customer_key", demo.customer_key},
                                      {"pid", getpid()}}
                   .dump()
            << std::endl;
  int signal = 0;
  sigwait(&stop_signals, &signal);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("The demo's tracker: a stand-in for Redmine, Bugzilla or Jira with about thirty issues.",
               "demo-tracker");
  app.add_option("--kind", options.kind,
                 "redmine, bugzilla, jira (Cloud with Service Management), jira-data-center; with two issues of their "
                 "own jira-cloud, jira-dc, jira-cloud-jsm, jira-dc-jsm; redmine when left out")
      ->check(CLI::IsMember({"redmine", "bugzilla", "jira", "jira-data-center", "jira-cloud", "jira-dc",
                             "jira-cloud-jsm", "jira-dc-jsm"}));
  app.add_option("--port", options.port, "TCP port on 127.0.0.1; 0 takes a free one")->check(CLI::Range(0, 65535));
  app.add_option("--seed", options.seed, "File with the issues: tests/data/demo/issues.json");
  app.add_option("--more", options.more, "redmine: so many old issues besides")->check(CLI::Range(0, 1'000'000));
  app.add_option("--now", options.now, "Start of the demo, as 2026-11-22T14:30:00Z; now when left out");
  try {
    app.parse(argc, argv);
    if (options.seed.empty() && !is_small_jira(options)) throw CLI::RequiredError("--seed");
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
