#include "rules/calendar.hpp"

#include <algorithm>

#include "rules/calendar_table.hpp"

namespace cb {

namespace {

using Table = Calendar::Table;

std::int64_t seconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}
Instant instant_of(std::int64_t seconds) {
  return Instant{Seconds{seconds}};
}

// The instant at which `time` has passed after `passed`, both open time; empty beyond the table's end.
std::optional<Instant> after(const Table& table, std::int64_t passed, BusinessTime time) {
  if (time.amount.count() > table.work_until_end - passed) return std::nullopt;
  return instant_of(table.instant_of(passed + time.amount.count()));
}

// How many business days there are from the table's begin up to and including a date.
std::size_t business_days_until(const Table& table, Date date) {
  if (date < Table::k_first_date) return 0;
  if (date >= Table::k_last_date) return table.business_days_before.back();
  const auto day = static_cast<std::size_t>((date - Table::k_first_date).count());
  const auto& closing = table.pattern_of(day / 7).closing;
  const auto in_week = std::count_if(closing.begin(), closing.begin() + static_cast<std::ptrdiff_t>(day % 7 + 1),
                                     [](std::int32_t offset) { return offset >= 0; });
  return table.business_days_before[day / 7] + static_cast<std::size_t>(in_week);
}

// Closing of the business day of that number, from 1; empty when the table has none.
std::optional<Instant> closing_of_business_day(const Table& table, std::size_t number) {
  const auto& before = table.business_days_before;
  if (number == 0 || number > before.back()) return std::nullopt;
  const auto next = std::lower_bound(before.begin(), before.end(), number);
  const auto week = static_cast<std::size_t>(next - before.begin()) - 1;
  std::size_t left = number - before[week];
  for (const std::int32_t offset : table.pattern_of(week).closing) {
    if (offset >= 0 && --left == 0) return instant_of(table.start(week) + offset);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Calendar> Calendar::make(const CalendarTerms& terms) {
  auto table = make_table(terms);
  if (!table) return std::nullopt;
  return Calendar{std::move(table)};
}

bool Calendar::answers(Instant instant) {
  return Table::holds(seconds_of(instant));
}

std::optional<Instant> Calendar::add(Instant from, BusinessTime time) const {
  if (time.amount <= Seconds{0}) return from;
  if (!Table::holds(seconds_of(from))) return std::nullopt;
  return after(*table_, table_->work_at(seconds_of(from)), time);
}

std::optional<Instant> Calendar::add(Instant from, BusinessTime time, std::span<const Span> pauses) const {
  if (time.amount <= Seconds{0}) return from;
  if (!Table::holds(seconds_of(from))) return std::nullopt;
  std::int64_t passed = table_->work_at(seconds_of(from));
  std::int64_t left = time.amount.count();
  for (const Span& pause : pauses) {
    if (pause.to <= from) continue;
    const std::int64_t until_pause = table_->work_at(seconds_of(std::max(pause.from, from)));
    if (until_pause - passed >= left) break;
    if (pause.to == k_never) return std::nullopt;
    left -= until_pause - passed;
    passed = table_->work_at(seconds_of(pause.to));
  }
  return after(*table_, passed, {Seconds{left}});
}

BusinessTime Calendar::between(Instant from, Instant to) const {
  if (to <= from) return {};
  return {Seconds{table_->work_at(seconds_of(to)) - table_->work_at(seconds_of(from))}};
}

BusinessTime Calendar::between(Instant from, Instant to, std::span<const Span> pauses) const {
  BusinessTime result = between(from, to);
  for (const Span& pause : pauses) result = result - between(std::max(from, pause.from), std::min(to, pause.to));
  return result;
}

bool Calendar::is_open(Instant instant) const {
  const std::int64_t at = seconds_of(instant);
  if (!Table::holds(at)) return false;
  const std::size_t week = table_->week_of(at);
  const auto offset = static_cast<std::int32_t>(at - table_->start(week));
  return table_->piece_at(table_->pattern_of(week), offset).open <= offset;
}

// One second of open time from an instant on ends one second after the opening that is looked for.
std::optional<Instant> Calendar::next_open(Instant instant) const {
  const auto second_later = add(instant, {Seconds{1}});
  if (!second_later) return std::nullopt;
  return *second_later - Seconds{1};
}

// Where pieces touch from week to week, the last week that is open without a break is found by halving: up to its
// start as much open time as time has passed.
std::optional<Instant> Calendar::closing_after(Instant open_instant) const {
  if (!is_open(open_instant)) return std::nullopt;
  const Table& table = *table_;
  const std::int64_t at = seconds_of(open_instant);
  const std::int64_t passed = table.work_at(at);
  const std::size_t week = table.week_of(at);
  const auto unbroken = [&](std::size_t w) { return table.weeks[w].work_before - passed == table.start(w) - at; };
  std::size_t last = week;
  for (std::size_t broken = Table::k_weeks + 1; broken - last > 1;) {
    const std::size_t middle = last + (broken - last) / 2;
    (unbroken(middle) ? last : broken) = middle;
  }
  if (last == Table::k_weeks) return std::nullopt;
  const std::int64_t inside = std::max(at, table.start(last));
  const auto piece = table.piece_at(table.pattern_of(last), static_cast<std::int32_t>(inside - table.start(last)));
  if (piece.open > inside - table.start(last)) return instant_of(table.start(last));
  return instant_of(table.start(last) + piece.close);
}

std::optional<Instant> Calendar::close_of_business_day(Instant received, int n) const {
  const auto receipt = next_open(received);
  if (!receipt || n < 0) return std::nullopt;
  const std::size_t day_of_receipt = business_days_until(*table_, table_->zone.local(*receipt).date);
  return closing_of_business_day(*table_, day_of_receipt + static_cast<std::size_t>(n));
}

std::optional<Instant> Calendar::closing_of(Date date) const {
  return closing_of_business_day(*table_, business_days_until(*table_, date));
}

std::vector<Span> Calendar::open_spans(Span within) const {
  std::vector<Span> spans;
  auto from = next_open(std::max(within.from, instant_of(Table::k_first)));
  while (from && *from < within.to) {
    const Instant to = std::min(within.to, closing_after(*from).value_or(instant_of(Table::k_end)));
    spans.push_back({*from, to});
    if (to >= within.to) break;
    from = next_open(to);
  }
  return spans;
}

const Zone& Calendar::zone() const {
  return table_->zone;
}

}  // namespace cb
