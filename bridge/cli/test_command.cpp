#include "bridge/cli/test_command.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "bridge/cli/options.hpp"
#include "bridge/cli/scenario_run.hpp"
#include "bridge/report/explain.hpp"

namespace cb {
namespace {

using Json = nlohmann::ordered_json;

struct FileResult {
  std::string path;
  bool readable = false;
  std::vector<ScenarioResult> results;
  [[nodiscard]] std::ptrdiff_t passed() const {
    return std::count_if(results.begin(), results.end(), [](const auto& result) { return result.passed(); });
  }
  [[nodiscard]] std::ptrdiff_t failed() const { return static_cast<std::ptrdiff_t>(results.size()) - passed(); }
};

FileResult run_file(const std::string& path, const TestOptions& options, const Settings& settings, std::ostream& err) {
  const auto file = read_scenarios(path, settings.book, options.now);
  for (const auto& problem : file.problems) err << to_text(problem) << "\n";
  FileResult result{path, file.readable, {}};
  result.results.reserve(file.scenarios.size());
  for (const auto& scenario : file.scenarios) result.results.push_back(run_scenario(scenario, settings.book));
  return result;
}

void print_indented(const std::string& text, std::ostream& out) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out << (line.empty() ? "" : "    ") << line << "\n";
}

void print_failure(const std::string& path, const ScenarioResult& result, const Settings& settings, std::ostream& out) {
  out << "FAILED " << path << ": " << result.name << "\n";
  for (const auto& [key, expected, got] : result.differences)
    out << "  " << key << "\n    expected: " << expected << "\n    got:      " << got << "\n";
  out << "  Why:\n";
  print_indented(explain_text(result.decision, result.issue, settings.book), out);
  out << "\n";
}

void print_file(const FileResult& file, const Settings& settings, std::ostream& out) {
  for (const auto& result : file.results)
    if (!result.passed()) print_failure(file.path, result, settings, out);
  out << file.path << ": " << file.passed() << " passed, " << file.failed() << " failed"
      << (file.readable ? "" : ", could not be read in full") << "\n";
}

Json json_of(const FileResult& file) {
  auto scenarios = Json::array();
  for (const auto& result : file.results) {
    auto differences = Json::array();
    for (const auto& [key, expected, got] : result.differences)
      differences.push_back({{"key", key}, {"expected", expected}, {"got", got}});
    scenarios.push_back({{"name", result.name}, {"passed", result.passed()}, {"differences", std::move(differences)}});
  }
  return {{"file", file.path},
          {"readable", file.readable},
          {"passed", file.passed()},
          {"failed", file.failed()},
          {"scenarios", std::move(scenarios)}};
}

}  // namespace

int run_tests(const TestOptions& options, const Settings& settings, std::ostream& out, std::ostream& err) {
  std::ptrdiff_t passed = 0;
  std::ptrdiff_t failed = 0;
  bool all_readable = true;
  auto files = Json::array();
  for (const auto& path : options.files) {
    const auto file = run_file(path, options, settings, err);
    passed += file.passed();
    failed += file.failed();
    all_readable = all_readable && file.readable;
    if (options.json)
      files.push_back(json_of(file));
    else
      print_file(file, settings, out);
  }
  if (options.json) {
    const Json all = {{"files", std::move(files)}, {"passed", passed}, {"failed", failed}};
    out << all.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    out << passed << " passed, " << failed << " failed\n";
  }
  if (!all_readable) return k_exit_usage;
  return failed == 0 ? k_exit_ok : k_exit_wrong;
}

}  // namespace cb
