#include "tests/trackers/fake_jira_time.hpp"

#include <cstdio>
#include <regex>
#include <stdexcept>

#include "rules/zone.hpp"

namespace cb::fake_jira {

namespace {

using std::chrono::milliseconds;

Zone zone_named(const std::string& name) {
  auto zone = Zone::find(name);
  if (!zone) throw std::invalid_argument("the fake Jira has no zone " + name);
  return *zone;
}

template <class... Values>
std::string formatted(const char* form, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, form, values...);
  return text;
}

struct Shown {
  std::string date;
  int hours, minutes, seconds, millis;
  std::string offset;  // +0300
};

Shown shown(Moment at, const std::string& zone) {
  const auto whole = std::chrono::floor<Seconds>(at);
  const auto wall = zone_named(zone).local(whole);
  const auto local = wall.date.time_since_epoch() + wall.time_of_day;
  const auto offset = static_cast<int>((Seconds(local) - whole.time_since_epoch()).count() / 60);
  const auto time = static_cast<int>(wall.time_of_day.count());
  return {to_iso(wall.date),
          time / 3600,
          time / 60 % 60,
          time % 60,
          static_cast<int>(std::chrono::duration_cast<milliseconds>(at - whole).count()),
          formatted("%c%02d%02d", offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60)};
}

std::optional<Seconds> period(const std::string& text) {
  static const std::regex k_whole(R"(-\s*(\d{1,7}[wdhm]\s*)+)"), k_part(R"((\d+)([wdhm]))");
  if (!std::regex_match(text, k_whole)) return std::nullopt;
  Seconds sum{0};
  for (std::sregex_iterator part(text.begin(), text.end(), k_part), end; part != end; ++part) {
    const long amount = std::stol((*part)[1].str());
    const char unit = (*part)[2].str()[0];
    sum += Seconds(amount * (unit == 'w' ? 604800 : unit == 'd' ? 86400 : unit == 'h' ? 3600 : 60));
  }
  return sum;
}

}  // namespace

long long epoch_millis(Moment at) {
  return at.time_since_epoch().count();
}

Moment moment_of(long long millis) {
  return Moment(milliseconds(millis));
}

std::string jira_time(Moment at, const std::string& zone) {
  const auto s = shown(at, zone);
  return s.date + formatted("T%02d:%02d:%02d.%03d", s.hours, s.minutes, s.seconds, s.millis) + s.offset;
}

std::string iso_time(Moment at, const std::string& zone) {
  const auto s = shown(at, zone);
  return s.date + formatted("T%02d:%02d:%02d", s.hours, s.minutes, s.seconds) + s.offset;
}

std::string friendly_time(Moment at, const std::string& zone) {
  static const char* const k_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto s = shown(at, zone);
  const auto month = static_cast<std::size_t>(std::stoi(s.date.substr(5, 2))) - 1;
  const int hour = s.hours % 12 == 0 ? 12 : s.hours % 12;
  return s.date.substr(8) + "/" + k_months[month] + "/" + s.date.substr(2, 2) +
         formatted(" %d:%02d %s", hour, s.minutes, s.hours < 12 ? "AM" : "PM");
}

std::optional<Moment> field_time(const std::string& text) {
  static const std::regex k_form(R"((\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{1,3})(Z|[+-]\d{4}))");
  std::smatch part;
  if (!std::regex_match(text, part, k_form)) return std::nullopt;
  const auto date = date_from_iso(part[1].str());
  const int h = std::stoi(part[2].str()), m = std::stoi(part[3].str()), s = std::stoi(part[4].str());
  if (!date || h > 23 || m > 59 || s > 59) return std::nullopt;
  const auto offset = part[6].str();
  Seconds ahead{0};
  if (offset != "Z") {
    ahead = Seconds(std::stoi(offset.substr(1, 2)) * 3600 + std::stoi(offset.substr(3)) * 60);
    if (offset[0] == '-') ahead = -ahead;
  }
  const auto utc = Zone::utc().first(*date, Seconds(h * 3600 + m * 60 + s)) - ahead;
  return Moment(utc) + milliseconds(std::stoi((part[5].str() + "00").substr(0, 3)));
}

std::optional<std::string> field_date(const std::string& text) {
  return date_from_iso(text) ? std::optional(text) : std::nullopt;
}

std::optional<Moment> jql_time(const std::string& text, Instant now, const std::string& zone) {
  if (const auto before = period(text)) return Moment(now - *before);
  static const std::regex k_form(R"((\d{4})[/-](\d{1,2})[/-](\d{1,2})(?: (\d{1,2}):(\d{2}))?)");
  std::smatch part;
  if (!std::regex_match(text, part, k_form)) return std::nullopt;
  const auto number = [&](std::size_t n) { return part[n].matched ? std::stoi(part[n].str()) : 0; };
  const auto date = date_from_iso(formatted("%04d-%02d-%02d", number(1), number(2), number(3)));
  if (!date || number(4) > 23 || number(5) > 59) return std::nullopt;
  return Moment(zone_named(zone).first(*date, Seconds(number(4) * 3600 + number(5) * 60)));
}

std::string friendly_duration(Seconds amount) {
  const auto minutes = amount.count() / 60;
  const auto size = minutes < 0 ? -minutes : minutes;
  std::string out = amount.count() < 0 ? "-" : "";
  if (size >= 60) out += std::to_string(size / 60) + "h ";
  return out + std::to_string(size % 60) + "m";
}

}  // namespace cb::fake_jira
