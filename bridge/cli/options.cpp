#include "bridge/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

namespace cb {
namespace {

constexpr const char* k_exit_codes =
    "Exit codes: 0 done; 1 the configuration or an expectation is wrong; 2 usage, or input that cannot be read;\n"
    "3 trouble with a tracker or the store.";

void add_log_options(CLI::App& app, Options& options) {
  app.add_flag_callback(
      "--log-json", [&options] { options.log_form = Log::Form::json; }, "Log one JSON object a line on standard error");
  app.add_option_function<std::string>(
         "--log-level",
         [&options](const std::string& word) {
           const auto level = log_level_from_text(word);
           if (!level) throw CLI::ValidationError("--log-level", "'" + word + "' is not debug, info, warning or error");
           options.log_level = *level;
         },
         "Least level that is logged: debug, info, warning or error (default: info)")
      ->type_name("LEVEL");
}

void add_config(CLI::App& app, Options& options) {
  app.add_option("--config", options.config,
                 "Folder of the configuration (default: ./config, else /etc/contract-bridge)")
      ->type_name("DIR");
}

void add_now(CLI::App& app, Options& options, const std::string& meaning) {
  app.add_option_function<std::string>(
         "--now",
         [&options](const std::string& text) {
           options.now = instant_from_iso(text);
           if (!options.now)
             throw CLI::ValidationError("--now", "'" + text + "' is not an instant in UTC like 2026-11-22T14:30:00Z");
         },
         meaning)
      ->type_name("INSTANT");
}

void add_json(CLI::App& app, Options& options, const std::string& meaning) {
  app.add_flag("--json", options.json, meaning);
}

struct Words {
  std::string name;
  std::string summary;  // one line, in the list of commands
  std::string more;     // what --help adds
  std::string example;
};

CLI::App* add_command(CLI::App& parent, Options& options, Command command, const Words& words) {
  auto* app = parent.add_subcommand(words.name, words.summary);
  app->footer(words.more + "\n\nExample:\n  " + words.example + "\n\n" + k_exit_codes);
  app->final_callback([&options, command] { options.command = command; });
  add_log_options(*app, options);
  return app;
}

void add_check(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::check,
      {"check", "Check the configuration and the trackers",
       "Every error of the configuration is listed at once as FILE:LINE:COL: error: TEXT on standard error. Unless\n"
       "--offline, each tracker is asked too: is it reachable, which version, which rights has the account, and does\n"
       "every field, status and priority that is named exist.",
       "contract-bridge check --offline --config config/example"});
  add_config(*app, options);
  app->add_flag("--offline", options.offline, "Read the files only: no tracker, no store, no secret is touched");
  add_json(*app, options, "Print the findings as JSON");
  add_now(*app, options, "No difference here: nothing that is checked depends on the time");
}

void add_calendar(CLI::App& program, Options& options) {
  const std::string example = "contract-bridge calendar eval --calendars calendars.json --cases cases.jsonl";
  auto* calendar = program.add_subcommand("calendar", "Business time by itself: calendar eval");
  calendar->require_subcommand(1);
  calendar->footer("Example:\n  " + example);
  auto* app = add_command(
      *calendar, options, Command::calendar_eval,
      {"eval", "Compute deadlines and elapsed open time of cases",
       "Standard output holds JSON Lines only, each case with what was `got`; the summary goes to standard error.\n"
       "A case whose `expect` differs from `got` makes the exit code 1.",
       example});
  app->add_option("--calendars", options.calendars, "JSON file with the calendars")->required()->type_name("FILE");
  app->add_option("--cases", options.cases, "File with one JSON case a line")->required()->type_name("FILE");
  add_json(*app, options, "No difference here: the output is JSON Lines anyway");
  add_now(*app, options, "No difference here: the cases name their instants");
}

void add_test(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::test,
      {"test", "Run scenarios: given issues, at a time, expect",
       "Each difference is shown with the scenario's name, the key, what was expected and what was got, and the\n"
       "explanation of the decision. The last line is `N passed, M failed`.",
       "contract-bridge test --config config/example config/example/scenarios/pauses.yaml"});
  add_config(*app, options);
  app->add_option("files", options.files, "Scenario files")->required()->type_name("FILE");
  add_json(*app, options, "Print the results as JSON");
  add_now(*app, options, "The present of scenarios that name no `now` themselves");
}

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
       "that there was nothing to compare.",
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

void add_rate(CLI::App& app, Options& options) {
  app.add_option("--rate", options.rate, "At most so many requests a minute (default: as fast as the tracker answers)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
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

void add_init_target(CLI::App& app, InitTarget& target) {
  app.add_option_function<std::string>(
         "kind",
         [&target](const std::string& word) {
           const auto kind = tracker_kind_from_text(word);
           if (!kind)
             throw CLI::ValidationError("kind", "init speaks to redmine, bugzilla and jira, not to '" + word + "'");
           target.kind = *kind;
         },
         "redmine, bugzilla or jira")
      ->required()
      ->type_name("KIND");
  app.add_option("url", target.url, "Address of the tracker")->required()->type_name("URL");
  app.add_option("--api-key", target.api_key.text,
                 "Where the key is found: '${NAME}' or file:/path, never the key itself (default:\n"
                 "'${REDMINE_API_KEY}', '${BUGZILLA_API_KEY}' or '${JIRA_API_KEY}')")
      ->type_name("REFERENCE");
  app.add_option("--project", target.projects, "A project to serve, a product on Bugzilla; may be repeated")
      ->expected(1)
      ->take_all()
      ->type_name("NAME");
  app.add_option("--ca-file", target.ca_file, "Certificates of an authority of your own")->type_name("FILE");
  app.add_option("--login", target.login,
                 "Bugzilla: whose key it is, where the server does not tell; Jira Cloud: its e-mail address")
      ->type_name("LOGIN");
  app.add_option("--server-timezone", target.server_timezone, "Bugzilla: time zone of the server's clock")
      ->type_name("ZONE");
  app.add_option("--name", target.name, "Name of the tracker (default: support): issues are called NAME#123")
      ->type_name("NAME");
}

void add_init(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::init,
      {"init", "Propose a configuration from what a tracker has",
       "Asks the tracker for its statuses, priorities, fields, labels, roles and groups, and writes nothing there\n"
       "unless --create asks it to make the missing fields of a Jira.\n"
       "bridge.yaml goes to standard output, what an administrator must make by hand to standard error. Run it again\n"
       "when that is done: what exists by then is bound.",
       "contract-bridge init bugzilla https://bugzilla.vendor.example --project LMS > bridge.yaml"});
  add_init_target(*app, options.init.target);
  app->add_option("--output", options.init.output,
                  "Make a complete configuration in this folder instead; no file is overwritten")
      ->type_name("DIR");
  app->add_flag("--create", options.init.create,
                "Jira: make the recommended custom fields that are missing; needs an administrator's key. What exists\n"
                "is used and never made twice");
  add_json(*app, options, "Print the proposal as JSON");
  add_now(*app, options, "No difference here: nothing depends on the time");
}

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
  add_init(program, options);
  add_check(program, options);
  add_calendar(program, options);
  add_test(program, options);
  add_explain(program, options);
  add_compare_sla(program, options);
  add_once(program, options);
  add_run(program, options);
  add_backfill(program, options);
  add_rebuild(program, options);
  add_status(program, options);
  add_parked(program, options);
  add_retry(program, options);
  add_advise(program, options);
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
