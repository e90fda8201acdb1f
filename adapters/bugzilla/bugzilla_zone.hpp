// A Bugzilla server's wall clock. 5.0 to 5.3 keep date-times as wall time of the server, take them so and give them as
// UTC; history holds them as they are kept (observed.md 4). Of a wall time that comes twice the server reads the second
// one; a wall time that never comes is taken and makes the bug unreadable.
#pragma once

#include <optional>
#include <string>

#include "rules/time.hpp"
#include "rules/zone.hpp"

namespace cb {

// `2026-11-22 15:00:00`, also without seconds or time of day, as the server reads it; empty for any other text and for
// a wall time that never comes.
std::optional<Instant> bugzilla_instant(const std::string& server_local, const Zone& zone);

// `2026-11-22 15:00:00`
std::string bugzilla_wall_text(const WallTime& wall);

// What is to be sent for an instant, so that exactly this instant is read back; empty when the zone's clocks show its
// wall time twice (is_doubled), or no four digits write its year. Never a wall time that does not come.
std::optional<std::string> bugzilla_date_time(Instant instant, const Zone& zone);

// A date field (type 9) is read as the UTC instant of the server's midnight, which may be the day before: gives
// `2026-05-03`. What is no midnight of the server, or cannot be told for want of a zone, stays as it was read.
std::string bugzilla_date(const std::string& read, const std::optional<Zone>& zone);

// The zone that the server names when it breaks off at a wall time that does not come: "Invalid local time for date in
// time zone: Europe/Berlin" (recording 324).
std::optional<std::string> bugzilla_zone_in(const std::string& message);

}  // namespace cb
