#include "bridge/cli/calendar_eval.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <ostream>
#include <sstream>

#include "bridge/cli/calendar_json.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/settings/calendar_file.hpp"

namespace cb {
namespace {

using Calendars = std::map<std::string, Calendar>;

constexpr int k_most_messages = 50;  // about cases: a file of another kind would flood the terminal

std::string why_not() {
  return errno == 0 ? "cannot be read" : std::strerror(errno);
}

void print(std::ostream& err, const std::string& file, const char* level, const JsonProblem& problem) {
  err << file << ':' << problem.line << ':';
  if (problem.column > 0) err << problem.column << ':';
  err << ' ' << level << ": " << problem.text << '\n';
}

std::optional<Calendars> calendars_from_yaml(const std::string& file, std::ostream& err) {
  Problems problems;
  const CalendarFile read = read_calendar_file(file, problems);
  for (const Problem& problem : problems.sorted()) err << to_text(problem) << '\n';
  if (!read.readable || problems.any_error()) return std::nullopt;
  Calendars calendars;
  for (const auto& [id, calendar] : read.calendars) calendars.emplace(id.value, calendar);
  return calendars;
}

std::optional<Calendars> calendars_from_json(const std::string& file, std::ostream& err) {
  errno = 0;
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  if (stream.is_open()) text << stream.rdbuf();
  if (errno != 0) {
    err << file << ": error: " << why_not() << '\n';
    return std::nullopt;
  }
  JsonCalendars read = read_json_calendars(text.str());
  for (const JsonProblem& problem : read.warnings) print(err, file, "warning", problem);
  for (const JsonProblem& problem : read.errors) print(err, file, "error", problem);
  if (!read.errors.empty()) return std::nullopt;
  return std::move(read.calendars);
}

std::optional<Calendars> calendars_from(const std::string& file, std::ostream& err) {
  const bool yaml = file.ends_with(".yaml") || file.ends_with(".yml");
  return yaml ? calendars_from_yaml(file, err) : calendars_from_json(file, err);
}

// Counts, and tells about cases that went wrong as long as anybody would read it.
class CaseReport {
 public:
  CaseReport(const std::string& file, std::ostream& err) : file_(file), err_(err) {}

  void add(const CaseAnswer& answer, int line) {
    ++cases_;
    switch (answer.verdict) {
      case CaseAnswer::Verdict::equal:
        ++equal_;
        break;
      case CaseAnswer::Verdict::nothing_expected:
        ++nothing_expected_;
        break;
      case CaseAnswer::Verdict::different:
        ++different_;
        if (told()) print(err_, file_, "different", {line, 0, answer.difference});
        break;
      case CaseAnswer::Verdict::unreadable:
        ++unreadable_;
        if (told()) print(err_, file_, "error", {line, answer.problem.column, answer.problem.text});
        break;
    }
  }

  int finish() {
    if (messages_ > k_most_messages) err_ << "and " << messages_ - k_most_messages << " more\n";
    err_ << cases_ << " cases: " << equal_ << " equal, " << different_ << " different, " << nothing_expected_
         << " without an expectation, " << unreadable_ << " unreadable\n";
    if (unreadable_ > 0) return k_exit_usage;
    return different_ > 0 ? k_exit_wrong : k_exit_ok;
  }

 private:
  bool told() { return ++messages_ <= k_most_messages; }

  std::string file_;
  std::ostream& err_;
  long cases_ = 0, equal_ = 0, different_ = 0, nothing_expected_ = 0, unreadable_ = 0, messages_ = 0;
};

}  // namespace

int calendar_eval(const CalendarEvalFiles& files, std::ostream& out, std::ostream& err) {
  const auto calendars = calendars_from(files.calendars, err);
  if (!calendars) return k_exit_usage;
  errno = 0;
  std::ifstream cases{files.cases, std::ios::binary};
  if (!cases) {
    err << files.cases << ": error: " << why_not() << '\n';
    return k_exit_usage;
  }
  CaseReport report{files.cases, err};
  int number = 0;
  for (std::string line; std::getline(cases, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const CaseAnswer answer = answer_case(line, *calendars);
    if (!answer.line.empty()) out << answer.line << '\n';
    report.add(answer, number);
  }
  const bool broken = cases.bad();
  if (broken) err << files.cases << ':' << number + 1 << ": error: " << why_not() << '\n';
  const int exit_code = report.finish();
  return broken ? k_exit_usage : exit_code;
}

}  // namespace cb
