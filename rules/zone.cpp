#include "rules/zone.hpp"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace cb {

struct Zone::Rules {
  std::string name;
  cctz::time_zone zone;
};

namespace {

const cctz::civil_day k_epoch{1970, 1, 1};

cctz::civil_second to_civil(Date date, Seconds time_of_day) {
  return cctz::civil_second{k_epoch + date.time_since_epoch().count()} + time_of_day.count();
}

// cctz would open a path, and knows names of its own (Fixed/...); right/ counts leap seconds, which UTC seconds here
// do not.
bool is_iana_name(const std::string& name) {
  if (name.empty() || name.size() > 100) return false;
  for (const char* prefix : {"/", "right/", "posix/", "Fixed/"}) {
    if (name.starts_with(prefix)) return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '+' || c == '/';
  });
}

}  // namespace

std::optional<Zone> Zone::find(const std::string& iana_name) {
  if (!is_iana_name(iana_name)) return std::nullopt;
  cctz::time_zone zone;
  if (!cctz::load_time_zone(iana_name, &zone)) return std::nullopt;
  return Zone{std::make_shared<const Rules>(Rules{iana_name, zone})};
}

Zone Zone::utc() {
  return Zone{std::make_shared<const Rules>(Rules{"UTC", cctz::utc_time_zone()})};
}

const std::string& Zone::name() const {
  return rules_->name;
}

WallTime Zone::local(Instant instant) const {
  const cctz::civil_second wall = rules_->zone.lookup(instant).cs;
  const cctz::civil_day day{wall};
  return {Date{std::chrono::days{day - k_epoch}}, Seconds{wall - cctz::civil_second{day}}};
}

Instant Zone::first(Date date, Seconds time_of_day) const {
  const auto found = rules_->zone.lookup(to_civil(date, time_of_day));
  return found.kind == cctz::time_zone::civil_lookup::SKIPPED ? found.trans : found.pre;
}

Instant Zone::last(Date date, Seconds time_of_day) const {
  const auto found = rules_->zone.lookup(to_civil(date, time_of_day));
  return found.kind == cctz::time_zone::civil_lookup::SKIPPED ? found.trans : found.post;
}

std::string Zone::abbreviation(Instant instant) const {
  return rules_->zone.lookup(instant).abbr;
}

std::optional<Instant> Zone::next_change(Instant after) const {
  cctz::time_zone::civil_transition change;
  if (!rules_->zone.next_transition(after, &change)) return std::nullopt;
  // The wall time after the change: unique after a gap, the fold's first after a fold, so that trans is the change.
  return rules_->zone.lookup(change.to).trans;
}

bool is_doubled(Instant instant, const Zone& zone) {
  const auto wall = zone.local(instant);
  return zone.first(wall.date, wall.time_of_day) != zone.last(wall.date, wall.time_of_day);
}

std::string local_text(Instant instant, const Zone& zone) {
  const WallTime wall = zone.local(instant);
  const std::chrono::hh_mm_ss time{wall.time_of_day};
  std::array<char, 8> buffer{};
  std::snprintf(buffer.data(), buffer.size(), " %02d:%02d ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()));
  return to_iso(wall.date) + buffer.data() + zone.abbreviation(instant);
}

}  // namespace cb
