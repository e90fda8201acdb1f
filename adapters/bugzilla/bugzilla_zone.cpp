#include "adapters/bugzilla/bugzilla_zone.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace cb {

namespace {

constexpr std::string_view k_whole = "2026-11-22T15:00:00";

std::string clock_text(Seconds time_of_day) {
  const std::chrono::hh_mm_ss time{time_of_day};
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), " %02d:%02d:%02d", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return buffer.data();
}

// By way of the ISO form, which is strict about digits and ranges.
std::optional<WallTime> wall_time(std::string text) {
  constexpr std::string_view k_midnight = " 00:00:00";
  if (text.size() == 10) text += k_midnight;
  if (text.size() == 16) text += k_midnight.substr(6);
  if (text.size() != k_whole.size() || text[10] != ' ') return std::nullopt;
  text[10] = 'T';
  const auto read = instant_from_iso(text + "Z");
  if (!read) return std::nullopt;
  const auto day = std::chrono::floor<std::chrono::days>(*read);
  return WallTime{Date{day.time_since_epoch()}, *read - day};
}

}  // namespace

std::optional<Instant> bugzilla_instant(const std::string& server_local, const Zone& zone) {
  const auto wall = wall_time(server_local);
  if (!wall) return std::nullopt;
  const auto instant = zone.last(wall->date, wall->time_of_day);
  const auto shown = zone.local(instant);
  const bool comes = shown.date == wall->date && shown.time_of_day == wall->time_of_day;
  return comes ? std::optional<Instant>(instant) : std::nullopt;
}

std::string bugzilla_wall_text(const WallTime& wall) {
  return to_iso(wall.date) + clock_text(wall.time_of_day);
}

std::optional<std::string> bugzilla_date_time(Instant instant, const Zone& zone) {
  if (is_doubled(instant, zone)) return std::nullopt;
  auto text = bugzilla_wall_text(zone.local(instant));
  if (bugzilla_instant(text, zone) != instant) return std::nullopt;
  return text;
}

std::string bugzilla_date(const std::string& read, const std::optional<Zone>& zone) {
  const auto instant = instant_from_iso(read);
  if (!instant || !zone) return read;
  const auto wall = zone->local(*instant);
  return wall.time_of_day == Seconds{0} ? to_iso(wall.date) : read;
}

std::optional<std::string> bugzilla_zone_in(const std::string& message) {
  static const std::string k_words = "Invalid local time for date in time zone: ";
  const auto at = message.find(k_words);
  if (at == std::string::npos) return {};
  const auto from = at + k_words.size();
  const auto end =
      message.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/", from);
  auto name = message.substr(from, end == std::string::npos ? end : end - from);
  return name.empty() ? std::nullopt : std::optional(std::move(name));
}

}  // namespace cb
