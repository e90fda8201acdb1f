// A text as somebody said it: plain words (text.hpp), each with its sentence and clause and whether it stands in
// quotes or in a question. Sentences end at . ! ? ; and line ends, clauses also at commas, colons, dashes and brackets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/text.hpp"

namespace cb {

struct UtteredWord {
  std::uint32_t sentence = 0, clause = 0;  // counted through the text
  bool quoted = false;                     // in quotes around a few words: a name, not a complaint
  bool question = false;                   // the sentence ends with a question mark
};

struct Utterance {
  PlainWords plain;
  std::vector<UtteredWord> words;  // as plain.words
};

Utterance read_utterance(std::string_view text);

}  // namespace cb
