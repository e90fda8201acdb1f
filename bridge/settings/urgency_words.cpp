#include "bridge/settings/urgency_words.hpp"

#include <yaml-cpp/yaml.h>

#include "bridge/texts/embedded_texts.hpp"

namespace cb {
namespace {

WordLists read_embedded() {
  WordLists lists;
  for (const auto& [language, content] : embedded_urgency_files()) {
    for (const auto& list : YAML::Load(content)) {
      auto& phrases = lists[list.first.as<std::string>()][language];
      for (const auto& phrase : list.second) phrases.push_back(phrase.as<std::string>());
    }
  }
  return lists;
}

}  // namespace

const WordLists& builtin_urgency() {
  static const WordLists lists = read_embedded();
  return lists;
}

std::shared_ptr<const UrgencyWords> urgency_words(const WordLists& own, bool built_in) {
  // Most configurations add nothing, and tests load many of them.
  static const auto unchanged = std::make_shared<const UrgencyWords>(builtin_urgency());
  if (own.empty() && built_in) return unchanged;
  auto lists = built_in ? builtin_urgency() : WordLists();
  for (const auto& [name, by_language] : own) {
    for (const auto& [language, phrases] : by_language) {
      for (const auto& phrase : phrases) {
        if (!phrase.empty()) lists[name][language].push_back(phrase.back() == '*' ? phrase : phrase + '*');
      }
    }
  }
  return std::make_shared<const UrgencyWords>(lists);
}

}  // namespace cb
