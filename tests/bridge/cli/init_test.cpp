// The command: where things are written, what is refused, and that the key appears nowhere.
#include "bridge/cli/init.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/cli/check.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/settings/loader.hpp"
#include "tests/bridge/cli/init_surveys.hpp"
#include "tests/bridge/cli/surveyed_tracker.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"
#include "tests/trackers/fake_server.hpp"

using namespace cb;
using namespace cb::surveys;

namespace {

struct Ran {
  int exit_code = 0;
  std::string out;
  std::string err;
};

OpenForInit surveyed(const Survey& survey) {
  return [survey](const TrackerSettings&, const ContractBook&) -> Result<OpenTracker> {
    OpenTracker opened;
    opened.tracker = std::make_unique<SurveyedTracker>(survey, able());
    return opened;
  };
}

Ran run(const InitOptions& options, const OpenForInit& open) {
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = init(options, open, out, err);
  return {exit_code, out.str(), err.str()};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

// A key file that only we may read.
std::string key_file(const TemporaryFolder& folder, const std::string& key) {
  const auto path = folder.write("key", key);
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  return "file:" + path;
}

}  // namespace

TEST_CASE("the file goes to standard output, the work to standard error") {
  InitOptions options;
  options.target = target(TrackerKind::bugzilla);
  const auto ran = run(options, surveyed(bugzilla_52()));
  CHECK(ran.exit_code == k_exit_ok);
  CHECK(ran.out.starts_with("# Proposed by `contract-bridge init bugzilla`"));
  CHECK(has(ran.err, "To do by hand in Bugzilla"));
  CHECK(has(ran.err, "1. The bridge's account `bridge@vendor.example`"));
  CHECK(!has(ran.out, "To do by hand"));
}

TEST_CASE("as JSON") {
  InitOptions options;
  options.target = target(TrackerKind::bugzilla);
  options.json = true;
  const auto ran = run(options, surveyed(bugzilla_52()));
  CHECK(ran.exit_code == k_exit_ok);
  CHECK(ran.err.empty());
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json.at("tracker").at("kind") == "bugzilla");
  CHECK(json.at("statuses").at("withdrawn").at(0) == "RESOLVED INVALID");
  CHECK(json.at("priorities").at("urgent") == nlohmann::json({"Highest"}));
  CHECK(json.at("fields").at(0) == nlohmann::json({{"key", "write.entitlement"}, {"field", "cf_entitlement"}}));
  const auto& missing = json.at("missing").at(0);
  CHECK(missing.at("field") == "cf_billing");
  CHECK(missing.at("type") == "Drop Down");
  CHECK(missing.at("values").size() == 5);
  CHECK(json.at("flags").at("entitled") == "entitled");
  CHECK(json.at("tasks").size() > 1);
}

TEST_CASE("a complete folder, and nothing that exists is touched") {
  const TemporaryFolder folder;
  InitOptions options;
  options.target = target(TrackerKind::redmine);
  options.output = folder.path("a/b");
  const auto ran = run(options, surveyed(redmine_default()));
  CAPTURE(ran.err);
  REQUIRE(ran.exit_code == k_exit_ok);
  CHECK(has(ran.out, "a/b/classification.yaml\n"));
  CHECK(has(ran.err, "To do by hand in Redmine"));
  std::ostringstream out;
  std::ostringstream err;
  const OpenTrackerFunction never = [](const TrackerSettings&, const Settings&) -> Result<OpenTracker> {
    return failure(ErrorKind::denied, "offline");
  };
  CHECK(check({options.output, true, false}, never, out, err) == k_exit_ok);
  CHECK(has(out.str(), "is good: no errors, 0 warnings"));

  // Whatever is in the way is named before the server is asked, and no other file is made either.
  for (const auto* name : {"bridge.yaml", "plans.yaml"}) {
    CAPTURE(name);
    const TemporaryFolder other;
    other.write(name, "mine");
    options.output = other.name();
    const OpenForInit unasked = [](const TrackerSettings&, const ContractBook&) -> Result<OpenTracker> {
      FAIL("the server was asked");
      return failure(ErrorKind::denied, "");
    };
    const auto refused = run(options, unasked);
    CHECK(refused.exit_code == k_exit_usage);
    CHECK(has(refused.err, other.path(name)));
    CHECK(refused.out.empty());
    CHECK(read(other.path(name)) == "mine");
    CHECK(std::distance(std::filesystem::directory_iterator(other.name()), {}) == 1);
  }
  const TemporaryFolder link;
  std::filesystem::create_symlink("/nowhere/at/all", link.path("contracts.yaml"));
  options.output = link.name();
  CHECK(run(options, surveyed(redmine_default())).exit_code == k_exit_usage);
  const auto file = link.write("file", "x");
  options.output = file + "/below";
  const auto impossible = run(options, surveyed(redmine_default()));
  CHECK(impossible.exit_code == k_exit_usage);
  CHECK(has(impossible.err, "nothing was written"));
}

TEST_CASE("a tracker that does not answer is trouble, with its reason") {
  InitOptions options;
  options.target = target(TrackerKind::redmine);
  const OpenForInit denied = [](const TrackerSettings&, const ContractBook&) -> Result<OpenTracker> {
    return failure(ErrorKind::denied, "tracker support: the environment variable REDMINE_API_KEY is not set");
  };
  const auto ran = run(options, denied);
  CHECK(ran.exit_code == k_exit_trouble);
  CHECK(ran.out.empty());
  CHECK(has(ran.err, "REDMINE_API_KEY is not set"));
}

TEST_CASE("the key appears nowhere, even if the server shows it") {
  const TemporaryFolder folder;
  const std::string key = "k3y-0123456789abcdef";
  auto survey = bugzilla_52();
  survey.statuses.push_back(key);
  survey.notes = {"the key " + key};
  survey.problems = {"no right for " + key};
  survey.identity.account.login = key + "@vendor.example";
  for (const bool json : {false, true}) {
    for (const bool files : {false, true}) {
      CAPTURE(json);
      CAPTURE(files);
      const TemporaryFolder output;
      InitOptions options;
      options.target = target(TrackerKind::bugzilla);
      options.target.api_key.text = key_file(folder, key);
      options.json = json;
      if (files) options.output = output.path("config");
      const auto ran = run(options, surveyed(survey));
      CHECK(ran.exit_code == k_exit_ok);
      CHECK(!has(ran.out + ran.err, key));
      CHECK(has(ran.out + ran.err, "[secret]"));
      if (files) CHECK(!has(read(output.path("config/bridge.yaml")), key));
    }
  }
}

TEST_CASE("options of init") {
  struct Row {
    const char* name;
    std::vector<const char*> words;
    const char* says;  // empty: good
  };
  const Row rows[] = {
      {"the least", {"redmine", "https://r.example"}, ""},
      {"all of them",
       {"bugzilla", "https://b.example/", "--api-key", "file:/k", "--project", "A", "--project", "B c", "--ca-file",
        "ca.pem", "--login", "me@b.example", "--server-timezone", "Europe/Prague", "--name", "bz", "--output", "d",
        "--json"},
       ""},
      {"no address", {"redmine"}, "url"},
      {"another kind", {"trac", "https://t.example"}, "not to 'trac'"},
      {"a Jira", {"jira", "https://j.example", "--login", "me@j.example", "--create"}, ""},
      {"making fields in a Redmine", {"redmine", "https://r.example", "--create"}, "--create is for Jira"},
      {"a login for Redmine", {"redmine", "https://r.example", "--login", "me"}, "--login is for Bugzilla and Jira"},
      {"a zone for Jira", {"jira", "https://j.example", "--server-timezone", "UTC"}, "for Bugzilla"},
      {"no address at all", {"redmine", "r.example"}, "does not begin with https://"},
      {"the key itself", {"redmine", "https://r.example", "--api-key", "SECRETSECRET"}, "never the key itself"},
      {"the key as a word too many", {"redmine", "https://r.example", "SECRETSECRET"}, "a word too many"},
      {"the key behind a misspelt option", {"redmine", "https://r.example", "--apikey", "SECRETSECRET"}, "unknown"},
      {"a name with a blank", {"redmine", "https://r.example", "--name", "a b"}, "NAME#123"},
      {"a zone for Redmine", {"redmine", "https://r.example", "--server-timezone", "UTC"}, "for Bugzilla"},
      {"no such zone", {"bugzilla", "https://b.example", "--server-timezone", "Prague"}, "Europe/Prague"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto words = row.words;
    words.insert(words.begin(), {"contract-bridge", "init"});
    std::ostringstream out;
    std::ostringstream err;
    const auto parsed = parse_options(static_cast<int>(words.size()), words.data(), out, err);
    CAPTURE(err.str());
    CHECK(parsed.options.has_value() == std::string(row.says).empty());
    CHECK(has(err.str(), row.says));
    CHECK(!has(err.str(), "SECRETSECRET"));
    if (!parsed.options) CHECK(parsed.exit_code == k_exit_usage);
  }
  std::vector<const char*> words{"contract-bridge", "init"};
  words.insert(words.end(), rows[1].words.begin(), rows[1].words.end());
  std::ostringstream quiet;
  const auto all = parse_options(static_cast<int>(words.size()), words.data(), quiet, quiet).options->init;
  CHECK(all.target.kind == TrackerKind::bugzilla);
  CHECK(all.target.url == "https://b.example");
  CHECK(all.target.api_key.text == "file:/k");
  CHECK(all.target.projects == std::vector<std::string>{"A", "B c"});
  CHECK(all.target.login == "me@b.example");
  CHECK(all.target.server_timezone == "Europe/Prague");
  CHECK(all.target.name == "bz");
  CHECK(all.output == "d");
  CHECK(all.json);
}

namespace {

// init and check as the program runs them, over a socket.
class Live {
 public:
  Live(TrackerKind kind, const std::string& url, const std::string& key) {
    options_.target = target(kind);
    options_.target.url = url;
    options_.target.api_key.text = key_file(folder_, key);
  }

  InitTarget& asked() { return options_.target; }
  std::string folder(const std::string& name) const { return folder_.path(name); }

  Ran init_into(const std::string& name) {
    options_.output = folder(name);
    return run(options_, [&](const TrackerSettings& tracker, const ContractBook& book) {
      return open_tracker(tracker, book, log_);
    });
  }

  Ran check_of(const std::string& name) {
    std::ostringstream out;
    std::ostringstream err;
    const auto open = [&](const TrackerSettings& tracker, const Settings& settings) {
      return open_tracker(tracker, settings.book, log_);
    };
    const int exit_code = check({folder(name), false, false}, open, out, err);
    return {exit_code, out.str(), err.str()};
  }

 private:
  TemporaryFolder folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::error, Log::Form::human, log_text_};
  InitOptions options_;
};

}  // namespace

TEST_CASE("a fake Redmine over a socket: what init proposes passes check") {
  FakeRedmine redmine{fake::small_state(*instant_from_iso("2026-06-07T08:00:00Z")),
                      [] { return *instant_from_iso("2026-06-08T08:00:00Z"); }};
  const FakeServer server{redmine};
  Live live(TrackerKind::redmine, server.url(), "admin-key");
  const auto made = live.init_into("config");
  CAPTURE(made.err);
  REQUIRE(made.exit_code == k_exit_ok);
  const auto yaml = read(live.folder("config/bridge.yaml"));
  CAPTURE(yaml);
  CHECK(!has(made.out + made.err + yaml, "admin-key"));
  const auto checked = live.check_of("config");
  CAPTURE(checked.err);
  CHECK(checked.exit_code == k_exit_ok);
  CHECK(has(checked.out, "no errors, 0 warnings"));

  Live wrong(TrackerKind::redmine, server.url(), "another-key");
  const auto refused = wrong.init_into("config");
  CHECK(refused.exit_code == k_exit_trouble);
  CHECK(refused.out.empty());
  CHECK(has(refused.err, "the API key is wrong"));
  CHECK(!std::filesystem::exists(wrong.folder("config")));
  CHECK(redmine.writes() == 0);
}

TEST_CASE("a fake Bugzilla over a socket, before and after an administrator's work") {
  FakeBugzilla bugzilla{fake_bugzilla::small_state(), [] { return *instant_from_iso("2026-06-08T08:00:00Z"); }};
  const FakeServer server{bugzilla};
  Live live(TrackerKind::bugzilla, server.url(), "staff-key");
  live.asked().projects = {"LMS"};
  live.asked().login = "staff@example.com";
  for (const std::string name : {"before", "after"}) {
    CAPTURE(name);
    const auto made = live.init_into(name);
    CAPTURE(made.err);
    REQUIRE(made.exit_code == k_exit_ok);
    const auto yaml = read(live.folder(name) + "/bridge.yaml");
    CAPTURE(yaml);
    CHECK(!has(made.out + made.err + yaml, "staff-key"));
    CHECK(has(yaml, "      flags: { entitled: entitled }"));
    CHECK(has(yaml, "\n      billing: { field: cf_billing }\n") == (name == "after"));
    CHECK(has(made.err, "`cf_billing`: Drop Down") == (name == "before"));
    const auto checked = live.check_of(name);
    CAPTURE(checked.out);
    CAPTURE(checked.err);
    CHECK(checked.exit_code == k_exit_ok);
    fake_bugzilla::add_field(bugzilla.state(), "cf_billing", "Billing", fake_bugzilla::FieldType::select,
                             {"free", "included", "pool", "paid", "undecided"});
  }
  CHECK(bugzilla.writes() == 0);
}
