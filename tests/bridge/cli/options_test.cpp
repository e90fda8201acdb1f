#include "bridge/cli/options.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace cb;

namespace {

struct Outcome {
  Parsed parsed;
  std::string out;
  std::string err;
};

Outcome parse(std::vector<const char*> words) {
  words.insert(words.begin(), "contract-bridge");
  std::ostringstream out;
  std::ostringstream err;
  auto parsed = parse_options(static_cast<int>(words.size()), words.data(), out, err);
  return {std::move(parsed), out.str(), err.str()};
}

}  // namespace

TEST_CASE("each command takes its own options") {
  const auto check = parse({"check", "--offline", "--json", "--config", "d"}).parsed.options;
  REQUIRE(check);
  CHECK(check->command == Command::check);
  CHECK(check->offline);
  CHECK(check->json);
  CHECK(check->config == "d");

  const auto eval = parse({"calendar", "eval", "--cases", "b", "--calendars", "a"}).parsed.options;
  REQUIRE(eval);
  CHECK(eval->command == Command::calendar_eval);
  CHECK(eval->calendars == "a");
  CHECK(eval->cases == "b");

  const auto test =
      parse({"test", "--config", "d", "a.yaml", "b.yaml", "--now", "2026-11-22T14:30:00Z"}).parsed.options;
  REQUIRE(test);
  CHECK(test->command == Command::test);
  CHECK(test->files == std::vector<std::string>{"a.yaml", "b.yaml"});
  CHECK(test->now == instant_from_iso("2026-11-22T14:30:00Z"));

  const auto explain = parse({"--log-json", "--config", "d", "explain", "support#1", "--log-level", "debug"});
  REQUIRE(explain.parsed.options);
  CHECK(explain.parsed.options->command == Command::explain);
  CHECK(explain.parsed.options->issue == "support#1");
  CHECK(explain.parsed.options->config == "d");
  CHECK(explain.parsed.options->log_form == Log::Form::json);
  CHECK(explain.parsed.options->log_level == LogLevel::debug);

  const auto rebuild = parse({"rebuild", "--rate", "60", "--json", "--config", "d"}).parsed.options;
  REQUIRE(rebuild);
  CHECK(rebuild->command == Command::rebuild);
  CHECK(rebuild->rate == 60);
  CHECK(rebuild->json);

  const auto compare = parse({"compare-sla", "support#1", "--json", "--now", "2026-11-22T14:30:00Z"}).parsed.options;
  REQUIRE(compare);
  CHECK(compare->command == Command::compare_sla);
  CHECK(compare->issue == "support#1");
  CHECK(compare->json);
  CHECK(compare->now == instant_from_iso("2026-11-22T14:30:00Z"));

  const auto once = parse({"once", "--dry-run", "--tracker", "support"}).parsed.options;
  REQUIRE(once);
  CHECK(once->command == Command::once);
  CHECK(once->dry_run);
  CHECK(once->tracker == "support");
  CHECK_FALSE(once->now);
  CHECK_FALSE(once->json);
}

TEST_CASE("help explains, shows an example and the exit codes") {
  struct Row {
    const char* name;
    std::vector<const char*> words;
    std::vector<std::string> mentions;
  };
  const Row rows[] = {
      {"program",
       {"--help"},
       {"check", "calendar", "test", "explain", "compare-sla", "once", "--config", "--version", "Exit codes"}},
      {"init",
       {"init", "--help"},
       {"redmine, bugzilla or jira", "--create", "--api-key", "--project", "--output", "Example", "Exit codes"}},
      {"check", {"check", "--help"}, {"--offline", "--json", "Example", "Exit codes"}},
      {"calendar", {"calendar", "--help"}, {"eval", "Example"}},
      {"eval", {"calendar", "eval", "--help"}, {"--calendars", "--cases", "Example", "Exit codes"}},
      {"test", {"test", "--help"}, {"N passed, M failed", "--now", "--json", "Example", "Exit codes"}},
      {"explain", {"explain", "--help"}, {"TRACKER#ID", "--now", "--json", "Example", "Exit codes"}},
      {"compare-sla", {"compare-sla", "--help"}, {"TRACKER#ID", "--now", "--json", "Example", "Exit codes"}},
      {"once", {"once", "--help"}, {"--dry-run", "--now", "--json", "Example", "Exit codes"}},
      {"version", {"--version"}, {"contract-bridge 0."}}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto outcome = parse(row.words);
    CHECK_FALSE(outcome.parsed.options);
    CHECK(outcome.parsed.exit_code == k_exit_ok);
    CHECK(outcome.err.empty());
    for (const auto& word : row.mentions) {
      CAPTURE(word);
      CHECK(outcome.out.find(word) != std::string::npos);
    }
  }
}

TEST_CASE("wrong usage is 2 and says what was wrong") {
  struct Row {
    const char* name;
    std::vector<const char*> words;
    const char* says;
  };
  const Row rows[] = {{"nothing", {}, "which command"},
                      {"unknown command", {"chek"}, "chek"},
                      {"half a command", {"calendar"}, "calendar eval"},
                      {"unknown option", {"check", "--ofline"}, "--ofline"},
                      {"option of another command", {"explain", "1", "--dry-run"}, "--dry-run"},
                      {"no file", {"test"}, "files"},
                      {"no issue", {"explain"}, "issue"},
                      {"two issues", {"explain", "1", "2"}, "2"},
                      {"two commands", {"check", "once"}, "once"},
                      {"no cases", {"calendar", "eval", "--calendars", "a"}, "--cases"},
                      {"option without value", {"check", "--config"}, "--config"},
                      {"instant without zone", {"once", "--now", "2026-11-22T14:30:00"}, "2026-11-22T14:30:00Z"},
                      {"instant with offset", {"once", "--now", "2026-11-22T14:30:00+01:00"}, "UTC"},
                      {"no such day", {"explain", "1", "--now", "2026-02-30T00:00:00Z"}, "2026-02-30"},
                      {"unknown level", {"check", "--log-level", "loud"}, "warning"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto outcome = parse(row.words);
    CHECK_FALSE(outcome.parsed.options);
    CHECK(outcome.parsed.exit_code == k_exit_usage);
    CHECK(outcome.out.empty());
    CAPTURE(outcome.err);
    CHECK(outcome.err.find(row.says) != std::string::npos);
  }
}

TEST_CASE("a configuration folder that is not there is named") {
  std::ostringstream err;
  Options options;
  options.config = "/nowhere/at/all";
  CHECK_FALSE(configuration_folder(options, err));
  CHECK(err.str().find("/nowhere/at/all") != std::string::npos);
  options.config = "/";
  CHECK(configuration_folder(options, err) == "/");
}
