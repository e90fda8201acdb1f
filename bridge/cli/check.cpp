#include "bridge/cli/check.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "bridge/cli/check_secrets.hpp"
#include "bridge/settings/scenario.hpp"

namespace cb {
namespace {

using SortedJson = nlohmann::json;

const char* word_of(TrackerFinding::Level level) {
  switch (level) {
    case TrackerFinding::Level::error:
      return "error";
    case TrackerFinding::Level::warning:
      return "warning";
    case TrackerFinding::Level::note:
      break;
  }
  return "note";
}

// Worked examples of the folder are part of the configuration.
void check_scenarios(const Settings& settings, std::vector<Problem>& problems) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<std::string> paths;
  for (fs::directory_iterator entry(fs::path(settings.folder) / "scenarios", failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (entry->path().extension() == ".yaml") paths.push_back(entry->path().string());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    const auto file = read_scenarios(path, settings.book, std::nullopt);
    problems.insert(problems.end(), file.problems.begin(), file.problems.end());
  }
}

// The tracker's name stands before each finding; errors of the tracker begin with it too.
std::vector<TrackerFinding> failed(const TrackerSettings& tracker, const Error& error) {
  const auto name = "tracker " + tracker.name + ": ";
  const bool twice = error.what.rfind(name, 0) == 0;
  return {{TrackerFinding::Level::error, twice ? error.what.substr(name.size()) : error.what}};
}

std::vector<TrackerFinding> ask(const TrackerSettings& tracker, const Settings& settings,
                                const OpenTrackerFunction& open) {
  auto opened = open(tracker, settings);
  if (!opened) return failed(tracker, opened.error());
  const auto survey = opened->tracker->survey();
  if (!survey) return failed(tracker, survey.error());
  return compare_tracker(*survey, opened->tracker->capabilities(), tracker, settings.book);
}

// Counts and prints, in either form.
class CheckReport {
 public:
  CheckReport(bool json, std::ostream& out, std::ostream& err) : json_(json), out_(out), err_(err) {}

  void problem(const Problem& problem) {
    const bool error = problem.level == Problem::Level::error;
    ++(error ? errors_ : warnings_);
    if (!json_) {
      err_ << to_text(problem) << "\n";
      return;
    }
    problems_.push_back({{"file", problem.file},
                         {"line", problem.line},
                         {"column", problem.column},
                         {"level", error ? "error" : "warning"},
                         {"text", problem.text}});
  }

  void finding(const std::string& tracker, const TrackerFinding& finding) {
    if (finding.level == TrackerFinding::Level::error) ++errors_;
    if (finding.level == TrackerFinding::Level::warning) ++warnings_;
    if (json_) {
      trackers_.push_back({{"tracker", tracker}, {"level", word_of(finding.level)}, {"text", finding.text}});
    } else {
      (finding.level == TrackerFinding::Level::note ? out_ : err_)
          << "tracker " << tracker << ": " << word_of(finding.level) << ": " << finding.text << "\n";
    }
  }

  int finish(const std::string& folder, bool offline) {
    if (json_) {
      const SortedJson object{{"config", folder},     {"offline", offline},    {"ok", errors_ == 0},
                              {"errors", errors_},    {"warnings", warnings_}, {"problems", problems_},
                              {"trackers", trackers_}};
      out_ << object.dump(2, ' ', false, SortedJson::error_handler_t::replace) << "\n";
    } else if (errors_ > 0) {
      err_ << count(errors_, "error") << ", " << count(warnings_, "warning") << "\n";
    } else {
      out_ << folder << " is good: no errors, " << count(warnings_, "warning")
           << (offline ? " (the trackers were not asked)" : "") << "\n";
    }
    return errors_ > 0 ? 1 : 0;
  }

 private:
  static std::string count(int number, const std::string& noun) {
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
  }

  bool json_;
  std::ostream& out_;
  std::ostream& err_;
  int errors_ = 0;
  int warnings_ = 0;
  SortedJson problems_ = SortedJson::array();
  SortedJson trackers_ = SortedJson::array();
};

}  // namespace

int check(const CheckOptions& options, const OpenTrackerFunction& open, std::ostream& out, std::ostream& err) {
  auto loaded = load_settings(options.config);
  if (loaded.settings) check_scenarios(*loaded.settings, loaded.problems);
  if (loaded.settings && !options.offline) {
    const auto secrets = secret_problems(*loaded.settings);
    loaded.problems.insert(loaded.problems.end(), secrets.begin(), secrets.end());
  }
  CheckReport report(options.json, out, err);
  for (const auto& problem : loaded.problems) report.problem(problem);
  if (loaded.settings && !options.offline) {
    for (const auto& tracker : loaded.settings->trackers) {
      for (const auto& finding : ask(tracker, *loaded.settings, open)) report.finding(tracker.name, finding);
    }
  }
  return report.finish(options.config, options.offline);
}

}  // namespace cb
