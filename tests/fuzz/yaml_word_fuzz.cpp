// Words of a server that `init` writes into a configuration: they read back as they were, and none ends a comment.
#include "bridge/init/yaml_word.hpp"
#include "bridge/settings/yaml_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

std::string read_back(const std::string& yaml) {
  Problems problems;
  const auto root = read_yaml_text("word: " + yaml + "\n", "words.yaml", problems);
  for (const auto& problem : problems.sorted()) must(false, "what is written can be read: " + to_text(problem));
  must(root.has_value() && root->entries.size() == 1, "one word is one word");
  return root->entries.front().value.text;
}

}  // namespace

void one_input(const std::string& bytes) {
  const auto written = yaml_word(bytes);
  must(is_one_clean_line(written), "a word is on one line");
  const auto word = read_back(written);
  must_be(read_back(yaml_word(word)), word, "a word reads back as it was");
  Problems problems;
  const auto list = read_yaml_text("- " + yaml_list({bytes, "b", bytes}), "words.yaml", problems);
  must(list.has_value() && list->items.size() == 1 && list->items.front().items.size() == 3, "three words are three");
  must_be(list->items.front().items.back().text, word, "a word of a list too");
  must(is_one_clean_line(comment_words(bytes)), "a comment is on one line");
}

}  // namespace cb::fuzz
