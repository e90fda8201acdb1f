#include "bridge/cli/named_issue.hpp"

#include <algorithm>
#include <ostream>

namespace cb {

namespace {

std::string tracker_names(const Settings& settings) {
  std::string names;
  for (const auto& tracker : settings.trackers) names += (names.empty() ? "" : ", ") + tracker.name;
  return names;
}

}  // namespace

std::optional<NamedIssue> named_issue(const std::string& text, const Settings& settings, std::ostream& err) {
  const auto mark = text.find('#');
  const auto name = mark == std::string::npos ? std::string() : text.substr(0, mark);
  const auto id = mark == std::string::npos ? text : text.substr(mark + 1);
  const auto refuse = [&](const std::string& why) {
    err << "contract-bridge: '" << text << "' " << why << "; the trackers are: " << tracker_names(settings) << "\n";
    return std::nullopt;
  };
  if (id.empty()) return refuse("is not an issue; expected TRACKER#ID, as support#123");
  if (mark == std::string::npos) {
    if (settings.trackers.size() != 1) return refuse("does not say which tracker; expected TRACKER#ID");
    return NamedIssue{{settings.trackers.front().name, id}, &settings.trackers.front()};
  }
  const auto tracker = std::find_if(settings.trackers.begin(), settings.trackers.end(),
                                    [&](const auto& each) { return each.name == name; });
  if (tracker == settings.trackers.end()) return refuse("names a tracker that is not configured");
  return NamedIssue{{name, id}, &*tracker};
}

}  // namespace cb
