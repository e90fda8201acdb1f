// Local time: the only door between wall clocks and instants (zone.cpp is the only file that sees cctz). Edges are
// decided once (design.md 5): a wall time inside the spring gap means the end of the gap; of a doubled wall time the
// first is an opening, the second a closing.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "rules/time.hpp"

namespace cb {

struct WallTime {
  Date date;
  Seconds time_of_day{0};
};

class Zone {
 public:
  // By its IANA name as the zone database spells it; empty when it has none of that name. Paths are no names.
  static std::optional<Zone> find(const std::string& iana_name);
  static Zone utc();

  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] WallTime local(Instant instant) const;
  [[nodiscard]] Instant first(Date date, Seconds time_of_day) const;  // of a doubled time the first
  [[nodiscard]] Instant last(Date date, Seconds time_of_day) const;   // of a doubled time the second
  [[nodiscard]] Instant start_of(Date date) const { return first(date, Seconds{0}); }
  [[nodiscard]] std::string abbreviation(Instant instant) const;  // CET
  // The first change of the clocks after this instant; empty when there is none (or none for centuries).
  [[nodiscard]] std::optional<Instant> next_change(Instant after) const;

  struct Rules;

 private:
  explicit Zone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}
  std::shared_ptr<const Rules> rules_;
};

// Whether the clocks of the zone show this instant's wall time twice: in the hour before or after they are set back.
// Who stores wall time alone cannot store such an instant.
bool is_doubled(Instant instant, const Zone& zone);

// `2026-11-22 15:30 CET`: an instant as people of a zone read it, sortable within one zone.
std::string local_text(Instant instant, const Zone& zone);

}  // namespace cb
