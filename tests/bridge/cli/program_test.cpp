// The built program as people start it: exit codes, what goes to which stream.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;

namespace {

const std::string k_program = CB_BINARY_DIR "/contract-bridge";
const std::string k_example = CB_TEST_DATA "/example";

Finished run(const std::vector<std::string>& words, const std::string& folder = "/") {
  return run_program(k_program, words, folder);
}

std::string last_line(const std::string& text) {
  const auto end = text.find_last_not_of('\n');
  if (end == std::string::npos) return {};
  const auto start = text.rfind('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1, end - (start == std::string::npos ? -1 : start));
}

// One scenario about the example's first customer, expecting a billing class.
std::string scenario(const std::string& billing) {
  return "scenarios:\n"
         "  - name: a bug of Acme\n"
         "    now: 2026-05-12T08:00:00Z\n"
         "    issue: { id: support#1, project: lms, type: Bug, summary: Login does nothing, reporter: "
         "eva.mala@acme.example, created: 2026-05-12T07:00:00Z }\n"
         "    expect: { customer: acme, billing: " +
         billing + " }\n";
}

}  // namespace

TEST_CASE("usage and help") {
  struct Row {
    const char* name;
    std::vector<std::string> words;
    int exit_code;
  };
  const Row rows[] = {{"help", {"--help"}, 0},
                      {"version", {"--version"}, 0},
                      {"nothing", {}, 2},
                      {"unknown command", {"chek"}, 2},
                      {"unknown option", {"check", "--ofline"}, 2},
                      {"no such folder", {"check", "--offline", "--config", "/nowhere/at/all"}, 2},
                      {"no such cases", {"calendar", "eval", "--calendars", "/nowhere", "--cases", "/nowhere"}, 2}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto finished = run(row.words);
    CAPTURE(finished.err);
    CHECK(finished.exit_code == row.exit_code);
    CHECK(finished.out.empty() == (row.exit_code != 0));
    CHECK(finished.err.empty() == (row.exit_code == 0));
  }
}

TEST_CASE("the example configuration is good") {
  const auto finished = run({"check", "--offline", "--config", k_example});
  CAPTURE(finished.err);
  CHECK(finished.exit_code == 0);
}

TEST_CASE("without --config the folder ./config is read") {
  const TemporaryFolder folder;
  std::filesystem::create_directory_symlink(k_example, folder.path("config"));
  const auto finished = run({"check", "--offline"}, folder.name());
  CAPTURE(finished.err);
  CHECK(finished.exit_code == 0);
}

TEST_CASE("scenarios that hold, that fail and that cannot be read") {
  const TemporaryFolder folder;
  const auto good = folder.write("good.yaml", scenario("free"));
  const auto wrong = folder.write("wrong.yaml", scenario("paid"));
  const auto broken = folder.write("broken.yaml", "scenarios: [");
  struct Row {
    const char* name;
    std::vector<std::string> files;
    int exit_code;
    const char* last;
    const char* out;
    const char* err;
  };
  const Row rows[] = {
      {"holds", {good}, 0, "1 passed, 0 failed", "good.yaml: 1 passed, 0 failed", ""},
      {"fails", {wrong}, 1, "0 passed, 1 failed", "billing\n    expected: paid\n    got:      free\n", ""},
      {"is named", {wrong}, 1, "0 passed, 1 failed", "a bug of Acme", ""},
      {"both", {good, wrong}, 1, "1 passed, 1 failed", "", ""},
      {"cannot be read", {broken}, 2, "0 passed, 0 failed", "", "broken.yaml:1:"},
      {"is not there", {"/nowhere/at/all.yaml"}, 2, "0 passed, 0 failed", "", "/nowhere/at/all.yaml"},
      {"the others run", {broken, wrong, good}, 2, "1 passed, 1 failed", "", "broken.yaml"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    std::vector<std::string> words{"test", "--config", k_example};
    words.insert(words.end(), row.files.begin(), row.files.end());
    const auto finished = run(words);
    CAPTURE(finished.out);
    CAPTURE(finished.err);
    CHECK(finished.exit_code == row.exit_code);
    CHECK(last_line(finished.out) == row.last);
    CHECK(finished.out.find(row.out) != std::string::npos);
    CHECK(finished.err.find(row.err) != std::string::npos);
  }
}

TEST_CASE("test as JSON") {
  const TemporaryFolder folder;
  const auto wrong = folder.write("wrong.yaml", scenario("paid"));
  const auto finished = run({"test", "--json", "--config", k_example, wrong});
  CHECK(finished.exit_code == 1);
  const auto json = nlohmann::json::parse(finished.out);
  CHECK(json.at("failed") == 1);
  const auto& difference = json.at("files").at(0).at("scenarios").at(0).at("differences").at(0);
  CHECK(difference.at("key") == "billing");
  CHECK(difference.at("expected") == "paid");
  CHECK(difference.at("got") == "free");
}

// Some hundred cases with their arithmetic beside them, and those that come with the example.
TEST_CASE("all scenarios on the example's configuration hold") {
  for (const auto& folder : {k_example + "/scenarios", std::string(CB_TEST_DATA "/scenarios")}) {
    CAPTURE(folder);
    std::vector<std::string> words{"test", "--config", k_example};
    for (const auto& file : std::filesystem::directory_iterator(folder)) words.push_back(file.path().string());
    REQUIRE(words.size() > 10);
    const auto finished = run(words);
    CAPTURE(finished.out);
    CAPTURE(finished.err);
    CHECK(finished.exit_code == 0);
  }
}

TEST_CASE("a configuration that is wrong stops every command that needs it") {
  const TemporaryFolder folder;
  folder.write("bridge.yaml", "trackers: 5\n");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"check", "--offline"}, {"test", "x.yaml"}, {"explain", "support#1"}, {"once", "--dry-run"}}) {
    CAPTURE(words.front());
    auto all = words;
    all.insert(all.end(), {"--config", folder.name()});
    const auto finished = run(all);
    CAPTURE(finished.err);
    CHECK(finished.exit_code == 1);
    CHECK(finished.err.find("bridge.yaml:1:11: error: ") != std::string::npos);
  }
}

TEST_CASE("a full disk is trouble and not success") {
  const auto finished = run_program("/bin/sh", {"-c", k_program + " --version > /dev/full; echo $?"});
  CHECK(finished.out == "3\n");
}
