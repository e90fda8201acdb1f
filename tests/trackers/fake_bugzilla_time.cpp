#include "tests/trackers/fake_bugzilla_time.hpp"

#include <cstdio>
#include <regex>
#include <stdexcept>

#include "rules/text.hpp"
#include "rules/zone.hpp"
#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

namespace {

Zone zone_of(const State& state) {
  auto zone = Zone::find(state.settings.zone);
  if (!zone) throw std::invalid_argument("the fake Bugzilla has no zone " + state.settings.zone);
  return *zone;
}

std::string padded(int value) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d", value);
  return text;
}

std::optional<Date> date_of(const std::string& year, const std::string& month, const std::string& day) {
  return date_from_iso(year + "-" + padded(std::stoi(month)) + "-" + padded(std::stoi(day)));
}

std::optional<Seconds> time_of_day(const std::string& hours, const std::string& minutes, const std::string& seconds) {
  const int h = std::stoi(hours), m = std::stoi(minutes), s = seconds.empty() ? 0 : std::stoi(seconds);
  if (h > 23 || m > 59 || s > 59) return std::nullopt;
  return Seconds(h * 3600 + m * 60 + s);
}

std::optional<Seconds> offset_of(const std::string& text) {
  static const std::regex k_offset("([+-])(\\d{2}):?(\\d{2})");
  std::smatch part;
  if (!std::regex_match(text, part, k_offset)) return std::nullopt;
  const auto amount = Seconds(std::stoi(part[2].str()) * 3600 + std::stoi(part[3].str()) * 60);
  return part[1].str() == "-" ? -amount : amount;
}

Instant from_local(const State& state, Date date, Seconds time) {
  const auto zone = zone_of(state);
  const auto at = zone.last(date, time);
  const auto wall = zone.local(at);
  if (wall.date != date || wall.time_of_day != time)
    broken_inside("Invalid local time for date in time zone: " + zone.name() + "\n");
  return at;
}

struct Moment {
  Date date;
  Seconds time{0};
  std::string zone;  // Z, an offset, or nothing
};

// What Bugzilla's date parser makes of a text: fractions are cut (287).
std::optional<Moment> moment_of(const std::string& text) {
  static const std::regex k_form(
      "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[T "
      "](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?");
  std::smatch part;
  const auto plain = trimmed(text);
  if (!std::regex_match(plain, part, k_form)) return std::nullopt;
  const auto date = date_of(part[1].str(), part[2].str(), part[3].str());
  if (!date) return std::nullopt;
  if (!part[4].matched) return Moment{*date, Seconds(0), ""};
  const auto time = time_of_day(part[4].str(), part[5].str(), part[6].str());
  if (!time) return std::nullopt;
  return Moment{*date, *time, part[7].str()};
}

Instant instant_of(const State& state, const Moment& moment) {
  if (moment.zone.empty()) return from_local(state, moment.date, moment.time);
  const auto utc = Zone::utc().first(moment.date, moment.time);
  return utc - offset_of(moment.zone).value_or(Seconds(0));
}

bool is_nothing(const std::string& text) {
  return text.find_first_not_of(" \t\r\n0!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") == std::string::npos;
}

std::string with_seconds(const std::string& time) {
  static const std::regex k_time("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");
  std::smatch part;
  if (!std::regex_match(time, part, k_time) || !time_of_day(part[1].str(), part[2].str(), part[3].str()))
    refuse(32000, "'" + time + "' is not a legal time. Please use the format 'HH:MM:SS'.");
  return padded(std::stoi(part[1].str())) + ":" + part[2].str() + ":" + (part[3].matched ? part[3].str() : "00");
}

std::string checked_date(const std::string& text) {
  static const std::regex k_date("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  std::smatch part;
  std::optional<Date> date;
  if (std::regex_match(text, part, k_date)) date = date_of(part[1].str(), part[2].str(), part[3].str());
  if (!date) refuse(56, "'" + text + "' is not a legal date. Please use the format 'YYYY-MM-DD'.");
  return to_iso(*date);
}

}  // namespace

std::string server_local(const State& state, Instant at) {
  const auto wall = zone_of(state).local(at);
  const auto seconds = static_cast<int>(wall.time_of_day.count());
  return to_iso(wall.date) + " " + padded(seconds / 3600) + ":" + padded(seconds / 60 % 60) + ":" +
         padded(seconds % 60);
}

std::string stored_as_utc(const State& state, const std::string& stored) {
  const auto moment = moment_of(stored);
  if (!moment) throw std::invalid_argument("the fake Bugzilla stores no such time: " + stored);
  return to_iso(from_local(state, moment->date, moment->time));
}

Instant instant_parameter(const State& state, const std::string& text) {
  const auto moment = moment_of(text);
  if (!moment) refuse(56, "'" + text + "' is not a legal date.");
  return instant_of(state, *moment);
}

std::optional<std::string> storable_time(const State& state, const Field& field, const std::string& text) {
  if (is_nothing(text)) return std::nullopt;
  auto given = trimmed(text);
  const auto flavour = state.settings.flavour;
  if (flavour == Flavour::harmony || flavour == Flavour::bmo)
    given = server_local(state, instant_parameter(state, given));
  const auto blank = given.find_first_of(" \t\n");
  const auto date = checked_date(given.substr(0, blank));
  if (field.type == FieldType::date) {
    const bool is_converted = flavour == Flavour::harmony || flavour == Flavour::bmo;
    if (blank != std::string::npos && !is_converted)
      refuse(56, "'" + given + "' is not a legal date. Please use the format 'YYYY-MM-DD'.");
    return date;
  }
  if (blank == std::string::npos) return date + " 00:00:00";
  const auto rest = trimmed(given.substr(blank));
  // What follows a second blank, a zone for example, is dropped (063, 065).
  return date + " " + with_seconds(rest.substr(0, rest.find_first_of(" \t\n")));
}

bool same_time(const State& state, const std::string& stored, const std::string& sent) {
  const auto a = moment_of(stored), b = moment_of(sent);
  if (!a || !b) return stored == sent;
  if (b->zone.empty()) return a->date == b->date && a->time == b->time;
  return instant_of(state, *a) == instant_of(state, *b);
}

}  // namespace cb::fake_bugzilla
