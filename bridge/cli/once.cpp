#include "bridge/cli/once.hpp"

#include <algorithm>
#include <ostream>

#include "bridge/cli/once_text.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/sync/engine.hpp"

namespace cb {

namespace {

// On a terminal one line that is written over; elsewhere nothing, so that logs stay readable.
Progress progress_on(std::ostream& err, const std::string& tracker, bool terminal) {
  if (!terminal) return {};
  return [&err, tracker](const ProgressStep& step) {
    err << "\r\x1b[K" << tracker << ": " << step.doing << " " << step.done;
    if (step.total > 0) err << " of " << step.total;
    err << std::flush;
  };
}

std::vector<const TrackerSettings*> chosen(const OnceOptions& options, const Settings& settings) {
  std::vector<const TrackerSettings*> trackers;
  for (const auto& tracker : settings.trackers) {
    if (options.tracker.empty() || options.tracker == tracker.name) trackers.push_back(&tracker);
  }
  return trackers;
}

CycleReport not_opened(const TrackerSettings& settings, const Error& error) {
  CycleReport report;
  report.tracker = settings.name;
  report.error = error.what;
  return report;
}

std::string names_of(const Settings& settings) {
  std::string names;
  for (const auto& tracker : settings.trackers) names += (names.empty() ? "" : ", ") + tracker.name;
  return names;
}

}  // namespace

int once(const OnceOptions& options, const OnceParts& parts, std::ostream& out, std::ostream& err) {
  const auto trackers = chosen(options, parts.settings);
  if (trackers.empty()) {
    err << "there is no tracker " << options.tracker << "; configured are: " << names_of(parts.settings) << "\n";
    return k_exit_usage;
  }
  const TextBook texts(parts.settings.texts);
  std::vector<CycleReport> reports;
  int exit_code = k_exit_ok;
  for (const auto* tracker : trackers) {
    auto open = parts.open(*tracker);
    if (!open) {
      reports.push_back(not_opened(*tracker, open.error()));
      exit_code = std::max(exit_code, k_exit_wrong);
    } else {
      const EngineParts engine_parts{*open->tracker, parts.store, parts.clock,         parts.chance,
                                     parts.log,      *tracker,    parts.settings.book, texts};
      const auto progress = progress_on(err, tracker->name, options.terminal);
      Engine engine(engine_parts, {options.dry_run, options.now, options.json}, progress);
      reports.push_back(engine.run_cycle());
      if (progress) err << "\r\x1b[K" << std::flush;
      if (!reports.back().complete() || reports.back().parked > 0) exit_code = k_exit_trouble;
    }
    if (!options.json) {
      out << (reports.size() > 1 ? "\n" : "") << once_table(reports.back(), options.dry_run, options.columns);
    }
  }
  if (options.json) out << once_json(reports, options.dry_run);
  return exit_code;
}

}  // namespace cb
