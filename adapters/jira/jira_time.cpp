#include <cstdio>

#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_signs.hpp"

namespace cb {

namespace {

using Milliseconds = std::chrono::milliseconds;
using Moment = std::chrono::sys_time<Milliseconds>;

// `.123` up to nine digits; anything finer than milliseconds is cut off.
std::optional<Milliseconds> fraction_at(const std::string& text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return Milliseconds(0);
  int digits = 0;
  int value = 0;
  for (++at; at < text.size() && is_digit(text[at]); ++at, ++digits)
    if (digits < 3) value = value * 10 + (text[at] - '0');
  if (digits == 0 || digits > 9) return {};
  for (; digits < 3; ++digits) value *= 10;
  return Milliseconds(value);
}

// `Z`, `+0300`, `-03:00`.
std::optional<std::chrono::minutes> offset_at(const std::string& text, std::size_t at) {
  if (text.substr(at) == "Z") return std::chrono::minutes(0);
  if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return {};
  std::string digits;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == ':' && digits.size() == 2) continue;
    if (!is_digit(text[i])) return {};
    digits += text[i];
  }
  if (digits.size() != 4) return {};
  const auto amount = std::chrono::hours((digits[0] - '0') * 10 + digits[1] - '0') +
                      std::chrono::minutes((digits[2] - '0') * 10 + digits[3] - '0');
  return text[at] == '-' ? -amount : amount;
}

std::optional<Moment> moment_of(const std::string& text) {
  constexpr std::size_t k_seconds = 19;
  if (text.size() <= k_seconds) return {};
  const auto local = instant_from_iso(text.substr(0, k_seconds) + "Z");
  auto at = k_seconds;
  const auto fraction = local ? fraction_at(text, at) : std::nullopt;
  const auto offset = fraction ? offset_at(text, at) : std::nullopt;
  if (!offset) return {};
  return Moment(*local) + *fraction - *offset;
}

}  // namespace

std::optional<Instant> jira_instant(const std::string& text) {
  const auto moment = moment_of(text);
  if (!moment) return {};
  return std::chrono::floor<Seconds>(*moment);
}

std::string jira_revision(const std::string& text) {
  const auto moment = moment_of(text);
  if (!moment) return text;
  const auto second = std::chrono::floor<Seconds>(*moment);
  char fraction[8];
  std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>((*moment - second).count()));
  auto out = to_iso(second);
  out.pop_back();
  return out + fraction;
}

std::string jira_date_time(Instant instant) {
  auto out = to_iso(instant);
  out.pop_back();
  return out + ".000+0000";
}

}  // namespace cb
