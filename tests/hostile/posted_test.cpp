// Issues that a program posts to do harm, and files of the same kind (H73 to H79): small texts that ask for much memory
// or time. Times are those of the processor, so that a busy machine changes nothing; each took more than the limit, or
// all memory, before there was one.
#include <doctest/doctest.h>

#include <ctime>

#include "bridge/settings/json_node.hpp"
#include "bridge/settings/loader.hpp"
#include "bridge/settings/posted_issue.hpp"
#include "tests/support/effort.hpp"

using namespace cb;

namespace {

constexpr double k_most_seconds = k_stride == 1 ? 4 : 60;

template <class Work>
void cheaply(Work work) {
  const auto began = std::clock();
  work();
  CHECK(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < k_most_seconds);
}

// Whether there is a tree, and the problems as lines.
struct Read {
  bool read = false;
  std::string problems;
};

Read json_read(const std::string& text) {
  Problems problems;
  Read result;
  result.read = read_json_text(text, problems).has_value();
  for (const auto& problem : problems.sorted()) result.problems += to_text(problem) + "\n";
  return result;
}

std::size_t bytes_of_places(const YamlNode& node) {
  auto bytes = node.place.file->size();
  for (const auto& item : node.items) bytes += bytes_of_places(item);
  for (const auto& entry : node.entries) bytes += bytes_of_places(entry.value);
  return bytes;
}

std::string list_of(int number, const std::string& item) {
  std::string text = "[";
  for (int i = 0; i < number; ++i) text += (i == 0 ? "" : ",") + item;
  return text + "]";
}

// `"0": 1, "1": 1`
std::string numbered(int number, const std::string& prefix, const std::string& value) {
  std::string text;
  for (int i = 0; i < number; ++i) text += (i == 0 ? "\"" : ",\"") + prefix + std::to_string(i) + "\":" + value;
  return text;
}

const ContractBook& example_book() {
  static const auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
  REQUIRE(loaded.settings);
  return loaded.settings->book;
}

PostedReading posted(const std::string& more) {
  return read_posted_issue(R"({"issue":{"id":7,"created":"2026-05-12T07:00:00Z")" + more + "}}", example_book(),
                           *instant_from_iso("2026-06-09T12:00:00Z"));
}

}  // namespace

TEST_CASE("H73: a key as long as a book, above as many values as fit, is not held once for each of them") {
  const auto at_limit = json_read("{\"" + std::string(200, 'a') + "\":[1]}");
  CHECK(at_limit.read);
  const auto read = json_read("{\"" + std::string(400'000, 'a') + "\":" + list_of(15'000, "1") + "}");
  CHECK_FALSE(read.read);
  CHECK(read.problems.find("a key is longer than 200 bytes: `aaa") != std::string::npos);
  CHECK(read.problems.size() < 500);
}

TEST_CASE("H74: keys that are short, and long together") {
  std::string text = list_of(15'000, "1");
  for (int i = 0; i < 30; ++i) text = "{\"" + std::string(150, 'a') + "\":" + text + "}";
  const auto read = json_read(text);
  CHECK_FALSE(read.read);
  CHECK(read.problems.find("together longer than 500 bytes") != std::string::npos);
  Problems problems;
  const auto tree = read_json_text(
      "{\"" + std::string(200, 'a') + "\":{\"" + std::string(200, 'b') + "\":" + list_of(19'000, "1") + "}}", problems);
  REQUIRE(tree.has_value());
  CHECK(bytes_of_places(*tree) < 10'000'000);
}

TEST_CASE("H75: more values than any issue has") {
  CHECK(json_read(list_of(19'999, "1")).read);
  CHECK(json_read("{" + numbered(19'999, "", "1") + "}").read);
  for (const auto& text :
       {list_of(20'000, "1"), list_of(200'000, "[]"), list_of(200'000, "{}"), "{" + numbered(95'000, "", "1") + "}"}) {
    cheaply([&] {
      const auto read = json_read(text);
      CHECK_FALSE(read.read);
      CHECK(read.problems == "$: error: there are more than 20000 values in this\n");
    });
  }
}

TEST_CASE("H76: as many unknown keys as may be posted, each of which could have meant one of ours") {
  cheaply([] {
    const auto reading = posted("," + numbered(19'000, "descriptionn-of-the-issue-with-a-long-name-", "1"));
    CHECK_FALSE(reading.posted);
    CHECK(reading.problems.size() == 19'000);
  });
}

TEST_CASE("H77: as many fields, and changes of other fields, as may be posted") {
  const std::string event = R"({"at":"2026-05-12T07:00:00Z","by":"x",)";
  cheaply([&] {
    const auto reading = posted(R"(,"fields":{)" + numbered(9'000, "P\xC5\x99\xC3\xAD", "1") + R"(},"history":[)" +
                                event + R"("fields":{)" + numbered(3'000, "\xC5\xBDivot", "[1,2]") + "}}]");
    REQUIRE(reading.posted);
    CHECK(reading.posted->issue.fields.size() == 12'000);
  });
}

TEST_CASE("H78: as many labels as may be posted, and as many that come and go") {
  std::string labels;
  std::string added;
  for (int i = 0; i < 9'000; ++i) {
    labels += (i == 0 ? "\"\xC5\x99" : ",\"\xC5\x99") + std::to_string(i) + "\"";
    added += (i == 0 ? "\"\xC5\x98" : ",\"\xC5\x98") + std::to_string(i) + "\"";  // the same in capitals
  }
  cheaply([&] {
    const auto reading =
        posted(R"(,"labels":[)" + labels + R"(],"history":[{"at":"2026-05-12T07:00:00Z","by":"x","labels":{"add":[)" +
               added + "]}}]");
    REQUIRE(reading.posted);
    CHECK(reading.posted->issue.labels.size() == 9'000);
  });
}

TEST_CASE("H79: a file of a hundred thousand keys in one map") {
  std::string map;
  for (int i = 0; i < 100'000; ++i) map += "  k" + std::to_string(i) + ": 1\n";
  cheaply([&] {
    Problems problems;
    const auto root = read_yaml_text("a:\n" + map + "  k7: 2\n", "f.yaml", problems);
    REQUIRE(root.has_value());
    CHECK(root->find("a")->entries.size() == 100'000);
    REQUIRE(problems.error_count() == 1);
    CHECK(problems.sorted().front().text == "duplicate key `k7`; it stands in line 9 already");
  });
}
