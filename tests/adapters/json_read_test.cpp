#include "adapters/json_read.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

std::string refusal(const std::string& text, JsonLimits limits = {}) {
  const auto document = JsonDocument::parse(text, "reading", limits);
  if (document) return "(accepted)";
  CHECK(document.error().kind == ErrorKind::bad_reply);
  return document.error().what;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what is no JSON is refused in words") {
  struct Row {
    const char* name;
    std::string text;
    const char* words;
  };
  const Row rows[] = {{"empty", "", "is empty where JSON was expected"},
                      {"blank", " \r\n", "is empty where JSON was expected"},
                      {"page", "\n<!DOCTYPE html><html>", "an HTML page - a proxy or a login page?"},
                      {"truncated object", "{\"issues\":[{\"id\":1", "breaks off after 18 bytes"},
                      {"truncated text", "{\"issues\":\"abc", "breaks off after 14 bytes"},
                      {"words", "hello", "is not JSON from byte"},
                      {"two values", "{} {}", "is not JSON from byte"},
                      {"invalid UTF-8", "{\"a\":\"\xC3(\"}", "not valid UTF-8 at byte"},
                      {"lone continuation", "{\"a\":\"\x80\"}", "not valid UTF-8 at byte"},
                      {"lone surrogate", "{\"a\":\"\\ud800\"}", "is not JSON from byte"},
                      {"more behind a NUL", std::string("{}\0{{{", 6), "a NUL byte"},
                      {"a NUL at the end", std::string("{}\0", 3), "a NUL byte"},
                      {"number too big", "{\"a\":1e999}", "a number that is too big"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto what = refusal(row.text);
    CAPTURE(what);
    CHECK(has(what, "reading: "));
    CHECK(has(what, row.words));
    CHECK(!has(what, "json.exception"));
  }
}

TEST_CASE("depth: one below, at and above the limit; absurd depth costs no stack") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  const JsonLimits limits{1024, 10};
  CHECK(refusal(nested(9), limits) == "(accepted)");
  CHECK(refusal(nested(10), limits) == "(accepted)");
  CHECK(has(refusal(nested(11), limits), "more than 10 levels deep"));
  CHECK(has(refusal(nested(2'000'000)), "levels deep"));
  CHECK(has(refusal(std::string(2'000'000, '[')), "levels deep"));
  std::string objects;
  for (int i = 0; i < 500'000; ++i) objects += "{\"a\":";
  CHECK(has(refusal(objects), "levels deep"));
  CHECK(refusal("{\"a\":\"" + std::string(100, '[') + "\\\"[[[\"}", limits) == "(accepted)");
}

TEST_CASE("size: at the limit and above") {
  const JsonLimits limits{20, 10};
  CHECK(refusal("[" + std::string(18, ' ') + "]", limits) == "(accepted)");
  CHECK(has(refusal("[" + std::string(19, ' ') + "]", limits), "more than the 20"));
}

TEST_CASE("values come out as they are") {
  const auto document = JsonDocument::parse(
      R"({"t":"x","n":-5,"d":1.5,"b":true,"z":null,"l":[1,2],"i":"2026-11-22T09:22:22Z","u":9223372036854775807})",
      "a");
  REQUIRE(document.has_value());
  const auto root = document->root();
  CHECK(root["t"].text() == "x");
  CHECK(root["n"].integer() == -5);
  CHECK(root["u"].integer() == INT64_MAX);
  CHECK(root["d"].number_or(0) == doctest::Approx(1.5));
  CHECK(root["b"].boolean_or(false));
  CHECK(root["z"].text_or("none") == "none");
  CHECK(!root["z"].present());
  CHECK(!root["absent"].present());
  CHECK(root["absent"]["deeper"].text_or("-") == "-");
  CHECK(root["l"].items().size() == 2);
  CHECK(root["absent"].items().empty());
  CHECK(root["n"].scalar() == "-5");
  CHECK(root["b"].scalar() == "true");
  CHECK(to_iso(root["i"].instant()) == "2026-11-22T09:22:22Z");
  CHECK(!document->problem().has_value());
}

TEST_CASE("the first wrong value is named by its path") {
  struct Row {
    const char* name;
    const char* text;
    void (*read)(const JsonValue&);
    const char* words;
  };
  const Row rows[] = {
      {"missing", "{}", [](const JsonValue& v) { (void)v["a"]["b"].text(); }, "$.a.b: expected a text, got nothing"},
      {"null", R"({"a":null})", [](const JsonValue& v) { (void)v["a"].integer(); },
       "$.a: expected a whole number, got null"},
      {"type", R"({"a":[{"b":"x"}]})", [](const JsonValue& v) { (void)v["a"].items().front()["b"].integer(); },
       "$.a[0].b: expected a whole number, got a text"},
      {"fraction", R"({"a":1.5})", [](const JsonValue& v) { (void)v["a"].integer(); }, "$.a: expected a whole number"},
      {"too big", R"({"a":9223372036854775808})", [](const JsonValue& v) { (void)v["a"].integer(); },
       "$.a: expected a whole number"},
      {"instant", R"({"a":"yesterday"})", [](const JsonValue& v) { (void)v["a"].instant(); },
       "$.a: expected an instant such as 2026-11-22T14:30:00Z"},
      {"not an object", R"([1])", [](const JsonValue& v) { (void)v["a"]; }, "$: expected an object, got a list"},
      {"not a list", R"({"a":{}})", [](const JsonValue& v) { (void)v["a"].items(); },
       "$.a: expected a list, got an object"},
      {"no single value", R"({"a":{}})", [](const JsonValue& v) { (void)v["a"].scalar(); },
       "$.a: expected a single value, got an object"},
      {"boolean", R"({"a":"yes"})", [](const JsonValue& v) { (void)v["a"].boolean_or(false); },
       "$.a: expected true or false, got a text"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto document = JsonDocument::parse(row.text, "reading issue #3");
    REQUIRE(document.has_value());
    row.read(document->root());
    document->root()["later"].refuse("something else");
    const auto problem = document->problem();
    REQUIRE(problem.has_value());
    CAPTURE(problem->what);
    CHECK(problem->kind == ErrorKind::bad_reply);
    CHECK(has(problem->what, "reading issue #3: "));
    CHECK(has(problem->what, row.words));
  }
}

}  // namespace cb
