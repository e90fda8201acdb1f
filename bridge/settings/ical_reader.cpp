#include "bridge/settings/ical_reader.hpp"

#include <libical/ical.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

namespace cb {
namespace {

constexpr int k_first_year = 1990;
constexpr int k_last_year = 2200;
constexpr std::uintmax_t k_largest_calendar = 4U * 1024U * 1024U;
constexpr int k_longest_event = 366;
constexpr int k_most_occurrences = 100000;  // of all events of a file together

using Component = std::unique_ptr<icalcomponent, void (*)(icalcomponent*)>;

Date date_from(const icaltimetype& time) {
  const std::chrono::year_month_day date{std::chrono::year{time.year},
                                         std::chrono::month{static_cast<unsigned>(time.month)},
                                         std::chrono::day{static_cast<unsigned>(time.day)}};
  return Date(date);
}

// Days of one event: the whole stretch from each of its starts.
class EventDays {
 public:
  // `occurrences` counts those of the whole file.
  EventDays(icalcomponent* event, std::set<Date>& dates, int& occurrences)
      : event_(event), dates_(dates), occurrences_(occurrences) {}

  // Why the event cannot be read; empty when it can.
  std::string read(bool& has_time) {
    const auto start = icalcomponent_get_dtstart(event_);
    if (icaltime_is_null_time(start) || !icaltime_is_valid_time(start)) return "an event has no valid DTSTART";
    if (!start.is_date) {
      has_time = true;
      return {};
    }
    if (start.year < 1 || start.year > k_last_year) return "an event begins in the year " + std::to_string(start.year);
    const auto end = icalcomponent_get_dtend(event_);
    if (!icaltime_is_null_time(end)) days_ = static_cast<int>((date_from(end) - date_from(start)).count());
    if (days_ < 1) days_ = 1;  // DTEND on the same day is written by some programs
    if (days_ > k_longest_event) return "an event is longer than a year";
    excluded();
    return recur(start);
  }

 private:
  void excluded() {
    for (auto* property = icalcomponent_get_first_property(event_, ICAL_EXDATE_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(event_, ICAL_EXDATE_PROPERTY)) {
      skipped_.insert(date_from(icalproperty_get_exdate(property)));
    }
  }

  std::string recur(const icaltimetype& start) {
    bool has_rule = false;
    for (auto* property = icalcomponent_get_first_property(event_, ICAL_RRULE_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(event_, ICAL_RRULE_PROPERTY)) {
      has_rule = true;
      auto wrong = follow(icalproperty_get_rrule(property), start);
      if (!wrong.empty()) return wrong;
    }
    if (!has_rule) add(start);
    for (auto* property = icalcomponent_get_first_property(event_, ICAL_RDATE_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(event_, ICAL_RDATE_PROPERTY)) {
      const auto extra = icalproperty_get_rdate(property).time;
      if (icaltime_is_valid_time(extra) && !icaltime_is_null_time(extra)) add(extra);
    }
    return {};
  }

  std::string follow(const icalrecurrencetype& rule, const icaltimetype& start) {
    // libical looks for the next one for as long as it takes, hour by hour, also where there is none.
    if (rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE ||
        rule.freq == ICAL_HOURLY_RECURRENCE)
      return "an event recurs within a day; holidays recur by days, weeks, months or years";
    auto* iterator = icalrecur_iterator_new(rule, start);
    if (iterator == nullptr) return "an event's RRULE cannot be followed";
    for (auto time = icalrecur_iterator_next(iterator); !icaltime_is_null_time(time) && time.year <= k_last_year;
         time = icalrecur_iterator_next(iterator)) {
      if (++occurrences_ > k_most_occurrences) break;
      add(time);
    }
    icalrecur_iterator_free(iterator);
    return occurrences_ > k_most_occurrences ? "its events recur more than 100000 times" : "";
  }

  void add(const icaltimetype& start) {
    const Date first = date_from(start);
    if (skipped_.count(first) > 0) return;
    for (int i = 0; i < days_; ++i) {
      const Date day = first + std::chrono::days{i};
      const int year = static_cast<int>(std::chrono::year_month_day(day).year());
      if (year >= k_first_year && year <= k_last_year) dates_.insert(day);
    }
  }

  icalcomponent* event_;
  std::set<Date>& dates_;
  int& occurrences_;
  std::set<Date> skipped_;
  int days_ = 1;
};

std::optional<std::string> content_of(const std::string& path, std::string& why) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::is_regular_file(status)) {
    why = std::filesystem::exists(status) ? "this is no file" : "there is no such file";
    return std::nullopt;
  }
  if (std::filesystem::file_size(path, failed) > k_largest_calendar) {
    why = "the file is larger than 4 MB";
    return std::nullopt;
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream) {
    why = "the file cannot be read; check its permissions";
    return std::nullopt;
  }
  return content.str();
}

// libical reads on after errors; a holiday lost that way would move deadlines.
std::string first_error(icalcomponent* component) {
  for (auto* property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); property != nullptr;
       property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
    const char* words = icalproperty_get_xlicerror(property);
    return words != nullptr ? words : "a property cannot be read";
  }
  for (auto* part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); part != nullptr;
       part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
    auto words = first_error(part);
    if (!words.empty()) return words;
  }
  return {};
}

}  // namespace

std::set<Date> read_ical_file(const std::string& path, const Place& place, Problems& problems) {
  std::string why;
  const auto content = content_of(path, why);
  if (content) return read_ical_text(*content, path, place, problems);
  problems.error(place, "the iCalendar file " + ticked(path) + " cannot be read: " + why);
  return {};
}

std::set<Date> read_ical_text(const std::string& content, const std::string& path, const Place& place,
                              Problems& problems) {
  std::set<Date> dates;
  const auto broken = [&](const std::string& words) {
    problems.error(place, "the iCalendar file " + ticked(path) + " is broken: " + words);
  };
  if (content.find("BEGIN:VCALENDAR") == std::string::npos || content.find("END:VCALENDAR") == std::string::npos) {
    broken("it does not go from BEGIN:VCALENDAR to END:VCALENDAR");
    return dates;
  }
  const Component root(icalparser_parse_string(content.c_str()), icalcomponent_free);
  if (!root) {
    broken("it is no iCalendar text");
    return dates;
  }
  if (const auto words = first_error(root.get()); !words.empty()) {
    broken(words);
    return dates;
  }
  int events = 0;
  int with_time = 0;
  int occurrences = 0;
  for (auto* event = icalcomponent_get_first_component(root.get(), ICAL_VEVENT_COMPONENT); event != nullptr;
       event = icalcomponent_get_next_component(root.get(), ICAL_VEVENT_COMPONENT)) {
    ++events;
    if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) continue;
    bool has_time = false;
    if (const auto words = EventDays(event, dates, occurrences).read(has_time); !words.empty()) broken(words);
    if (has_time) ++with_time;
    if (occurrences > k_most_occurrences) break;
  }
  if (with_time > 0) {
    problems.warning(place, std::to_string(with_time) + " of " + std::to_string(events) + " events of " + ticked(path) +
                                " have a time of day and are left out; a holiday is an all-day event");
  }
  if (events == 0) problems.warning(place, "the iCalendar file " + ticked(path) + " holds no events");
  return dates;
}

}  // namespace cb
