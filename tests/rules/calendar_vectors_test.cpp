// The vectors of tests/data/vectors: expected values on which three independent engines agree.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "rules/calendar.hpp"

namespace cb {
namespace {

using nlohmann::json;

std::string path_of(const char* file) {
  return std::string{CB_TEST_DATA} + "/vectors/" + file;
}

std::vector<OpeningHours> hours_from(const json& list) {
  const auto minutes = [](const std::string& text) {
    return std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3));
  };
  std::vector<OpeningHours> hours;
  for (const json& pair : list) hours.push_back({minutes(pair.at(0)), minutes(pair.at(1))});
  return hours;
}

CalendarTerms terms_from(const json& calendar) {
  const char* const k_days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  CalendarTerms terms;
  terms.timezone = calendar.at("timezone");
  for (std::size_t day = 0; day < 7; ++day) {
    if (calendar.at("weekly").contains(k_days[day]))
      terms.week[day] = hours_from(calendar.at("weekly").at(k_days[day]));
  }
  for (const std::string date : calendar.at("holidays")) terms.holidays.insert(date_from_iso(date).value());
  for (const json& day : calendar.at("extra")) {
    terms.short_days[date_from_iso(day.at("date").get<std::string>()).value()] = hours_from(day.at("hours"));
  }
  return terms;
}

std::map<std::string, Calendar> read_calendars() {
  std::ifstream file{path_of("calendars.json")};
  std::map<std::string, Calendar> calendars;
  for (const json& calendar : json::parse(file)) {
    const auto made = Calendar::make(terms_from(calendar));
    REQUIRE(made);
    calendars.emplace(calendar.at("id").get<std::string>(), *made);
  }
  return calendars;
}

Instant instant_at(const json& value) {
  return instant_from_iso(value.get<std::string>()).value();
}

std::vector<Span> pauses_from(const json& list) {
  std::vector<Span> pauses;
  for (const json& pause : list) {
    pauses.push_back({instant_at(pause.at(0)), pause.at(1).is_null() ? k_never : instant_at(pause.at(1))});
  }
  return united(pauses);
}

void check_deadline(const Calendar& calendar, const json& row) {
  const Instant start = instant_at(row.at("start"));
  const BusinessTime time{std::chrono::minutes{row.at("minutes").get<int>()}};
  const auto pauses = pauses_from(row.value("pauses", json::array()));
  const auto due = calendar.add(start, time, pauses);
  CHECK((due ? json(to_iso(*due)) : json()) == row.at("expect"));
  if (pauses.empty()) CHECK(calendar.add(start, time) == due);
  if (due) CHECK(calendar.between(start, *due, pauses) == time);
}

int check_file(const char* name) {
  static const auto k_calendars = read_calendars();
  std::ifstream file{path_of(name)};
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const json row = json::parse(line);
    CAPTURE(row.at("id").get<std::string>());
    const Calendar& calendar = k_calendars.at(row.at("calendar"));
    if (row.at("op") == "elapsed") {
      const auto open = calendar.between(instant_at(row.at("from")), instant_at(row.at("to")));
      CHECK(open.amount.count() == row.at("expect_seconds").get<long long>());
    } else {
      check_deadline(calendar, row);
    }
  }
  return rows;
}

TEST_CASE("calendar vectors: deadlines and elapsed time") {
  CHECK(check_file("deadlines_elapsed.jsonl") == 1500);
}

TEST_CASE("calendar vectors: pauses") {
  CHECK(check_file("pauses.jsonl") == 250);
}

}  // namespace
}  // namespace cb
