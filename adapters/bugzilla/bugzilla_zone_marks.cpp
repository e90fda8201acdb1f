#include "adapters/bugzilla/bugzilla_zone_marks.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "adapters/bugzilla/bugzilla_zone.hpp"

namespace cb {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// One for each wall time at which clocks are set forward somewhere; which of the zones with that time it is, the server
// says itself.
constexpr std::array<const char*, 16> k_zones_with_gaps{
    "Europe/Berlin",    "Europe/London",       "Europe/Athens",     "America/New_York",
    "Australia/Sydney", "Pacific/Auckland",    "America/Santiago",  "Asia/Jerusalem",
    "Africa/Cairo",     "Asia/Beirut",         "Atlantic/Azores",   "America/Havana",
    "America/Nuuk",     "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Chatham"};

}  // namespace

Seconds offset_of(const Zone& zone, Instant instant) {
  const auto wall = zone.local(instant);
  return Instant{wall.date.time_since_epoch()} + wall.time_of_day - instant;
}

WallTime wall_at(Instant instant, Seconds offset) {
  const auto day = std::chrono::floor<days>(instant + offset);
  return {Date{day.time_since_epoch()}, instant + offset - day};
}

std::optional<std::string> next_gap(const Zone& zone, Instant now) {
  auto change = zone.next_change(now);
  for (int i = 0; change && i < 4; ++i, change = zone.next_change(*change)) {
    const auto before = offset_of(zone, *change - Seconds{1});
    const auto jump = offset_of(zone, *change) - before;
    if (jump > Seconds{0}) return bugzilla_wall_text(wall_at(*change + jump / 2, before));
  }
  return {};
}

bool is_same_clock(const Zone& a, const Zone& b, Instant now) {
  const auto until = now + days{3 * 366};
  for (const auto* zone : {&a, &b})
    for (std::optional<Instant> at = now - days{366}; at && *at < until; at = zone->next_change(*at))
      if (offset_of(a, *at) != offset_of(b, *at)) return false;
  return true;
}

std::string offset_text(Seconds offset) {
  const auto total = std::chrono::abs(std::chrono::duration_cast<minutes>(offset));
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", offset < Seconds{0} ? '-' : '+',
                static_cast<int>(total / hours{1}), static_cast<int>(total % hours{1} / minutes{1}));
  return buffer.data();
}

std::vector<std::string> known_gaps(Instant now) {
  std::vector<std::string> gaps;
  for (const auto* name : k_zones_with_gaps) {
    const auto zone = Zone::find(name);
    const auto gap = zone ? next_gap(*zone, now) : std::nullopt;
    if (gap && std::find(gaps.begin(), gaps.end(), *gap) == gaps.end()) gaps.push_back(*gap);
  }
  return gaps;
}

}  // namespace cb
