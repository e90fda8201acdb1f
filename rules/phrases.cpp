#include "rules/phrases.hpp"

#include <algorithm>

namespace cb {
namespace {

constexpr std::uint32_t k_most_skipped = 2;
constexpr std::size_t k_long_word = 7;  // letters; shorter words turn into other words too easily

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  parts.erase(std::remove(parts.begin(), parts.end(), std::string()), parts.end());
  return parts;
}

// The letters of a word as one would count them.
std::vector<std::string> letters_of(std::string_view word) {
  std::vector<std::string> letters;
  for (const char c : word) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (continues && !letters.empty()) {
      letters.back() += c;
    } else {
      letters.emplace_back(1, c);
    }
  }
  return letters;
}

std::string joined(const std::vector<std::string>& letters) {
  std::string out;
  for (const auto& letter : letters) out += letter;
  return out;
}

// First and last letter stay: people get them right, and other words begin otherwise.
std::vector<std::string> typos_of(std::string_view word) {
  const auto letters = letters_of(word);
  std::vector<std::string> out;
  if (letters.size() < k_long_word) return out;
  for (std::size_t i = 1; i + 1 < letters.size(); ++i) {
    auto changed = letters;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
    out.push_back(joined(changed));
    changed = letters;
    changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(i), letters[i]);
    out.push_back(joined(changed));
    if (i + 2 < letters.size()) {
      changed = letters;
      std::swap(changed[i], changed[i + 1]);
      out.push_back(joined(changed));
    }
  }
  return out;
}

// The low bits of the product alone depend on the low bits of the key only, and those are much the same.
std::size_t slot_of(std::uint32_t key, std::size_t size) {
  const auto mixed = key * 2654435761U;
  return (mixed ^ (mixed >> 15U)) & (size - 1);
}

}  // namespace

std::uint32_t PhraseSet::step(std::uint32_t node, unsigned char byte) const {
  const auto key = node * 256 + byte;
  for (auto slot = slot_of(key, edges_.size());; slot = (slot + 1) & (edges_.size() - 1)) {
    if (edges_[slot].key == key) return edges_[slot].to;
    if (edges_[slot].key == 0) return 0;
  }
}

void PhraseSet::insert_edge(Edge edge) {
  auto slot = slot_of(edge.key, edges_.size());
  while (edges_[slot].key != 0) slot = (slot + 1) & (edges_.size() - 1);
  edges_[slot] = edge;
}

std::uint32_t PhraseSet::grow(std::uint32_t node, unsigned char byte) {
  if (const auto there = step(node, byte)) return there;
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(0);
  if (2 * ++edge_count_ > edges_.size()) {
    std::vector<Edge> old(edges_.size() * 2);
    old.swap(edges_);
    for (const auto& edge : old) {
      if (edge.key != 0) insert_edge(edge);
    }
  }
  insert_edge({node * 256 + byte, made});
  return made;
}

void PhraseSet::enter(std::string_view letters, std::uint32_t stem, bool begins) {
  std::uint32_t node = 0;
  for (const char c : letters) node = grow(node, static_cast<unsigned char>(c));
  auto last = nodes_[node];
  for (auto at = last; at != 0; at = ends_[at].next) {
    if (ends_[at].stem == stem && ends_[at].begins == begins) return;
    last = at;
  }
  (last == 0 ? nodes_[node] : ends_[last].next) = static_cast<std::uint32_t>(ends_.size());
  ends_.push_back({stem, 0, begins});
}

std::uint32_t PhraseSet::stem_of(const std::string& word, bool typos) {
  const auto name = word + (typos ? "~" : "");
  const auto [known, is_new] = known_stems_.try_emplace(name, static_cast<std::uint32_t>(known_stems_.size()));
  const auto stem = known->second;
  if (!is_new) return stem;
  begun_by_.emplace_back();
  const bool begins = word.back() == '*';
  const std::string_view letters = std::string_view(word).substr(0, word.size() - (begins ? 1 : 0));
  enter(letters, stem, begins);
  if (typos) {
    for (const auto& typo : typos_of(letters)) enter(typo, stem, begins);
  }
  return stem;
}

void PhraseSet::add(std::string_view phrase, std::uint16_t tag, bool typos) {
  std::vector<Phrase> variants(1);
  std::uint32_t skip = 0;
  for (const auto& item : split(phrase, ' ')) {
    if (item == "~") {
      skip += k_most_skipped;
      continue;
    }
    std::vector<Phrase> longer;
    for (const auto& choice : split(item, '|')) {
      const bool begins = choice.back() == '*';
      const auto plain = plain_words(choice);
      for (auto variant : variants) {
        for (std::size_t i = 0; i < plain.words.size(); ++i) {
          const bool last = i + 1 == plain.words.size();
          variant.elements.push_back({stem_of(std::string(plain[i]) + (begins && last ? "*" : ""), typos),
                                      i == 0 && !variant.elements.empty() ? skip : 0});
        }
        longer.push_back(std::move(variant));
      }
    }
    variants = std::move(longer);
    skip = 0;
  }
  for (auto& variant : variants) {
    if (variant.elements.empty()) continue;
    variant.tag = tag;
    begun_by_[variant.elements.front().stem].push_back(static_cast<std::uint32_t>(phrases_.size()));
    phrases_.push_back(std::move(variant));
  }
}

bool PhraseSet::Stems::has(std::size_t word, std::uint32_t stem) const {
  return std::find(stems.begin() + starts[word], stems.begin() + starts[word + 1], stem) !=
         stems.begin() + starts[word + 1];
}

PhraseSet::Stems PhraseSet::stems_of(const PlainWords& text) const {
  Stems out;
  out.starts.reserve(text.words.size() + 1);
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    out.starts.push_back(static_cast<std::uint32_t>(out.stems.size()));
    const auto word = text[i];
    std::uint32_t node = 0;
    for (std::size_t at = 0; at < word.size(); ++at) {
      node = step(node, static_cast<unsigned char>(word[at]));
      if (node == 0) break;
      for (auto end = nodes_[node]; end != 0; end = ends_[end].next) {
        if (ends_[end].begins || at + 1 == word.size()) out.stems.push_back(ends_[end].stem);
      }
    }
  }
  out.starts.push_back(static_cast<std::uint32_t>(out.stems.size()));
  return out;
}

std::size_t PhraseSet::end_of(const Phrase& phrase, std::size_t word, const Stems& stems, std::size_t words) const {
  auto last = word;
  for (std::size_t i = 1; i < phrase.elements.size(); ++i) {
    const auto& element = phrase.elements[i];
    auto at = last + 1;
    const auto limit = std::min(words, at + element.skip + 1);
    while (at < limit && !stems.has(at, element.stem)) ++at;
    if (at >= limit) return std::string_view::npos;
    last = at;
  }
  return last;
}

std::vector<PhraseSet::Mark> PhraseSet::find_in(const PlainWords& text) const {
  std::vector<Mark> marks;
  const auto stems = stems_of(text);
  for (std::size_t word = 0; word < text.words.size(); ++word) {
    for (auto at = stems.starts[word]; at < stems.starts[word + 1]; ++at) {
      for (const auto index : begun_by_[stems.stems[at]]) {
        const auto last = end_of(phrases_[index], word, stems, text.words.size());
        if (last == std::string_view::npos) continue;
        marks.push_back({static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(last), phrases_[index].tag});
      }
    }
  }
  return marks;
}

}  // namespace cb
