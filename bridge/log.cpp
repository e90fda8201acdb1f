#include "bridge/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <cassert>
#include <mutex>
#include <nlohmann/json.hpp>

#include "rules/plain_line.hpp"
#include "rules/time.hpp"

namespace cb {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

const char* level_word(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug:
      return "debug";
    case spdlog::level::warn:
      return "warning";
    case spdlog::level::err:
    case spdlog::level::critical:
      return "error";
    default:
      return "info";
  }
}

// Puts instant and level before a payload that is already rendered.
class LineFormatter final : public spdlog::formatter {
 public:
  explicit LineFormatter(Log::Form form) : form_(form) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const auto at = to_iso(std::chrono::floor<Seconds>(message.time));
    const std::string payload(message.payload.data(), message.payload.size());
    const std::string text = form_ == Log::Form::json
                                 ? R"({"at":")" + at + R"(","level":")" + level_word(message.level) + "\"," + payload
                                 : (form_ == Log::Form::human_over_bar ? "\r\x1b[K" : "") + at + " " +
                                       level_word(message.level) + ": " + payload;
    line.append(text.data(), text.data() + text.size());
    line.push_back('\n');
  }

  [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<LineFormatter>(form_);
  }

 private:
  Log::Form form_;
};

std::string quoted(const std::string& text) {
  // Bytes that are not UTF-8 become U+FFFD: a log line is valid JSON whatever a server sent.
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::optional<LogLevel> log_level_from_text(const std::string& text) {
  if (text == "debug") return LogLevel::debug;
  if (text == "info") return LogLevel::info;
  if (text == "warning") return LogLevel::warning;
  if (text == "error") return LogLevel::error;
  return std::nullopt;
}

struct Log::Parts {
  Parts(LogLevel least, Form chosen, std::ostream& out)
      : form(chosen), logger("contract-bridge", std::make_shared<spdlog::sinks::ostream_sink_mt>(out, true)) {
    logger.set_formatter(std::make_unique<LineFormatter>(form));
    logger.set_level(spdlog_level(least));
  }

  // One pass, so that the mark itself is never searched.
  std::string redacted(const std::string& text) {
    const std::lock_guard lock(secrets_mutex);
    if (secrets.empty()) return text;
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
      const auto secret = std::find_if(secrets.begin(), secrets.end(),
                                       [&](const auto& each) { return text.compare(at, each.size(), each) == 0; });
      if (secret == secrets.end()) {
        kept += text[at++];
      } else {
        kept += "[secret]";
        at += secret->size();
      }
    }
    return kept;
  }

  std::string payload(const std::string& text, const LogFields& fields) {
    if (form == Form::json) {
      auto line = "\"text\":" + quoted(redacted(text));
      for (const auto& [name, value] : fields) line += "," + quoted(name) + ":" + quoted(redacted(value));
      return line + "}";
    }
    auto line = redacted(text);
    for (const auto& [name, value] : fields) line += " " + name + "=" + redacted(value);
    return plain_line(line);
  }

  void write(LogLevel level, const std::string& text, const LogFields& fields) {
    assert(std::none_of(fields.begin(), fields.end(), [](const auto& field) {
      return field.first == "at" || field.first == "level" || field.first == "text";
    }));
    if (!logger.should_log(spdlog_level(level))) return;
    logger.log(spdlog_level(level), spdlog::string_view_t(payload(text, fields)));
  }

  Form form;
  spdlog::logger logger;
  std::mutex secrets_mutex;
  std::vector<std::string> secrets;  // the longest first, so that one inside another leaves nothing behind
};

Log::Log(LogLevel least, Form form, std::ostream& out) : parts_(std::make_unique<Parts>(least, form, out)) {}
Log::~Log() = default;

void Log::keep_secret(const std::string& value) {
  if (value.empty()) return;
  const std::lock_guard lock(parts_->secrets_mutex);
  auto& secrets = parts_->secrets;
  if (std::find(secrets.begin(), secrets.end(), value) != secrets.end()) return;
  secrets.push_back(value);
  std::stable_sort(secrets.begin(), secrets.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void Log::debug(const std::string& text, const LogFields& fields) {
  parts_->write(LogLevel::debug, text, fields);
}
void Log::info(const std::string& text, const LogFields& fields) {
  parts_->write(LogLevel::info, text, fields);
}
void Log::warning(const std::string& text, const LogFields& fields) {
  parts_->write(LogLevel::warning, text, fields);
}
void Log::error(const std::string& text, const LogFields& fields) {
  parts_->write(LogLevel::error, text, fields);
}

}  // namespace cb
