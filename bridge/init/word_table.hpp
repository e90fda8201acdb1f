// A table of words with their meaning, looked up by plain names. Internal to bridge/init.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bridge/init/known_words.hpp"

namespace cb {

template <class E>
using Table = std::map<std::string, E>;

template <class E>
Table<E> table(const std::vector<std::pair<E, std::vector<const char*>>>& rows) {
  Table<E> out;
  for (const auto& [meaning, words] : rows) {
    for (const auto* word : words) out.emplace(plain_name(word), meaning);
  }
  return out;
}

template <class E>
std::optional<E> meaning_in(const Table<E>& words, const std::string& name) {
  const auto found = words.find(plain_name(name));
  return found == words.end() ? std::optional<E>() : found->second;
}

}  // namespace cb
