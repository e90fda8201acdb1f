#include "bridge/http/answer_text.hpp"

#include <doctest/doctest.h>

#include "rules/time.hpp"

namespace cb {

namespace {

const auto k_form = AnswerForm{.keeps_alive = true, .date = *instant_from_iso("2026-11-07T09:08:07Z")};

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\r\n" + line + "\r\n") != std::string::npos;
}

}  // namespace

TEST_CASE("every answer says how long it is, and what browsers may not do with it") {
  const auto text = answer_text(plain_answer(200, "good"), k_form);
  CHECK(text.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(text.ends_with("\r\n\r\ngood\n"));
  for (const auto* line : {"Date: Sat, 07 Nov 2026 09:08:07 GMT", "Content-Type: text/plain; charset=utf-8",
                           "Content-Length: 5", "Connection: keep-alive", "X-Content-Type-Options: nosniff",
                           "X-Frame-Options: DENY", "Referrer-Policy: no-referrer", "Cache-Control: no-store",
                           "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"}) {
    CAPTURE(line);
    CHECK(has_line(text, line));
  }
  CHECK(text.find("Server:") == std::string::npos);
}

TEST_CASE("pages may load what is ours, and a handler may know better") {
  auto page = plain_answer(200, "<p>");
  page.content_type = "text/html; charset=utf-8";
  const auto text = answer_text(page, k_form);
  CHECK(text.find("Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self';") !=
        std::string::npos);
  page.headers = {{"Cache-Control", "max-age=60"}, {"Content-Security-Policy", "default-src 'self'"}};
  const auto own = answer_text(page, k_form);
  CHECK(has_line(own, "Cache-Control: max-age=60"));
  CHECK(own.find("no-store") == std::string::npos);
  CHECK(has_line(own, "Content-Security-Policy: default-src 'self'"));
  CHECK(own.find("'none'") == std::string::npos);
}

TEST_CASE("an answer without body") {
  auto form = k_form;
  form.without_body = true;
  form.keeps_alive = false;
  const auto head = answer_text(plain_answer(404, "nothing"), form);
  CHECK(head.starts_with("HTTP/1.1 404 Not Found\r\n"));
  CHECK(has_line(head, "Content-Length: 8"));
  CHECK(has_line(head, "Connection: close"));
  CHECK(head.ends_with("\r\n\r\n"));
  const auto empty = answer_text(plain_answer(204, "never"), k_form);
  CHECK(empty.find("Content-Length") == std::string::npos);
  CHECK(empty.ends_with("\r\n\r\n"));
}

TEST_CASE("a line break in a header never reaches the wire") {
  auto form = k_form;
  const Headers rows[] = {
      {{"Location", "/a\r\nSet-Cookie: x"}},
      {{"Location", "/a\nSet-Cookie: x"}},
      {{"Location", "/a\rSet-Cookie: x"}},
      {{"X\r\nSet-Cookie", "x"}},
      {{"", "x"}},
      {{"X Y", "x"}},
      {{"X", std::string("a\0b", 3)}},
  };
  for (const auto& headers : rows) {
    CAPTURE(headers.front().second);
    auto answer = plain_answer(302, "secret words");
    answer.headers = headers;
    const auto text = answer_text(answer, form);
    CHECK(text.starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
    CHECK(text.find("Set-Cookie") == std::string::npos);
    CHECK(text.find("secret words") == std::string::npos);
  }
  auto answer = plain_answer(200, "x");
  answer.content_type = "text/html\r\nSet-Cookie: x";
  CHECK(answer_text(answer, form).starts_with("HTTP/1.1 500 "));
  answer = plain_answer(99, "x");
  CHECK(answer_text(answer, form).starts_with("HTTP/1.1 500 "));
}

}  // namespace cb
