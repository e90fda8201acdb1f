// Business time: opening hours of one place, as an immutable value that is cheap to copy and may be read by any
// number of threads. Opening hours and holidays are given in wall time of the calendar's zone; all results are UTC.
// The years 1970 to 2300 are answered (so that what starts in 1990 to 2200 has room to end); before and after it
// nothing is open and the answers are empty. Sources: design.md 3 and 5, the meaning of the vectors, ruling 48.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "rules/time.hpp"
#include "rules/zone.hpp"

namespace cb {

// Minutes after midnight, 0 to 1440. close <= open runs past midnight and is cut there: each piece belongs to its
// own date, so a holiday takes only the piece of its own date. At a change of the clocks, hours that begin or end
// inside the gap do so at its end; of doubled hours they begin in the first and end in the second.
struct OpeningHours {
  int open = 0;
  int close = 0;
  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

struct CalendarTerms {
  std::string timezone;
  bool always = false;                            // 24 hours on seven days
  std::array<std::vector<OpeningHours>, 7> week;  // Monday first
  std::set<Date> holidays;
  std::map<Date, std::vector<OpeningHours>> short_days;  // replace the hours of a date, and win over a holiday
};

class Calendar {
 public:
  // Empty when the zone is unknown, an hour is outside of a day, or the week and the short days never open.
  static std::optional<Calendar> make(const CalendarTerms& terms);
  // Whether an instant lies in the years that are answered.
  static bool answers(Instant instant);

  // The earliest instant at which this much open time has passed: the closing instant where it ends exactly there,
  // and `from` itself for no time at all, even outside hours.
  [[nodiscard]] std::optional<Instant> add(Instant from, BusinessTime time) const;
  // The same where the pauses (sorted and united, see united()) do not count. Empty when an open pause begins before
  // the time is used up.
  [[nodiscard]] std::optional<Instant> add(Instant from, BusinessTime time, std::span<const Span> pauses) const;
  // Open time in [from, to); negative never: zero when to <= from.
  [[nodiscard]] BusinessTime between(Instant from, Instant to) const;
  [[nodiscard]] BusinessTime between(Instant from, Instant to, std::span<const Span> pauses) const;

  [[nodiscard]] bool is_open(Instant instant) const;
  // The instant itself when open, else the next opening.
  [[nodiscard]] std::optional<Instant> next_open(Instant instant) const;
  // The end of the open interval around an open instant; empty when closed, or never closing.
  [[nodiscard]] std::optional<Instant> closing_after(Instant open_instant) const;
  // Closing time of the n-th business day after the day of receipt; n = 0 is the day of receipt. Received outside
  // opening hours is received at the next opening. A business day is a date with any open time.
  [[nodiscard]] std::optional<Instant> close_of_business_day(Instant received, int n) const;
  // Closing time of that date; of a closed date, of the last business day before it (ruling 48).
  [[nodiscard]] std::optional<Instant> closing_of(Date date) const;
  // The open intervals inside a span, for explanations.
  [[nodiscard]] std::vector<Span> open_spans(Span within) const;

  [[nodiscard]] const Zone& zone() const;

  struct Table;

 private:
  explicit Calendar(std::shared_ptr<const Table> table) : table_(std::move(table)) {}
  std::shared_ptr<const Table> table_;
};

}  // namespace cb
