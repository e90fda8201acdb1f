// What a calendar is looked up in: weeks of local time from 1970 to 2300, each with the open time before it and one
// of a few patterns of open pieces. Most weeks share one pattern; weeks with a holiday, a short day or a change of
// the clocks have their own. Both directions (instant to open time, open time to instant) find their week by
// arithmetic and an index, and the piece inside it by counting, so that nothing is ever walked. Private to
// calendar*.cpp; instants here are plain UTC seconds.
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
  // A Monday, and so is the table's last instant (local time), some seven generations later.
  static constexpr Date k_first_date{std::chrono::local_days{std::chrono::year{1969} / 12 / 29}};
  static constexpr Date k_last_date{std::chrono::local_days{std::chrono::year{2301} / 1 / 7}};
  static constexpr std::size_t k_weeks = static_cast<std::size_t>((k_last_date - k_first_date).count() / 7);
  static constexpr std::int64_t k_base = k_first_date.time_since_epoch().count() * k_day;
  static_assert((k_last_date - k_first_date).count() % 7 == 0 && k_weeks < 65536);

  // Open pieces of a week in seconds from its start. Slots after the last piece never close and add no open time.
  static constexpr std::size_t k_slots = 8;
  struct Block {
    std::array<std::int32_t, k_slots> open, close;
    std::array<std::int32_t, k_slots> work_end;  // open time of the week up to the piece's end
  };
  struct Pattern {
    std::uint32_t first_block = 0;
    std::uint32_t blocks = 0;               // the last one has at least one free slot
    std::array<std::int32_t, 7> closing{};  // of each date, seconds from the week's start; -1 on a closed one
  };
  struct Week {
    std::int32_t shift = 0;  // from the week's Monday as if local time were UTC to its first instant
    std::uint32_t pattern = 0;
    std::int64_t work_before = 0;
  };
  struct Piece {
    std::int32_t open, close, work_end;
  };

  Zone zone;
  std::vector<Week> weeks;  // k_weeks, and one that marks the end
  std::vector<Pattern> patterns;
  std::vector<Block> blocks;
  std::vector<std::uint32_t> business_days_before;  // by week, and their number in all
  // By open time in units of 2^work_shift seconds: the week in which it is reached.
  std::vector<std::uint16_t> week_by_work;
  int work_shift = 0;

  [[nodiscard]] std::int64_t start(std::size_t week) const {
    return k_base + static_cast<std::int64_t>(week) * k_week + weeks[week].shift;
  }
  [[nodiscard]] std::int64_t begin() const { return start(0); }
  [[nodiscard]] std::int64_t end() const { return start(k_weeks); }
  [[nodiscard]] std::int64_t work() const { return weeks[k_weeks].work_before; }
  [[nodiscard]] bool holds(std::int64_t instant) const { return instant >= begin() && instant < end(); }
  [[nodiscard]] const Pattern& pattern_of(std::size_t week) const { return patterns[weeks[week].pattern]; }

  // The week around an instant that the table holds. Local time is never more than a week from UTC.
  [[nodiscard]] std::size_t week_of(std::int64_t instant) const {
    auto week = static_cast<std::size_t>(std::clamp<std::int64_t>((instant - k_base) / k_week, 0, k_weeks - 1));
    week -= instant < start(week) ? 1 : 0;
    week += instant >= start(week + 1) ? 1 : 0;
    return week;
  }

  // The first piece of a pattern that ends after `offset`, or a free slot.
  [[nodiscard]] Piece piece_at(const Pattern& pattern, std::int32_t offset) const {
    return find_piece(pattern, &Block::close, offset);
  }
  // The piece in which this much open time of the week is reached.
  [[nodiscard]] Piece piece_of_work(const Pattern& pattern, std::int32_t work) const {
    return find_piece(pattern, &Block::work_end, work - 1);
  }

  // Open time from the table's begin to an instant.
  [[nodiscard]] std::int64_t work_at(std::int64_t instant) const {
    if (instant < begin()) return 0;
    if (instant >= end()) return work();
    const std::size_t week = week_of(instant);
    const auto offset = static_cast<std::int32_t>(instant - start(week));
    const Piece piece = piece_at(pattern_of(week), offset);
    return weeks[week].work_before + piece.work_end - std::min(piece.close - offset, piece.close - piece.open);
  }

  // The earliest instant at which this much open time has passed since the table's begin: 0 < amount <= work().
  [[nodiscard]] std::int64_t instant_of(std::int64_t amount) const {
    const std::size_t week = week_of_work(amount);
    const auto rest = static_cast<std::int32_t>(amount - weeks[week].work_before);
    const Piece piece = piece_of_work(pattern_of(week), rest);
    return start(week) + piece.close - (piece.work_end - rest);
  }

 private:
  // A unit of the index is no longer than a usual week's open time, so the next week is the most that is left to
  // look at; only where few weeks hold much more than the others there may be several.
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

  // The first piece whose `key` is greater than the limit. Counting eight at once has no branch to mispredict.
  [[nodiscard]] Piece find_piece(const Pattern& pattern, std::array<std::int32_t, k_slots> Block::*key,
                                 std::int32_t limit) const {
    const Block* block = &blocks[pattern.first_block];
    if (pattern.blocks > 1) {
      block = std::partition_point(block, block + pattern.blocks - 1,
                                   [&](const Block& b) { return (b.*key)[k_slots - 1] <= limit; });
    }
    std::size_t slot = 0;
    for (const std::int32_t value : block->*key) slot += value <= limit ? 1 : 0;
    return {block->open[slot], block->close[slot], block->work_end[slot]};
  }
};

// Empty when the zone or an hour is unknown, or nothing is ever open.
std::shared_ptr<const Calendar::Table> make_table(const CalendarTerms& terms);

}  // namespace cb
