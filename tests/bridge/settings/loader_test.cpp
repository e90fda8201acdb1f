#include "bridge/settings/loader.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bridge/settings/customer_reader.hpp"
#include "rules/contract_book.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

std::string problems_of(const Loaded& loaded) {
  std::string text;
  for (const auto& problem : loaded.problems) text += to_text(problem) + "\n";
  return text;
}

const Contract& contract(const Settings& settings, const std::string& id) {
  for (const auto& customer : settings.book.customers) {
    for (const auto& one : customer.contracts) {
      if (one.id.value == id) return one;
    }
  }
  throw std::runtime_error("no contract " + id);
}

// A copy of the example that a test may change.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("cb_loader_test" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::copy(fs::path(CB_TEST_DATA) / "example", path_, fs::copy_options::recursive);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void remove(const std::string& name) const { fs::remove_all(path_ / name); }
  [[nodiscard]] std::string path(const std::string& name = "") const {
    return name.empty() ? path_.string() : (path_ / name).string();
  }

 private:
  fs::path path_;
};

TEST_CASE("the example loads without an error") {
  const auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  const auto& settings = *loaded.settings;
  const auto& book = settings.book;
  CHECK(settings.trackers.size() == 1);
  CHECK(settings.trackers[0].api_key.text == "${REDMINE_API_KEY}");
  CHECK(settings.trackers[0].write.comments.at("risk") == CommentMode::internal);
  CHECK(settings.store == "sqlite:/var/lib/contract-bridge/bridge.db");
  CHECK(book.trackers.at("support").statuses.at("in progress") == Phase::waiting_for_us);
  CHECK(book.trackers.at("support").read.approval->value == "yes");
  CHECK(book.trackers.at("support").bots.addresses == std::vector<std::string>{"ci@vendor.example"});
  CHECK(book.calendars.size() == 5);
  CHECK(book.customers.size() == 5);
  CHECK(book.classification.rules.size() == 8);
  CHECK(book.classification.established[0].from_field);
  CHECK(settings.texts.size() == 4);
  CHECK_FALSE(book.version.empty());
}

TEST_CASE("based_on replaces whole keys, override single leaves") {
  const auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
  REQUIRE(loaded.settings);
  const auto& plans = loaded.settings->book.plans;
  const auto& extended = plans.at(PlanId{"extended"});
  CHECK_FALSE(extended.targets.of(Priority::low));                        // targets are replaced as a whole
  CHECK(extended.warn_at == std::vector<double>{0.75, 0.9});              // taken over
  CHECK(plans.at(PlanId{"partner"}).pool->per == Period::contract_year);  // replaced
  CHECK(plans.at(PlanId{"partner"}).modified_code_covered);               // through two plans
  const auto& reports = contract(*loaded.settings, "ACME-REPORTS").plan;
  CHECK(reports.pool->requests == 12);
  CHECK(reports.pool->per == Period::quarter);
  CHECK(reports.pool->when_empty.overdraft == 2);
  CHECK(reports.targets.of(Priority::urgent)->first_response->open_time == Seconds{900});
  CHECK(reports.targets.of(Priority::urgent)->next_update->open_time == Seconds{7200});
  CHECK(reports.targets.of(Priority::high)->first_response->open_time == Seconds{7200});
  CHECK(extended.pool->requests == 10);
}

TEST_CASE("support that comes with a licence ends the day before the same day of month") {
  struct Row {
    std::string name;
    std::string licence;
    int months;
    std::string last;
  };
  const std::vector<Row> rows{{"a year", "2025-11-20", 12, "2026-11-19"},
                              {"the first of a month", "2026-01-01", 12, "2026-12-31"},
                              {"a month without a 31st", "2026-01-31", 1, "2026-02-27"},
                              {"leap day", "2024-02-29", 12, "2025-02-27"},
                              {"into a leap year", "2023-08-31", 6, "2024-02-28"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(to_iso(last_day_with_licence(*date_from_iso(row.licence), row.months)) == row.last);
  }
  const auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
  REQUIRE(loaded.settings);
  CHECK(to_iso(*contract(*loaded.settings, "VOLGA-LIC").until) == "2026-11-19");
  CHECK(contract(*loaded.settings, "VOLGA-LIC").zone.name() == "Europe/Moscow");
}

TEST_CASE("files and folders that are missing are named") {
  struct Row {
    std::string name;
    std::string text;
  };
  const std::vector<Row> rows{{"bridge.yaml", "there is no such file"},
                              {"calendars.yaml", "there is no such file"},
                              {"plans.yaml", "there is no such file"},
                              {"contracts.yaml", "there is no such file"},
                              {"classification.yaml", "there is no such file"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const Folder folder;
    folder.remove(row.name);
    const auto loaded = load_settings(folder.path());
    CHECK_FALSE(loaded.settings);
    CHECK(problems_of(loaded).find(folder.path(row.name) + ": error: " + row.text + "\n") != std::string::npos);
    folder.write(row.name, "");
    const auto empty = load_settings(folder.path());
    CHECK_FALSE(empty.settings);
    CHECK(problems_of(empty).find(folder.path(row.name) + ":1:1: error: expected ") != std::string::npos);
  }
  CHECK(problems_of(load_settings("/nowhere/at/all")).starts_with("/nowhere/at/all: error: there is no such folder"));
}

TEST_CASE("contracts may stand in a folder, ids are unique over its files") {
  const Folder folder;
  folder.remove("contracts.yaml");
  folder.write("contracts/a.yaml",
               "customers:\n  a: { name: A, contracts: [ { id: A-1, plan: standard, from: 2026-01-01 } ] }\n");
  folder.write("contracts/b.yaml", "customers:\n  b: { name: B, consultant: s }\nstaff: { s: { name: S } }\n");
  const auto good = load_settings(folder.path());
  CAPTURE(problems_of(good));
  REQUIRE(good.settings);
  CHECK(good.settings->book.customers.size() == 2);
  folder.write("contracts/c.yaml",
               "customers:\n  a: { name: C, contracts: [ { id: A-1, plan: standard, from: 2026-01-01 } ] }\n");
  const auto twice = load_settings(folder.path());
  CHECK_FALSE(twice.settings);
  CHECK(problems_of(twice).find("c.yaml:2:3: error: the id `a` is taken") != std::string::npos);
}

TEST_CASE("holidays come from iCalendar files too") {
  const std::string head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n";
  const std::string two_days =
      "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260706\r\nDTEND;VALUE=DATE:20260708\r\nEND:VEVENT\r\n";
  const std::string yearly =
      "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20200810\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270810\r\nEND:"
      "VEVENT\r\n";
  const std::string with_time =
      "BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20260901T090000Z\r\nDTEND:20260901T100000Z\r\nEND:VEVENT\r\n";
  const std::string tail = "END:VCALENDAR\r\n";
  const std::string calendars =
      "calendars:\n"
      "  office-prague: { timezone: Europe/Prague, hours: { mon-fri: [\"09:00-17:00\"] }, holidays: [x] }\n"
      "  office-moscow: { timezone: Europe/Moscow, hours: always }\n"
      "  duty-emea: { timezone: UTC, hours: { fri-mon: [\"22:00-06:00\"] } }\n"
      "  round-the-clock: { timezone: UTC, hours: always }\n"
      "holidays:\n  x: { ics: x.ics }\n";
  const Folder folder;
  folder.write("calendars.yaml", calendars);
  folder.write("x.ics", head + two_days + yearly + with_time + tail);
  const auto loaded = load_settings(folder.path());
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  CHECK(problems_of(loaded).find("calendars.yaml:7:13: warning: 1 of 3 events of") != std::string::npos);
  const auto& calendar = loaded.settings->book.calendars.at(CalendarId{"office-prague"});
  struct Row {
    std::string noon;
    bool open;
  };
  for (const auto& row : std::vector<Row>{{"2026-07-03T10:00:00Z", true},
                                          {"2026-07-06T10:00:00Z", false},
                                          {"2026-07-07T10:00:00Z", false},
                                          {"2026-07-08T10:00:00Z", true},
                                          {"2026-08-10T10:00:00Z", false},
                                          {"2027-08-10T10:00:00Z", true},
                                          {"2089-08-10T10:00:00Z", false},
                                          {"2026-09-01T10:00:00Z", true}}) {
    CAPTURE(row.noon);
    CHECK(calendar.is_open(*instant_from_iso(row.noon)) == row.open);
  }
  const auto before = loaded.settings->book.version;
  folder.write("x.ics", head + two_days + tail);
  CHECK(load_settings(folder.path()).settings->book.version != before);
  for (const auto& broken : {std::string("nonsense"), head + two_days,
                             head + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:2026\r\nEND:VEVENT\r\n" + tail}) {
    folder.write("x.ics", broken);
    const auto refused = load_settings(folder.path());
    CAPTURE(problems_of(refused));
    CHECK_FALSE(refused.settings);
    CHECK(problems_of(refused).find("calendars.yaml:7:13: error: the iCalendar file `" + folder.path("x.ics")) !=
          std::string::npos);
  }
}

TEST_CASE("labels of a Redmine stand in a field that the configuration names") {
  const Folder folder;
  const std::string head =
      "trackers:\n"
      "  - name: support\n"
      "    kind: redmine\n"
      "    url: https://redmine.vendor.example\n"
      "    api_key: ${REDMINE_API_KEY}\n"
      "    statuses: { waiting_for_us: [New] }\n"
      "    priorities: { urgent: [Immediate], high: [High] }\n";
  struct Row {
    std::string name;
    std::string lines;
    std::string problem;
  };
  for (const auto& row : std::vector<Row>{
           {"no labels are used", "", ""},
           {"written nowhere", "    write: { labels: { breached: late } }\n",
            "bridge.yaml:8:14: warning: `labels` would be written, but Redmine has no labels; name a list field"},
           {"read nowhere", "    read: { workaround: { label: workaround } }\n",
            "bridge.yaml:8:27: warning: `workaround` is read from a label, but Redmine has no labels"},
           {"a field for them", "    write: { labels: { breached: late } }\n    label_field: Labels\n", ""},
           {"flags", "    write: { flags: { entitled: entitled } }\n",
            "bridge.yaml:8:14: warning: `flags` is for Bugzilla and has no effect here; trackers of other kinds "
            "mirror"},
           {"a login", "    login: bridge\n",
            "bridge.yaml:8:5: warning: `login` is for Bugzilla and Jira and has no effect here; a Redmine tells whose "
            "key it is"},
           {"changes of status", "    write: { transitions: { met: { from: New, to: Doing } } }\n",
            "bridge.yaml:8:51: error: the status `Doing` does not stand under `statuses`"},
           {"an issue property", "    write: { property: contract-bridge }\n",
            "bridge.yaml:8:14: warning: `property` is for Jira and has no effect here"},
           {"a zone", "    server_timezone: Europe/Berlin\n",
            "bridge.yaml:8:5: warning: `server_timezone` is for Bugzilla and has no effect here"},
           {"a group of insiders", "    insider_group: staff\n",
            "bridge.yaml:8:5: warning: `insider_group` is for Bugzilla and Jira and has no effect here"},
           {"a field that is taken", "    write: { billing: { field: Labels } }\n    label_field: labels\n",
            "bridge.yaml:9:18: error: the field `labels` is written by `billing`"}}) {
    CAPTURE(row.name);
    folder.write("bridge.yaml", head + row.lines);
    const auto text = problems_of(load_settings(folder.path()));
    CAPTURE(text);
    CHECK(text.find("bridge.yaml") == (row.problem.empty() ? std::string::npos : folder.path().size() + 1));
    CHECK(text.find(row.problem) != std::string::npos);
  }
  folder.write("bridge.yaml", head + "    label_field: Labels\n");
  const auto loaded = load_settings(folder.path());
  REQUIRE(loaded.settings);
  CHECK(loaded.settings->trackers.front().label_field == "Labels");
}

TEST_CASE("the urgent procedure takes a whole condition, and targets flat or by priority") {
  const Folder folder;
  std::ifstream stream(folder.path("plans.yaml"));
  const std::string plans((std::istreambuf_iterator<char>(stream)), {});
  const std::string old_when = "      when: { priority: urgent }\n";
  struct Row {
    std::string name;
    std::string lines;
    std::vector<Priority> when;
    bool also;
    std::optional<Priority> named;  // among the targets
    bool otherwise;
  };
  for (const auto& row : std::vector<Row>{
           {"priority alone", "when: { priority: urgent }", {Priority::urgent}, false, {}, false},
           {"the tracker's word", "when: { priority: Immediate }", {Priority::urgent}, false, {}, false},
           {"several", "when: { priority: [High, urgent] }", {Priority::high, Priority::urgent}, false, {}, false},
           {"labels alone", "when: { labels: [outage] }", {}, true, {}, false},
           {"both", "when: { priority: urgent, channel: phone }", {Priority::urgent}, true, {}, false},
           {"nested", "when: { any: [ { priority: urgent }, { labels: outage } ] }", {}, true, {}, false},
           {"flat targets",
            "when: { priority: urgent }\n      targets: { first_response: 30m }",
            {Priority::urgent},
            false,
            {},
            true},
           {"targets by priority",
            "when: { priority: urgent }\n      targets: { urgent: { first_response: 30m }, otherwise: { resolution: "
            "1bd } }",
            {Priority::urgent},
            false,
            Priority::urgent,
            true}}) {
    CAPTURE(row.name);
    auto text = plans;
    text.replace(text.find(old_when), old_when.size(), "      " + row.lines + "\n");
    folder.write("plans.yaml", text);
    const auto loaded = load_settings(folder.path());
    CAPTURE(problems_of(loaded));
    REQUIRE(loaded.settings);
    const auto& urgent = loaded.settings->book.plans.at(PlanId{"partner"}).urgent;
    REQUIRE(urgent);
    CHECK(urgent->when == row.when);
    CHECK((urgent->also != nullptr) == row.also);
    CHECK(urgent->targets.has_value() == (row.named || row.otherwise));
    if (urgent->targets) CHECK(urgent->targets->otherwise.has_value() == row.otherwise);
    if (row.named) CHECK(urgent->targets->by_priority.count(*row.named) == 1);
  }
}

TEST_CASE("what is doubtful is a warning and never fails") {
  const Folder folder;
  folder.write("plan.yaml", "a: 1\n");
  const auto loaded = load_settings(folder.path());
  CHECK(loaded.settings);
  CHECK(problems_of(loaded).find("plan.yaml: warning: nothing reads this file; did you mean `plans.yaml`?") !=
        std::string::npos);
  CHECK(problems_of(loaded).find("warning: plan `extended` has no targets for `low`") != std::string::npos);
}

}  // namespace
}  // namespace cb
