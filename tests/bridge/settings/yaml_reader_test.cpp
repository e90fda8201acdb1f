#include "bridge/settings/yaml_reader.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace cb {
namespace {

std::string problems_text(const Problems& problems) {
  std::string text;
  for (const auto& problem : problems.sorted()) text += to_text(problem) + "\n";
  return text;
}

TEST_CASE("broken YAML is refused at the place that a person must look at") {
  struct Row {
    std::string name;
    std::string yaml;
    std::string place;
    std::string words;
  };
  const std::vector<Row> rows{
      {"duplicate key", "a: 1\nb: 2\na: 3\n", "f.yaml:3:1", "duplicate key `a`; it stands in line 1"},
      {"duplicate key in flow style", "x: { name: A, url: u, name: B }\n", "f.yaml:1:23", "duplicate key `name`"},
      {"duplicate key deep in a list", "x:\n  - y:\n      z: 1\n      z: 2\n", "f.yaml:4:7", "duplicate key `z`"},
      {"columns count characters", "ключ: { имя: А, имя: Б }\n", "f.yaml:1:17", "duplicate key `имя`"},
      {"quote never closed", "a: 1\nb: \"text\nc: 3\n", "f.yaml:2:4", "never closed"},
      {"single quote never closed", "a: 'text\nb: 2\n", "f.yaml:1:4", "never closed"},
      {"quote closed by the next one", "a: \"x\nb: \"y\"\nc: \"z\"\n", "f.yaml:1:4", "not closed on its line"},
      {"bracket never closed", "a: [1, 2\nb: 3\n", "f.yaml:1:4", "`[` that opens here is not closed"},
      {"brace never closed", "a: 1\nb: { c: 1\nd: 2\n", "f.yaml:2:4", "`{` that opens here is not closed"},
      {"wrong bracket", "a: { x: [1 }\n", "f.yaml:1:12", "closes nothing that is open"},
      {"one bracket too many", "a: [x]]\n", "f.yaml:1:7", "closes nothing"},
      {"tab as indentation", "a:\n\tb: 1\n", "f.yaml:2:1", "tab"},
      {"tab after blanks", "a:\n  b: 1\n  \tc: 2\n", "f.yaml:3:3", "tab"},
      {"indented too far", "a:\n  b: 1\n    c: 2\n", "f.yaml:3:5", "indentation"},
      {"indented too little", "a:\n    b: 1\n   c: 2\n", "f.yaml:3:4", "indentation"},
      {"colon in a plain text", "a: b: c\n", "f.yaml:1:5", "quotes"},
      {"at sign", "a: @x\n", "f.yaml:1:4", "cannot begin with `@`"},
      {"unknown anchor", "a: *.example\n", "f.yaml:1:4", "begins with `*`"},
      {"alias inside of itself", "a: &x [*x]\n", "f.yaml:1:8", "inside of what it repeats"},
      {"two documents", "a: 1\n---\nb: 2\n", "f.yaml:2:1", "second document"},
      {"a tag", "a: !secret x\n", "f.yaml:1:4", "`!secret`"},
      {"a list as key", "? [a]\n: b\n", "f.yaml:1:3", "a key is a word"},
      {"not UTF-8", "a: \xE9t\xE9\n", "f.yaml:1:4", "UTF-8"},
      {"control character", std::string("a: x\nb: \x01y\n"), "f.yaml:2:4", "UTF-8"},
      {"merge of a text", "a: { <<: x }\n", "f.yaml:1:10", "takes over a map"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    Problems problems;
    read_yaml_text(row.yaml, "f.yaml", problems);
    const auto text = problems_text(problems);
    CAPTURE(text);
    CHECK(text.starts_with(row.place + ": error: "));
    CHECK(text.find(row.words) != std::string::npos);
  }
}

TEST_CASE("legal YAML of any style is read") {
  struct Row {
    std::string name;
    std::string yaml;
  };
  const std::vector<Row> rows{
      {"document marks", "---\na: {x: 1}\n...\n"},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a: {x: 1}\n"},
      {"CRLF", "a:\r\n  x: 1\r\n"},
      {"tabs where they do not indent", "a:\t{x: 1}\t# tab\n"},
      {"flow over several lines", "a: {\n  x:\n    1\n}\n"},
      {"flow over several lines with tabs", "a: {\n\tx: 1\n}\n"},
      {"blocks of text", "b: |\n  \"one\n  \tquote: [\nc: >-\n  it's\na:\n  x: 1\n"},
      {"block of text in a list", "b:\n  - k: |\n      \"\n    l: 1\n  - |\n    {\na: {x: 1}\n"},
      {"quotes over two lines", "b: \"one\n  two: x\"\na: {x: 1}\n"},
      {"apostrophes", "b: it's\nc: 'it''s'\nd: \"say \\\"x\\\"\"\na: {x: 1}\n"},
      {"a comment with a quote", "# don't [\na: {x: 1} # \"\n"},
      {"anchor and alias", "b: &b {x: 1}\na: *b\n"},
      {"merge key", "b: &b {x: 1, y: 2}\na:\n  <<: *b\n  y: 3\n"},
      {"merge of several", "b: &b {x: 1}\nc: &c {x: 2}\na: {<<: [*b, *c]}\n"},
      {"quoted keys", "\"a\": {'x': 1}\n"},
      {"explicit text", "a: {x: !!str 1}\n"},
      {"key: {quoted}: tight", "a: {\"x\":1}\n"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    Problems problems;
    const auto tree = read_yaml_text(row.yaml, "f.yaml", problems);
    CAPTURE(problems_text(problems));
    REQUIRE(tree.has_value());
    CHECK_FALSE(problems.any_error());
    REQUIRE(tree->find("a"));
    REQUIRE(tree->find("a")->find("x"));
    CHECK(tree->find("a")->find("x")->text == "1");
  }
}

TEST_CASE("an explicit key wins over a merged one") {
  Problems problems;
  const auto tree = read_yaml_text("b: &b {x: 1, y: 2}\na: {y: 3, <<: *b}\n", "f.yaml", problems);
  REQUIRE(tree);
  CHECK(tree->find("a")->find("y")->text == "3");
  CHECK(tree->find("a")->find("x")->place.line == 1);
}

TEST_CASE("absurd nesting and alias bombs end in a message") {
  Problems problems;
  CHECK_FALSE(read_yaml_text("a: " + std::string(100000, '['), "f.yaml", problems));
  CHECK_FALSE(read_yaml_text("a: " + std::string(100000, '[') + std::string(100000, ']'), "f.yaml", problems));
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "k:\n";
  CHECK_FALSE(read_yaml_text(deep, "f.yaml", problems));
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const auto before = std::to_string(i - 1);
    const auto now = std::to_string(i);
    bomb += "a" + now + ": &a" + now + " [";
    for (int k = 0; k < 10; ++k) bomb += "*a" + before + ", ";
    bomb += "x]\n";
  }
  CHECK_FALSE(read_yaml_text(bomb, "f.yaml", problems));
  const auto text = problems_text(problems);
  CHECK(text.find("nested more than 64 levels deep") != std::string::npos);
  CHECK(text.find("aliases repeat more than") != std::string::npos);
}

TEST_CASE("files that cannot be read say so") {
  const auto folder = std::filesystem::temp_directory_path() / ("cb_yaml_reader_test" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  Problems problems;
  CHECK_FALSE(read_yaml_file((folder / "none.yaml").string(), "none.yaml", problems));
  CHECK_FALSE(read_yaml_file(folder.string(), "folder.yaml", problems));
  std::ofstream(folder / "empty.yaml").flush();
  const auto empty = read_yaml_file((folder / "empty.yaml").string(), "empty.yaml", problems);
  REQUIRE(empty);
  CHECK(empty->kind == YamlNode::Kind::nothing);
  CHECK(problems_text(problems) ==
        "folder.yaml: error: this is a folder; a YAML file is expected\nnone.yaml: error: there is no such file\n");
  std::filesystem::remove_all(folder);
}

TEST_CASE("values of the wrong type say what was expected and what was found") {
  struct Row {
    std::string name;
    std::string yaml;
    std::string text;  // empty: read without a problem
  };
  const auto check = [](const std::vector<Row>& rows, auto read) {
    for (const auto& row : rows) {
      CAPTURE(row.name);
      Problems problems;
      const auto tree = read_yaml_text("v: " + row.yaml + "\n", "f", problems);
      REQUIRE(tree);
      const bool read_value = read(*tree->find("v"), problems);
      const auto text = problems_text(problems);
      CAPTURE(text);
      CHECK(read_value == row.text.empty());
      CHECK(text.empty() == row.text.empty());
      CHECK(text.find(row.text) != std::string::npos);
    }
  };
  check({{"text", "abc", ""},
         {"number in quotes", "\"5\"", ""},
         {"number", "5", "expected X, a text (put it in quotes), but found the number `5`"},
         {"truth", "true", "found the truth value `true`"},
         {"list", "[a]", "expected X, a text, but found a list"},
         {"map", "{a: b}", "but found a map"},
         {"nothing", "", "but found nothing"},
         {"empty", "\"\"", "the text is empty"},
         {"hours", "09:00-18:00", ""},
         {"date", "2026-03-01", ""}},
        [](const YamlNode& node, Problems& problems) { return text_of(node, "X", problems).has_value(); });
  check({{"true", "true", ""},
         {"yes", "yes", "expected X, true or false, but found the text `yes`"},
         {"quoted", "\"true\"", "true or false without quotes"}},
        [](const YamlNode& node, Problems& problems) { return bool_of(node, "X", problems).has_value(); });
  check({{"least", "1", ""},
         {"most", "9", ""},
         {"below", "0", "a whole number from 1 to 9, but found the number `0`"},
         {"above", "10", "found the number `10`"},
         {"broken", "1.5", "found the number `1.5`"},
         {"quoted", "\"5\"", "found the text `5`"},
         {"huge", "99999999999999999999", "whole number"}},
        [](const YamlNode& node, Problems& problems) { return int_of(node, "X", 1, 9, problems).has_value(); });
  check({{"date", "2024-02-29", ""},
         {"quoted date", "\"2026-03-01\"", ""},
         {"no such day", "2026-02-30", "`2026-02-30`: there is no such day"},
         {"no leap year", "2026-02-29", "there is no such day"},
         {"month 13", "2026-13-01", "there is no such day"},
         {"other order", "01.03.2026", "year-month-day"},
         {"one digit", "2026-3-1", "year-month-day"},
         {"with time", "2026-03-01T00:00:00Z", "year-month-day"},
         {"year", "1989-12-31", "1990 to 2200"},
         {"late year", "2201-01-01", "1990 to 2200"}},
        [](const YamlNode& node, Problems& problems) { return date_of(node, "X", problems).has_value(); });
  check({{"hours", "8h", ""},
         {"mixed", "1h30m", ""},
         {"days", "14d", ""},
         {"no unit", "30", "a duration such as"},
         {"words", "8 hours", "but found the text `8 hours`"},
         {"negative", "-2h", "duration"},
         {"wrong order", "30m1h", "duration"},
         {"business days", "2bd", "duration"}},
        [](const YamlNode& node, Problems& problems) { return duration_of(node, "X", problems).has_value(); });
  check({{"share", "75%", ""},
         {"none", "0%", ""},
         {"all", "100%", ""},
         {"more", "101%", "a share from `0%` to `100%`"},
         {"negative", "-1%", "share"},
         {"no sign", "75", "share"}},
        [](const YamlNode& node, Problems& problems) { return percent_of(node, "X", problems).has_value(); });
  check({{"word", "paid", ""},
         {"near", "piad", "expected X, paid or refuse, but found the text `piad`; did you mean `paid`?"},
         {"far", "zzz", "paid or refuse, but found the text `zzz`\n"}},
        [](const YamlNode& node, Problems& problems) {
          return choice_of(node, "X", {"paid", "refuse"}, problems).has_value();
        });
}

TEST_CASE("the nearest known word is found and nothing far is offered") {
  const std::vector<std::string> words{"first_response", "resolution", "workaround", "nda", "from", "until"};
  struct Row {
    std::string name;
    std::string word;
    std::string near;
  };
  const std::vector<Row> rows{{"one letter", "resolutoin", "resolution"},
                              {"dash", "first-response", "first_response"},
                              {"case", "NDA", "nda"},
                              {"short for long", "response", "first_response"},
                              {"swapped", "form", "from"},
                              {"left out", "untl", "until"},
                              {"far", "colour", ""},
                              {"nothing", "", ""}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(nearest_word(row.word, words) == row.near);
  }
}

}  // namespace
}  // namespace cb
