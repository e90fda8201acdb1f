#include "bridge/cli/option_parts.hpp"

namespace cb {

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
         "Least level that is logged: debug, info, warning or error (default: info; warning where a bar is shown)")
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

void add_rate(CLI::App& app, Options& options) {
  app.add_option("--rate", options.rate, "At most so many requests a minute (default: as fast as the tracker answers)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
}

CLI::App* add_command(CLI::App& parent, Options& options, Command command, const CommandWords& words) {
  auto* app = parent.add_subcommand(words.name, words.summary);
  app->footer(words.more + "\n\nExample:\n  " + words.example + "\n\n" + k_exit_codes);
  app->final_callback([&options, command] { options.command = command; });
  add_log_options(*app, options);
  return app;
}

}  // namespace cb
