#include "tests/faults/fault_site.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "adapters/bugzilla/bugzilla_tracker.hpp"
#include "adapters/jira/jira_tracker.hpp"
#include "adapters/redmine/redmine_tracker.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/settings/loader.hpp"
#include "tests/trackers/demo_bugzilla_seed.hpp"
#include "tests/trackers/demo_jira_seed.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_jira.hpp"
#include "tests/trackers/fake_redmine.hpp"

namespace cb::faults {

namespace {

using Json = nlohmann::ordered_json;

std::string key_of(const std::string& login) {
  return "key-of-" + login;
}

Json issue(const char* at, const char* author, const char* type, const char* priority, const char* subject) {
  return {{"at", at},
          {"author", author},
          {"project", "lms"},
          {"tracker", type},
          {"priority", priority},
          {"subject", subject},
          {"description", "What is to be done?"},
          {"fields", {{"Channel", "portal"}}},
          {"events", Json::array()}};
}

// The demo's people and fields, with issues of our own.
std::string cast_json() {
  const auto path = std::string(CB_TEST_DATA) + "/demo/issues.json";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  auto cast = Json::parse(file);
  cast["issues"] = {issue("-50m", "eva.mala", "Support", "Normal", "How are students enrolled?"),
                    issue("-45m", "olga.marsh", "Bug", "High", "The archive cannot be restored"),
                    issue("-40m", "tomas.beran", "Support", "Normal", "How are marks exported?"),
                    issue("-35m", "olga.marsh", "Bug", "High", "Printing stops"),
                    issue("-30m", "eva.mala", "Bug", "High", "The page stays empty"),
                    issue("-15m", "anna.petrova", "Support", "Normal", "How are old clients moved?")};
  return cast.dump();
}

RedmineTerms redmine_terms(const TrackerSettings& settings, const TrackerTerms& terms) {
  RedmineTerms redmine;
  redmine.name = settings.name;
  redmine.base_url = settings.url;
  redmine.api_key = key_of("contract-bridge");
  redmine.projects = settings.projects;
  redmine.read = terms.read;
  redmine.label_field = settings.label_field;
  for (const auto& [slot, field] : settings.write.fields) redmine.write[slot] = field.field;
  return redmine;
}

}  // namespace

Settings demo_settings(TrackerKind kind) {
  std::string folder = std::string(CB_SOURCE_DIR) + "/config/demo";
  if (kind == TrackerKind::bugzilla) folder += "-bugzilla";
  if (kind == TrackerKind::jira) folder += "-jira";
  auto loaded = load_settings(folder);
  if (!loaded.settings) throw std::runtime_error("the configuration in " + folder + " cannot be loaded");
  return *std::move(loaded.settings);
}

std::unique_ptr<FakeTracker> fake_with_issues(TrackerKind kind, Instant start, const std::function<Instant()>& now) {
  if (kind == TrackerKind::redmine)
    return std::make_unique<FakeRedmine>(demo_seed(cast_json(), start, key_of).state, now);
  if (kind == TrackerKind::bugzilla)
    return std::make_unique<FakeBugzilla>(demo_bugzilla_seed(cast_json(), start, key_of).state, now);
  auto state = demo_jira_seed(cast_json(), start, key_of, true).state;
  state.settings.bulk_takes = Seconds(0);  // time stands still while the adapter asks
  return std::make_unique<FakeJira>(std::move(state), now);
}

std::unique_ptr<Tracker> demo_tracker(const Settings& settings, Http& http) {
  const auto& tracker = settings.trackers.front();
  const auto& terms = settings.book.trackers.at(tracker.name);
  const auto key = key_of("contract-bridge");
  if (tracker.kind == TrackerKind::bugzilla) return make_bugzilla_tracker(bugzilla_terms(tracker, terms, key), http);
  if (tracker.kind == TrackerKind::jira) return make_jira_tracker(jira_terms(tracker, terms, key), http);
  return make_redmine_tracker(redmine_terms(tracker, terms), http);
}

}  // namespace cb::faults
