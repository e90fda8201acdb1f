#include "rules/utterance.hpp"

#include <array>
#include <optional>

namespace cb {
namespace {

constexpr std::size_t k_longest_name = 6;  // words in quotes; what is longer is speech

struct Gap {
  bool sentence = false, clause = false, question = false;
  int quotes = 0;
};

bool starts_with_any(std::string_view text, const std::string_view* from, const std::string_view* to) {
  for (; from != to; ++from) {
    if (text.starts_with(*from)) return true;
  }
  return false;
}

bool is_single_letter(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return (word.size() == 1 && !(first >= '0' && first <= '9')) || (word.size() == 2 && first >= 0x80);
}

// What stands between two words, or before the first and after the last. A dot after a single letter (`e.g.`) ends no
// sentence.
Gap read_gap(std::string_view gap, bool after_letter) {
  static constexpr std::array<std::string_view, 11> quotes{"\"", "'", "`", "“", "”", "„", "«", "»", "‘", "’", "‚"};
  static constexpr std::array<std::string_view, 3> dashes{"–", "—", "…"};
  Gap out;
  for (std::size_t at = 0; at < gap.size(); ++at) {
    const auto rest = gap.substr(at);
    const char c = gap[at];
    // A dot inside `17.00` or `acme.example` ends nothing.
    const bool stop = (c == '.' && rest.size() > 1 && !after_letter) || c == '!' || c == '?' || c == ';' || c == '\n';
    if (stop && !out.sentence) out.question = c == '?';
    if (stop) out.sentence = true;
    if (c == ',' || c == ':' || c == '(' || c == ')' || c == '[' || c == ']' || rest.starts_with(" - ")) {
      out.clause = true;
    }
    if (starts_with_any(rest, dashes.begin(), dashes.end())) out.clause = true;
    if (starts_with_any(rest, quotes.begin(), quotes.end())) ++out.quotes;
  }
  return out;
}

// The words before `end` that belong to the sentence.
void mark_question(std::vector<UtteredWord>& words, std::size_t end, std::uint32_t sentence) {
  while (end > 0 && words[end - 1].sentence == sentence) words[--end].question = true;
}

}  // namespace

Utterance read_utterance(std::string_view text) {
  Utterance out;
  out.plain = plain_words(text);
  const auto& words = out.plain.words;
  out.words.resize(words.size());
  UtteredWord now;
  constexpr auto k_none = std::string_view::npos;
  std::size_t open = k_none;  // the first word after the quotes that may begin a name
  for (std::size_t i = 0; i <= words.size(); ++i) {
    const auto from = i == 0 ? 0 : words[i - 1].to;
    const auto to = i == words.size() ? text.size() : words[i].from;
    const auto gap = read_gap(text.substr(from, to - from), i > 0 && is_single_letter(out.plain[i - 1]));
    if (gap.question) mark_question(out.words, i, now.sentence);
    if (gap.sentence) ++now.sentence;
    if (gap.sentence || gap.clause) ++now.clause;
    for (int quote = 0; quote < gap.quotes; ++quote) {
      if (open != k_none && i > open && i - open <= k_longest_name) {
        for (auto named = open; named < i; ++named) out.words[named].quoted = true;
        open = k_none;
      } else {
        open = i;
      }
    }
    if (i < words.size()) out.words[i] = now;
  }
  return out;
}

}  // namespace cb
