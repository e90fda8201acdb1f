// Dates and times as a Bugzilla takes and gives them: custom date-times are the server's local time, written
// `YYYY-MM-DD HH:MM:SS` and read in UTC with a Z (observed.md 4); parameters of searches take a zone.
#pragma once

#include <optional>
#include <string>

#include "rules/time.hpp"
#include "tests/trackers/fake_bugzilla_state.hpp"

namespace cb::fake_bugzilla {

// `2026-11-22 15:00:00` in the server's zone.
std::string server_local(const State& state, Instant at);
// A stored local time (or date) in UTC with a Z. Of a doubled hour the second (322); a time that the clock skipped
// breaks the whole request (324).
std::string stored_as_utc(const State& state, const std::string& stored);

// A parameter that names an instant: with Z, an offset, or in the server's zone. Refuses 56; breaks for a time that the
// clock skipped.
Instant instant_parameter(const State& state, const std::string& text);

// What is written to a date or date-time field, as it will be stored. Refuses 56, 32000. Nothing: the field is cleared.
std::optional<std::string> storable_time(const State& state, const Field& field, const std::string& text);
// Whether Bugzilla takes both for the same, and so for no change (058, 063).
bool same_time(const State& state, const std::string& stored, const std::string& sent);

}  // namespace cb::fake_bugzilla
