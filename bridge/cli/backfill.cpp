#include "bridge/cli/backfill.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "bridge/cli/options.hpp"
#include "bridge/cli/progress_bar.hpp"
#include "bridge/sync/engine.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

// Where a list is complete and its issues are not all done, its cursor stands before its end; once all is done, at it.
std::string mark_of(const std::string& tracker) {
  return tracker + " (backfill)";
}

bool has_work_left(Store& store, const std::string& tracker) {
  const auto mark = store.cursor(mark_of(tracker));
  return mark && mark->since < mark->completed_at && store.woken(tracker) > 0;
}

void mark_progress(Store& store, const std::string& tracker, const CycleReport& report) {
  const auto mark = store.cursor(mark_of(tracker));
  const bool listed = report.listed_at || (mark && mark->since < mark->completed_at);
  if (!listed) return;
  const auto at = report.listed_at ? *report.listed_at : mark->completed_at;
  const bool all_done = report.complete() && !report.stopped;
  store.set_cursor({mark_of(tracker), all_done ? at : at - Seconds{1}, at});
}

struct Done {
  CycleReport report;
  int left = 0;            // woken, and not finished with
  bool is_listed = false;  // all issues are known
};

Done run_tracker(const TrackerSettings& tracker, Tracker& open, const TextBook& texts, const BackfillOptions& options,
                 const OnceParts& parts, const std::function<bool()>& stop_asked, std::ostream& err) {
  const bool resumes = !options.anew && has_work_left(parts.store, tracker.name);
  if (resumes) {
    parts.log.info(
        "an earlier run left " + std::to_string(parts.store.woken(tracker.name)) + " issues to do: it goes on there",
        {{"tracker", tracker.name}});
  }
  ProgressBar bar(err, tracker.name, options.terminal);
  EngineOptions how;
  how.keep_rows = false;
  how.sweep = true;
  how.list = !resumes;
  how.stop_asked = stop_asked;
  const EngineParts engine{open,      parts.store, parts.clock,         parts.chance,
                           parts.log, tracker,     parts.settings.book, texts};
  Done done;
  done.report = Engine(engine, how, [&](const ProgressStep& step) { bar.show(step, parts.clock.now()); }).run_cycle();
  bar.end();
  mark_progress(parts.store, tracker.name, done.report);
  done.left = parts.store.woken(tracker.name);
  done.is_listed = resumes || done.report.listed_at.has_value();
  return done;
}

std::string sentence(const Done& done, const std::string& tracker) {
  const auto& report = done.report;
  std::string text = tracker + ": " + std::to_string(report.fetched) + " read, " + std::to_string(report.written) +
                     " written, " + std::to_string(report.unchanged) + " unchanged, " + std::to_string(report.settled) +
                     " known before, " + std::to_string(report.parked) + " parked";
  if (report.parked > 0) text += " (`contract-bridge parked` lists them)";
  text += "\n";
  if (report.stopped) text += "  ended on request, ";
  if (!report.error.empty()) text += "  stopped: " + report.error + "; ";
  if (report.stopped || !report.error.empty()) {
    text += done.is_listed ? std::to_string(done.left) + " issues are left; run" : "the list is not complete; run";
    text += " `contract-bridge backfill` again, it goes on there\n";
  }
  return text;
}

Json json_of(const Done& done, const std::string& tracker) {
  const auto& report = done.report;
  return {{"tracker", tracker},
          {"fetched", report.fetched},
          {"written", report.written},
          {"unchanged", report.unchanged},
          {"settled", report.settled},
          {"parked", report.parked},
          {"left", done.is_listed ? Json(done.left) : Json(nullptr)},
          {"stopped", report.stopped},
          {"error", report.error.empty() ? Json(nullptr) : Json(report.error)}};
}

}  // namespace

int backfill(const BackfillOptions& options, const OnceParts& parts, const std::function<bool()>& stop_asked,
             std::ostream& out, std::ostream& err) {
  const TextBook texts(parts.settings.texts);
  Json all = Json::array();
  bool found = false;
  int exit_code = k_exit_ok;
  for (const auto& tracker : parts.settings.trackers) {
    if (!options.tracker.empty() && options.tracker != tracker.name) continue;
    found = true;
    if (stop_asked()) break;
    auto open = parts.open(tracker);
    if (!open) {
      err << "contract-bridge: " << open.error().what << "\n";
      exit_code = std::max(exit_code, k_exit_wrong);
      continue;
    }
    const auto done = run_tracker(tracker, *open->tracker, texts, options, parts, stop_asked, err);
    if (options.json) {
      all.push_back(json_of(done, tracker.name));
    } else {
      out << sentence(done, tracker.name) << std::flush;
    }
    if (!done.report.complete() || done.report.stopped || done.report.parked > 0) exit_code = k_exit_trouble;
  }
  if (!found) {
    err << "contract-bridge: there is no tracker '" << options.tracker << "' in the configuration\n";
    return k_exit_usage;
  }
  if (options.json) out << Json{{"trackers", std::move(all)}}.dump(2) << "\n";
  return exit_code;
}

}  // namespace cb
