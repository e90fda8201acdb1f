// Finds many phrases in a text in one pass, by plain words (text.hpp). In a phrase `fail*` is a word that begins so,
// `a|b` either of two, `~` up to two words in between (`~ ~` up to four); everything else is a whole word. Made once,
// then read by any number of threads. The time grows with the length of the text, and hardly with the number of
// phrases.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/text.hpp"

namespace cb {

class PhraseSet {
 public:
  // Where a phrase was found: words from `first` to `last`, both included.
  struct Mark {
    std::uint32_t first = 0, last = 0;
    std::uint16_t tag = 0;
  };

  // What stands for the phrase in the answer is `tag`. With `typos` a letter left out, doubled or swapped with its
  // neighbour is forgiven in long words.
  void add(std::string_view phrase, std::uint16_t tag, bool typos);
  // In the order of their first words.
  [[nodiscard]] std::vector<Mark> find_in(const PlainWords& text) const;
  [[nodiscard]] bool empty() const { return phrases_.empty(); }

 private:
  struct Element {
    std::uint32_t group = 0;
    std::uint32_t skip = 0;  // words that may stand before it
  };
  struct Phrase {
    std::vector<Element> elements;
    std::uint16_t tag = 0;
  };
  // Letters that are a stem: a word of just these, or one that begins so.
  struct End {
    std::uint64_t key = 0;  // the letters, see key_after; 0: free
    std::uint32_t stem = 0;
    bool begins = false;
  };
  // To which groups each word belongs, in one list: those of word i stand from starts[i] to starts[i + 1].
  struct Groups {
    std::vector<std::uint32_t> starts, groups;
    [[nodiscard]] bool has(std::size_t word, std::uint32_t group) const;
  };

  std::uint32_t stem_of(const std::string& word, bool typos);
  std::uint32_t group_of(const std::vector<std::string>& words, bool typos);
  void enter(std::string_view letters, std::uint32_t stem, bool begins);
  void insert_end(const End& end);
  [[nodiscard]] Groups groups_of(const PlainWords& text) const;
  // The last word of the phrase that begins at the word, or npos.
  [[nodiscard]] std::size_t end_of(const Phrase& phrase, std::size_t word, const Groups& groups,
                                   std::size_t words) const;

  std::unordered_map<std::string, std::uint32_t> known_stems_, known_groups_;  // only for building
  std::vector<End> ends_ = std::vector<End>(1024);                             // open addressing, at most half full
  std::size_t end_count_ = 0;
  std::vector<Phrase> phrases_;
  std::vector<std::vector<std::uint32_t>> grouped_;   // by stem: the groups of words it is one of
  std::vector<std::vector<std::uint32_t>> begun_by_;  // phrases by their first group
};

}  // namespace cb
