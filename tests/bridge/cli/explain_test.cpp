#include "bridge/cli/explain.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/cli/options.hpp"
#include "tests/support/memory_store.hpp"

using namespace cb;

namespace {

// One issue, told as it is; anything else is not known, and nothing may be written.
class OneIssue final : public Tracker {
 public:
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override { return Identity{}; }
  Result<Survey> survey() override { return Survey{}; }
  Result<Page> changed_since(std::optional<Instant>, const std::optional<std::string>&) override { return Page{}; }
  Result<Fetched> fetch(const IssueKey& key) override {
    if (key != IssueKey{"support", "7"})
      return failure(ErrorKind::not_found, "reading " + to_text(key) + ": the tracker does not know it");
    Fetched fetched;
    fetched.issue.key = key;
    fetched.issue.status = "New";
    fetched.issue.summary = "Login does nothing";
    fetched.issue.created = *instant_from_iso("2026-06-09T07:00:00Z");
    fetched.shown[Slot::billing] = Shown{"free", {}};
    fetched.flags["entitled"] = "+";
    return fetched;
  }
  Result<Applied> apply(const IssueKey&, const Changes&, const Revision&) override {
    FAIL("explain wrote to the tracker");
    return Applied{};
  }

 private:
  Capabilities capabilities_ = [] {
    Capabilities can;
    can.flags = true;
    can.transitions = true;
    can.page_links = true;
    can.record = true;
    return can;
  }();
};

Settings settings_of(const std::vector<std::string>& trackers) {
  Settings settings;
  for (const auto& name : trackers) {
    TrackerSettings tracker;
    tracker.name = name;
    tracker.write.fields[Slot::billing] = WriteField{"Billing"};
    settings.trackers.push_back(tracker);
    settings.book.trackers[name].name = name;
    settings.book.trackers[name].statuses = {{"new", Phase::waiting_for_us}};
  }
  return settings;
}

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
  int opened = 0;
};

Outcome run(const Settings& settings, const std::string& issue, bool json = false,
            std::optional<Error> cannot_open = std::nullopt) {
  Outcome outcome;
  std::ostringstream out;
  std::ostringstream err;
  Log log(LogLevel::warning, Log::Form::human, err);
  const auto open = [&](const TrackerSettings&) -> Result<OpenTracker> {
    ++outcome.opened;
    if (cannot_open) return Failure(*cannot_open);
    OpenTracker tracker;
    tracker.tracker = std::make_unique<OneIssue>();
    return tracker;
  };
  const auto store = []() -> std::unique_ptr<Store> { return std::make_unique<MemoryStore>(); };
  outcome.exit_code =
      explain({issue, *instant_from_iso("2026-06-09T08:00:00Z"), json}, {settings, log, open, store}, out, err);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

}  // namespace

TEST_CASE("the issue's name finds its tracker") {
  struct Row {
    const char* name;
    std::vector<std::string> trackers;
    const char* issue;
    int exit_code;
    const char* says;
  };
  const Row rows[] = {{"whole name", {"support", "other"}, "support#7", k_exit_ok, ""},
                      {"id alone with one tracker", {"support"}, "7", k_exit_ok, ""},
                      {"id alone with two trackers", {"support", "other"}, "7", k_exit_usage, "support, other"},
                      {"unknown tracker", {"support"}, "suport#7", k_exit_usage, "support"},
                      {"no id", {"support"}, "support#", k_exit_usage, "TRACKER#ID"},
                      {"nothing", {"support"}, "", k_exit_usage, "TRACKER#ID"},
                      {"unknown issue", {"support"}, "support#8", k_exit_trouble, "support#8"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto outcome = run(settings_of(row.trackers), row.issue);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == row.exit_code);
    CHECK(outcome.out.empty() == (row.exit_code != k_exit_ok));
    CHECK(outcome.err.find(row.says) != std::string::npos);
    if (row.exit_code == k_exit_usage) CHECK(outcome.opened == 0);
  }
}

TEST_CASE("the chain ends with what would be written") {
  const auto outcome = run(settings_of({"support"}), "7");
  CHECK(outcome.out.find("support#7") != std::string::npos);
  CHECK(outcome.out.find("What would be written") != std::string::npos);
  CHECK(outcome.out.find("billing: free -> undecided") != std::string::npos);
}

TEST_CASE("flags that would change stand among what would be written") {
  auto settings = settings_of({"support"});
  settings.trackers.front().write.flags = {{"entitled", "entitled", "+"}, {"undecided", "entitled", "?"}};
  CHECK(run(settings, "7").out.find("  flag: entitled+ -> entitled?\n") != std::string::npos);
  settings.trackers.front().write.flags = {{"entitled", "entitled", "+"}, {"undecided", "look", "?"}};
  const auto text = run(settings, "7").out;
  CHECK(text.find("  flag: entitled+ -> entitled (not set)\n") != std::string::npos);
  CHECK(text.find("  flag: look (not set) -> look?\n") != std::string::npos);
}

TEST_CASE("a change of status, the link to the page and the record stand there, too, where they are configured") {
  auto settings = settings_of({"support"});
  auto& tracker = settings.trackers.front();
  CHECK(run(settings, "7").out.find("record") == std::string::npos);
  tracker.write.transitions = {{"undecided", "New", "In Triage"}};
  tracker.write.pages = "https://support.vendor.example";
  tracker.write.property = "contract-bridge";
  const auto text = run(settings, "7").out;
  CHECK(text.find("  status: New -> In Triage\n") != std::string::npos);
  CHECK(text.find("  link to https://support.vendor.example/issues/support/7\n") != std::string::npos);
  CHECK(text.find("  record of the decision: {\"format\":1,\"issue\":\"support#7\",") != std::string::npos);
}

TEST_CASE("as JSON the decision stands alone") {
  const auto outcome = run(settings_of({"support"}), "7", true);
  const auto json = nlohmann::json::parse(outcome.out);
  CHECK(json.at("issue") == "support#7");
  CHECK(json.at("billing") == "undecided");
}

TEST_CASE("a tracker that cannot be opened is a wrong configuration") {
  const auto outcome =
      run(settings_of({"support"}), "7", false, Error{ErrorKind::denied, "REDMINE_API_KEY is not set", {}});
  CHECK(outcome.exit_code == k_exit_wrong);
  CHECK(outcome.err.find("REDMINE_API_KEY is not set") != std::string::npos);
}
