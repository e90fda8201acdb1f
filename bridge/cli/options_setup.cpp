// Commands for whoever writes a configuration.
#include "bridge/cli/option_parts.hpp"

namespace cb {

namespace {

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

void add_check(CLI::App& program, Options& options) {
  auto* app = add_command(
      program, options, Command::check,
      {"check", "Check the configuration and the trackers",
       "Every error of the configuration is listed at once as FILE:LINE:COL: error: TEXT on standard error. Unless\n"
       "--offline, each tracker is asked too: is it reachable, which version, which rights has the account, and does\n"
       "every field, status and priority that is named exist. Whatever is wrong there, also that a tracker does not\n"
       "answer, is an error like those of the files: exit code 1.",
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

}  // namespace

void add_setup_commands(CLI::App& program, Options& options) {
  add_init(program, options);
  add_check(program, options);
  add_calendar(program, options);
  add_test(program, options);
}

}  // namespace cb
