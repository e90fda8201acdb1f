// The command line as values. CLI11 is seen by options*.cpp and option_parts alone. Every command explains itself with
// --help; its exit codes are 0 done, 1 configuration or expectation wrong, 2 usage or unreadable input, 3 tracker or
// store trouble.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "bridge/cli/init.hpp"
#include "bridge/log.hpp"
#include "rules/time.hpp"

namespace cb {

inline constexpr int k_exit_ok = 0;
inline constexpr int k_exit_wrong = 1;
inline constexpr int k_exit_usage = 2;
inline constexpr int k_exit_trouble = 3;

enum class Command {
  check,
  calendar_eval,
  test,
  explain,
  compare_sla,
  once,
  run,
  backfill,
  rebuild,
  status,
  parked,
  retry,
  advise,
  init
};

struct Options {
  Command command = Command::check;
  std::string config;  // the folder; empty: the default one, see configuration_folder()
  bool json = false;
  std::optional<Instant> now;         // empty: the system's clock
  std::optional<LogLevel> log_level;  // not said: info, and warning beside a bar
  Log::Form log_form = Log::Form::human;
  bool offline = false;            // check
  std::string calendars;           // calendar eval
  std::string cases;               // calendar eval
  std::vector<std::string> files;  // test
  std::string issue;               // explain, compare-sla, retry
  std::string text;                // advise
  bool dry_run = false;            // once
  std::string tracker;             // once, backfill; empty: all of them
  int rate = 0;                    // backfill, rebuild: requests a minute; 0: as fast as the tracker answers
  bool anew = false;               // backfill
  bool all = false;                // retry
  InitOptions init;                // init
};

struct Parsed {
  std::optional<Options> options;  // empty: help or an error was printed, and the program ends
  int exit_code = k_exit_ok;
};

Parsed parse_options(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

// The folder that was named, else ./config, else /etc/contract-bridge. Empty when there is none; `err` says so.
std::optional<std::string> configuration_folder(const Options& options, std::ostream& err);

}  // namespace cb
