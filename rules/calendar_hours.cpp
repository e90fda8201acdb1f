#include "rules/calendar_hours.hpp"

#include <algorithm>

namespace cb {

namespace {

constexpr int k_midnight = 24 * 60;

// Sorted, with overlapping and touching hours as one.
void tidy(HoursOfDay& hours) {
  std::erase_if(hours, [](const OpeningHours& piece) { return piece.close <= piece.open; });
  std::sort(hours.begin(), hours.end(), [](const OpeningHours& a, const OpeningHours& b) { return a.open < b.open; });
  HoursOfDay result;
  for (const OpeningHours& piece : hours) {
    if (!result.empty() && piece.open <= result.back().close) {
      result.back().close = std::max(result.back().close, piece.close);
    } else {
      result.push_back(piece);
    }
  }
  hours = std::move(result);
}

struct Cut {
  HoursOfDay own;   // of the date itself
  HoursOfDay tail;  // after midnight
};

Cut cut_at_midnight(const std::vector<OpeningHours>& hours) {
  Cut cut;
  for (const OpeningHours& piece : hours) {
    if (piece.close > piece.open) {
      cut.own.push_back(piece);
    } else {
      cut.own.push_back({piece.open, k_midnight});
      cut.tail.push_back({0, piece.close});
    }
  }
  tidy(cut.own);
  tidy(cut.tail);
  return cut;
}

bool in_a_day(const std::vector<OpeningHours>& hours) {
  return std::all_of(hours.begin(), hours.end(), [](const OpeningHours& piece) {
    return piece.open >= 0 && piece.open <= k_midnight && piece.close >= 0 && piece.close <= k_midnight;
  });
}

bool valid(const CalendarTerms& terms) {
  return std::all_of(terms.week.begin(), terms.week.end(), in_a_day) &&
         std::all_of(terms.short_days.begin(), terms.short_days.end(),
                     [](const auto& day) { return in_a_day(day.second); });
}

std::array<HoursOfDay, 7> week_of(const CalendarTerms& terms) {
  std::array<HoursOfDay, 7> week;
  for (std::size_t day = 0; day < 7; ++day) {
    if (terms.always) {
      week[day] = {{0, k_midnight}};
      continue;
    }
    const Cut cut = cut_at_midnight(terms.week[day]);
    week[day].insert(week[day].end(), cut.own.begin(), cut.own.end());
    HoursOfDay& next = week[(day + 1) % 7];
    next.insert(next.end(), cut.tail.begin(), cut.tail.end());
  }
  for (HoursOfDay& hours : week) tidy(hours);
  return week;
}

}  // namespace

const HoursOfDay& CalendarHours::on(Date date) const {
  if (const auto found = special.find(date); found != special.end()) return found->second;
  return week[std::chrono::weekday{date}.iso_encoding() - 1];
}

// The hours after midnight of a short day's overnight span are the next date's own: a holiday or a short day there
// replaces them, like those of any week.
std::optional<CalendarHours> hours_of(const CalendarTerms& terms) {
  if (!valid(terms)) return std::nullopt;
  CalendarHours result{week_of(terms), {}};
  for (const Date holiday : terms.holidays) result.special[holiday] = {};
  for (const auto& [date, hours] : terms.short_days) result.special[date] = cut_at_midnight(hours).own;
  for (const auto& [date, hours] : terms.short_days) {
    const Cut cut = cut_at_midnight(hours);
    const Date next = date + std::chrono::days{1};
    if (cut.tail.empty() || terms.holidays.contains(next) || terms.short_days.contains(next)) continue;
    HoursOfDay both = result.on(next);
    both.insert(both.end(), cut.tail.begin(), cut.tail.end());
    tidy(both);
    result.special[next] = std::move(both);
  }
  return result;
}

}  // namespace cb
