#include "tests/simulation/options.hpp"

#include <charconv>
#include <ostream>

namespace cb::simulation {

namespace {

template <class Number>
bool read(const std::string& word, Number& number) {
  const auto* const end = word.data() + word.size();
  const auto [at, error] = std::from_chars(word.data(), end, number);
  return error == std::errc{} && at == end;
}

}  // namespace

std::optional<Options> options_from(const std::vector<std::string>& words, std::ostream& err) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "--trace" || word == "--help") {
      (word == "--trace" ? options.trace : options.help) = true;
      continue;
    }
    const auto value = i + 1 < words.size() ? words[++i] : std::string();
    bool is_read = false;
    if (word == "--seeds") is_read = read(value, options.seeds) && options.seeds > 0;
    if (word == "--from") is_read = read(value, options.from);
    if (word == "--days") is_read = read(value, options.days) && options.days > 0;
    if (word == "--workers") is_read = read(value, options.workers) && options.workers > 0;
    if (word == "--twice") is_read = read(value, options.twice) && options.twice >= 0;
    if (word == "--seed") is_read = read(value, options.single.emplace());
    if (is_read) continue;
    err << "simulation: cannot read " << word << (value.empty() ? "" : " " + value) << "\n" << k_usage;
    return {};
  }
  return options;
}

}  // namespace cb::simulation
