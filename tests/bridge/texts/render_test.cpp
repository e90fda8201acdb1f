#include "bridge/texts/render.hpp"

#include <doctest/doctest.h>

#include "bridge/texts/known_texts.hpp"

using namespace cb;

TEST_CASE("a template is filled with facts, and what names a missing fact is left out") {
  struct Row {
    const char* name;
    const char* text;
    TemplateFacts facts;
    const char* expected;
  };
  const Row rows[] = {
      {"a fact", "Due {{due}}.", {{{"due", "Monday"}}, {}}, "Due Monday."},
      {"a sentence without its fact goes as a whole", "First. Due {{due}}, or later. Last.", {{}, {}}, "First. Last."},
      {"the only sentence of a line takes its line along", "First.\nDue {{due}}.\nLast.", {{}, {}}, "First.\nLast."},
      {"an empty fact is a missing fact", "A. By {{due}}.", {{{"due", ""}}, {}}, "A."},
      {"dots of a fact end no sentence",
       "Until {{until}} it is {{who}}. Yes.",
       {{{"until", "12. 5. 2026"}}, {}},
       "Yes."},
      {"a section asks whether the fact is there", "{{#a}}A is {{a}}.{{/a}}{{^a}}No A.{{/a}}", {{}, {}}, "No A."},
      {"a section with its fact", "{{#a}}A is {{a}}.{{/a}}{{^a}}No A.{{/a}}", {{{"a", "x"}}, {}}, "A is x."},
      {"a flag is a section only", "{{#free}}Free.{{/free}}{{#paid}}Paid.{{/paid}}", {{}, {"free"}}, "Free."},
      {"nothing is escaped", "{{a}}", {{{"a", "<b> & \"c\""}}, {}}, "<b> & \"c\""},
      {"a fact is no template", "{{a}}", {{{"a", "{{b}} {{#c}}"}, {"b", "secret"}}, {}}, "{{b}} {{#c}}"},
      {"blanks that are left behind go", "A.  {{#x}}X.{{/x}} B. \n \nC.", {{}, {}}, "A. B.\nC."},
      {"a blank line of the template stays", "A.\n\nB.", {{}, {}}, "A.\n\nB."},
      {"question marks end sentences too", "Well? {{x}} it is. Done.", {{}, {}}, "Well? Done."},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(render(row.text, row.facts) == row.expected);
  }
}

TEST_CASE("what a template uses, and what is wrong with it") {
  CHECK(facts_used("{{a}} {{#b}}{{c}}{{/b}} {{^d}}x{{/d}} {{! not me }}") == std::set<std::string>{"a", "b", "c", "d"});
  CHECK(template_problem("{{#a}}{{b}}{{/a}}").empty());
  CHECK_FALSE(template_problem("{{#a}} never closed").empty());
  CHECK_FALSE(template_problem("{{a").empty());
  CHECK_FALSE(template_problem("{{> other}}").empty());
}
