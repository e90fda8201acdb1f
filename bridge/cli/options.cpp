#include "bridge/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "bridge/cli/option_parts.hpp"

namespace cb {
namespace {

Parsed usage_error(std::ostream& err, const std::string& text) {
  err << "contract-bridge: " << text
      << "\nThe commands are init, check, calendar eval, test, explain, compare-sla, once, run, backfill, rebuild, "
      << "status, parked, retry and advise; "
      << "each explains itself with --help.\n";
  return {std::nullopt, k_exit_usage};
}

}  // namespace

Parsed parse_options(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  Options options;
  CLI::App program{
      "contract-bridge decides by support contracts whether a request is paid or free and which deadlines\n"
      "hold, and writes that back into the issue tracker.",
      "contract-bridge"};
  program.require_subcommand(0, 1);  // so that an unknown word is named; none at all is refused below
  program.set_version_flag("--version", "contract-bridge " CB_VERSION);
  program.footer(std::string("Each command explains itself: contract-bridge COMMAND --help\n\nExample:\n"
                             "  contract-bridge check --offline --config config/example\n\n") +
                 k_exit_codes);
  // Taken before the command as well as after it.
  add_config(program, options);
  add_log_options(program, options);
  add_setup_commands(program, options);
  add_work_commands(program, options);
  add_watch_commands(program, options);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    // A word too many may be a key.
    const bool may_be_a_key = program.got_subcommand("init");
    return usage_error(err, may_be_a_key ? "init: an option is unknown, or there is a word too many" : error.what());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return usage_error(err, error.what());
    program.exit(error, out, err);  // --help and --version
    return {std::nullopt, k_exit_ok};
  }
  if (program.get_subcommands().empty()) return usage_error(err, "which command?");
  if (options.command == Command::retry && options.issue.empty() && !options.all)
    return usage_error(err, "retry: name an issue, or say --all");
  if (options.command == Command::init) {
    options.init.json = options.json;
    if (const auto wrong = complete(options.init); !wrong.empty()) return usage_error(err, wrong);
  }
  return {options, k_exit_ok};
}

std::optional<std::string> configuration_folder(const Options& options, std::ostream& err) {
  const auto is_folder = [](const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
  };
  if (!options.config.empty()) {
    if (is_folder(options.config)) return options.config;
    err << "contract-bridge: there is no configuration folder '" << options.config << "'\n";
    return std::nullopt;
  }
  for (const std::string folder : {"config", "/etc/contract-bridge"})
    if (is_folder(folder)) return folder;
  err << "contract-bridge: no configuration: neither ./config nor /etc/contract-bridge is a folder; name one with "
         "--config DIR\n";
  return std::nullopt;
}

}  // namespace cb
