// What a calendar is looked up in: weeks of local time from 1970 to 2300, each with the open time before it and one
// of a few patterns of open pieces. Most weeks share one pattern; weeks with a holiday, a short day or a change of
// the clocks have their own. Both directions (instant to open time, open time to instant) find the week by
// arithmetic and an index and the piece inside it by another, then look at the next one: nothing is walked.
// Private to calendar*.cpp; instants here are plain UTC seconds, open time counts from the table's first week.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "rules/calendar.hpp"

namespace cb {

struct Calendar::Table {
  static constexpr std::int64_t k_day = 86400;
  static constexpr std::int64_t k_week = 7 * k_day;

  // What is answered: [k_first, k_end). The weeks reach a little further on both sides, so that a lookup inside
  // never leaves them; they begin and end on Mondays.
  static constexpr std::int64_t k_first = 0;  // 1970-01-01
  static constexpr std::int64_t k_end =
      std::chrono::sys_days{std::chrono::year{2301} / 1 / 1}.time_since_epoch().count() * k_day;
  static constexpr Date k_first_date{std::chrono::local_days{std::chrono::year{1969} / 12 / 22}};
  static constexpr Date k_last_date{std::chrono::local_days{std::chrono::year{2301} / 1 / 14}};
  static constexpr std::size_t k_weeks = static_cast<std::size_t>((k_last_date - k_first_date).count() / 7);
  static constexpr std::int64_t k_base = k_first_date.time_since_epoch().count() * k_day;
  static_assert((k_last_date - k_first_date).count() % 7 == 0 && k_weeks < 65536);
  // Local time is never further from UTC than this.
  static constexpr std::int64_t k_most_shift = k_day + 7200;

  // Seconds from the week's start; work_end is the week's open time up to the piece's end.
  struct Piece {
    std::int32_t open, close, work_end;
  };
  // Indexes have units of 2^13 s (2 h 16 min): short enough that a usual one holds one end of hours, and few enough
  // for the longest week (a day more than seven).
  static constexpr int k_unit = 13;
  static constexpr std::size_t k_units = static_cast<std::size_t>(((k_week + 2 * k_day) >> k_unit) + 1);
  struct Pattern {
    std::uint32_t first_piece = 0;          // after the last one stands a piece that never closes and adds nothing
    std::array<std::int32_t, 7> closing{};  // of each date; -1 on a closed one
    std::array<std::uint16_t, k_units> by_time{};  // the first piece that ends after the unit's start
    std::array<std::uint16_t, k_units> by_work{};  // the same in open time
    // The most pieces that end inside one unit: so many steps lead from the index to the piece, and their number does
    // not depend on what is looked up, which spares the processor a branch that it cannot predict.
    std::uint16_t steps_by_time = 0;
    std::uint16_t steps_by_work = 0;
  };
  struct Week {
    std::int32_t shift = 0;  // from the week's Monday as if local time were UTC to its first instant
    std::uint32_t pattern = 0;
    std::int64_t work_before = 0;
  };

  Zone zone;
  std::vector<Week> weeks;  // k_weeks, and one that marks the end
  std::vector<Pattern> patterns;
  std::vector<Piece> pieces;
  std::vector<std::uint32_t> business_days_before;  // by week, and their number in all
  // By open time in units of 2^work_shift seconds: the week in which the unit's first second is reached.
  std::vector<std::uint16_t> week_by_work;
  int work_shift = 0;
  std::int64_t work_until_end = 0;  // open time up to k_end

  [[nodiscard]] static bool holds(std::int64_t instant) { return instant >= k_first && instant < k_end; }
  [[nodiscard]] std::int64_t start(std::size_t week) const {
    return k_base + static_cast<std::int64_t>(week) * k_week + weeks[week].shift;
  }
  [[nodiscard]] const Pattern& pattern_of(std::size_t week) const { return patterns[weeks[week].pattern]; }

  // The week around an instant of [k_first, k_end].
  [[nodiscard]] std::size_t week_of(std::int64_t instant) const {
    const auto week = static_cast<std::uint64_t>(instant - k_base - k_most_shift) / k_week;
    return week + (instant >= start(week + 1) ? 1 : 0);
  }

  // The first piece that ends after an offset from the week's start.
  [[nodiscard]] const Piece& piece_at(const Pattern& pattern, std::int32_t offset) const {
    std::uint32_t piece = pattern.first_piece + pattern.by_time[static_cast<std::size_t>(offset >> k_unit)];
    for (int step = 0; step < pattern.steps_by_time; ++step) piece += pieces[piece].close <= offset ? 1 : 0;
    return pieces[piece];
  }
  // The piece in which an amount of the week's open time is reached.
  [[nodiscard]] const Piece& piece_of_work(const Pattern& pattern, std::int32_t amount) const {
    std::uint32_t piece = pattern.first_piece + pattern.by_work[static_cast<std::size_t>((amount - 1) >> k_unit)];
    for (int step = 0; step < pattern.steps_by_work; ++step) piece += pieces[piece].work_end < amount ? 1 : 0;
    return pieces[piece];
  }

  // Open time before an instant; before k_first and after k_end there is none.
  [[nodiscard]] std::int64_t work_at(std::int64_t instant) const {
    const std::int64_t at = std::clamp(instant, k_first, k_end);
    const std::size_t week = week_of(at);
    const auto offset = static_cast<std::int32_t>(at - start(week));
    const Piece& piece = piece_at(pattern_of(week), offset);
    return weeks[week].work_before + piece.work_end - std::min(piece.close - offset, piece.close - piece.open);
  }

  // The earliest instant before which there is this much open time: 0 < amount <= work_until_end.
  [[nodiscard]] std::int64_t instant_of(std::int64_t amount) const {
    const std::size_t week = week_of_work(amount);
    const auto rest = static_cast<std::int32_t>(amount - weeks[week].work_before);
    const Piece& piece = piece_of_work(pattern_of(week), rest);
    return start(week) + piece.close - (piece.work_end - rest);
  }

 private:
  // A unit of the index is no longer than a usual week's open time, so usually one more week is to be looked at;
  // where few weeks hold much more than the others there may be many.
  [[nodiscard]] std::size_t week_of_work(std::int64_t amount) const {
    const std::int64_t passed = amount - 1;
    std::size_t week = week_by_work[static_cast<std::size_t>(passed >> work_shift)];
    week += weeks[week + 1].work_before <= passed ? 1 : 0;
    if (weeks[week + 1].work_before > passed) [[likely]]
      return week;
    const auto after = std::upper_bound(weeks.begin() + static_cast<std::ptrdiff_t>(week), weeks.end(), passed,
                                        [](std::int64_t value, const Week& w) { return value < w.work_before; });
    return static_cast<std::size_t>(after - weeks.begin()) - 1;
  }
};

// Empty when the zone or an hour is unknown, or nothing is ever open.
std::shared_ptr<const Calendar::Table> make_table(const CalendarTerms& terms);

}  // namespace cb
