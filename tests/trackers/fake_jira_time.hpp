// Times as Jira writes and reads them.
#pragma once

#include <optional>
#include <string>

#include "tests/trackers/fake_jira_state.hpp"

namespace cb::fake_jira {

// `2026-05-01T10:00:00.000+0300` in that zone.
std::string jira_time(Moment at, const std::string& zone);
// `2026-05-01T10:00:00+0300`, as Service Management writes it.
std::string iso_time(Moment at, const std::string& zone);
// `03/May/26 10:00 AM`, as histories show it.
std::string friendly_time(Moment at, const std::string& zone);
// A date-time that a field takes: with milliseconds or none, an offset without a colon, or Z. Nothing for any other
// form. trackers.md C7: a colon, six digits of a fraction and a missing fraction are refused.
std::optional<Moment> field_time(const std::string& text);
// `2026-05-01` or nothing.
std::optional<std::string> field_date(const std::string& text);
// A time in JQL, in that zone: `2026/05/01 10:00`, `2026-05-01 10:00`, either as a date alone, or a period before now
// like `-30m` or `-1d 2h`. Minutes are the finest.
std::optional<Moment> jql_time(const std::string& text, Instant now, const std::string& zone);
// `2h 30m`
std::string friendly_duration(Seconds amount);
long long epoch_millis(Moment at);
Moment moment_of(long long millis);

}  // namespace cb::fake_jira
