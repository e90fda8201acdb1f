// What is wrong in a file that people write: file, line and column (both from 1, columns count characters) and words
// that say what was expected. Problems are collected, so that one run shows them all. Warnings never fail.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cb {

struct Problem {
  enum class Level { error, warning } level = Level::error;
  std::string file;
  int line = 0;  // from 1; 0 where the whole file is meant
  int column = 0;
  std::string text;
};
// `FILE:LINE:COL: error: TEXT`; without a line `FILE: error: TEXT`.
std::string to_text(const Problem& problem);

// A place in a file. Cheap to copy.
struct Place {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
};
// `FILE:LINE`, to point at another place inside a message.
std::string to_text(const Place& place);

class Problems {
 public:
  void error(const Place& place, std::string text) { add(Problem::Level::error, place, std::move(text)); }
  void warning(const Place& place, std::string text) { add(Problem::Level::warning, place, std::move(text)); }
  [[nodiscard]] bool any_error() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  // In the order of file, line, column; the same problem of the same place once.
  [[nodiscard]] std::vector<Problem> sorted() const;

 private:
  void add(Problem::Level level, const Place& place, std::string text);
  std::vector<Problem> list_;
  std::set<std::tuple<std::string, int, int, std::string>> seen_;
  std::size_t errors_ = 0;
};

// The known word that was probably meant: a few letters apart, ignoring case and `-`, `_` or a blank between words.
// Empty when none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);
// ` (did you mean `x`?)` or, when nothing is near, `; expected one of: a, b, c`.
std::string word_hint(std::string_view word, const std::vector<std::string>& known);
// `a, b or c`
std::string listed(const std::vector<std::string>& words);
// `x` in quotes for messages, shortened when long, control characters made harmless.
std::string ticked(std::string_view text);

}  // namespace cb
