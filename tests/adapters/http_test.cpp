#include "adapters/http.hpp"

#include <doctest/doctest.h>

namespace cb {

TEST_CASE("a header is found whatever its case") {
  const HttpResponse response{200, {{"Content-Type", "a"}, {"X-B", "first"}, {"x-b", "second"}}, ""};
  CHECK(header(response, "content-type") == "a");
  CHECK(header(response, "X-b") == "first");
  CHECK(!header(response, "X").has_value());
}

TEST_CASE("everything but unreserved characters is percent-encoded") {
  CHECK(url_encoded(">=2026-11-22T09:00:00Z") == "%3E%3D2026-11-22T09%3A00%3A00Z");
  CHECK(url_encoded("a-b_c.d~e") == "a-b_c.d~e");
  CHECK(url_encoded("\xC3\xA9 &/") == "%C3%A9%20%26%2F");
  CHECK(url_encoded("").empty());
}

TEST_CASE("what a status means") {
  struct Row {
    int status;
    ErrorKind kind;
  };
  const Row rows[] = {{301, ErrorKind::bad_reply},   {400, ErrorKind::rejected},    {401, ErrorKind::denied},
                      {403, ErrorKind::denied},      {404, ErrorKind::not_found},   {408, ErrorKind::retry_later},
                      {409, ErrorKind::stale},       {410, ErrorKind::not_found},   {412, ErrorKind::stale},
                      {422, ErrorKind::rejected},    {425, ErrorKind::retry_later}, {429, ErrorKind::retry_later},
                      {500, ErrorKind::retry_later}, {503, ErrorKind::retry_later}, {599, ErrorKind::retry_later},
                      {600, ErrorKind::bad_reply},   {102, ErrorKind::bad_reply}};
  for (const auto& row : rows) {
    CAPTURE(row.status);
    const auto error = error_of({row.status, {}, ""}, "reading");
    CHECK(to_text(error.kind) == to_text(row.kind));
    CHECK(error.what.find("reading: the server answered " + std::to_string(row.status)) == 0);
  }
}

TEST_CASE("Retry-After in seconds, as a date, and nonsense") {
  struct Row {
    const char* name;
    const char* after;
    const char* date;
    std::optional<std::chrono::seconds> wait;
  };
  const Row rows[] = {
      {"seconds", "120", "", std::chrono::seconds(120)},
      {"absurd", "99999999", "", std::chrono::hours(24)},
      {"date", "Mon, 23 Nov 2026 10:01:00 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", std::chrono::seconds(60)},
      {"date in the past", "Mon, 23 Nov 2026 09:00:00 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", {}},
      {"free, as Jira says with each answer", "0", "", {}},
      {"date, but the server tells no time", "Mon, 23 Nov 2026 10:01:00 GMT", "", {}},
      {"nonsense", "soon", "Mon, 23 Nov 2026 10:00:00 GMT", {}},
      {"no such day", "Mon, 31 Feb 2026 10:01:00 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", {}},
      {"none", "", "", {}}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    HttpResponse response{429, {}, ""};
    if (*row.after != '\0') response.headers.emplace_back("retry-after", row.after);
    if (*row.date != '\0') response.headers.emplace_back("Date", row.date);
    CHECK(error_of(response, "x").retry_after == row.wait);
  }
}

TEST_CASE("whoever gave up waiting for the server leaves it open what is still done") {
  for (const int status : {408, 504, 524, 598}) {
    CAPTURE(status);
    CHECK(error_of({status, {}, ""}, "x").unanswered);
    CHECK(error_of({status, {}, ""}, "x").kind == ErrorKind::retry_later);
  }
  for (const int status : {400, 429, 500, 502, 503, 520}) {
    CAPTURE(status);
    CHECK_FALSE(error_of({status, {}, ""}, "x").unanswered);
  }
}

TEST_CASE("an answer's text is shortened to a line, a page is only named") {
  CHECK(error_of({400, {}, "{\"error\":\n\"Bad\"}"}, "x").what ==
        "x: the server answered 400 Bad Request: {\"error\": \"Bad\"}");
  CHECK(error_of({502, {}, "  <html>secret</html>"}, "x").what ==
        "x: the server answered 502 Bad Gateway with an HTML or XML page");
  CHECK(error_of({500, {}, std::string(5000, 'a')}, "x").what.size() < 300);
  const auto moved = error_of({302, {{"Location", "https://other.example/login?back=1"}}, ""}, "x");
  CHECK(moved.what.find("https://other.example/login") != std::string::npos);
  CHECK(moved.what.find("back=1") == std::string::npos);
}

}  // namespace cb
