// What the cases for Jira alone need of the fake.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/conformance/writing.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

namespace cb::conformance {

inline fake_jira::Settings& settings(TrackerUnderTest& t) {
  return t.jira->state().settings;
}

inline bool is_cloud(TrackerUnderTest& t) {
  return settings(t).cloud;
}

inline bool is_desk(TrackerUnderTest& t) {
  return settings(t).service_management;
}

inline fake_jira::User& user(TrackerUnderTest& t, const std::string& name) {
  auto& users = t.jira->state().users;
  return *std::find_if(users.begin(), users.end(), [&](const auto& each) { return each.name == name; });
}

inline void take_admin_away(TrackerUnderTest& t) {
  user(t, "bridge").groups.erase("jira-administrators");
}

inline std::vector<std::string> targets(TrackerUnderTest& t, const std::string& method) {
  std::vector<std::string> out;
  for (const auto& each : t.fake->log())
    if (each.method == method) out.push_back(each.target);
  return out;
}

inline bool any_has(const std::vector<std::string>& texts, const std::string& part) {
  return noted(texts, part) > 0;
}

inline Issue issue_of(TrackerUnderTest& t, const std::string& id) {
  const auto fetched = t.open()->fetch(t.key(id));
  REQUIRE_MESSAGE(fetched.has_value(), (fetched ? "" : fetched.error().what));
  return fetched->issue;
}

}  // namespace cb::conformance
