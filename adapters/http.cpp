#include "adapters/http.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "rules/plain_line.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

bool same_name(const std::string& a, const std::string& b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// `Sun, 06 Nov 1994 08:49:37 GMT`, the only date form that servers may still send (RFC 9110, 5.6.7).
std::optional<std::chrono::sys_seconds> http_date(const std::string& text) {
  static constexpr std::array<const char*, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 4> month{};
  unsigned day = 0;
  int year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto comma = text.find(", ");
  if (comma == std::string::npos) return {};
  // NOLINTNEXTLINE(cert-err34-c): the count of converted items is checked, the ranges below
  if (std::sscanf(text.c_str() + comma + 2, "%2u %3s %4d %2d:%2d:%2d GMT", &day, month.data(), &year, &hour, &minute,
                  &second) != 6)
    return {};
  const auto found = std::find_if(k_months.begin(), k_months.end(),
                                  [&](const char* name) { return std::string(name) == month.data(); });
  if (found == k_months.end()) return {};
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(found - k_months.begin()) + 1),
                                         std::chrono::day(day)};
  const auto within = [](int value, int most) { return value >= 0 && value <= most; };
  if (!date.ok() || !within(hour, 23) || !within(minute, 59) || !within(second, 60)) return {};
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::string reason_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 406:
      return "Not Acceptable";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return {};
  }
}

// The beginning of an answer on one line, for people; markup says nothing to them.
std::string excerpt(const std::string& body) {
  const auto first = body.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  if (body[first] == '<') return " with an HTML or XML page";
  constexpr std::size_t k_longest = 200;
  return ": " + trimmed(plain_line(body.substr(first, k_longest)));
}

// Whoever stands between gave up waiting; who stands behind it goes on. 524 and 598 are those of well-known proxies.
bool was_too_slow(int status) {
  return status == 408 || status == 504 || status == 524 || status == 598;
}

ErrorKind kind_of(int status) {
  if (status == 401 || status == 403) return ErrorKind::denied;
  if (status == 404 || status == 410) return ErrorKind::not_found;
  if (status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599))
    return ErrorKind::retry_later;
  if (status == 409 || status == 412) return ErrorKind::stale;
  if (status >= 400 && status <= 499) return ErrorKind::rejected;
  return ErrorKind::bad_reply;
}

std::string advice_for(const HttpResponse& response) {
  if (response.status >= 300 && response.status <= 399) {
    const auto target = header(response, "Location");
    return "; redirects are not followed" +
           (target ? ", it points to " + plain_line(target->substr(0, target->find('?'))) : "") +
           ": write the final address into the configuration";
  }
  if (response.status == 401) return "; the API key is wrong, locked or missing";
  if (response.status == 407) return "; a proxy wants a login";
  return {};
}

}  // namespace

std::optional<std::string> header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers)
    if (same_name(key, name)) return value;
  return {};
}

std::optional<std::chrono::sys_seconds> server_time(const HttpResponse& response) {
  const auto date = header(response, "Date");
  return date ? http_date(*date) : std::nullopt;
}

std::optional<std::chrono::seconds> retry_after(const HttpResponse& response,
                                                std::optional<std::chrono::sys_seconds> now) {
  const auto value = header(response, "Retry-After");
  if (!value || value->empty()) return {};
  if (std::all_of(value->begin(), value->end(), [](char c) { return c >= '0' && c <= '9'; })) {
    if (value->size() > 6) return std::chrono::hours(24);
    return std::chrono::seconds(std::stol(*value));
  }
  const auto then = http_date(*value);
  if (const auto date = server_time(response)) now = date;
  if (!then || !now) return {};
  return std::max(std::chrono::seconds(0), *then - *now);
}

std::string url_encoded(const std::string& text) {
  static constexpr char k_digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       byte == '-' || byte == '.' || byte == '_' || byte == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += k_digits[byte >> 4U];
      out += k_digits[byte & 15U];
    }
  }
  return out;
}

Error error_of(const HttpResponse& response, const std::string& attempt) {
  const auto reason = reason_of(response.status);
  Error error{kind_of(response.status), attempt + ": the server answered " + std::to_string(response.status), {}};
  if (!reason.empty()) error.what += " " + reason;
  error.what += excerpt(response.body) + advice_for(response);
  error.unanswered = was_too_slow(response.status);
  // A Jira with rate limits bears 0 on every answer: nothing is asked for.
  const auto asked = error.kind == ErrorKind::retry_later ? retry_after(response) : std::nullopt;
  if (asked && *asked > std::chrono::seconds{0}) error.retry_after = asked;
  return error;
}

}  // namespace cb
