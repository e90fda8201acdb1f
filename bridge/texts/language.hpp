// In which language an issue is written, for issues whose tracker does not say (ruling 31). An answer is ISO 639-1
// (`ru`, `cs`, `hu`, `en`, `de` ...); empty where the text is too short or the answer would be a guess. Quick: only the
// beginning of a long text is read. Never throws; bytes that are not UTF-8 are passed over. language.cpp is the only
// file that sees CLD2.
#pragma once

#include <string>

namespace cb {

// People write the summary; the description may be a log. So a summary that is clearly in another language wins over an
// English description; a word or two that might be so do not.
std::string detect_language(const std::string& summary, const std::string& description);

}  // namespace cb
