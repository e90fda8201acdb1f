#include "bridge/http/answer_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cb {

namespace {

const char* reason_of(int status) {
  struct Reason {
    int status;
    const char* words;
  };
  static constexpr Reason k_reasons[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {411, "Length Required"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  };
  for (const auto& reason : k_reasons)
    if (reason.status == status) return reason.words;
  return "Answer";
}

bool is_name(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool breaks_header(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

bool is_sound(const WebAnswer& answer) {
  return answer.status >= 200 && answer.status <= 599 && !breaks_header(answer.content_type) &&
         std::all_of(answer.headers.begin(), answer.headers.end(),
                     [](const auto& each) { return is_name(each.first) && !breaks_header(each.second); });
}

// `Sun, 06 Nov 1994 08:49:37 GMT`; words of its own, because those of strftime follow the locale.
std::string date_text(std::chrono::sys_seconds at) {
  static constexpr std::array<const char*, 7> k_days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                k_days.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                k_months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

bool says(const WebAnswer& answer, const std::string& name) {
  return std::any_of(answer.headers.begin(), answer.headers.end(),
                     [&](const auto& each) { return each.first == name; });
}

}  // namespace

std::string answer_text(const WebAnswer& answer, const AnswerForm& form) {
  if (!is_sound(answer)) return answer_text(plain_answer(500, "Something went wrong here."), form);
  auto text = "HTTP/1.1 " + std::to_string(answer.status) + " " + reason_of(answer.status) + "\r\n";
  const auto add = [&](const std::string& name, const std::string& value) { text += name + ": " + value + "\r\n"; };
  const bool bodiless = answer.status == 204 || answer.status == 304;
  add("Date", date_text(form.date));
  if (!bodiless) {
    add("Content-Type", answer.content_type);
    add("Content-Length", std::to_string(answer.body.size()));
  }
  add("Connection", form.keeps_alive ? "keep-alive" : "close");
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Referrer-Policy", "no-referrer");
  if (!says(answer, "Cache-Control")) add("Cache-Control", "no-store");
  if (!says(answer, "Content-Security-Policy"))
    add("Content-Security-Policy",
        answer.content_type.starts_with("text/html")
            ? "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
              "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            : "default-src 'none'; frame-ancestors 'none'");
  for (const auto& [name, value] : answer.headers) add(name, value);
  text += "\r\n";
  if (!form.without_body && !bodiless) text += answer.body;
  return text;
}

}  // namespace cb
