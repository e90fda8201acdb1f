#include "tests/rules/support/office.hpp"

#include <algorithm>
#include <stdexcept>

namespace cb::testing {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::minutes;

constexpr int k_patience = 400;  // days without an answer before a test is wrong

bool inside(const std::vector<OpeningHours>& hours, int minute) {
  return std::any_of(hours.begin(), hours.end(), [&](const OpeningHours& each) {
    return each.open < each.close ? each.open <= minute && minute < each.close : minute >= each.open;
  });
}

bool in_tail(const std::vector<OpeningHours>& hours, int minute) {
  return std::any_of(hours.begin(), hours.end(),
                     [&](const OpeningHours& each) { return each.close <= each.open && minute < each.close; });
}

}  // namespace

Office::Office(const CalendarTerms& terms) : terms_(terms), zone_(Zone::find(terms.timezone).value()) {}

bool Office::open(Instant instant) const {
  const auto wall = zone_.local(instant);
  const auto minute = static_cast<int>(wall.time_of_day.count() / 60);
  if (const auto day = terms_.short_days.find(wall.date); day != terms_.short_days.end()) {
    return inside(day->second, minute);
  }
  if (terms_.holidays.contains(wall.date)) return false;
  const auto weekly = [&](Date date) -> const std::vector<OpeningHours>& {
    return terms_.week[std::chrono::weekday{date}.iso_encoding() - 1];
  };
  return terms_.always || inside(weekly(wall.date), minute) || in_tail(weekly(wall.date - days{1}), minute);
}

std::vector<Office::Run> Office::look(std::chrono::sys_days day) const {
  std::vector<Run> out;
  for (Instant minute = day; minute < Instant{day} + days{1}; minute += minutes{1}) {
    if (!open(minute)) continue;
    const auto date = zone_.local(minute).date;
    if (!out.empty() && out.back().to == minute && out.back().date == date) {
      out.back().to += minutes{1};
    } else {
      out.push_back({minute, minute + minutes{1}, date});
    }
  }
  return out;
}

const std::vector<Office::Run>& Office::runs_of(std::chrono::sys_days day) const {
  auto found = looked_.find(day);
  if (found == looked_.end()) found = looked_.emplace(day, look(day)).first;
  return found->second;
}

Seconds Office::open_between(Instant from, Instant to) const {
  Seconds out{0};
  for (auto day = floor<days>(from); day < to; day += days{1}) {
    for (const auto& run : runs_of(day)) out += std::max(Seconds{0}, std::min(run.to, to) - std::max(run.from, from));
  }
  return out;
}

Instant Office::after(Instant from, Seconds open_time) const {
  if (open_time <= Seconds{0}) return from;
  auto day = floor<days>(from);
  for (int i = 0; i < k_patience; ++i, day += days{1}) {
    for (const auto& run : runs_of(day)) {
      const auto begin = std::max(run.from, from);
      if (begin >= run.to) continue;
      if (open_time <= run.to - begin) return begin + open_time;
      open_time -= run.to - begin;
    }
  }
  throw std::logic_error("not enough open time");
}

Instant Office::closing_of_day(Instant received, int n) const {
  std::vector<Date> business;  // dates with open time from the receipt on
  Instant closing = received;
  auto day = floor<days>(received);
  for (int i = 0; i < k_patience; ++i, day += days{1}) {
    for (const auto& run : runs_of(day)) {
      if (run.to <= received) continue;
      if (business.empty() || business.back() != run.date) business.push_back(run.date);
      if (static_cast<int>(business.size()) > n + 1) return closing;
      closing = run.to;
    }
  }
  throw std::logic_error("not enough business days");
}

Instant Office::closing_of(Date date) const {
  auto day = std::chrono::sys_days{date.time_since_epoch()} + days{1};
  for (int i = 0; i < k_patience; ++i, day -= days{1}) {
    const auto& runs = runs_of(day);
    const auto last = std::find_if(runs.rbegin(), runs.rend(), [&](const Run& run) { return run.date <= date; });
    if (last != runs.rend()) return last->to;
  }
  throw std::logic_error("no business day before it");
}

}  // namespace cb::testing
