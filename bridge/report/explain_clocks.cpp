#include "bridge/report/explain_clocks.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "bridge/report/layout.hpp"

namespace cb {
namespace {

// Widths of the table's columns: clock, state, target, used, left; the due instant takes what it needs.
constexpr std::array<int, 5> k_widths = {14, 11, 7, 7, 7};
constexpr const char* k_indent = "      ";
// A clock that ran for months is shown by its first and last spans.
constexpr std::size_t k_all_shown = 14;
constexpr std::size_t k_shown_at_each_end = 5;

std::string time_or_dash(const std::optional<BusinessTime>& time) {
  return time ? duration_text(time->amount) : "-";
}

std::string clock_time(Seconds time_of_day) {
  const std::chrono::hh_mm_ss time{time_of_day};
  const auto two = [](auto count) { return (count < 10 ? "0" : "") + std::to_string(count); };
  auto text = two(time.hours().count()) + ":" + two(time.minutes().count());
  if (time.seconds().count() != 0) text += ":" + two(time.seconds().count());
  return text;
}

std::string day_text(Date date) {
  constexpr const char* k_days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return std::string(k_days[std::chrono::weekday(date).c_encoding()]) + " " + to_iso(date);
}

// `Thu 2026-06-11 10:00 - 18:00`
std::string span_text(const Span& span, const Zone& zone) {
  const auto from = zone.local(span.from);
  auto text = day_text(from.date) + " " + clock_time(from.time_of_day) + " - ";
  if (span.to == k_never) return text + "now";
  const auto to = zone.local(span.to);
  if (to.date != from.date) text += day_text(to.date) + " ";
  return text + clock_time(to.time_of_day);
}

Seconds length_of(const std::vector<Span>& spans) {
  Seconds sum{0};
  for (const auto& span : spans) sum += span.to - span.from;
  return sum;
}

void add_counted(std::ostringstream& out, const std::vector<Span>& spans, const Zone& zone) {
  constexpr int k_span_width = 46;
  // with seconds or over midnight a span is longer than most: two blanks part it from its length all the same
  const bool all = spans.size() <= k_all_shown;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (!all && i == k_shown_at_each_end) {
      const auto left_out = spans.size() - 2 * k_shown_at_each_end;
      const auto first = spans.begin() + static_cast<std::ptrdiff_t>(i);
      const std::vector<Span> between(first, first + static_cast<std::ptrdiff_t>(left_out));
      out << k_indent << "  " << padded("... " + std::to_string(left_out) + " more", k_span_width)
          << duration_text(length_of(between)) << '\n';
      i += left_out;
    }
    out << k_indent << "  " << padded(span_text(spans[i], zone) + "  ", k_span_width)
        << duration_text(spans[i].to - spans[i].from) << '\n';
  }
}

void add_paused(std::ostringstream& out, const std::vector<Span>& spans, const Zone& zone) {
  const bool all = spans.size() <= k_all_shown;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (!all && i == k_shown_at_each_end) {
      const auto left_out = spans.size() - 2 * k_shown_at_each_end;
      out << k_indent << "  ... " << left_out << " more\n";
      i += left_out;
    }
    out << k_indent << "  " << span_text(spans[i], zone) << '\n';
  }
}

std::string table_line(const std::array<std::string, 5>& cells, const std::string& due) {
  std::string line = "  ";
  for (std::size_t i = 0; i < cells.size(); ++i) line += padded(cells[i], k_widths[i]) + "  ";
  return line + due + "\n";
}

std::string due_text(const ClockReading& clock, const Zone& zone) {
  if (clock.due) return both_times(*clock.due, zone);
  return clock.state == ClockState::paused ? "open while it is paused" : "-";
}

void add_clock(std::ostringstream& out, const ClockReading& clock, const ContractBook& book, const Zone& zone) {
  out << table_line({to_text(clock.name), to_text(clock.state), time_or_dash(clock.target), time_or_dash(clock.used),
                     time_or_dash(clock.left)},
                    due_text(clock, zone));
  std::string facts = clock.start ? "started " + both_times(*clock.start, zone) : "no start";
  if (clock.stopped) facts += ", stopped " + both_times(*clock.stopped, zone);
  if (clock.urgent_procedure) facts += ", urgent procedure";
  if (clock.moves > 0) facts += ", fix date moved " + std::to_string(clock.moves) + " times";
  for (const auto& stated : clock.stated) {
    facts += "; " + to_iso(stated.date) + " stated by " + stated.who + ", " + both_times(stated.at, zone);
  }
  if (clock.state != ClockState::not_started) out << wrapped(k_indent, facts, 100);
  const auto calendar = book.calendars.find(clock.calendar);
  const auto& spans_zone = calendar == book.calendars.end() ? zone : calendar->second.zone();
  const auto where = (clock.calendar.empty() ? "" : " on " + clock.calendar.value) + ", " + spans_zone.name();
  if (!clock.counted.empty()) {
    out << k_indent << "counted " << duration_text(length_of(clock.counted)) << where << ":\n";
    add_counted(out, clock.counted, spans_zone);
  }
  if (!clock.paused.empty()) {
    out << k_indent << "did not count, paused" << where << ":\n";
    add_paused(out, clock.paused, spans_zone);
  }
}

}  // namespace

std::string both_times(Instant instant, const Zone& zone) {
  const auto local = zone.local(instant);
  const auto utc = Zone::utc().local(instant);
  auto text = local_text(instant, zone);
  if (zone.name() == Zone::utc().name()) return text;
  text += " (";
  if (utc.date != local.date) text += to_iso(utc.date) + " ";
  return text + clock_time(utc.time_of_day) + "Z)";
}

std::string clocks_text(const Decision& decision, const ContractBook& book, const Zone& customer_zone) {
  std::ostringstream out;
  out << "\nClocks\n";
  if (decision.clocks.empty()) out << "  no clock is measured for this issue\n";
  if (!decision.clocks.empty()) {
    out << table_line({"clock", "state", "target", "used", "left"}, "due (" + customer_zone.name() + ")");
    for (const auto& clock : decision.clocks) add_clock(out, clock, book, customer_zone);
  }
  int cycle = 0;
  for (const auto& clock : decision.past_clocks) {
    if (clock.cycle != cycle) out << "\nClocks of cycle " << clock.cycle << ", which is over\n";
    cycle = clock.cycle;
    add_clock(out, clock, book, customer_zone);
  }
  return out.str();
}

}  // namespace cb
