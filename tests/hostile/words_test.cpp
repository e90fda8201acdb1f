// Messages, logs and answers of strangers (H57 to H62). tests/bridge/log_test.cpp has secrets and forged lines of the
// log, tests/adapters/*_session_test.cpp keys that a server repeats, tests/bridge/http/client_test.cpp header injection
// and redirects, tests/bridge/sync/leak_test.cpp secrets of one customer in texts for another.
#include <doctest/doctest.h>

#include <sstream>

#include "adapters/http.hpp"
#include "bridge/http/base_url.hpp"
#include "bridge/log.hpp"
#include "bridge/report/layout.hpp"
#include "bridge/settings/problem.hpp"
#include "rules/plain_line.hpp"

using namespace cb;

namespace {

// ESC, one of the second set of control characters (CSI), a line separator, and a turn of the direction of writing.
const std::string k_nasty =
    "a\r\nb\x1b[2J c\xC2\x9B"
    "31m d\xE2\x80\xA8"
    "e \xE2\x80\xAE"
    "f\xE2\x81\xA6g \x7F";

void check_plain(const std::string& text) {
  CAPTURE(text);
  CHECK(plain_line(text) == text);
}

}  // namespace

TEST_CASE("H57: a line of ours stays one, and reads as it is written") {
  struct Row {
    std::string what;
    std::string text, line;
  };
  const Row rows[] = {{"letters of any script", "Věra и я 日本 🚀 – «x» שלום", "Věra и я 日本 🚀 – «x» שלום"},
                      {"everything that may not stay", k_nasty, "a  b [2J c 31m d e  f g  "},
                      {"signs beside the bad ones", "\xE2\x80\xA7\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA\xC2\xA0",
                       "\xE2\x80\xA7\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA\xC2\xA0"},
                      {"broken off", "\xE2\x80", "\xE2\x80"},
                      {"nothing", "", ""}};
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(plain_line(row.text) == row.line);
  }
  CHECK(without_turns("Gold \xE2\x80\xAE"
                      "eulb\xE2\x81\xA9\n") == "Gold eulb\n");
}

TEST_CASE("H58: what a server answers cannot forge a line of an error, whichever part of it is repeated") {
  for (const int status : {200, 301, 302, 400, 401, 404, 422, 429, 503}) {
    const HttpResponse response{
        status, {{"Location", "https://x.example/" + k_nasty}, {"Retry-After", k_nasty}}, k_nasty};
    check_plain(error_of(response, "reading issue #1 of support").what);
  }
}

TEST_CASE("H59: the log keeps its lines, in either form") {
  for (const auto form : {Log::Form::human, Log::Form::json}) {
    std::ostringstream out;
    Log log(LogLevel::info, form, out);
    log.info(k_nasty, {{"issue", k_nasty}});
    auto text = out.str();
    REQUIRE(text.ends_with("\n"));
    text.pop_back();
    CHECK(text.find_first_of("\r\n\x1b") == std::string::npos);
    if (form == Log::Form::human) check_plain(text);
  }
}

TEST_CASE("H60: problems of a configuration and words for a terminal likewise") {
  Problems problems;
  problems.error({std::make_shared<const std::string>("plans.yaml"), 1, 1}, "found " + k_nasty);
  check_plain(to_text(problems.sorted().front()));
  check_plain(ticked(k_nasty));
  check_plain(one_line(k_nasty));
  CHECK(one_line(" a  b \xE2\x80\xAE c ") == "a b c");
}

TEST_CASE("H61: an address with a password is refused and not repeated, whatever is wrong with it besides") {
  for (const auto* address :
       {"https://bridge:hunter2@x.example", "bridge:hunter2@x.example", "ftp://a:hunter2@x.example",
        "https://bridge:hunter2@x.example:99999/", "https://a:hunter2@x.example/\r\nb"}) {
    CAPTURE(address);
    const auto url = base_url_from(address);
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().what.find("hunter2") == std::string::npos);
    check_plain(url.error().what);
  }
}

TEST_CASE("H62: a date with parts below nothing is none, and nobody waits for less than nothing") {
  const HttpResponse response{429, {{"Date", "Fri, 27 Nov 2026 -1:-2:-3 GMT"}, {"Retry-After", "-5"}}, ""};
  CHECK_FALSE(server_time(response).has_value());
  CHECK_FALSE(retry_after(response).has_value());
  const HttpResponse past{
      429, {{"Date", "Fri, 27 Nov 2026 10:00:00 GMT"}, {"Retry-After", "Fri, 27 Nov 2020 10:00:00 GMT"}}, ""};
  CHECK(retry_after(past) == std::chrono::seconds(0));
}
