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

// Of letters that begin a word, one byte after the other. Letters with the same key count as the same: 64 bits are
// enough for that never to happen.
constexpr std::uint64_t k_no_letters = 14695981039346656037U;

std::uint64_t key_after(std::uint64_t key, char byte) {
  return (key ^ static_cast<unsigned char>(byte)) * 1099511628211U;
}

std::size_t slot_of(std::uint64_t key, std::size_t size) {
  return (key ^ (key >> 32U)) & (size - 1);
}

}  // namespace

void PhraseSet::insert_end(const End& end) {
  auto slot = slot_of(end.key, ends_.size());
  while (ends_[slot].key != 0) slot = (slot + 1) & (ends_.size() - 1);
  ends_[slot] = end;
}

void PhraseSet::enter(std::string_view letters, std::uint32_t stem, bool begins) {
  auto key = k_no_letters;
  for (const char c : letters) key = key_after(key, c);
  if (2 * ++end_count_ > ends_.size()) {
    std::vector<End> old(ends_.size() * 2);
    old.swap(ends_);
    for (const auto& end : old) {
      if (end.key != 0) insert_end(end);
    }
  }
  insert_end({key, stem, begins});
}

std::uint32_t PhraseSet::stem_of(const std::string& word, bool typos) {
  const auto name = word + (typos ? "~" : "");
  const auto [known, is_new] = known_stems_.try_emplace(name, static_cast<std::uint32_t>(known_stems_.size()));
  const auto stem = known->second;
  if (!is_new) return stem;
  grouped_.emplace_back();
  const bool begins = word.back() == '*';
  const std::string_view letters = std::string_view(word).substr(0, word.size() - (begins ? 1 : 0));
  enter(letters, stem, begins);
  if (typos) {
    for (const auto& typo : typos_of(letters)) enter(typo, stem, begins);
  }
  return stem;
}

// `a|b`: either of the words.
std::uint32_t PhraseSet::group_of(const std::vector<std::string>& words, bool typos) {
  std::string name;
  for (const auto& word : words) name += word + (typos ? "~" : "|");
  const auto [known, is_new] = known_groups_.try_emplace(name, static_cast<std::uint32_t>(begun_by_.size()));
  const auto group = known->second;
  if (!is_new) return group;
  begun_by_.emplace_back();
  for (const auto& word : words) grouped_[stem_of(word, typos)].push_back(group);
  return group;
}

void PhraseSet::add(std::string_view phrase, std::uint16_t tag, bool typos) {
  std::vector<Phrase> variants(1);
  std::uint32_t skip = 0;
  for (const auto& item : split(phrase, ' ')) {
    if (item == "~") {
      skip += k_most_skipped;
      continue;
    }
    // Choices of one word are one group; one that is written in several, as `e-mail`, makes its own variant.
    std::vector<std::string> single;
    std::vector<std::vector<std::string>> choices;
    for (const auto& choice : split(item, '|')) {
      const auto plain = plain_words(choice);
      std::vector<std::string> words;
      for (std::size_t i = 0; i < plain.words.size(); ++i) words.emplace_back(plain[i]);
      if (words.empty()) continue;
      if (choice.back() == '*') words.back() += '*';
      if (words.size() == 1) {
        single.push_back(std::move(words.front()));
      } else {
        choices.push_back(std::move(words));
      }
    }
    std::vector<std::vector<Element>> endings;
    if (!single.empty()) endings.push_back({{group_of(single, typos), 0}});
    for (const auto& words : choices) {
      auto& ending = endings.emplace_back();
      for (const auto& word : words) ending.push_back({group_of({word}, typos), 0});
    }
    std::vector<Phrase> longer;
    for (const auto& ending : endings) {
      for (auto variant : variants) {
        const auto at = variant.elements.size();
        variant.elements.insert(variant.elements.end(), ending.begin(), ending.end());
        if (at > 0) variant.elements[at].skip = skip;
        longer.push_back(std::move(variant));
      }
    }
    if (!longer.empty()) variants = std::move(longer);
    skip = 0;
  }
  for (auto& variant : variants) {
    if (variant.elements.empty()) continue;
    variant.tag = tag;
    begun_by_[variant.elements.front().group].push_back(static_cast<std::uint32_t>(phrases_.size()));
    phrases_.push_back(std::move(variant));
  }
}

bool PhraseSet::Groups::has(std::size_t word, std::uint32_t group) const {
  return std::binary_search(groups.begin() + starts[word], groups.begin() + starts[word + 1], group);
}

PhraseSet::Groups PhraseSet::groups_of(const PlainWords& text) const {
  Groups out;
  out.starts.reserve(text.words.size() + 1);
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    out.starts.push_back(static_cast<std::uint32_t>(out.groups.size()));
    auto key = k_no_letters;
    const auto word = text[i];
    for (std::size_t at = 0; at < word.size(); ++at) {
      key = key_after(key, word[at]);
      for (auto slot = slot_of(key, ends_.size()); ends_[slot].key != 0; slot = (slot + 1) & (ends_.size() - 1)) {
        const auto& end = ends_[slot];
        if (end.key != key || (!end.begins && at + 1 < word.size())) continue;
        out.groups.insert(out.groups.end(), grouped_[end.stem].begin(), grouped_[end.stem].end());
      }
    }
    const auto first = out.groups.begin() + out.starts.back();
    std::sort(first, out.groups.end());
    out.groups.erase(std::unique(first, out.groups.end()), out.groups.end());
  }
  out.starts.push_back(static_cast<std::uint32_t>(out.groups.size()));
  return out;
}

std::size_t PhraseSet::end_of(const Phrase& phrase, std::size_t word, const Groups& groups, std::size_t words) const {
  auto last = word;
  for (std::size_t i = 1; i < phrase.elements.size(); ++i) {
    const auto& element = phrase.elements[i];
    auto at = last + 1;
    const auto limit = std::min(words, at + element.skip + 1);
    while (at < limit && !groups.has(at, element.group)) ++at;
    if (at >= limit) return std::string_view::npos;
    last = at;
  }
  return last;
}

std::vector<PhraseSet::Mark> PhraseSet::find_in(const PlainWords& text) const {
  std::vector<Mark> marks;
  const auto groups = groups_of(text);
  for (std::size_t word = 0; word < text.words.size(); ++word) {
    for (auto at = groups.starts[word]; at < groups.starts[word + 1]; ++at) {
      for (const auto index : begun_by_[groups.groups[at]]) {
        const auto last = end_of(phrases_[index], word, groups, text.words.size());
        if (last == std::string_view::npos) continue;
        marks.push_back({static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(last), phrases_[index].tag});
      }
    }
  }
  return marks;
}

}  // namespace cb
