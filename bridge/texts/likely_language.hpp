// The likeliest language of a few words, where an answer is wanted even if it is a guess: by letters and small words of
// the languages we have texts in, else as language.hpp detects it, else English. Never empty.
#pragma once

#include <string>

namespace cb {

std::string likely_language(const std::string& text);

}  // namespace cb
