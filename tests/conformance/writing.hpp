// How the cases write: changes in short, applied at the revision that was read last.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/conformance/trackers_under_test.hpp"

namespace cb::conformance {

inline Changes fields(std::map<Slot, Shown> values) {
  Changes changes;
  changes.fields = std::move(values);
  return changes;
}

inline Changes comment(Visibility visibility, const std::string& text, const std::string& reference) {
  Changes changes;
  changes.comments = {{visibility, text, reference}};
  return changes;
}

inline Changes assigned_to(const PersonRef& person) {
  Changes changes;
  changes.assign = person;
  return changes;
}

inline Changes copied_to(std::vector<PersonRef> people) {
  Changes changes;
  changes.copy = std::move(people);
  return changes;
}

inline std::string assignee(const Fetched& fetched) {
  return fetched.issue.assignee ? fetched.issue.assignee->name : "nobody";
}

inline Revision revision(TrackerUnderTest& t, Tracker& tracker, const std::string& id) {
  const auto fetched = tracker.fetch(t.key(id));
  REQUIRE_MESSAGE(fetched.has_value(), (fetched ? "" : fetched.error().what));
  return fetched->issue.revision;
}

inline Result<Applied> apply(TrackerUnderTest& t, Tracker& tracker, const std::string& id, const Changes& changes) {
  return tracker.apply(t.key(id), changes, revision(t, tracker, id));
}

inline Applied applied(TrackerUnderTest& t, Tracker& tracker, const std::string& id, const Changes& changes) {
  auto result = apply(t, tracker, id, changes);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what));
  return *result;
}

inline int noted(const std::vector<std::string>& notes, const std::string& text) {
  return static_cast<int>(std::count_if(notes.begin(), notes.end(),
                                        [&](const std::string& note) { return note.find(text) != std::string::npos; }));
}

// How often the field of that name was changed.
inline int changes_of(const std::vector<Event>& history, const std::string& field) {
  int count = 0;
  for (const auto& event : history)
    for (const auto& change : event.changes)
      if (change.what == Attribute::field && change.name == field) ++count;
  return count;
}

inline bool mentions(const std::vector<std::string>& sentences, const std::string& word) {
  return noted(sentences, word) > 0;
}

}  // namespace cb::conformance
