// Commands for whoever looks after a service, and advice about sentences.
#include "bridge/cli/option_parts.hpp"

namespace cb {

namespace {

void add_status(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::status,
      {"status", "Tell how the service and its trackers are doing",
       "Asks the service that runs with this configuration; without one it tells what the store alone knows. For each\n"
       "tracker: how far behind, when it is looked at next, how many issues are open, undecided, parked, and how many\n"
       "promises fall due. Exit code 3 also means that something is behind, failing, kept from writing or not running.",
       "contract-bridge status --config /etc/contract-bridge"});
  add_config(*app, options);
  add_json(*app, options, "Print it as JSON, in the form of GET /api/v1/status");
  add_now(*app, options, "Where no service runs: the present");
}

void add_parked(CLI::App& program, Options& options) {
  auto* app = add_command(program, options, Command::parked,
                          {"parked", "List the issues that could not be processed",
                           "With the error, since when, how often it was tried and when it is tried next. Reads the\n"
                           "store alone, also while the service runs.",
                           "contract-bridge parked --config /etc/contract-bridge"});
  add_config(*app, options);
  add_json(*app, options, "Print them as JSON");
  add_now(*app, options, "No difference here: instants are shown as they are stored");
}

void add_retry(CLI::App& program, Options& options) {
  auto* app = add_command(program, options, Command::retry,
                          {"retry", "Try a parked issue again at once",
                           "Also while the service runs, which is told. Exit code 1 also means that the issue is not\n"
                           "parked.",
                           "contract-bridge retry support#123 --config /etc/contract-bridge"});
  add_config(*app, options);
  auto* issue = app->add_option("issue", options.issue, "TRACKER#ID, or the ID alone where there is one tracker")
                    ->type_name("ISSUE");
  auto* all = app->add_flag("--all", options.all, "All parked issues instead");
  issue->excludes(all);
  add_json(*app, options, "No difference here: one line is printed");
  add_now(*app, options, "The instant from which on it is tried");
}

void add_advise(CLI::App& program, Options& options) {
  auto* app = add_command(program, options, Command::advise,
                          {"advise", "Tell which sentences sound urgent",
                           "Prints a JSON object for each line of the text: line, urgent, language, matched. The word\n"
                           "lists are built in; `urgency` in classification.yaml extends or replaces them.",
                           "contract-bridge advise --config config/example --text sentences.txt"});
  add_config(*app, options);
  app->add_option("--text", options.text, "File with one sentence a line")->required()->type_name("FILE");
  add_json(*app, options, "No difference here: the output is JSON Lines anyway");
  add_now(*app, options, "No difference here: nothing depends on the time");
}

}  // namespace

void add_watch_commands(CLI::App& program, Options& options) {
  add_status(program, options);
  add_parked(program, options);
  add_retry(program, options);
  add_advise(program, options);
}

}  // namespace cb
