// The program's log on standard error: lines for people, or with Form::json one JSON object a line with the keys `at`
// (UTC, ISO with Z), `level`, `text` and the caller's fields. Values registered as secrets are replaced in every text
// and field, in either form; control characters never reach the terminal, so a server's answer cannot forge a line.
// Any number of threads may log. spdlog is seen by log.cpp alone.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cb {

enum class LogLevel { debug, info, warning, error };
std::optional<LogLevel> log_level_from_text(const std::string& text);

// Names are the program's own words (`issue`, `tracker`), never `at`, `level` or `text`.
using LogFields = std::vector<std::pair<std::string, std::string>>;

class Log {
 public:
  // human_over_bar: as human, on a terminal whose line a progress bar may hold; that line makes way.
  enum class Form { human, human_over_bar, json };

  // `out` must outlive the log.
  Log(LogLevel least, Form form, std::ostream& out);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // From now on this value is replaced by [secret] wherever it would appear. An empty value is ignored.
  void keep_secret(const std::string& value);

  void debug(const std::string& text, const LogFields& fields = {});
  void info(const std::string& text, const LogFields& fields = {});
  void warning(const std::string& text, const LogFields& fields = {});
  void error(const std::string& text, const LogFields& fields = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace cb
