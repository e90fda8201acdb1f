#include "bridge/cli/calendar_eval.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

using nlohmann::json;

const char* const k_office =
    R"([{"id": "office", "timezone": "Europe/Prague", "weekly": {"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]]},
  "holidays": ["2026-11-24"], "extra": [{"date": "2026-11-25", "hours": [["22:00", "02:00"]]}]}])";

struct Ran {
  int exit_code = -1;
  std::string out, err;
};

Ran run(const std::string& calendars, const std::string& cases) {
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = calendar_eval({calendars, cases}, out, err);
  return {exit_code, out.str(), err.str()};
}

class Files {
 public:
  std::string write(const std::string& name, const std::string& text) { return folder_.write(name, text); }
  Ran run_cases(const std::string& cases) { return run(write("c.json", k_office), write("cases.jsonl", cases)); }
  Ran run_calendars(const std::string& calendars) { return run(write("c.json", calendars), write("cases.jsonl", "")); }
  [[nodiscard]] std::string folder() const { return folder_.name(); }

 private:
  TemporaryFolder folder_;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("calendar eval answers every vector as expected, and adds nothing but `got`") {
  const std::string folder = std::string{CB_TEST_DATA} + "/vectors/";
  for (const char* name : {"deadlines_elapsed.jsonl", "pauses.jsonl"}) {
    CAPTURE(name);
    const Ran ran = run(folder + "calendars.json", folder + name);
    CHECK(ran.exit_code == 0);
    CHECK(contains(ran.err, " 0 different, 0 without an expectation, 0 unreadable"));
    std::istringstream answers{ran.out};
    std::ifstream cases{folder + name};
    for (std::string asked, answered; std::getline(cases, asked);) {
      REQUIRE(std::getline(answers, answered));
      json expected = json::parse(asked);
      expected["got"] = expected.contains("expect") ? expected["expect"] : expected["expect_seconds"];
      CHECK(json::parse(answered) == expected);
    }
    CHECK(answers.peek() == std::char_traits<char>::eof());
  }
}

TEST_CASE("calendar eval: one case") {
  struct Row {
    const char* name;
    const char* line;
    int exit_code;
    const char* out;
  };
  const Row rows[] = {
      {"without an expectation",
       R"({"calendar": "office", "op": "deadline", "start": "2026-11-23T08:00:00Z", "minutes": 60})", 0,
       R"({"calendar":"office","op":"deadline","start":"2026-11-23T08:00:00Z","minutes":60,"got":"2026-11-23T09:00:00Z"})"},
      {"unknown keys stay where they are",
       R"({"z": [1, {"y": null}], "calendar": "office", "op": "elapsed", "from": "2026-11-23T00:00:00Z", "to": "2026-11-24T00:00:00Z", "a": "ž"})",
       0,
       R"({"z":[1,{"y":null}],"calendar":"office","op":"elapsed","from":"2026-11-23T00:00:00Z","to":"2026-11-24T00:00:00Z","a":"ž","got":32400})"},
      {"as expected",
       R"({"calendar":"office","op":"elapsed","from":"2026-11-23T08:00:00Z","to":"2026-11-23T08:00:01Z","expect_seconds":1})",
       0,
       R"({"calendar":"office","op":"elapsed","from":"2026-11-23T08:00:00Z","to":"2026-11-23T08:00:01Z","expect_seconds":1,"got":1})"},
      {"not as expected",
       R"({"id":"x1","calendar":"office","op":"elapsed","from":"2026-11-23T08:00:00Z","to":"2026-11-23T08:00:01Z","expect_seconds":2})",
       1,
       R"({"id":"x1","calendar":"office","op":"elapsed","from":"2026-11-23T08:00:00Z","to":"2026-11-23T08:00:01Z","expect_seconds":2,"got":1})"},
      {"an earlier `got` is replaced",
       R"({"calendar":"office","op":"deadline","got":7,"start":"2026-11-28T00:00:00Z","minutes":0})", 0,
       R"({"calendar":"office","op":"deadline","got":"2026-11-28T00:00:00Z","start":"2026-11-28T00:00:00Z","minutes":0})"},
      {"an open pause",
       R"({"calendar":"office","op":"deadline_with_pauses","start":"2026-11-23T08:00:00Z","minutes":60,"pauses":[["2026-11-23T08:59:59Z",null]],"expect":null})",
       0,
       R"({"calendar":"office","op":"deadline_with_pauses","start":"2026-11-23T08:00:00Z","minutes":60,"pauses":[["2026-11-23T08:59:59Z",null]],"expect":null,"got":null})"},
      {"extra hours over midnight",
       R"({"calendar":"office","op":"deadline","start":"2026-11-23T17:00:00Z","minutes":240,"expect":"2026-11-26T01:00:00Z"})",
       0,
       R"({"calendar":"office","op":"deadline","start":"2026-11-23T17:00:00Z","minutes":240,"expect":"2026-11-26T01:00:00Z","got":"2026-11-26T01:00:00Z"})"},
  };
  Files files;
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Ran ran = files.run_cases(std::string{row.line} + "\n");
    CHECK(ran.exit_code == row.exit_code);
    CHECK(ran.out == std::string{row.out} + "\n");
    CHECK(contains(ran.err, "1 cases: "));
  }
}

TEST_CASE("calendar eval: a difference is told with its line and name") {
  Files files;
  const Ran ran = files.run_cases(
      "\n{\"id\":\"x1\",\"calendar\":\"office\",\"op\":\"elapsed\",\"from\":\"2026-11-23T08:00:00Z\",\"to\":\"2026-11-"
      "23T08:"
      "00:01Z\",\"expect_seconds\":2}\r\n");
  CHECK(ran.exit_code == 1);
  CHECK(contains(ran.err, "cases.jsonl:2: different: x1: expected 2, got 1\n"));
}

TEST_CASE("calendar eval: a case that cannot be understood is told with its line, the others are answered") {
  struct Row {
    const char* name;
    std::string line;
    const char* words;
  };
  const std::string deadline = R"({"calendar":"office","op":"deadline","start":"2026-11-23T08:00:00Z","minutes":)";
  const std::string paused =
      R"({"calendar":"office","op":"deadline_with_pauses","start":"2026-11-23T08:00:00Z","minutes":1,"pauses":)";
  const Row rows[] = {
      {"truncated", R"({"calendar":"office")", ":2:21: error: this is not JSON: unexpected end of input"},
      {"no JSON", "hello", ":2:1: error: this is not JSON: invalid literal"},
      {"more than JSON", "{} {}", ":2:4: error: this is not JSON"},
      {"no UTF-8", "{\"a\":\"\xff\"}", "ill-formed UTF-8"},
      {"no object", "[1]", ":2: error: expected an object"},
      {"nothing in it", "{}", "`calendar` is missing"},
      {"unknown calendar", R"({"calendar":"offce"})", "no `offce` (did you mean `office`?)"},
      {"calendar of another type", R"({"calendar":5})", "`calendar`: expected a text, got `5`"},
      {"no operation", R"({"calendar":"office"})", "`op` is missing"},
      {"unknown operation", R"({"calendar":"office","op":"dedline"})",
       "no operation `dedline`; did you mean `deadline`?"},
      {"no minutes", R"({"calendar":"office","op":"deadline","start":"2026-11-23T08:00:00Z"})", "`minutes` is missing"},
      {"text for minutes", deadline + "\"5\"}", "`minutes`: expected a whole number"},
      {"broken minutes", deadline + "1.5}", "`minutes`: expected a whole number"},
      {"negative minutes", deadline + "-1}", "`minutes`: expected a whole number from 0 on"},
      {"too many minutes", deadline + "9223372036854775807}", "is too many"},
      {"more than 64 bits", deadline + "18446744073709551616}", "`minutes`: expected a whole number"},
      {"a number without end", deadline + "1e999}", "a number here is too big"},
      {"beyond the last year", deadline + "1000000000}", "after the year 2300"},
      {"a key twice", deadline + "1,\"minutes\":2}", "`minutes` stands here twice"},
      {"bad instant",
       R"({"calendar":"office","op":"elapsed","from":"2026-02-29T00:00:00Z","to":"2026-03-01T00:00:00Z"})",
       "`from`: expected an instant such as"},
      {"an offset", R"({"calendar":"office","op":"elapsed","from":"2026-02-28T00:00:00+01:00","to":""})",
       "`from`: expected"},
      {"before the first year",
       R"({"calendar":"office","op":"elapsed","from":"1969-12-31T23:59:59Z","to":"2026-03-01T00:00:00Z"})",
       "`from`: expected a year from 1970"},
      {"no pauses", R"({"calendar":"office","op":"deadline_with_pauses","start":"2026-11-23T08:00:00Z","minutes":1})",
       "`pauses` is missing"},
      {"pauses of another type", paused + "{}}", "`pauses`: expected a list"},
      {"a pause without end", paused + R"([["2026-11-23T08:00:00Z"]]})", "`pauses`: expected pairs"},
      {"a pause without beginning", paused + "[[null,null]]}", "`pauses`: expected an instant"},
      {"nested without end", std::string(100000, '[') + std::string(100000, ']'), "nested more than"},
      {"objects without end", "{\"a\":" + paused + std::string(40, '[') + std::string(40, ']') + "}}",
       "nested more than"},
  };
  Files files;
  const std::string good = deadline + "0}";
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Ran ran = files.run_cases(good + "\n" + row.line + "\n" + good + "\n");
    CHECK(ran.exit_code == 2);
    CHECK_MESSAGE(contains(ran.err, "cases.jsonl:2:"), ran.err);
    CHECK_MESSAGE(contains(ran.err, row.words), ran.err);
    CHECK(contains(ran.err, "3 cases: 0 equal, 0 different, 2 without an expectation, 1 unreadable\n"));
    CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 2);
  }
}

TEST_CASE("calendar eval: calendars that cannot be understood answer nothing") {
  struct Row {
    const char* name;
    std::string calendars;
    const char* words;
  };
  const auto with = [](const std::string& keys) { return "[\n\n{\"id\": \"a\",\n " + keys + "}]"; };
  const std::string zone = "\"timezone\": \"Europe/Prague\"";
  const Row rows[] = {
      {"empty", "", ":1:1: error: this is not JSON"},
      {"truncated in the third line", "[\n{\"id\": \"a\",\n \"timezone\"", ":3:12: error: this is not JSON"},
      {"no list", R"({"id": "a"})", "expected a list of calendars"},
      {"no objects", R"([{"id": "a"}, 5])", "expected a list of calendars"},
      {"no id", "[{}]", "`id` is missing"},
      {"twice", "[{\"id\": \"a\", " + zone + ", \"weekly\": {\"mon\": [[\"09:00\", \"10:00\"]]}},\n{\"id\": \"a\"}]",
       ":2: error: calendar `a`: there is one of this id before"},
      {"no zone", with("\"weekly\": {}"), ":3: error: calendar `a`: the key `timezone` is missing"},
      {"unknown zone", with("\"timezone\": \"Europe/Pragu\""), "the zone database has no `Europe/Pragu`"},
      {"never open", with(zone), "never opens"},
      {"week of another type", with(zone + ", \"weekly\": []"), "`weekly`: expected hours by day"},
      {"unknown day", with(zone + ", \"weekly\": {\"munday\": []}"), "no day `munday`"},
      {"bad time", with(zone + ", \"weekly\": {\"mon\": [[\"9:00\", \"10:00\"]]}"), "`weekly` on mon: expected a time"},
      {"after midnight", with(zone + ", \"weekly\": {\"mon\": [[\"09:00\", \"24:01\"]]}"), "from 00:00 to 24:00"},
      {"no pair", with(zone + ", \"weekly\": {\"mon\": [\"09:00\", \"10:00\"]}"), "expected pairs"},
      {"bad holiday", with(zone + ", \"holidays\": [\"2026-02-29\"]"), "`holidays`: expected a date"},
      {"bad short day", with(zone + ", \"extra\": [{\"date\": \"2026-02-28\"}]"), "`hours` is missing"},
      {"a short day twice",
       with(zone + ", \"extra\": [{\"date\":\"2026-02-28\",\"hours\":[]},{\"date\":\"2026-02-28\",\"hours\":[]}]"),
       "2026-02-28 stands twice"},
      {"a key twice", with(zone + ", " + zone), ":4: error: the key `timezone` stands here twice"},
  };
  Files files;
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Ran ran = files.run_calendars(row.calendars);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK_MESSAGE(contains(ran.err, "c.json:"), ran.err);
    CHECK_MESSAGE(contains(ran.err, row.words), ran.err);
  }
}

TEST_CASE("calendar eval: a key of a calendar that means nothing is told, not obeyed") {
  Files files;
  const Ran ran = files.run_calendars(
      R"([{"id":"a","timezone":"UTC","weekly":{"mon":[["09:00","10:00"]]},"holiday":["2026-11-23"]}])");
  CHECK(ran.exit_code == 0);
  CHECK(contains(ran.err, "warning: calendar `a`: the key `holiday` means nothing here; did you mean `holidays`?"));
}

TEST_CASE("calendar eval: files that cannot be read") {
  Files files;
  const std::string good = files.write("c.json", k_office);
  const std::string cases = files.write("cases.jsonl", "");
  struct Row {
    const char* name;
    std::string calendars, cases, words;
  };
  const Row rows[] = {
      {"no calendars", files.folder() + "/none.json", cases, "none.json: error: No such file"},
      {"a folder of calendars", files.folder(), cases, "error: Is a directory"},
      {"no cases", good, files.folder() + "/none.jsonl", "none.jsonl: error: No such file"},
      {"a folder of cases", good, files.folder(), "error: Is a directory"},
      {"no yaml", files.folder() + "/none.yaml", cases, "none.yaml"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Ran ran = run(row.calendars, row.cases);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK_MESSAGE(contains(ran.err, row.words), ran.err);
  }
}

TEST_CASE("calendar eval: many bad lines do not flood the terminal") {
  Files files;
  std::string cases;
  for (int i = 0; i < 1000; ++i) cases += "x\n";
  const Ran ran = files.run_cases(cases);
  CHECK(ran.exit_code == 2);
  CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 52);
  CHECK(contains(ran.err, "and 950 more\n1000 cases: "));
}

TEST_CASE("calendar eval: calendars in the form of calendars.yaml") {
  Files files;
  const std::string yaml = files.write("calendars.yaml", R"(calendars:
  office:
    timezone: Europe/Prague
    hours: { mon-fri: ["09:00-18:00"] }
    holidays: [cz]
    short_days: { 2026-11-23: ["09:00-12:00"] }
holidays:
  cz: { dates: [2026-11-24] }
)");
  const std::string cases = files.write(
      "cases.jsonl",
      R"({"calendar":"office","op":"deadline","start":"2026-11-23T08:00:00Z","minutes":240,"expect":"2026-11-25T09:00:00Z"})");
  const Ran ran = run(yaml, cases);
  CHECK(ran.exit_code == 0);
  CHECK(contains(ran.out, R"("got":"2026-11-25T09:00:00Z"})"));

  const Ran wrong = run(files.write("bad.yml", "calendars:\n  a: { timezone: Europe/Pragu, hours: always }\n"), cases);
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.out.empty());
  CHECK(contains(wrong.err, "bad.yml:2:"));
}

}  // namespace
}  // namespace cb
