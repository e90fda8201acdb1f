#include "rules/timeline.hpp"

#include <algorithm>

#include "rules/roles.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

// Which changes of the history are those of one source.
auto changes_of(Attribute attribute) {
  return [attribute](const FieldChange& change) { return change.what == attribute; };
}

auto changes_of_field(const std::string& field) {
  return
      [&field](const FieldChange& change) { return change.what == Attribute::field && same_name(change.name, field); };
}

auto changes_of_label(const std::string& label) {
  return [&label](const FieldChange& change) {
    return change.what == Attribute::label && (same_name(change.from, label) || same_name(change.to, label));
  };
}

std::string present_label(const std::string& label, const Issue& issue) {
  return contains_name(issue.labels, label) ? label : std::string();
}

// Values over time: the first change's old value stands at registration, else the present value.
template <class Wanted>
std::vector<ValueChange> walk(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now,
                              const std::string& present, const Wanted& wanted) {
  std::vector<ValueChange> out{{issue.created, present, role_of(issue.reporter, tracker, book), &issue.reporter}};
  bool first = true;
  for (const auto& event : issue.history) {
    for (const auto& change : event.changes) {
      if (!wanted(change)) continue;
      if (first) out.front().value = change.from;
      first = false;
      if (event.at > now) return out;
      out.push_back({event.at, change.to, role_of(event.by, tracker, book), &event.by});
    }
  }
  return out;
}

// As walk(), of which only the last value is kept.
template <class Wanted>
std::string last(const Issue& issue, Instant now, const std::string& present, const Wanted& wanted) {
  const std::string* value = &present;
  bool first = true;
  for (const auto& event : issue.history) {
    for (const auto& change : event.changes) {
      if (!wanted(change)) continue;
      if (first) value = &change.from;
      first = false;
      if (event.at > now) return *value;
      value = &change.to;
    }
  }
  return *value;
}

template <class Wanted>
bool any_change(const Issue& issue, const Wanted& wanted) {
  return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
    return std::any_of(event.changes.begin(), event.changes.end(), wanted);
  });
}

// The value once everything of that instant has happened.
const std::string& value_at(const std::vector<ValueChange>& values, Instant at) {
  const auto after =
      std::find_if(values.begin() + 1, values.end(), [&](const ValueChange& each) { return each.at > at; });
  return std::prev(after)->value;
}

bool changes_at(const std::vector<ValueChange>& values, Instant at) {
  return std::any_of(values.begin(), values.end(), [&](const ValueChange& each) { return each.at == at; });
}

// A resolution belongs to a status of the same instant; one that changes later may move the phase by itself.
void read_phases(Timeline& out, const std::vector<ValueChange>& statuses, const std::vector<ValueChange>& resolutions,
                 const TrackerTerms& tracker) {
  const auto enter = [&](const ValueChange& change, Phase phase) {
    if (!out.phases.empty() && out.phases.back().phase == phase) return;
    out.phases.push_back({change.at, phase, change.by, change.who});
  };
  auto resolution = resolutions.begin();
  const auto enter_resolutions_before = [&](const std::string& status, Instant end) {
    for (; resolution != resolutions.end() && resolution->at < end; ++resolution) {
      if (changes_at(statuses, resolution->at)) continue;
      if (const auto phase = phase_of(status, resolution->value, tracker)) enter(*resolution, *phase);
    }
  };
  const std::string* status = nullptr;
  for (const auto& change : statuses) {
    if (status != nullptr) enter_resolutions_before(*status, change.at);
    status = &change.value;
    if (const auto phase = phase_of(change.value, value_at(resolutions, change.at), tracker)) {
      enter(change, *phase);
    } else {
      out.unmapped_statuses.push_back(change.value);
    }
  }
  enter_resolutions_before(*status, k_never);
  if (!phase_of(*status, resolutions.back().value, tracker)) {
    out.problem = "the status \"" + *status + "\" belongs to no phase of tracker " + tracker.name;
  } else if (!out.phases.empty() && out.phases.front().at > statuses.front().at) {
    // the status at registration is unmapped: nothing else is known of that time than that it waited for us
    out.phases.insert(out.phases.begin(),
                      {statuses.front().at, Phase::waiting_for_us, statuses.front().by, statuses.front().who});
  }
}

}  // namespace

std::optional<Phase> phase_of(const std::string& status, const std::string& resolution, const TrackerTerms& tracker) {
  const auto& phases = tracker.statuses;
  auto found = resolution.empty() ? phases.end() : phases.find(folded(status + " " + resolution));
  if (found == phases.end()) found = phases.find(folded(status));
  return found == phases.end() ? std::nullopt : std::optional(found->second);
}

Priority stated_priority(const std::string& word, const TrackerTerms& tracker) {
  if (const auto neutral = priority_from_text(word)) return *neutral;
  const auto found = tracker.priorities.find(folded(word));
  return found == tracker.priorities.end() ? Priority::normal : found->second;
}

std::vector<ValueChange> values_of(Attribute attribute, const std::string& present, const Issue& issue,
                                   const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  return walk(issue, tracker, book, now, present, changes_of(attribute));
}

std::vector<ValueChange> values_of(const Source& source, const Issue& issue, const TrackerTerms& tracker,
                                   const ContractBook& book, Instant now) {
  if (!source.field.empty()) {
    return walk(issue, tracker, book, now, field_value(issue, source.field), changes_of_field(source.field));
  }
  return walk(issue, tracker, book, now, present_label(source.label, issue), changes_of_label(source.label));
}

std::string last_value_of(Attribute attribute, const std::string& present, const Issue& issue, Instant now) {
  return last(issue, now, present, changes_of(attribute));
}

std::string last_value_of(const Source& source, const Issue& issue, Instant now) {
  if (!source.field.empty()) return last(issue, now, field_value(issue, source.field), changes_of_field(source.field));
  return last(issue, now, present_label(source.label, issue), changes_of_label(source.label));
}

bool was_changed(const Source& source, const Issue& issue) {
  if (!source.field.empty()) return any_change(issue, changes_of_field(source.field));
  return any_change(issue, changes_of_label(source.label));
}

std::vector<ValueChange> flag_values_of(const std::string& flag, const Issue& issue, const TrackerTerms& tracker,
                                        const ContractBook& book, Instant now) {
  return walk(issue, tracker, book, now, {}, [&](const FieldChange& change) {
    return change.what == Attribute::flag && same_name(change.name, flag);
  });
}

ValueChange evidence_of(const std::vector<ValueChange>& values) {
  const auto ours = std::find_if(values.rbegin(), std::prev(values.rend()),
                                 [](const ValueChange& change) { return is_ours(change.by); });
  return *ours;  // none: the value at registration
}

Timeline read_timeline(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  Timeline out;
  out.reporter = role_of(issue.reporter, tracker, book);
  if (!issue.history_known) out.problem = "tracker " + tracker.name + " did not tell the history of this issue";
  const auto later = [](const Event& a, const Event& b) { return a.at < b.at; };
  if (!std::is_sorted(issue.history.begin(), issue.history.end(), later)) {
    out.problem = "the history of this issue is out of order";
  }
  read_phases(out, values_of(Attribute::status, issue.status, issue, tracker, book, now),
              values_of(Attribute::resolution, issue.resolution, issue, tracker, book, now), tracker);
  for (const auto& change : values_of(Attribute::priority, issue.priority, issue, tracker, book, now)) {
    const auto priority = stated_priority(change.value, tracker);
    if (out.priorities.empty() || out.priorities.back().priority != priority) {
      out.priorities.push_back({change.at, priority});
    }
  }
  for (const auto& event : issue.history) {
    if (event.at > now) break;
    if (!event.comment) continue;
    out.comments.push_back(
        {event.at, event.comment->visibility == Visibility::everybody, role_of(event.by, tracker, book), &event.by});
  }
  return out;
}

}  // namespace cb
