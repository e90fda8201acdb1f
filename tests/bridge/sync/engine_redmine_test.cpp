// The engine over the real Redmine adapter and a fake Redmine: what it costs in requests, and what happens when any one
// of them fails.
#include <doctest/doctest.h>

#include "adapters/redmine/redmine_tracker.hpp"
#include "tests/bridge/sync/sync_world.hpp"
#include "tests/support/effort.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"

using namespace cb;

namespace {

constexpr int k_issues = 3;

fake::State state_at(Instant now) {
  auto state = fake::small_state(now - Seconds{86400});
  for (auto& user : state.users) {
    if (user.login == "customer") user.mail = "eva.mala@acme.example";
  }
  int id = 100;
  for (const auto& [slot, field] : example_settings().trackers.front().write.fields) {
    std::erase_if(state.fields, [&name = field.field](const fake::Field& other) { return other.name == name; });
    fake::Field row;
    row.id = id++;
    row.name = field.field;
    row.for_all = true;
    state.fields.push_back(row);
  }
  for (int i = 0; i < k_issues; ++i) {
    fake::add_issue(state, "customer", i == 0 ? "Bug" : "Support", "How is this done", now - Seconds{300 - i});
  }
  return state;
}

struct RedmineWorld {
  VirtualClock clock{at_iso("2026-06-08T08:00:00Z")};
  SeededChance chance{7};
  MemoryStore store;
  std::ostringstream log_text;
  Log log{LogLevel::error, Log::Form::human, log_text};
  TextBook texts{{}};
  FakeRedmine redmine{state_at(clock.now()), [this] { return clock.now(); }};
  InProcessHttp http{redmine};

  CycleReport cycle(const EngineOptions& options = {}) {
    const auto& settings = example_settings();
    RedmineTerms terms;
    terms.name = "support";
    terms.base_url = "https://redmine.vendor.example";
    terms.api_key = "admin-key";
    terms.projects = {"lms"};
    terms.read = settings.book.trackers.at("support").read;
    for (const auto& [slot, field] : settings.trackers.front().write.fields) terms.write[slot] = field.field;
    const auto tracker = make_redmine_tracker(terms, http);
    return Engine({*tracker, store, clock, chance, log, settings.trackers.front(), settings.book, texts}, options)
        .run_cycle();
  }
  void pass(Seconds time) { clock.set(clock.now() + time); }

  // Our fields and the notes, without times and ids.
  std::string end_state() {
    std::string text;
    for (const auto& [id, issue] : redmine.state().issues) {
      text += "#" + std::to_string(id) + "\n";
      for (const auto& [field, values] : issue.values) {
        if (field >= 100 && !values.empty()) text += "  " + std::to_string(field) + "=" + values.front() + "\n";
      }
      for (const auto& journal : issue.journals) {
        if (journal.notes && !journal.notes->empty()) text += "  note " + *journal.notes + "\n";
      }
      for (const auto& line : store.ledger({"support", std::to_string(id)})) {
        text += "  " + line.action + " " + line.contract.value + " " + line.note + "\n";
      }
    }
    return text;
  }

  void run_until_calm() {
    for (int i = 0; i < 6; ++i) {
      pass(Seconds{120});
      const auto report = cycle();
      if (i > 1 && report.complete() && store.all_parked("support").empty()) return;
    }
    FAIL("the engine does not come to rest");
  }
};

// A receipt tells what was left when it was written; that differs when an earlier issue is read later.
std::string without_pool_sentences(const std::string& text) {
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("It uses one of your free requests", 0) != 0) result += line + "\n";
  }
  return result;
}

}  // namespace

TEST_CASE("a run with nothing changed writes nothing to Redmine, and soon asks for no issue any more") {
  RedmineWorld world;
  const auto report = world.cycle();
  CAPTURE(report.error);
  for (const auto& row : report.rows) CHECK(row.error == "");
  REQUIRE(report.complete());
  CHECK(report.written == k_issues);
  CHECK(report.parked == 0);
  CHECK(world.end_state().find("reserve ACME-2026") != std::string::npos);
  CHECK(world.redmine.writes() == k_issues);
  world.pass(Seconds{60});
  world.redmine.clear_log();
  CHECK(world.cycle().fetched == k_issues);
  CHECK(world.redmine.writes() == 0);
  for (int i = 0; i < 3; ++i) {
    world.pass(Seconds{60});
    world.redmine.clear_log();
    CHECK(world.cycle().fetched == 0);
    CHECK(world.redmine.writes() == 0);
    CHECK(world.redmine.requests("GET", "/issues.json") == 1);
  }
}

TEST_CASE("a pause that is asked for is kept by whoever starts meanwhile, and by a dry run") {
  RedmineWorld undisturbed;
  undisturbed.run_until_calm();
  for (const std::string path : {"/users/current", "/issues.json", "/issues/"}) {
    CAPTURE(path);
    RedmineWorld world;
    world.redmine.fail_always("", path, {Fault::Kind::status, 429, 600});
    CHECK(world.cycle().wait == Seconds{600});
    REQUIRE(world.redmine.faults_met() > 0);
    world.redmine.clear_faults();
    world.redmine.clear_log();
    world.pass(Seconds{60});
    EngineOptions dry;
    dry.dry_run = true;
    for (const auto& options : {EngineOptions{}, dry}) {
      const auto report = world.cycle(options);
      CHECK(world.redmine.requests() == 0);
      CHECK(report.wait == Seconds{540});
      CHECK(report.error.find("it asked for a pause until ") == 0);
    }
    world.pass(Seconds{600});
    world.run_until_calm();
    CHECK(world.end_state() == undisturbed.end_state());
    CHECK(world.store.all_parked("support").empty());
  }
}

TEST_CASE("whichever request to Redmine fails, and however, the end is that of the undisturbed run") {
  RedmineWorld undisturbed;
  undisturbed.cycle();
  const auto requests = undisturbed.redmine.requests();
  undisturbed.run_until_calm();
  const auto wanted = undisturbed.end_state();
  REQUIRE(requests > 5);

  struct Row {
    std::string name;
    Fault fault;
    bool comes_late = false;  // an issue counts as not visible and is read minutes after the others
  };
  const Row rows[] = {
      {"500", {Fault::Kind::status, 500, {}}},
      {"429 with Retry-After", {Fault::Kind::status, 429, 30}},
      {"401", {Fault::Kind::status, 401, {}}, true},
      {"a web page", {Fault::Kind::html_page, 200, {}}},
      {"half an answer", {Fault::Kind::truncated, 200, {}}},
      {"JSON nested absurdly deep", {Fault::Kind::nested, 200, {}}},
      {"no answer", {Fault::Kind::no_answer, 0, {}}},
      {"done, and the answer lost", {Fault::Kind::answer_lost, 0, {}}},
  };
  int number = 0;
  for (const auto& row : rows) {
    CAPTURE(row.name);
    for (int n = 1; n <= requests; ++n) {
      if (!is_taken(number, k_stride)) continue;
      CAPTURE(n);
      RedmineWorld world;
      world.redmine.fail(n, row.fault);
      world.cycle();
      world.run_until_calm();
      if (row.comes_late) {
        CHECK(without_pool_sentences(world.end_state()) == without_pool_sentences(wanted));
      } else {
        CHECK(world.end_state() == wanted);
      }
    }
  }
}
