// Every text that customers read, in every language, stays whole whatever facts are known: all, none, all but one, or
// a single one.
#include <doctest/doctest.h>

#include "bridge/texts/known_texts.hpp"
#include "bridge/texts/render.hpp"
#include "bridge/texts/text_book.hpp"

using namespace cb;

namespace {

const std::set<std::string> k_flags = {"free", "included", "pool", "paid", "approved", "no_contract"};

TemplateFacts facts_of(const KnownText& known, const std::string& flag) {
  TemplateFacts facts;
  for (const auto& name : known.facts) {
    if (k_flags.count(name) == 0) facts.values[name] = "FACT-" + name;
  }
  if (known.facts.count(flag) > 0) facts.flags.insert(flag);
  return facts;
}

void check_whole(const std::string& text) {
  CAPTURE(text);
  for (const auto* trace : {"{",  "}",  "  ", "()", "( ", " )", "„“", "„”",   "«»",  "\"\"", " .", " ,",
                            " ;", " :", "..", ",.", ";.", ":.", ":,", "\n\n", " \n", "\n ",  "__"}) {
    CAPTURE(trace);
    CHECK(text.find(trace) == std::string::npos);
  }
  if (text.empty()) return;
  CHECK(std::string(".,;:) \n").find(text.front()) == std::string::npos);
  CHECK(std::string(",;:( \n").find(text.back()) == std::string::npos);
}

bool names_all(const std::string& text, const TemplateFacts& facts, const std::set<std::string>& used) {
  for (const auto& [name, value] : facts.values) {
    if (used.count(name) > 0 && text.find(value) == std::string::npos) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("texts for customers are whole with all facts, with none, and with any one more or less") {
  const TextBook texts({});
  for (const auto& known : known_texts()) {
    if (!known.customer_reads_it) continue;
    CAPTURE(known.name);
    for (const auto* language : {"en", "ru", "cs", "hu"}) {
      CAPTURE(language);
      const auto& text = texts.find(language, known.name);
      check_whole(render(text, {}));
      for (const auto* flag : {"free", "included", "pool", "paid", "approved", "no_contract", ""}) {
        CAPTURE(flag);
        const auto all = facts_of(known, flag);
        const auto whole = render(text, all);
        CHECK_FALSE(whole.empty());
        check_whole(whole);
        for (const auto& entry : all.values) {
          const auto& [name, value] = entry;
          CAPTURE(entry.first);
          auto less = all;
          less.values.erase(name);
          check_whole(render(text, less));
          check_whole(render(text, {{{name, value}}, all.flags}));
        }
      }
    }
  }
}

TEST_CASE("every fact that is known is told, in every language") {
  const TextBook texts({});
  for (const auto& known : known_texts()) {
    if (!known.customer_reads_it || known.facts.empty()) continue;
    CAPTURE(known.name);
    for (const auto* language : {"en", "ru", "cs", "hu"}) {
      CAPTURE(language);
      const auto& text = texts.find(language, known.name);
      auto used = facts_used(text);
      auto facts = facts_of(known, "pool");
      used.erase("reason");  // of a free request nobody asks why
      CHECK(names_all(render(text, facts), facts, used));
      if (known.facts.count("reason") == 0) continue;
      facts = facts_of(known, "free");
      CHECK(render(text, facts).find("FACT-reason") != std::string::npos);
    }
  }
}

TEST_CASE("words that stand inside a sentence end none") {
  const TextBook texts({});
  for (const auto& known : known_texts()) {
    if (!known.customer_reads_it || !known.facts.empty()) continue;
    CAPTURE(known.name);
    for (const auto* language : {"en", "ru", "cs", "hu"}) {
      CAPTURE(language);
      const auto& text = texts.find(language, known.name);
      CHECK_FALSE(text.empty());
      CHECK(text.find_first_of(".!?\n") == std::string::npos);
      CHECK(text == render(text, {}));
    }
  }
}
