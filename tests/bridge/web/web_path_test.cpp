#include "bridge/web/web_path.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

std::string shown(const std::optional<std::vector<std::string>>& parts) {
  if (!parts) return "refused";
  std::string text;
  for (const auto& part : *parts) text += "[" + part + "]";
  return text;
}

std::string shown(const Parameter& parameter) {
  switch (parameter.state) {
    case Parameter::State::absent:
      return "absent";
    case Parameter::State::twice:
      return "twice";
    case Parameter::State::malformed:
      return "malformed";
    case Parameter::State::given:
      break;
  }
  return "=" + parameter.value;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a path is cut first and decoded once") {
  struct Row {
    std::string path;
    std::string parts;
  };
  const Row rows[] = {
      {"/", ""},
      {"/a", "[a]"},
      {"/a/b-c_d.e~f", "[a][b-c_d.e~f]"},
      {"/a%20b/c+d", "[a b][c+d]"},
      {"/%e2%82%ac", "[\xE2\x82\xAC]"},
      {"/%E2%82%AC", "[\xE2\x82\xAC]"},
      {"/\xE2\x82\xAC", "[\xE2\x82\xAC]"},
      {"/%F0%9F%98%80", "[\xF0\x9F\x98\x80]"},
      {"/%252e%252e", "[%2e%2e]"},  // decoded once, so it is a strange name and no way up
      {"/...", "[...]"},
      {"/a/.well-known", "[a][.well-known]"},
      {repeated("/a", 16), repeated("[a]", 16)},
      {"/" + std::string(1'999, 'a'), "[" + std::string(1'999, 'a') + "]"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(shown(path_parts(row.path)) == row.parts);
  }
}

TEST_CASE("hostile paths are refused as a whole") {
  const std::string rows[] = {
      "",
      "a",
      "*",
      "http://evil.example/",
      "//evil.example",
      "/a/",
      "/a//b",
      "/.",
      "/..",
      "/a/../b",
      "/a/./b",
      "/%2e%2e/b",
      "/%2E%2e",
      "/.%2e/etc/passwd",
      "/%2e",
      "/a%2fb",
      "/a%2Fb",
      "/a%5cb",
      "/a\\b",
      "/..%5c..%5cwindows",
      "/a%00b",
      "/a%00",
      std::string("/a\0b", 4),
      "/a%0d%0aSet-Cookie:x",
      "/a%0ab",
      "/a%09b",
      "/a%7fb",
      "/a%1b%5b31m",
      "/a\r\nb",
      "/a\tb",
      "/%",
      "/%4",
      "/%4g",
      "/%g4",
      "/%u002e",
      "/a%c0%ae",              // an overlong dot
      "/%c0%ae%c0%ae/passwd",  // the same twice
      "/%c1%81",
      "/%e0%80%ae",
      "/%f0%80%80%ae",
      "/%ff",
      "/%80",
      "/%e2%82",
      "/%e2%82/%ac",
      "/%ed%a0%80",  // half of a surrogate pair
      "/%f4%90%80%80",
      "/%f5%80%80%80",
      "/\xFF",
      repeated("/a", 17),
      "/" + std::string(2'000, 'a'),
  };
  for (const auto& path : rows) {
    CAPTURE(path);
    CHECK(shown(path_parts(path)) == "refused");
  }
}

TEST_CASE("a value of a query") {
  struct Row {
    std::string query;
    std::string value;
  };
  const Row rows[] = {
      {"", "absent"},
      {"page", "="},
      {"page=", "="},
      {"page=2", "=2"},
      {"a=1&page=2&b=3", "=2"},
      {"page=2=3", "=2=3"},
      {"page=a+b%2Bc", "=a b+c"},
      {"page=/a", "=/a"},
      {"Page=2", "absent"},
      {"pages=2", "absent"},
      {"%70age=2", "absent"},
      {"&&page=2&", "=2"},
      {"page=2&page=3", "twice"},
      {"page=2&page=2", "twice"},
      {"page&page=%", "twice"},
      {"page=%", "malformed"},
      {"page=%0d%0a", "malformed"},
      {"page=%00", "malformed"},
      {"page=%ff", "malformed"},
      {"page=5%00", "malformed"},
      {"page=%zz", "malformed"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.query);
    CHECK(shown(parameter(row.query, "page")) == row.value);
  }
}

TEST_CASE("what is wrong with a query") {
  struct Row {
    std::string query;
    std::string problem;  // its beginning
  };
  const Row rows[] = {
      {"", ""},
      {"limit=5&cursor=", ""},
      {"&", ""},
      {"limit=5&limit=7", "`limit` is given more than once."},
      {"limit=5&cursor=%zz", "The value of `cursor` is malformed"},
      {"limit=%ff", "The value of `limit` is malformed"},
      {"Limit=5", "There is a parameter that this address does not take; it takes `limit`, `cursor`."},
      {"limit=5&x", "There is a parameter that this address does not take"},
      {"=5", "There is a parameter that this address does not take"},
      {"lim%69t=5", "There is a parameter that this address does not take"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.query);
    const auto problem = query_problem(row.query, {"limit", "cursor"});
    CHECK(problem.starts_with(row.problem));
    CHECK(problem.empty() == row.problem.empty());
  }
  CHECK(query_problem("x=1", {}) == "This address takes no parameters.");
  CHECK(query_problem("", {}).empty());
}

}  // namespace cb
