// The three fake trackers with the same issues in them, seeded as the demo is.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bridge/settings/settings.hpp"
#include "tests/trackers/fake_tracker.hpp"

namespace cb::faults {

// The configuration of the demo for that kind.
Settings demo_settings(TrackerKind kind);

std::unique_ptr<FakeTracker> fake_with_issues(TrackerKind kind, Instant start, const std::function<Instant()>& now);

// The adapter with the demo's configuration and the key of the bridge's account.
std::unique_ptr<Tracker> demo_tracker(const Settings& settings, Http& http);

}  // namespace cb::faults
