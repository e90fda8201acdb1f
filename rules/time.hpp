// Time as the rules know it: instants are UTC seconds, business time is a type of its own, so that
// "instant plus business time" does not compile without a calendar. Spans are half-open. A Date is a
// calendar day without a zone; only zone.cpp turns it into instants.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb {

using Seconds = std::chrono::seconds;
using Instant = std::chrono::sys_seconds;  // always UTC
using Date = std::chrono::local_days;      // a day on the wall calendar

struct BusinessTime {
  Seconds amount{0};
  friend constexpr auto operator<=>(const BusinessTime&, const BusinessTime&) = default;
  friend constexpr BusinessTime operator+(BusinessTime a, BusinessTime b) { return {a.amount + b.amount}; }
  friend constexpr BusinessTime operator-(BusinessTime a, BusinessTime b) { return {a.amount - b.amount}; }
};

inline constexpr Instant k_never = Instant::max();  // the end of a span that is still open

struct Span {
  Instant from;
  Instant to;  // exclusive; k_never while open
  friend auto operator<=>(const Span&, const Span&) = default;
};

// Sorted, without empty or touching spans.
std::vector<Span> united(std::vector<Span> spans);

// `2026-11-22T14:30:00Z`, the only form instants have in files, JSON and the store.
std::string to_iso(Instant instant);
std::optional<Instant> instant_from_iso(std::string_view text);

// `2026-11-22`
std::string to_iso(Date date);
std::optional<Date> date_from_iso(std::string_view text);

// `4h30m`, `45m`, `90s`, `0m`, `-2h`: what people read and scenarios write (ruling 61).
std::string duration_text(Seconds amount);
std::optional<Seconds> duration_from_text(std::string_view text);

}  // namespace cb
