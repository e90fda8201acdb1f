// The command: what it prints for whom, and its exit codes, against a scripted tracker that measures promises itself.
#include "bridge/cli/compare_sla.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/cli/options.hpp"
#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

const Instant k_created = at_iso("2026-06-08T08:00:00Z");

OwnClock own_clock(const std::string& name, const std::string& due) {
  OwnClock clock;
  clock.name = name;
  clock.ongoing = true;
  clock.started = k_created;
  clock.due = at_iso(due);
  return clock;
}

class Desk final : public ScriptedTracker {
 public:
  Desk(Clock& clock, std::optional<std::vector<OwnClock>> own) : ScriptedTracker(clock), own_(std::move(own)) {
    add(consultation("7", k_created));
  }
  Result<std::vector<OwnClock>> own_clocks(const IssueKey& key) override {
    if (!own_) return Tracker::own_clocks(key);
    return *own_;
  }
  Result<Applied> apply(const IssueKey& /*key*/, const Changes& /*changes*/, const Revision& /*expected*/) override {
    FAIL("compare-sla wrote to the tracker");
    return Applied{};
  }

 private:
  std::optional<std::vector<OwnClock>> own_;
};

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

Outcome run(const std::optional<std::vector<OwnClock>>& own, const std::string& issue = "support#7",
            bool json = false) {
  VirtualClock clock{k_created};
  std::ostringstream out;
  std::ostringstream err;
  Log log(LogLevel::warning, Log::Form::human, err);
  const auto open = [&](const TrackerSettings&) -> Result<OpenTracker> {
    OpenTracker opened;
    opened.tracker = std::make_unique<Desk>(clock, own);
    return opened;
  };
  const auto store = []() -> std::unique_ptr<Store> { return std::make_unique<MemoryStore>(); };
  Outcome outcome;
  outcome.exit_code = compare_sla({.issue = issue, .now = at_iso("2026-06-08T09:00:00Z"), .json = json},
                                  {example_settings(), log, open, store}, out, err);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<OwnClock> the_same() {
  return {own_clock("Time to first response", "2026-06-08T16:00:00Z"),
          own_clock("Time to resolution", "2026-06-22T16:00:00Z")};
}

}  // namespace

TEST_CASE("both sides stand side by side, and agree") {
  const auto outcome = run(the_same());
  CAPTURE(outcome.out);
  CHECK(outcome.exit_code == k_exit_ok);
  CHECK(outcome.err.empty());
  CHECK(outcome.out.starts_with("support#7\n\n         contract-bridge (here)  support (there)\n"));
  CHECK(has(outcome.out,
            "\nname     first_response          Time to first response\n"
            "state    running                 running\n"
            "started  2026-06-08 10:00 CEST   2026-06-08 10:00 CEST\n"
            "due      2026-06-08 18:00 CEST   2026-06-08 18:00 CEST\n"
            "stopped  –                       –\n"));
  CHECK(has(outcome.out,
            "\nfirst_response and \"Time to first response\" agree.\n"
            "state_fix_date: there is nothing like it there.\n"
            "resolution and \"Time to resolution\" agree.\n"));
}

TEST_CASE("what differs is told by how much, and makes the exit code 1") {
  auto own = the_same();
  *own[1].due += Seconds{7800};
  own.push_back(own_clock("Time to triage", "2026-06-08T10:00:00Z"));
  const auto outcome = run(own);
  CAPTURE(outcome.out);
  CHECK(outcome.exit_code == k_exit_wrong);
  CHECK(has(outcome.out, "\nresolution and \"Time to resolution\" differ: due 2h10m earlier here.\n"));
  CHECK(has(outcome.out, "\n\"Time to triage\": there is nothing like it here.\n"));
}

TEST_CASE("who has no partner is no difference, but nothing compared is no agreement") {
  auto own = the_same();
  own.pop_back();
  auto outcome = run(own);
  CHECK(outcome.exit_code == k_exit_ok);
  CHECK(has(outcome.out, "\nresolution: there is nothing like it there.\n"));
  for (const auto& nothing : {std::vector<OwnClock>{}, {own_clock("Time to triage", "2026-06-08T10:00:00Z")}}) {
    outcome = run(nothing);
    CHECK(outcome.exit_code == k_exit_wrong);
    CHECK(has(outcome.out, "Nothing could be compared: no promise is measured on both sides.\n"));
  }
}

TEST_CASE("a tracker that measures nothing says so itself, and an unknown issue is trouble as in explain") {
  const auto none = run(std::nullopt);
  CHECK(none.exit_code == k_exit_trouble);
  CHECK(none.out.empty());
  CHECK(has(none.err, "it measures no promises of its own"));
  CHECK(run(the_same(), "support#8").exit_code == k_exit_trouble);
  CHECK(run(the_same(), "other#7").exit_code == k_exit_usage);
}

TEST_CASE("for programs") {
  auto own = the_same();
  own[0].breached = true;
  own[0].goal = Seconds{3600};
  const auto json = nlohmann::json::parse(run(own, "7", true).out);
  CHECK(json.at("issue") == "support#7");
  CHECK(json.at("compared") == 2);
  CHECK(json.at("agree") == false);
  const auto& pair = json.at("pairs").at(0);
  CHECK(pair.at("agree") == false);
  CHECK(pair.at("differences") == nlohmann::json({"breached there, not here"}));
  CHECK(pair.at("ours").at("due") == "2026-06-08T16:00:00Z");
  CHECK(pair.at("theirs").at("goal") == 3600);
  CHECK(pair.at("theirs").at("state") == "breached");
  CHECK(pair.at("theirs").at("left").is_null());
  CHECK(json.at("pairs").at(1).at("theirs").is_null());
  CHECK(json.at("pairs").at(2).at("agree") == true);
}

TEST_CASE("a name on the tracker cannot spoil the screen") {
  auto own = the_same();
  own[0].name = "First response \x1b[31m\nforged: agree.";
  CHECK_FALSE(has(run(own).out, "\x1b"));
  CHECK_FALSE(has(run(own).out, "\nforged"));
}
