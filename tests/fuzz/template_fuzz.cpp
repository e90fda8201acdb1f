// Templates of a configuration and the facts that are filled in: the first line is a fact, the rest the template. No
// fact is ever read as template, and a template that was found sound can be filled.
#include "bridge/texts/known_texts.hpp"
#include "bridge/texts/render.hpp"
#include "rules/plain_line.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void one_input(const std::string& bytes) {
  const auto [fact, text] = first_line(bytes);
  const auto problem = template_problem(text);
  must_be(render("{{plan_title}}", {{{"plan_title", fact}}, {}}), without_turns(fact), "a fact is shown as it is");
  TemplateFacts facts{{{"plan_title", fact}, {"secret", "SECRET-7"}}, {"free"}};
  if (!problem.empty()) return;
  const auto shown = render(text, facts);
  if (facts_used(text).count("secret") == 0 && bytes.find("SECRET-7") == std::string::npos)
    must(shown.find("SECRET-7") == std::string::npos, "a fact that is not named is not shown");
  must_be(render(text, facts), shown, "the same facts give the same text");
}

}  // namespace cb::fuzz
