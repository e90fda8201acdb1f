// Each ruling is named by a scenario or a test, so that none is decided and then forgotten. Read as text: "ruling",
// "rulings" or "rulings.md", then one number or several with commas, "and", "to" or a dash between them.
#include <doctest/doctest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr int k_last = 70;

std::string content_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

// Moves over a word if it stands there.
bool skip(const std::string& text, std::size_t& at, const std::string& word) {
  if (text.compare(at, word.size(), word) != 0) return false;
  at += word.size();
  return true;
}

bool is_digit(const std::string& text, std::size_t at) {
  return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
}

int number_at(const std::string& text, std::size_t& at) {
  int out = 0;
  for (int digits = 0; is_digit(text, at) && digits < 4; ++digits) out = out * 10 + (text[at++] - '0');
  return out;
}

// The numbers after "ruling".
void read_numbers(const std::string& text, std::size_t at, std::set<int>& out) {
  skip(text, at, "s");
  skip(text, at, ".md");
  int last = 0;
  while (skip(text, at, " ") && is_digit(text, at)) {
    const int first = number_at(text, at);
    last = first;
    if (skip(text, at, " to ") || skip(text, at, "-")) last = number_at(text, at);
    for (int number = first; number <= last && number <= k_last; ++number) out.insert(number);
    if (!skip(text, at, ",") && !skip(text, at, " and")) break;
    skip(text, at, " and");
  }
}

std::set<int> rulings_in(const std::string& text) {
  std::set<int> out;
  const std::string word = "uling";
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool whole = at > 0 && (text[at - 1] == 'r' || text[at - 1] == 'R');
    if (whole) read_numbers(text, at + word.size(), out);
  }
  return out;
}

bool is_read(const fs::path& path) {
  const auto name = path.filename().string();
  if (name == "rulings_test.cpp") return false;
  return path.extension() == ".yaml" || name.find("_test.cpp") != std::string::npos;
}

}  // namespace

TEST_CASE("numbers of rulings in a text") {
  struct Row {
    std::string text;
    std::set<int> expected;
  };
  for (const auto& row : {Row{"# rulings.md 5", {5}}, Row{"(ruling 12)", {12}}, Row{"Ruling 7: named", {7}},
                          Row{"rulings 4, 9 and 11.", {4, 9, 11}}, Row{"rulings.md 1, 3, 31\n  row: 77", {1, 3, 31}},
                          Row{"rulings 14 and 70 in 20 rows", {14, 70}}, Row{"rulings 3 to 5, 8-9", {3, 4, 5, 8, 9}},
                          Row{"rulings 1, 2, and 3", {1, 2, 3}}, Row{"a ruling of 1990", {}}, Row{"ruling", {}},
                          Row{"curling 5", {}}, Row{"see 5 rulings", {}}}) {
    CAPTURE(row.text);
    CHECK(rulings_in(row.text) == row.expected);
  }
}

TEST_CASE("every ruling is named by a test") {
  const fs::path root(CB_SOURCE_DIR);
  std::set<int> named;
  int files = 0;
  for (const auto& folder : {root / "tests", root / "config" / "example" / "scenarios"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file() || !is_read(entry.path())) continue;
      named.merge(rulings_in(content_of(entry.path())));
      ++files;
    }
  }
  REQUIRE(files > 100);
  for (int number = 1; number <= k_last; ++number) {
    CAPTURE(number);
    CHECK(named.count(number) == 1);
  }
}
