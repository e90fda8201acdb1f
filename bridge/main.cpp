// contract-bridge: what each command needs, and its exit code.
#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>

#include "bridge/cli/advise.hpp"
#include "bridge/cli/backfill.hpp"
#include "bridge/cli/calendar_eval.hpp"
#include "bridge/cli/check.hpp"
#include "bridge/cli/compare_sla.hpp"
#include "bridge/cli/explain.hpp"
#include "bridge/cli/init.hpp"
#include "bridge/cli/load_or_report.hpp"
#include "bridge/cli/once.hpp"
#include "bridge/cli/open_for_reading.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/cli/parked.hpp"
#include "bridge/cli/rebuild.hpp"
#include "bridge/cli/run.hpp"
#include "bridge/cli/status.hpp"
#include "bridge/cli/system_ports.hpp"
#include "bridge/cli/test_command.hpp"
#include "bridge/http/client.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/service/signals.hpp"

namespace cb {
namespace {

// The real time, chance and pace of this process, and what opens trackers with them.
struct Outside {
  explicit Outside(Log& to) : log(to) {}
  Result<OpenTracker> open(const TrackerSettings& tracker, const ContractBook& book) {
    const Pacing pacing{*clock, *chance, paces, per_minute};
    return open_tracker(tracker, book, log, &pacing);
  }
  Log& log;
  std::unique_ptr<Clock> clock = make_system_clock();
  std::unique_ptr<Chance> chance = make_system_chance();
  Paces paces;
  int per_minute = 0;
};

// A bar on the terminal, and lines of the log only where somebody must look.
bool shows_bar(const Options& options) {
  const bool is_long =
      options.command == Command::once || options.command == Command::backfill || options.command == Command::rebuild;
  return is_long && isatty(STDERR_FILENO) == 1 && options.log_form == Log::Form::human;
}

int run_once(const Options& options, const Settings& settings, Log& log) {
  Outside outside(log);
  const auto store = options.dry_run ? open_for_reading(settings.store, log) : open_store(settings.store);
  const auto open = [&](const TrackerSettings& tracker) { return outside.open(tracker, settings.book); };
  const bool terminal = shows_bar(options);
  return once({options.dry_run, options.json, options.tracker, options.now, terminal},
              {settings, *store, *outside.clock, *outside.chance, log, open}, std::cout, std::cerr);
}

volatile std::sig_atomic_t end_asked = 0;

int run_backfill(const Options& options, const Settings& settings, Log& log, std::ostream& out) {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { end_asked = 1; });
  Outside outside(log);
  outside.per_minute = options.rate;
  const auto store = open_store(settings.store);
  const auto open = [&](const TrackerSettings& tracker) { return outside.open(tracker, settings.book); };
  const bool terminal = shows_bar(options);
  return backfill(
      {options.tracker, options.anew, options.json, terminal},
      {settings, *store, *outside.clock, *outside.chance, log, open}, [] { return end_asked != 0; }, out, std::cerr);
}

int run_rebuild(const Options& options, const Settings& settings, Log& log) {
  const auto rebuilt = rebuild_store(settings.store, make_system_clock()->now());
  const auto fill = [&](std::ostream& out) { return run_backfill(options, settings, log, out); };
  return rebuild(rebuilt, options.json, fill, std::cout);
}

// For the commands that look at one issue.
template <class LookOptions>
int look_at_issue(int (*look)(const LookOptions&, const DecideParts&, std::ostream&, std::ostream&),
                  const Options& options, const Settings& settings, Log& log) {
  Outside outside(log);
  const auto now = options.now ? *options.now : outside.clock->now();
  const auto open = [&](const TrackerSettings& tracker) { return outside.open(tracker, settings.book); };
  const auto store = [&] { return open_for_reading(settings.store, log); };
  return look({.issue = options.issue, .now = now, .json = options.json}, {settings, log, open, store}, std::cout,
              std::cerr);
}

// The commands that ask a service that runs, or the store beside it.
int ask_service_or_store(const Options& options, const Settings& settings) {
  const auto now = options.now ? *options.now : make_system_clock()->now();
  const auto store = [&](StoreAccess access) { return open_store(settings.store, access); };
  const auto open_http = [](const std::string& base_url) -> std::unique_ptr<Http> {
    return make_http_client({.base_url = base_url, .ca_file = ""});
  };
  if (options.command == Command::status)
    return status({options.json, now}, {settings, open_http, [&] { return store(StoreAccess::read); }}, std::cout,
                  std::cerr);
  if (options.command == Command::parked)
    return list_parked(options.json, settings, *store(StoreAccess::read), std::cout);
  return retry({options.issue, options.all, now}, settings, *store(StoreAccess::beside), open_http, std::cout,
               std::cerr);
}

int run_check(const Options& options, const std::string& folder, Log& log) {
  Outside outside(log);
  const auto open = [&](const TrackerSettings& tracker, const Settings& settings) {
    return outside.open(tracker, settings.book);
  };
  return check({folder, options.offline, options.json}, open, std::cout, std::cerr);
}

int run_init(const Options& options, Log& log) {
  Outside outside(log);
  const auto open = [&](const TrackerSettings& tracker, const ContractBook& book) {
    return outside.open(tracker, book);
  };
  return init(options.init, open, std::cout, std::cerr);
}

int run(int argc, const char* const* argv) {
  const auto parsed = parse_options(argc, argv, std::cout, std::cerr);
  if (!parsed.options) return parsed.exit_code;
  const auto& options = *parsed.options;
  if (options.command == Command::calendar_eval)
    return calendar_eval({options.calendars, options.cases}, std::cout, std::cerr);

  const bool bar = shows_bar(options);
  const bool is_calm = bar && options.command != Command::once;
  Log log(options.log_level.value_or(is_calm ? LogLevel::warning : LogLevel::info),
          bar ? Log::Form::human_over_bar : options.log_form, std::cerr);
  if (options.command == Command::init) return run_init(options, log);
  const auto folder = configuration_folder(options, std::cerr);
  if (!folder) return k_exit_usage;
  if (options.command == Command::check) return run_check(options, *folder, log);

  // Who is told to reload while it still reads for the first time takes that afterwards, and does not die of it.
  if (options.command == Command::run) Signals();
  auto settings = load_or_report(*folder, std::cerr);
  if (!settings) return k_exit_wrong;
  if (options.command == Command::test)
    return run_tests({options.files, options.now, options.json}, *settings, std::cout, std::cerr);
  if (options.command == Command::explain) return look_at_issue(explain, options, *settings, log);
  if (options.command == Command::compare_sla) return look_at_issue(compare_sla, options, *settings, log);
  if (options.command == Command::advise) return advise(options.text, *settings->book.urgency, std::cout, std::cerr);
  if (options.command == Command::run)
    return run_service({*folder}, std::make_shared<Settings>(std::move(*settings)), log, std::cerr);
  for (const auto command : {Command::status, Command::parked, Command::retry})
    if (options.command == command) return ask_service_or_store(options, *settings);
  if (options.command == Command::backfill) return run_backfill(options, *settings, log, std::cout);
  if (options.command == Command::rebuild) return run_rebuild(options, *settings, log);
  return run_once(options, *settings, log);
}

}  // namespace
}  // namespace cb

int main(int argc, char** argv) {
  try {
    const int exit_code = cb::run(argc, argv);
    if (std::cout.flush()) return exit_code;
    std::cerr << "contract-bridge: standard output cannot be written\n";
  } catch (const std::exception& error) {
    std::cerr << "contract-bridge: " << error.what() << "\n";
  }
  return cb::k_exit_trouble;
}
