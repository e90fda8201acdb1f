#include "rules/calendar_table.hpp"

#include <bit>
#include <limits>
#include <map>
#include <utility>

#include "rules/calendar_hours.hpp"

namespace cb {

namespace {

using Table = Calendar::Table;
using std::chrono::days;

// What happens at the edge of a week can come from a change of the clocks on the other side; the longest ever was a
// day (Samoa skipped one).
constexpr std::int64_t k_margin = Table::k_day + 3600;

std::int64_t unix_seconds(Instant instant) {
  return instant.time_since_epoch().count();
}

Date monday_of(std::size_t week) {
  return Table::k_first_date + days{7 * static_cast<int>(week)};
}

Instant opening(const Zone& zone, Date date, int minute) {
  return zone.first(date, Seconds{minute * 60});
}

// The end of doubled hours is the second of them, unless nothing inside of the fold was open: then the hours end
// where the fold begins.
Instant closing(const Zone& zone, Date date, int minute) {
  const Seconds time{minute * 60};
  const Instant first = zone.first(date, time);
  const Instant last = zone.last(date, time);
  const Seconds before = time - Seconds{1};
  return zone.first(date, before) == zone.last(date, before) ? first : last;
}

// A week's pieces and the closing of each of its dates, in seconds from its start.
struct WeekHours {
  std::vector<std::pair<std::int32_t, std::int32_t>> pieces;
  std::array<std::int32_t, 7> closing{-1, -1, -1, -1, -1, -1, -1};
  friend auto operator<=>(const WeekHours&, const WeekHours&) = default;
};

std::vector<Span> spans_of(const CalendarHours& hours, const Zone& zone, Date date) {
  std::vector<Span> spans;
  for (const OpeningHours& piece : hours.on(date)) {
    const Span span{opening(zone, date, piece.open), closing(zone, date, piece.close)};
    if (span.from < span.to) spans.push_back(span);
  }
  return spans;
}

// A week without a change of the clocks in or near it: wall time runs like time.
WeekHours plain_week(const CalendarHours& hours, Date monday) {
  WeekHours result;
  for (int day = 0; day < 7; ++day) {
    for (const OpeningHours& piece : hours.on(monday + days{day})) {
      const int midnight = day * static_cast<int>(Table::k_day);
      const int open = midnight + piece.open * 60;
      const int close = midnight + piece.close * 60;
      if (!result.pieces.empty() && result.pieces.back().second == open) {
        result.pieces.back().second = close;
      } else {
        result.pieces.emplace_back(open, close);
      }
      result.closing[static_cast<std::size_t>(day)] = close;
    }
  }
  return result;
}

// Any week. The dates beside it count too: where midnight is doubled, their hours can reach into it.
WeekHours any_week(const CalendarHours& hours, const Zone& zone, Date monday, Span week) {
  WeekHours result;
  std::vector<Span> spans;
  for (int day = -1; day <= 7; ++day) {
    const std::vector<Span> of_date = spans_of(hours, zone, monday + days{day});
    spans.insert(spans.end(), of_date.begin(), of_date.end());
    if (day < 0 || day > 6 || of_date.empty()) continue;
    result.closing[static_cast<std::size_t>(day)] = static_cast<std::int32_t>((of_date.back().to - week.from).count());
  }
  for (const Span& span : united(std::move(spans))) {
    const Instant from = std::max(span.from, week.from);
    const Instant to = std::min(span.to, week.to);
    if (from >= to) continue;
    result.pieces.emplace_back((from - week.from).count(), (to - week.from).count());
  }
  return result;
}

// Turns weeks into patterns, equal ones into the same, and keeps the running sums.
class Builder {
 public:
  explicit Builder(Zone zone) : table_{std::move(zone), {}, {}, {}, {}, {}, 0, 0} {
    table_.weeks.reserve(Table::k_weeks + 1);
    table_.business_days_before.reserve(Table::k_weeks + 1);
  }

  std::uint32_t pattern_of(const WeekHours& hours) {
    const auto [found, added] = known_.try_emplace(hours, static_cast<std::uint32_t>(table_.patterns.size()));
    if (added) add_pattern(hours);
    return found->second;
  }

  void add_week(std::int64_t start, std::uint32_t pattern) {
    mark(start, pattern);
    work_ += pattern_work_[pattern];
    business_days_ += pattern_business_days_[pattern];
  }

  // Empty when there is no open time at all.
  std::shared_ptr<const Table> finish(std::int64_t end) {
    mark(end, table_.weeks.back().pattern);
    table_.work_until_end = table_.work_at(Table::k_end);
    if (table_.work_until_end == table_.work_at(Table::k_first)) return nullptr;
    index_work();
    table_.patterns.shrink_to_fit();
    table_.pieces.shrink_to_fit();
    return std::make_shared<const Table>(std::move(table_));
  }

 private:
  void mark(std::int64_t start, std::uint32_t pattern) {
    const std::int64_t nominal = Table::k_base + static_cast<std::int64_t>(table_.weeks.size()) * Table::k_week;
    table_.weeks.push_back({static_cast<std::int32_t>(start - nominal), pattern, work_});
    table_.business_days_before.push_back(business_days_);
  }

  void add_pattern(const WeekHours& hours) {
    constexpr std::int32_t k_no_piece = std::numeric_limits<std::int32_t>::max();
    Table::Pattern pattern;
    pattern.first_piece = static_cast<std::uint32_t>(table_.pieces.size());
    pattern.closing = hours.closing;
    std::int32_t work = 0;
    for (const auto& [open, close] : hours.pieces) {
      work += close - open;
      table_.pieces.push_back({open, close, work});
    }
    table_.pieces.push_back({k_no_piece, k_no_piece, work});
    index_pieces(pattern, hours.pieces.size());
    table_.patterns.push_back(pattern);
    pattern_work_.push_back(work);
    pattern_business_days_.push_back(static_cast<std::uint32_t>(
        std::count_if(hours.closing.begin(), hours.closing.end(), [](std::int32_t offset) { return offset >= 0; })));
  }

  // The pieces between two entries of an index are those that end inside a unit. The last unit begins after the
  // longest week, so no piece ends in it.
  void index_pieces(Table::Pattern& pattern, std::size_t count) {
    const Table::Piece* first = &table_.pieces[pattern.first_piece];
    std::uint16_t by_time = 0;
    std::uint16_t by_work = 0;
    for (std::size_t unit = 0; unit < Table::k_units; ++unit) {
      const auto passed = static_cast<std::int32_t>(unit << Table::k_unit);
      const std::uint16_t before_time = by_time;
      const std::uint16_t before_work = by_work;
      while (first[by_time].close <= passed) ++by_time;
      while (by_work < count && first[by_work].work_end <= passed) ++by_work;
      pattern.by_time[unit] = by_time;
      pattern.by_work[unit] = by_work;
      pattern.steps_by_time = std::max<std::uint16_t>(pattern.steps_by_time, by_time - before_time);
      pattern.steps_by_work = std::max<std::uint16_t>(pattern.steps_by_work, by_work - before_work);
    }
  }

  void index_work() {
    const auto open_weeks = std::count_if(table_.weeks.begin(), table_.weeks.end() - 1,
                                          [&](const Table::Week& week) { return pattern_work_[week.pattern] > 0; });
    const auto usual = static_cast<std::uint64_t>(work_ / open_weeks);
    table_.work_shift = static_cast<int>(std::bit_width(usual)) - 1;
    std::uint16_t week = 0;
    for (std::int64_t passed = 0; passed < work_; passed += std::int64_t{1} << table_.work_shift) {
      while (table_.weeks[week + 1U].work_before <= passed) ++week;
      table_.week_by_work.push_back(week);
    }
    table_.week_by_work.shrink_to_fit();
  }

  Table table_;
  std::map<WeekHours, std::uint32_t> known_;
  std::vector<std::int32_t> pattern_work_;
  std::vector<std::uint32_t> pattern_business_days_;
  std::int64_t work_ = 0;
  std::uint32_t business_days_ = 0;
};

// By week: whether a date in it differs from the usual week.
std::vector<bool> special_weeks(const CalendarHours& hours) {
  std::vector<bool> special(Table::k_weeks, false);
  for (const auto& [date, pieces] : hours.special) {
    if (date < Table::k_first_date || date >= Table::k_last_date) continue;
    special[static_cast<std::size_t>((date - Table::k_first_date).count() / 7)] = true;
  }
  return special;
}

}  // namespace

std::shared_ptr<const Calendar::Table> make_table(const CalendarTerms& terms) {
  const auto zone = Zone::find(terms.timezone);
  const auto hours = hours_of(terms);
  if (!zone || !hours) return nullptr;
  const std::vector<bool> special = special_weeks(*hours);
  Builder builder{*zone};
  const std::uint32_t usual = builder.pattern_of(plain_week({hours->week, {}}, Table::k_first_date));

  Instant start = zone->start_of(Table::k_first_date);
  auto change = zone->next_change(start - Seconds{k_margin});
  for (std::size_t week = 0; week < Table::k_weeks; ++week) {
    const Date monday = monday_of(week);
    const Instant end = zone->start_of(monday + days{7});
    while (change && *change <= start - Seconds{k_margin}) change = zone->next_change(*change);
    if (change && *change < end + Seconds{k_margin}) {
      builder.add_week(unix_seconds(start), builder.pattern_of(any_week(*hours, *zone, monday, {start, end})));
    } else {
      builder.add_week(unix_seconds(start), special[week] ? builder.pattern_of(plain_week(*hours, monday)) : usual);
    }
    start = end;
  }
  return builder.finish(unix_seconds(start));
}

}  // namespace cb
