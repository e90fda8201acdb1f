// Commands that read issues and decide them.
#include "bridge/cli/option_parts.hpp"

namespace cb {

namespace {

void add_explain(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::explain,
      {"explain", "Explain the decision about one issue",
       "Reads the issue from its tracker and prints the chain: who is the customer and why, which contracts were\n"
       "looked at, which rule gave the category, each clock with the time that counted and the time that did not, and\n"
       "what would be written. Writes nothing.",
       "contract-bridge explain support#123 --config /etc/contract-bridge"});
  add_config(*app, options);
  app->add_option("issue", options.issue, "TRACKER#ID, or the ID alone where there is one tracker")
      ->required()
      ->type_name("ISSUE");
  add_json(*app, options, "Print the decision as JSON");
  add_now(*app, options, "Explain as of this instant");
}

void add_compare_sla(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::compare_sla,
      {"compare-sla", "Compare our clocks of one issue with the tracker's own",
       "For trackers that measure promises themselves (Jira Service Management). Reads the issue, decides it, and\n"
       "prints both sides: a table, then a sentence for each pair that says whether they agree, by how much they do\n"
       "not, and what is visible of the reason. Writes nothing. Here exit code 1 also means that something differs or\n"
       "that there was nothing to compare, and 3 that the tracker has no clocks of its own.",
       "contract-bridge compare-sla support#10068 --config /etc/contract-bridge"});
  add_config(*app, options);
  app->add_option("issue", options.issue, "TRACKER#ID, or the ID alone where there is one tracker")
      ->required()
      ->type_name("ISSUE");
  add_json(*app, options, "Print both sides as JSON");
  add_now(*app, options, "Decide as of this instant; the tracker's own clocks are as of now");
}

void add_once(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::once,
      {"once", "Run one cycle: read, decide, write back",
       "Reads the issues that changed since the last cycle, decides each, and writes what differs into the tracker.\n"
       "A second run with nothing changed writes nothing.",
       "contract-bridge once --dry-run --config /etc/contract-bridge"});
  add_config(*app, options);
  app->add_flag("--dry-run", options.dry_run, "Write nothing; print a table issue by issue: now -> then");
  app->add_option("--tracker", options.tracker, "Only this tracker (default: all of them)")->type_name("NAME");
  add_json(*app, options, "Print the result as JSON");
  add_now(*app, options, "Decide as of this instant");
}

void add_run(CLI::App& program, Options& options) {
  auto* app = add_command(program, options, Command::run,
                          {"run", "Serve the trackers until a signal ends it",
                           "Looks at every tracker in its own rhythm, takes webhooks, and acts at the second at which "
                           "something falls due.\n"
                           "SIGTERM and SIGINT end it after the issues that were begun; SIGHUP reads the configuration "
                           "again, and one that\n"
                           "is not valid changes nothing. config/contract-bridge.service is a unit for systemd.",
                           "contract-bridge run --config /etc/contract-bridge --log-json"});
  add_config(*app, options);
  add_json(*app, options, "No difference here: see --log-json");
}

void add_backfill(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::backfill,
      {"backfill", "Decide every issue that the trackers have",
       "Lists everything, then reads and decides issue by issue and writes what differs, with the progress on "
       "standard\n"
       "error: a bar on a terminal, else a line now and then. Ended by Ctrl-C or by a crash, the next run goes on "
       "where\n"
       "this one stopped. Old issues get their fields and no comments. The service does the same by itself when it\n"
       "starts for the first time; this command does it gently and lets you watch.",
       "contract-bridge backfill --rate 120 --config /etc/contract-bridge"});
  add_config(*app, options);
  app->add_option("--tracker", options.tracker, "Only this tracker (default: all of them)")->type_name("NAME");
  add_rate(*app, options);
  app->add_flag("--anew", options.anew, "List everything again, even where an earlier run has work left");
  add_json(*app, options, "Print the result as JSON");
}

void add_rebuild(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::rebuild,
      {"rebuild", "Make a new store in the place of a damaged one",
       "Moves the store's file aside (NAME.damaged-TIME), carries over what it still lets be read of ledger lines, "
       "past\n"
       "decisions and audit, tells what is lost, and then reads and decides every issue as `backfill` does. No comment "
       "is\n"
       "written twice. Refused while another contract-bridge has the store: end that one first.",
       "contract-bridge rebuild --rate 120 --config /etc/contract-bridge"});
  add_config(*app, options);
  add_rate(*app, options);
  add_json(*app, options, "Print the result as JSON");
}

}  // namespace

void add_work_commands(CLI::App& program, Options& options) {
  add_explain(program, options);
  add_compare_sla(program, options);
  add_once(program, options);
  add_run(program, options);
  add_backfill(program, options);
  add_rebuild(program, options);
}

}  // namespace cb
