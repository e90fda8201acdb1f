// Finds many phrases in a text in one pass, by plain words (text.hpp). In a phrase `fail*` is a word that begins so,
// `a|b` either of two, `~` up to two words in between (`~ ~` up to four); everything else is a whole word. Made once,
// then read by any number of threads. The time grows with the length of the text, and hardly with the number of
// phrases.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
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
    std::uint32_t stem = 0;
    std::uint32_t skip = 0;  // words that may stand before it
  };
  struct Phrase {
    std::vector<Element> elements;
    std::uint16_t tag = 0;
  };
  // A stem that ends at a node: the word so far is the stem, or begins so.
  struct End {
    std::uint32_t stem = 0;
    std::uint32_t next = 0;  // of the same node; 0: none
    bool begins = false;
  };
  struct Edge {
    std::uint32_t key = 0;  // node * 256 + byte; 0: free, as no edge leaves the root by a zero byte
    std::uint32_t to = 0;
  };
  // Which stems each word is, in one list: those of word i stand from starts[i] to starts[i + 1].
  struct Stems {
    std::vector<std::uint32_t> starts, stems;
    [[nodiscard]] bool has(std::size_t word, std::uint32_t stem) const;
  };

  std::uint32_t stem_of(const std::string& word, bool typos);
  void enter(std::string_view letters, std::uint32_t stem, bool begins);
  std::uint32_t grow(std::uint32_t node, unsigned char byte);
  [[nodiscard]] std::uint32_t step(std::uint32_t node, unsigned char byte) const;
  void insert_edge(Edge edge);
  [[nodiscard]] Stems stems_of(const PlainWords& text) const;
  // The last word of the phrase that begins at the word, or npos.
  [[nodiscard]] std::size_t end_of(const Phrase& phrase, std::size_t word, const Stems& stems, std::size_t words) const;

  std::map<std::string, std::uint32_t> known_stems_;                  // only for building
  std::vector<std::uint32_t> nodes_ = std::vector<std::uint32_t>(1);  // the first end of each
  std::vector<End> ends_ = std::vector<End>(1);                       // the first is none
  std::vector<Edge> edges_ = std::vector<Edge>(1024);                 // open addressing, at most half full
  std::size_t edge_count_ = 0;
  std::vector<Phrase> phrases_;
  std::vector<std::vector<std::uint32_t>> begun_by_;  // phrases by their first stem
};

}  // namespace cb
