// Names and words compare by Unicode, ignoring case and keeping accents (ruling 54). The only file that sees utf8proc.
// Invalid UTF-8 never throws: such bytes compare as they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cb {

// Case folded and composed (NFC), so that equal folds mean the same name.
std::string folded(std::string_view text);
bool same_name(std::string_view a, std::string_view b);
bool contains_name(const std::vector<std::string>& names, std::string_view name);

// A text prepared for word search: folded, white space collapsed, with a mark before each word. Words are runs of
// letters and digits of any script.
class SearchText {
 public:
  explicit SearchText(std::string_view text);
  // A stem matches at the start of a word; a phrase matches with any white space between its words.
  [[nodiscard]] bool has_stem(std::string_view stem) const;

 private:
  std::string text_;                      // folded, one space between words and signs
  std::vector<std::size_t> word_starts_;  // offsets into text_
};

// Words as people type them in haste: folded, without accents and apostrophes, so that `Nemůže`, `NEMUZE` and `nemuze`
// are one word, and so are `can't`, `can’t` and `cant`. For questions to which a wrong answer does little harm; names
// and word lists of classification rules keep their accents.
struct PlainWords {
  struct Word {
    std::size_t from = 0, to = 0;    // bytes of the text as it was given
    std::size_t at = 0, length = 0;  // bytes of `letters`
  };
  std::string letters;  // of all words, one after the other
  std::vector<Word> words;
  [[nodiscard]] std::string_view operator[](std::size_t index) const {
    return std::string_view(letters).substr(words[index].at, words[index].length);
  }
};
PlainWords plain_words(std::string_view text);

// Columns that a text takes on a terminal.
int display_width(std::string_view text);

// Without blanks at both ends.
std::string trimmed(std::string_view text);

}  // namespace cb
