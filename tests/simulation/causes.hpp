// Why somebody outside the trackers is told: what a decision says of clocks and of the urgent procedure, found by means
// of their own, so that what the bridge tells can be compared with it.
#pragma once

#include <string>
#include <vector>

#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb::simulation {

struct NewsCause {
  NotificationEvent event = NotificationEvent::risk;
  std::string clock;  // empty: the urgent procedure
  std::string due;    // ISO; of the urgent procedure since when
  std::string id;     // what makes it the same cause, whatever else changes
};

std::string word_of(NotificationEvent event);

// The bridge keeps quiet about what happened longer ago. Seconds pass while it decides.
inline constexpr Seconds k_certain_news{3 * 24 * 3600 - 600};
inline constexpr Seconds k_possible_news{3 * 24 * 3600 + 600};

// Of a decision as the store holds it; as of then, and of what happened within `news`.
std::vector<NewsCause> causes_in(const std::string& decision, const std::string& issue, Instant now, Seconds news);

// The same of what the store holds of the issue, decided by the rules anew; none where it holds nothing.
std::vector<NewsCause> causes_now(const IssueKey& key, const Settings& settings, Store& store, Instant now);

}  // namespace cb::simulation
