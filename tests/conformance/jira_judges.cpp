#include "tests/conformance/jira_judges.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bridge/http/client.hpp"
#include "tests/adapters/jira_shared.hpp"
#include "tests/conformance/servers.hpp"

namespace cb::conformance {

namespace {

const char* const k_kind = "JIRA";
const char* const k_cloud = "Cloud";
const char* const k_desk = "Service Management (Cloud)";
const char* const k_data_center = "Data Center";

std::string read_file(const std::filesystem::path& path) {
  const std::ifstream file(path);
  if (!file) throw std::runtime_error("the document " + path.string() + " cannot be read");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Judge judge(const char* document, const std::filesystem::path& file, const std::string& chain) {
  HttpOptions options;
  options.base_url = needed(k_kind, chain);
  return {document, ApiDocument::parse(read_file(file)), make_http_client(options)};
}

struct Court {
  Judge cloud, desk, data_center;
  Upstream upstream;
  Tally tally;

  explicit Court(const std::filesystem::path& openapi)
      : cloud(judge(k_cloud, openapi / "jira-cloud-slim.fixed.json", "JUDGE_CLOUD")),
        desk(judge(k_desk, openapi / "jsm-slim.fixed.json", "JUDGE_DESK")),
        data_center(judge(k_data_center, openapi / "jira-dc-slim.fixed.json", "JUDGE_DATA_CENTER")),
        upstream(std::stoi(needed(k_kind, "JUDGE_UPSTREAM"))) {}

  [[nodiscard]] std::vector<Judge*> of(JiraHome home) {
    if (home == JiraHome::cloud) return {&cloud, &desk};
    return {&data_center};
  }
};

// One for the program: the port behind the validators can be had once.
std::unique_ptr<Court>& sitting() {
  static std::unique_ptr<Court> court;
  return court;
}

Court& court() {
  auto& court = sitting();
  if (court) return *court;
  const auto shared = shared_jira("requests and answers by Atlassian's documents");
  if (!shared) throw std::runtime_error("judges are named, but the documents are missing");
  court = std::make_unique<Court>(*shared / "openapi");
  return *court;
}

void fail_the_case(const Violation& violation) {
  const auto text = to_text(violation);
  FAIL_CHECK(text);
}

void print(std::ostream& out, Court& court) {
  const auto& tally = court.tally;
  for (const auto* judge : {&court.cloud, &court.desk, &court.data_center}) {
    const auto requests = tally.requests.find(judge->document);
    const auto covered = tally.covered.find(judge->document);
    out << "judged by the document " << judge->document << ": "
        << (requests == tally.requests.end() ? 0 : requests->second) << " requests, "
        << (covered == tally.covered.end() ? 0 : covered->second.size()) << " of its "
        << judge->operations.operations().size() << " operations\n";
    if (covered != tally.covered.end())
      for (const auto& operation : covered->second) out << "  " << operation << "\n";
  }
  out << "judged but for the answer, which a test spoiled on purpose: " << tally.spoiled << "\n";
  out << "described by no document, and sent directly:\n";
  for (const auto& [request, count] : tally.unknown) out << "  " << request << ": " << count << "\n";
  out << "violations: " << tally.violations.size() << "\n";
  std::map<std::string, int> kinds;
  for (auto violation : tally.violations) {
    violation.path = without_names(violation.path);
    ++kinds[to_text(violation)];
  }
  for (const auto& [text, count] : kinds) out << "  " << count << " times: " << text << "\n";
}

struct Summary : doctest::IReporter {
  std::ostream& out;
  explicit Summary(const doctest::ContextOptions& context) : out(*context.cout) {}
  void test_run_end(const doctest::TestRunStats& /*stats*/) override {
    if (sitting()) {
      print(out, *sitting());
    } else {
      out << (has_judges() ? "Jira: judges were named, and none was asked\n"
                           : "Jira: not judged by Atlassian's documents here; tests/jira_judges.sh does that\n");
    }
    sitting().reset();  // ends the thread that serves it before the program's statics go
  }
  void report_query(const doctest::QueryData& /*query*/) override {}
  void test_run_start() override {}
  void test_case_start(const doctest::TestCaseData& /*test*/) override {}
  void test_case_reenter(const doctest::TestCaseData& /*test*/) override {}
  void test_case_end(const doctest::CurrentTestCaseStats& /*stats*/) override {}
  void test_case_exception(const doctest::TestCaseException& /*exception*/) override {}
  void subcase_start(const doctest::SubcaseSignature& /*subcase*/) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData& /*data*/) override {}
  void log_message(const doctest::MessageData& /*data*/) override {}
  void test_case_skipped(const doctest::TestCaseData& /*test*/) override {}
};
REGISTER_LISTENER("jira_judges", 2, Summary);

std::unique_ptr<Http> before_judges(Tally& tally, std::unique_ptr<Http> direct, const FakeTracker& fake, JiraHome home,
                                    std::function<void(const Violation&)> report) {
  auto& judges = court();
  return std::make_unique<JudgedHttp>(std::move(direct), fake,
                                      JudgedHttp::Bench{judges.of(home), &judges.upstream, &tally, std::move(report)});
}

}  // namespace

bool has_judges() {
  for (const auto* name : {"JUDGE_CLOUD", "JUDGE_DESK", "JUDGE_DATA_CENTER", "JUDGE_UPSTREAM"})
    if (!environment(k_kind, name).empty()) return true;
  return false;
}

std::unique_ptr<Http> judged(std::unique_ptr<Http> direct, const FakeTracker& fake, JiraHome home) {
  if (!has_judges()) return direct;
  return before_judges(court().tally, std::move(direct), fake, home, fail_the_case);
}

std::unique_ptr<Http> judged_into(Tally& tally, std::unique_ptr<Http> direct, const FakeTracker& fake, JiraHome home) {
  return before_judges(tally, std::move(direct), fake, home, {});
}

}  // namespace cb::conformance
