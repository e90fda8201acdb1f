// What the commands' options have in common. Seen by the files of the command line alone: it knows CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "bridge/cli/options.hpp"

namespace cb {

inline constexpr const char* k_exit_codes =
    "Exit codes: 0 done; 1 the configuration or an expectation is wrong; 2 usage, or input that cannot be read;\n"
    "3 trouble with a tracker or the store.";

struct CommandWords {
  std::string name;
  std::string summary;  // one line, in the list of commands
  std::string more;     // what --help adds
  std::string example;
};

// A command of the program, which takes the options of the log.
CLI::App* add_command(CLI::App& parent, Options& options, Command command, const CommandWords& words);
void add_log_options(CLI::App& app, Options& options);
void add_config(CLI::App& app, Options& options);
// `meaning`: what it means to this command.
void add_now(CLI::App& app, Options& options, const std::string& meaning);
void add_json(CLI::App& app, Options& options, const std::string& meaning);
void add_rate(CLI::App& app, Options& options);

// The commands themselves, in the order in which help lists them.
void add_setup_commands(CLI::App& program, Options& options);  // options_setup.cpp: init, check, calendar, test
void add_work_commands(CLI::App& program, Options& options);   // options_work.cpp: explain ... once, run ... rebuild
void add_watch_commands(CLI::App& program, Options& options);  // options_watch.cpp: status, parked, retry, advise

}  // namespace cb
