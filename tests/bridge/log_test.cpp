#include "bridge/log.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "rules/time.hpp"

using namespace cb;

namespace {

std::vector<std::string> lines_of(const std::ostringstream& out) {
  std::vector<std::string> lines;
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("a line for people says when, how bad and what") {
  std::ostringstream out;
  Log log(LogLevel::info, Log::Form::human, out);
  log.warning("tracker does not answer", {{"tracker", "support"}, {"issue", "support#1"}});
  const auto lines = lines_of(out);
  REQUIRE(lines.size() == 1);
  CHECK(instant_from_iso(lines[0].substr(0, 20)));
  CHECK(lines[0].substr(20) == " warning: tracker does not answer tracker=support issue=support#1");
}

TEST_CASE("a JSON line is one object whatever is in it") {
  const std::string nasty = "a \"quote\", a \\, a\nnew line, \x1b[31m, \xff and Věra";
  std::ostringstream out;
  Log log(LogLevel::debug, Log::Form::json, out);
  log.error(nasty, {{"issue", nasty}});
  const auto lines = lines_of(out);
  REQUIRE(lines.size() == 1);
  const auto line = nlohmann::json::parse(lines[0]);
  CHECK(instant_from_iso(line.at("at").get<std::string>()));
  CHECK(line.at("level") == "error");
  CHECK(line.at("text") == "a \"quote\", a \\, a\nnew line, \x1b[31m, \xef\xbf\xbd and Věra");
  CHECK(line.at("issue") == line.at("text"));
}

TEST_CASE("a server's answer cannot forge a line") {
  std::ostringstream out;
  Log log(LogLevel::info, Log::Form::human, out);
  log.info("answered: x\n2026-01-01T00:00:00Z error: forged\r\x1b[2J");
  CHECK(lines_of(out).size() == 1);
  CHECK(out.str().find('\x1b') == std::string::npos);
  CHECK(out.str().find('\r') == std::string::npos);
}

TEST_CASE("levels below the least are left out") {
  struct Row {
    const char* name;
    LogLevel least;
    std::vector<std::string> levels;
  };
  const Row rows[] = {{"debug", LogLevel::debug, {"debug", "info", "warning", "error"}},
                      {"info", LogLevel::info, {"info", "warning", "error"}},
                      {"warning", LogLevel::warning, {"warning", "error"}},
                      {"error", LogLevel::error, {"error"}}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(log_level_from_text(row.name) == row.least);
    std::ostringstream out;
    Log log(row.least, Log::Form::json, out);
    log.debug("x");
    log.info("x");
    log.warning("x");
    log.error("x");
    std::vector<std::string> got;
    for (const auto& line : lines_of(out)) got.push_back(nlohmann::json::parse(line).at("level"));
    CHECK(got == row.levels);
  }
  CHECK_FALSE(log_level_from_text("loud"));
}

TEST_CASE("secrets appear nowhere") {
  for (const auto form : {Log::Form::human, Log::Form::json}) {
    std::ostringstream out;
    Log log(LogLevel::info, form, out);
    log.keep_secret("");
    log.keep_secret("key");
    log.keep_secret("my\"key\\1");
    log.keep_secret("secret");
    log.info("my\"key\\1 and key, secretsecret", {{"field", "keykey my\"key\\1"}});
    CHECK(out.str().find("key") == std::string::npos);
    CHECK(out.str().find("[secret] and [secret], [secret][secret]") != std::string::npos);
    CHECK(out.str().find("[secret][secret] [secret]") != std::string::npos);
  }
}

TEST_CASE("threads do not mix their lines") {
  std::ostringstream out;
  Log log(LogLevel::info, Log::Form::json, out);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&log] {
      for (int i = 0; i < 100; ++i) {
        log.keep_secret("password");
        log.info("the password is long enough to be torn", {{"n", std::to_string(i)}});
      }
    });
  for (auto& thread : threads) thread.join();
  const auto lines = lines_of(out);
  CHECK(lines.size() == 400);
  for (const auto& line : lines)
    CHECK(nlohmann::json::parse(line).at("text") == "the [secret] is long enough to be torn");
}
