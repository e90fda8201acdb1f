#include "bridge/texts/text_book.hpp"

#include <yaml-cpp/yaml.h>

#include "bridge/texts/embedded_texts.hpp"

namespace cb {

namespace {

Texts read_embedded() {
  Texts texts;
  for (const auto& [language, content] : embedded_text_files()) {
    for (const auto& entry : YAML::Load(content)) {
      texts[language][entry.first.as<std::string>()] = entry.second.as<std::string>();
    }
  }
  return texts;
}

const std::string* find_in(const Texts& texts, const std::string& language, const std::string& name) {
  const auto of_language = texts.find(language);
  if (of_language == texts.end()) return nullptr;
  const auto text = of_language->second.find(name);
  return text == of_language->second.end() ? nullptr : &text->second;
}

}  // namespace

const Texts& builtin_texts() {
  static const Texts texts = read_embedded();
  return texts;
}

TextBook::TextBook(const Texts& own) : texts_(builtin_texts()) {
  for (const auto& [language, named] : own) {
    for (const auto& [name, text] : named) texts_[language][name] = text;
  }
}

const std::string& TextBook::find(const std::string& language, const std::string& name) const {
  static const std::string none;
  if (const auto* text = find_in(texts_, language, name)) return *text;
  if (const auto* text = find_in(texts_, language.substr(0, language.find('-')), name)) return *text;
  if (const auto* text = find_in(texts_, "en", name)) return *text;
  return none;
}

}  // namespace cb
