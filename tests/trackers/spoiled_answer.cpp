#include "tests/trackers/spoiled_answer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <stdexcept>

namespace cb {

namespace {

using Kind = NetFault::Kind;
using End = Delivery::End;

const char* const k_gateway_page =
    "<html><head><title>Bad Gateway</title></head><body><h1>The server is busy, come back later</h1></body></html>";
constexpr std::size_t k_drop = 8;  // bytes of a drip
constexpr std::size_t k_wrong_by = 10;

bool is_framing(std::string name) {
  for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name == "content-length" || name == "transfer-encoding" || name == "connection" || name == "keep-alive" ||
         name == "content-encoding" || name == "date";
}

std::string head_of(const HttpResponse& answer, const std::string& framing, std::optional<Instant> date) {
  auto text = "HTTP/1.1 " + std::to_string(answer.status) + " Answer\r\n";
  for (const auto& [name, value] : answer.headers)
    if (!is_framing(name)) text += name + ": " + value + "\r\n";
  if (date) text += "Date: " + http_date_text(*date) + "\r\n";
  return text + framing + "\r\n";
}

std::string length(std::size_t bytes) {
  return "Content-Length: " + std::to_string(bytes) + "\r\n";
}

// A gzip member (RFC 1952) with one stored block (RFC 1951, 3.2.4) that promises all of the text and holds half of it.
std::string half_packed(const std::string& text) {
  const auto size = std::min<std::size_t>(text.size(), 0xFFFF);
  const auto low = static_cast<char>(size & 0xFFU);
  const auto high = static_cast<char>(size >> 8U);
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11);
  out += {low, high, static_cast<char>(~low), static_cast<char>(~high)};
  return out + text.substr(0, size / 2);
}

std::string hexadecimal(std::size_t number) {
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "%zx", number);
  return text.data();
}

HttpResponse status_answer(const NetFault& fault, Instant now) {
  const bool is_gateway = fault.status == 502 || fault.status == 503;
  HttpResponse answer{fault.status, {{"Content-Type", "text/html"}}, is_gateway ? k_gateway_page : ""};
  if (!fault.retry_after) return answer;
  const auto over = now + Seconds(*fault.retry_after);
  answer.headers.emplace_back("Retry-After",
                              fault.retry_as_date ? http_date_text(over) : std::to_string(*fault.retry_after));
  return answer;
}

Delivery dripping(const std::string& text) {
  Delivery delivery;
  for (std::size_t at = 0; at < text.size(); at += k_drop) delivery.pieces.push_back(text.substr(at, k_drop));
  delivery.pause = std::chrono::milliseconds(40);
  delivery.end = End::silence;
  return delivery;
}

Delivery with_broken_chunks(const HttpResponse& answer, std::optional<Instant> date) {
  const auto first = answer.body.substr(0, answer.body.size() / 2);
  auto text = head_of(answer, "Transfer-Encoding: chunked\r\n", date);
  if (!first.empty()) text += hexadecimal(first.size()) + "\r\n" + first + "\r\n";
  return {{text + "zz\r\n" + answer.body.substr(first.size()) + "\r\n0\r\n\r\n"}, {}, End::close};
}

Delivery as_packed(const HttpResponse& answer, const std::string& body, std::optional<Instant> date) {
  return {{head_of(answer, "Content-Encoding: gzip\r\n" + length(body.size()), date) + body}, {}, End::keep};
}

}  // namespace

std::string http_date_text(Instant at) {
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

Delivery whole(const HttpResponse& answer, std::optional<Instant> date) {
  return {{head_of(answer, length(answer.body.size()), date) + answer.body}, {}, End::keep};
}

Delivery spoiled(const HttpResponse& answer, const NetFault& fault, std::optional<Instant> date, Instant now) {
  const auto& body = answer.body;
  const auto half = body.substr(0, body.size() / 2);
  const auto true_head = head_of(answer, length(body.size()), date);
  switch (fault.kind) {
    case Kind::status:
      return whole(status_answer(fault, now), date);
    case Kind::web_page:
      return whole({200, {{"Content-Type", "text/html"}}, k_gateway_page}, date);
    case Kind::wrong_json:
      return whole({200, {{"Content-Type", "application/json"}}, R"({"message":"welcome","items":[1,2,3]})"}, date);
    case Kind::silence:
    case Kind::answer_late:
      return {{}, {}, End::silence};
    case Kind::refused:
    case Kind::reset_before_head:
    case Kind::answer_lost:
      return {{}, {}, End::reset};
    case Kind::reset_in_head:
      return {{true_head.substr(0, true_head.size() / 2)}, {}, End::reset};
    case Kind::reset_in_body:
      return {{true_head + half}, {}, End::reset};
    case Kind::cut_short:
      return {{true_head + half}, {}, End::close};
    case Kind::cut_json:
      return {{head_of(answer, length(half.size()), date) + half}, {}, End::keep};
    case Kind::length_too_small:
      return {{head_of(answer, length(body.size() - std::min(body.size(), k_wrong_by)), date) + body}, {}, End::keep};
    case Kind::length_too_large:
      return {{head_of(answer, length(body.size() + k_wrong_by), date) + body}, {}, End::silence};
    case Kind::broken_chunks:
      return with_broken_chunks(answer, date);
    case Kind::broken_gzip:
      return as_packed(answer, body.empty() ? "no gzip" : body, date);
    case Kind::cut_gzip:
      return as_packed(answer, half_packed(body), date);
    case Kind::drip:
      return dripping(true_head + body);
  }
  throw std::logic_error("a fault without a delivery");
}

}  // namespace cb
