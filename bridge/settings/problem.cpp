#include "bridge/settings/problem.hpp"

#include <algorithm>
#include <cctype>

#include "rules/plain_line.hpp"

namespace cb {
namespace {

constexpr std::size_t k_longest_quote = 60;

char plain(char c) {
  if (c == '-' || c == ' ') return '_';
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// Letters added, left out, replaced or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = plain(a[i - 1]) == plain(b[j - 1]);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && plain(a[i - 1]) == plain(b[j - 2]) && plain(a[i - 2]) == plain(b[j - 1]);
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string to_text(const Problem& problem) {
  const std::string level = problem.level == Problem::Level::error ? "error" : "warning";
  std::string place = problem.file;
  if (problem.line > 0) place += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  return place + ": " + level + ": " + problem.text;
}

std::string to_text(const Place& place) {
  return (place.file ? *place.file : std::string()) + ":" + std::to_string(place.line);
}

void Problems::add(Problem::Level level, const Place& place, std::string text) {
  text = plain_line(text);  // whoever reports repeats what stands in files
  const std::string file = place.file ? *place.file : std::string();
  if (!seen_.emplace(file, place.line, place.column, text).second) return;
  if (level == Problem::Level::error) ++errors_;
  list_.push_back({level, file, place.line, place.column, std::move(text)});
}

std::vector<Problem> Problems::sorted() const {
  auto result = list_;
  std::stable_sort(result.begin(), result.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  return result;
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t k_longest = 64;
  if (word.empty() || word.size() > k_longest) return {};
  std::string best;
  std::size_t best_distance = 1 + std::min<std::size_t>(std::max<std::size_t>(word.size(), 3) / 3, 3);
  for (const auto& candidate : known) {
    if (candidate.size() > k_longest) continue;
    const auto d = distance(word, candidate);
    if (d < best_distance && d < candidate.size()) {
      best = candidate;
      best_distance = d;
    }
  }
  if (!best.empty()) return best;
  // `response` for `first_response`, `dates` for `from_date`: the only known word that holds it.
  for (const auto& candidate : known) {
    const bool holds = word.size() >= 4 && candidate.find(word) != std::string::npos;
    const bool held = candidate.size() >= 4 && word.find(candidate) != std::string::npos;
    if (!holds && !held) continue;
    if (!best.empty()) return {};
    best = candidate;
  }
  return best;
}

std::string word_hint(std::string_view word, const std::vector<std::string>& known) {
  if (const auto near = nearest_word(word, known); !near.empty()) return "; did you mean " + ticked(near) + "?";
  if (known.empty()) return {};
  constexpr std::size_t k_most = 30;
  std::string text = "; expected one of: ";
  for (std::size_t i = 0; i < known.size() && i < k_most; ++i) text += (i > 0 ? ", " : "") + known[i];
  if (known.size() > k_most) text += ", ...";
  return text;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::string ticked(std::string_view text) {
  std::string shown = "`";
  std::size_t letters = 0;
  for (const char c : plain_line(text)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && ++letters > k_longest_quote) return shown + "...`";
    shown += c;
  }
  return shown + "`";
}

}  // namespace cb
