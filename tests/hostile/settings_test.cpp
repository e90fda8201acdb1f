// Files of the configuration that harm (H63 to H72). tests/bridge/settings/yaml_reader_test.cpp has absurd nesting and
// aliases of many values, load_texts_test.cpp facts that a text does not have, tests/bridge/texts/render_test.cpp facts
// that look like templates.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "bridge/settings/ical_reader.hpp"
#include "bridge/settings/yaml_reader.hpp"
#include "bridge/texts/known_texts.hpp"
#include "bridge/texts/render.hpp"
#include "rules/pattern.hpp"

using namespace cb;

namespace {

// No limit that a person would notice, but far below what an explosion takes.
constexpr std::chrono::seconds k_long{20};

template <class Work>
void quickly(Work work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  CHECK(std::chrono::steady_clock::now() - began < k_long);
}

std::string problems_text(const Problems& problems) {
  std::string text;
  for (const auto& problem : problems.sorted()) text += to_text(problem) + "\n";
  return text;
}

std::string yaml_problems(const std::string& yaml) {
  Problems problems;
  read_yaml_text(yaml, "f.yaml", problems);
  return problems_text(problems);
}

std::string calendar_with(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + events + "END:VCALENDAR\r\n";
}

std::string event(const std::string& rule) {
  return "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:19900101\r\n" + rule + "\r\nEND:VEVENT\r\n";
}

std::string ical_problems(const std::string& content, std::set<Date>& days) {
  Problems problems;
  days = read_ical_text(content, "h.ics", {std::make_shared<const std::string>("calendars.yaml"), 1, 1}, problems);
  return problems_text(problems);
}

}  // namespace

TEST_CASE("H63: one long text that aliases repeat") {
  std::string bomb = "a: &a \"" + std::string(1'000'000, 'x') + "\"\nb: [";
  for (int i = 0; i < 1000; ++i) bomb += "*a, ";
  CHECK(yaml_problems(bomb + "x]\n").find("16 MB of text") != std::string::npos);
}

TEST_CASE("H64: one long text that anchors keep, each around the other") {
  std::string bomb = "a: ";
  for (int i = 0; i < 40; ++i) bomb += "&a" + std::to_string(i) + " [";
  bomb += "\"" + std::string(1'000'000, 'x') + "\"" + std::string(40, ']') + "\n";
  CHECK(yaml_problems(bomb).find("16 MB of text") != std::string::npos);
}

TEST_CASE("H65: a million occurrences of one holiday, and a hundred thousand of each of many") {
  std::set<Date> days;
  quickly([&] {
    CHECK(ical_problems(calendar_with(event("RRULE:FREQ=DAILY;COUNT=1000000")), days).empty());
    CHECK(days.size() > 70'000);  // each day up to 2200, and then no more
  });
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += event("RRULE:FREQ=DAILY;COUNT=1000000");
  quickly([&] { CHECK(ical_problems(calendar_with(many), days).find("100000 times") != std::string::npos); });
}

TEST_CASE("H66: rules of holidays that never come, or come each second") {
  std::set<Date> days;
  for (const auto* rule :
       {"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=SECONDLY;COUNT=1000000000",
        "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31", "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "RRULE:FREQ=DAILY;INTERVAL=30000;BYMONTH=2;BYMONTHDAY=31", "RRULE:FREQ=MINUTELY;BYYEARDAY=-366",
        "RRULE:FREQ=DAILY;UNTIL=99991231", "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=366"}) {
    CAPTURE(rule);
    quickly([&] { ical_problems(calendar_with(event(rule)), days); });
  }
}

TEST_CASE("H67: lines of a calendar cannot forge a line of ours") {
  std::set<Date> days;
  const auto text = ical_problems(calendar_with(event("DTEND;VALUE=DATE:2026\x1b[2J\x7F"
                                                      "0102/\xE2\x80\xAE")),
                                  days);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') <= 2);
}

TEST_CASE("H68: expressions that take other engines for ever") {
  const std::string text(100'000, 'a');
  for (const auto* expression : {"(a+)+$", "(a|aa)+$", "(.*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"}) {
    CAPTURE(expression);
    quickly([&] {
      const auto made = Pattern::make(expression);
      REQUIRE(made.pattern);
      CHECK_FALSE(made.pattern->found_in(text + "!"));
    });
  }
}

TEST_CASE("H69: expressions that would take all memory, or that RE2 does not know, are refused in words") {
  for (const auto* expression : {"((a{100}){100}){100}", "(a)\\1", "(?=a)", "a(b", "\xFF"}) {
    CAPTURE(expression);
    const auto made = Pattern::make(expression);
    CHECK_FALSE(made.pattern);
    CHECK_FALSE(made.error.empty());
  }
}

TEST_CASE("H70: no way of writing a tag shows a fact that a text may not name") {
  for (const auto* tag : {"{{secret}}", "{{&secret}}", "{{{secret}}}", "{{ &secret }}", "{{#secret}}x{{/secret}}",
                          "{{^secret}}x{{/secret}}", "{{>secret}}", "{{=<% %>=}}<%secret%>", "{{ =<% %>= }}<%secret%>",
                          "{{\nsecret}}", "{{secret__}}", "{{.}}", "{{#plan_title}}{{secret}}{{/plan_title}}"}) {
    CAPTURE(tag);
    const std::string text = "Plan " + std::string(tag);
    const auto used = facts_used(text);
    const auto& allowed = find_known_text("receipt")->facts;
    const bool refused =
        !template_problem(text).empty() ||
        std::any_of(used.begin(), used.end(), [&](const auto& name) { return allowed.count(name) == 0; });
    CHECK(refused);
    CHECK(render(text, {{{"plan_title", "Gold"}}, {}}).find("SECRET") == std::string::npos);
  }
}

TEST_CASE("H71: marks that the renderer uses itself, in a template and in a fact") {
  CHECK_FALSE(template_problem("Plan \x02"
                               "0\x03 {{plan_title}}")
                  .empty());
  CHECK(render("Plan \x02"
               "7\x03 {{plan_title}}.",
               {{{"plan_title", "Gold"}}, {}}) == "Plan 7 Gold.");
  CHECK(render("Plan {{plan_title}}.", {{{"plan_title",
                                          "\x01\x02"
                                          "9\x03{{secret}}"}},
                                        {}}) ==
        "Plan \x01\x02"
        "9\x03{{secret}}.");
}

TEST_CASE("H72: sections in sections without end") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "{{#plan_title}}";
  quickly([&] { CHECK_FALSE(template_problem(text).empty()); });
}
