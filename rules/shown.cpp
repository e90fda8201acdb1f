#include "rules/shown.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb {
namespace {

bool says(const FieldChange& change, const Source& source) {
  if (!source.label.empty()) return change.what == Attribute::label && same_name(change.to, source.label);
  return change.what == Attribute::field && same_name(change.name, source.field) && same_name(change.to, source.value);
}

}  // namespace

std::vector<Instant> shown_as_pool(const Issue& issue, const TrackerTerms& tracker, Instant now) {
  std::vector<Instant> out;
  for (const auto& event : issue.history) {
    if (event.at > now || !event.by.self) continue;
    const bool shows = std::any_of(event.changes.begin(), event.changes.end(), [&](const FieldChange& change) {
      return std::any_of(tracker.shows_pool.begin(), tracker.shows_pool.end(),
                         [&](const Source& source) { return says(change, source); });
    });
    if (shows) out.push_back(event.at);
  }
  return out;
}

bool is_within(const std::vector<Instant>& times, const Cycle& cycle) {
  return std::any_of(times.begin(), times.end(), [&](Instant at) { return cycle.start <= at && at < cycle.end; });
}

}  // namespace cb
