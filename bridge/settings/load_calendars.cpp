// calendars.yaml: opening hours by name, and lists of holidays.
#include <algorithm>

#include "bridge/settings/calendar_file.hpp"
#include "bridge/settings/ical_reader.hpp"
#include "bridge/settings/loading.hpp"
#include "bridge/settings/opening_hours.hpp"

namespace cb {
namespace {

using HolidayLists = std::map<std::string, std::set<Date>>;

// The folder that stands before a file's name, to find `ics` beside it.
std::string folder_of(const std::string& file) {
  const auto slash = file.rfind('/');
  return slash == std::string::npos ? std::string() : file.substr(0, slash + 1);
}

void read_dates(const YamlNode& list, std::set<Date>& dates, Problems& problems) {
  for (const auto& item : items_of(list, "the dates of a holiday list", problems)) {
    const auto date = date_of(item, "a holiday", problems);
    if (date && !dates.insert(*date).second) {
      problems.warning(item.place, "the date " + to_iso(*date) + " stands in this list twice");
    }
  }
}

std::set<Date> read_holiday_list(const YamlEntry& entry, std::vector<std::string>& files, Problems& problems) {
  std::set<Date> dates;
  const YamlMap map(entry.value, "the holiday list " + ticked(entry.key), keys_of("holiday list"), problems);
  if (!map.ok()) return dates;
  if (const auto* list = map.optional("dates")) read_dates(*list, dates, problems);
  if (const auto* ics = map.optional("ics")) {
    if (const auto name = text_of(*ics, "the name of an iCalendar file", problems)) {
      const std::string path = name->starts_with('/') ? *name : folder_of(*ics->place.file) + *name;
      files.push_back(path);
      const auto found = read_ical_file(path, ics->place, problems);
      dates.insert(found.begin(), found.end());
    }
  }
  if (!entry.value.find("dates") && !entry.value.find("ics")) {
    problems.error(entry.value.place, "the holiday list " + ticked(entry.key) + " needs `dates` or `ics`");
  }
  return dates;
}

void read_holidays(const YamlNode& names, const HolidayLists& lists, CalendarTerms& terms, Problems& problems) {
  std::vector<std::string> known;
  for (const auto& [name, dates] : lists) known.push_back(name);
  for (const auto& item : items_of(names, "the names of holiday lists", problems)) {
    const auto name = reference_of(item, known, "holiday list", "`holidays` of this file", problems);
    if (!name) continue;
    const auto& dates = lists.at(*name);
    terms.holidays.insert(dates.begin(), dates.end());
  }
}

std::optional<Calendar> read_calendar(const YamlEntry& entry, const HolidayLists& lists, Problems& problems) {
  const auto errors = problems.error_count();
  const YamlMap map(entry.value, "calendar " + ticked(entry.key), keys_of("calendar"), problems);
  if (!map.ok()) return std::nullopt;
  CalendarTerms terms;
  if (const auto* zone = map.required("timezone")) {
    if (const auto found = zone_of(*zone, problems)) terms.timezone = found->name();
  }
  if (const auto* hours = map.required("hours")) read_week(*hours, terms, problems);
  if (const auto* holidays = map.optional("holidays")) read_holidays(*holidays, lists, terms, problems);
  if (const auto* days = map.optional("short_days")) read_short_days(*days, terms, problems);
  if (problems.error_count() > errors) return std::nullopt;
  auto calendar = Calendar::make(terms);
  if (!calendar) problems.error(entry.place, "calendar " + ticked(entry.key) + " never opens; give it hours");
  return calendar;
}

void read_calendars(const YamlNode& root, CalendarFile& result, Problems& problems) {
  const YamlMap file(root, "calendars.yaml", keys_of("calendars file"), problems);
  if (!file.ok()) return;
  HolidayLists lists;
  if (const auto* holidays = file.optional("holidays")) {
    for (const auto& entry : named_entries(*holidays, "the holiday lists", problems)) {
      lists[entry.key] = read_holiday_list(entry, result.files, problems);
    }
  }
  const auto* calendars = file.required("calendars");
  if (!calendars) return;
  for (const auto& entry : named_entries(*calendars, "the calendars", problems)) {
    result.names.push_back(entry.key);
    const auto calendar = read_calendar(entry, lists, problems);
    if (calendar) result.calendars.emplace(CalendarId{entry.key}, *calendar);
  }
}

}  // namespace

CalendarFile read_calendar_file(const std::string& path, Problems& problems) {
  CalendarFile result;
  result.files.push_back(path);
  const auto root = read_yaml_file(path, path, problems);
  if (!root) return result;
  result.readable = true;
  read_calendars(*root, result, problems);
  return result;
}

void load_calendars(Loading& loading) {
  const auto file = read_calendar_file(*whole_file(loading, "calendars.yaml").file, loading.problems);
  loading.files.insert(loading.files.end(), file.files.begin(), file.files.end());
  loading.settings.book.calendars = file.calendars;
  for (const auto& [id, calendar] : file.calendars) loading.calendar_zones[id.value] = calendar.zone().name();
  if (file.readable) loading.calendars = file.names;
}

}  // namespace cb
