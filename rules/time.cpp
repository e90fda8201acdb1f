#include "rules/time.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cb {

namespace {

using std::chrono::days;

// Exactly `digits` decimal digits at `at`, or empty.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The years that four digits can write; anything beyond is shown as the nearest of them.
constexpr Date k_first_date{std::chrono::local_days{std::chrono::year{0} / 1 / 1}};
constexpr Date k_last_date{std::chrono::local_days{std::chrono::year{9999} / 12 / 31}};

}  // namespace

std::vector<Span> united(std::vector<Span> spans) {
  std::erase_if(spans, [](const Span& span) { return span.to <= span.from; });
  std::sort(spans.begin(), spans.end());
  std::vector<Span> result;
  for (const Span& span : spans) {
    if (!result.empty() && span.from <= result.back().to) {
      result.back().to = std::max(result.back().to, span.to);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

std::string to_iso(Instant instant) {
  constexpr Instant k_first{k_first_date.time_since_epoch()};
  constexpr Instant k_last{k_last_date.time_since_epoch() + days{1} - Seconds{1}};
  const Instant shown = std::clamp(instant, k_first, k_last);
  const auto day = std::chrono::floor<days>(shown);
  const std::chrono::hh_mm_ss time{shown - day};
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return to_iso(Date{day.time_since_epoch()}) + buffer.data();
}

std::optional<Instant> instant_from_iso(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto date = date_from_iso(text.substr(0, 10));
  const auto hour = number_at(text, 11, 2);
  const auto minute = number_at(text, 14, 2);
  const auto second = number_at(text, 17, 2);
  if (!date || !hour || !minute || !second) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return Instant{date->time_since_epoch()} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         Seconds{*second};
}

std::string to_iso(Date date) {
  const std::chrono::year_month_day ymd{std::clamp(date, k_first_date, k_last_date)};
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return buffer.data();
}

std::optional<Date> date_from_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_at(text, 0, 4);
  const auto month = number_at(text, 5, 2);
  const auto day = number_at(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                        std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{ymd};
}

std::string duration_text(Seconds amount) {
  const auto total = amount.count();
  const std::string sign = total < 0 ? "-" : "";
  // As unsigned, so that the smallest number has an absolute value too.
  const auto size = total < 0 ? 0ULL - static_cast<unsigned long long>(total) : static_cast<unsigned long long>(total);
  const auto hours = size / 3600;
  const auto minutes = size / 60 % 60;
  const auto seconds = size % 60;
  if (seconds != 0 && size < 120) return sign + std::to_string(size) + "s";
  std::string text;
  if (hours != 0) text += std::to_string(hours) + "h";
  if (minutes != 0) text += std::to_string(minutes) + "m";
  if (seconds != 0) text += std::to_string(seconds) + "s";
  return text.empty() ? "0m" : sign + text;
}

std::optional<Seconds> duration_from_text(std::string_view text) {
  struct Unit {
    char letter;
    long long seconds;
  };
  constexpr std::array<Unit, 3> k_units{{{'h', 3600}, {'m', 60}, {'s', 1}}};
  constexpr std::size_t k_most_digits = 9;  // 100,000 years of hours: far from any overflow
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  long long total = 0;
  std::size_t next_unit = 0;  // each unit once, the larger first
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > k_most_digits || digits == text.size()) return std::nullopt;
    while (next_unit < k_units.size() && k_units[next_unit].letter != text[digits]) ++next_unit;
    if (next_unit == k_units.size()) return std::nullopt;
    total += static_cast<long long>(*number_at(text, 0, digits)) * k_units[next_unit].seconds;
    ++next_unit;
    text.remove_prefix(digits + 1);
  }
  return Seconds{negative ? -total : total};
}

}  // namespace cb
