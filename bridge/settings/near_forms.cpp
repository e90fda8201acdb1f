#include "bridge/settings/near_forms.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "bridge/settings/yaml_reader.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Runs of digits and of other letters, without blanks: `1h 30 min` is 1, h, 30, min.
std::vector<std::string> runs_of(const std::string& text) {
  std::vector<std::string> runs;
  bool joined = false;
  for (const char c : folded(text)) {
    if (c == ' ' || c == '\t') {
      joined = false;
      continue;
    }
    if (!joined || is_digit(runs.back().back()) != is_digit(c)) runs.emplace_back();
    runs.back() += c;
    joined = true;
  }
  return runs;
}

bool all_digits(const std::string& text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), is_digit);
}

std::string two(const std::string& digits) {
  return digits.size() == 1 ? "0" + digits : digits;
}

// With every dash that typographers have as `-`.
std::string with_plain_dashes(std::string text) {
  for (const std::string dash : {"–", "—", "−"}) {
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash)) text.replace(at, dash.size(), "-");
  }
  return text;
}

// Without the quotes of typographers and round brackets around it.
std::string bare(std::string text) {
  for (const std::string sign : {"“", "”", "„", "‘", "’", "(", ")"}) {
    if (text.starts_with(sign)) text.erase(0, sign.size());
    if (text.ends_with(sign)) text.erase(text.size() - sign.size());
  }
  return text;
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::vector<std::string> split(const std::string& text, char sign) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(sign, begin), text.size());
    parts.push_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

std::string unit_of(const std::string& word) {
  static const std::map<std::string, std::string> units{
      {"d", "d"},      {"day", "d"},  {"days", "d"},   {"tag", "d"},     {"tage", "d"},    {"дн", "d"},
      {"h", "h"},      {"hr", "h"},   {"hrs", "h"},    {"hour", "h"},    {"hours", "h"},   {"std", "h"},
      {"ч", "h"},      {"час", "h"},  {"часа", "h"},   {"часов", "h"},   {"hod", "h"},     {"m", "m"},
      {"min", "m"},    {"mins", "m"}, {"minute", "m"}, {"minutes", "m"}, {"minuten", "m"}, {"мин", "m"},
      {"минут", "m"},  {"perc", "m"}, {"s", "s"},      {"sec", "s"},     {"secs", "s"},    {"second", "s"},
      {"seconds", "s"}};
  const auto found = units.find(word);
  return found == units.end() ? "" : found->second;
}

// `9`, `9:00`, `09.00` as `09:00`.
std::string clock_time(const std::string& text) {
  auto parts = split(text, text.find('.') == std::string::npos ? ':' : '.');
  if (parts.size() == 1) parts.emplace_back("00");
  if (parts.size() != 2 || !all_digits(parts[0], 2) || !all_digits(parts[1], 2) || parts[1].size() != 2) return {};
  return two(parts[0]) + ":" + parts[1];
}

}  // namespace

std::string near_date(const std::string& text) {
  std::string guess;
  const auto dotted = split(text, '.');
  const auto dashed = split(with_plain_dashes(text), '-');
  const auto fits = [](const std::string& year, const std::string& month, const std::string& day) {
    return year.size() == 4 && all_digits(year, 4) && all_digits(month, 2) && all_digits(day, 2);
  };
  if (dotted.size() == 3 && fits(dotted[2], dotted[1], dotted[0])) {
    guess = dotted[2] + "-" + two(dotted[1]) + "-" + two(dotted[0]);
  } else if (dashed.size() == 3 && fits(dashed[0], dashed[1], dashed[2])) {
    guess = dashed[0] + "-" + two(dashed[1]) + "-" + two(dashed[2]);
  }
  std::string why;
  return parse_date(guess, why) ? guess : "";
}

std::string near_hours(const std::string& text) {
  const auto ends = split(with_plain_dashes(bare(text)), '-');
  if (ends.size() != 2) return {};
  const auto open = clock_time(ends[0]);
  const auto close = clock_time(ends[1]);
  return open.empty() || close.empty() || open >= "24:00" || close > "24:00" ? "" : open + "-" + close;
}

std::string near_duration(const std::string& text) {
  const auto lower = folded(trimmed(text));
  const auto clock = split(lower, ':');
  if (clock.size() == 2 && all_digits(clock[0], 3) && all_digits(clock[1], 2)) {
    const auto hours = std::stoi(clock[0]);
    const auto minutes = std::stoi(clock[1]);
    if (hours + minutes == 0) return {};
    return (hours > 0 ? std::to_string(hours) + "h" : "") + (minutes > 0 ? std::to_string(minutes) + "m" : "");
  }
  const auto runs = runs_of(lower);
  if (runs.size() == 4 && (runs[1] == "." || runs[1] == ",") && all_digits(runs[0], 3) && runs[2] == "5" &&
      unit_of(runs[3]) == "h") {
    return (runs[0] == "0" ? "" : runs[0] + "h") + "30m";
  }
  if (runs.size() == 2 && all_digits(runs[0], 3) && (runs[1] == "w" || runs[1] == "week" || runs[1] == "weeks")) {
    return std::to_string(std::stoi(runs[0]) * 7) + "d";
  }
  std::string guess;
  for (std::size_t at = 0; at + 1 < runs.size(); at += 2) {
    const auto unit = unit_of(runs[at + 1]);
    if (!all_digits(runs[at], 6) || unit.empty()) return {};
    guess += runs[at] + unit;
  }
  return runs.size() % 2 == 0 && parse_duration(guess) ? guess : "";
}

std::string near_target(const std::string& text) {
  auto runs = runs_of(text);
  if (runs.size() > 1 && all_digits(runs[0], 4)) {
    std::string words;
    for (std::size_t at = 1; at < runs.size(); ++at) words += runs[at];
    for (const auto* known : {"bd", "d", "day", "days", "wd", "businessday", "businessdays", "workingday",
                              "workingdays", "workdays", "workday", "at", "pd", "рд"}) {
      if (words == known) return runs[0] + "bd";
    }
  }
  const auto guess = near_duration(text);
  return guess.find('d') == std::string::npos ? guess : "";
}

std::string near_share(const std::string& text) {
  auto number = trimmed(text);
  if (number.ends_with('%')) number = trimmed(number.substr(0, number.size() - 1));
  std::replace(number.begin(), number.end(), ',', '.');
  if (all_digits(number, 2) || number == "100") return number + "%";
  const auto parts = split(number, '.');
  if (parts.size() != 2 || !all_digits(parts[0], 2) || !all_digits(parts[1], 2)) return {};
  if (parts[0] != "0") return number + "%";
  const auto share = std::stoi(parts[1].size() == 1 ? parts[1] + "0" : parts[1]);
  return std::to_string(share) + "%";
}

std::string near_truth(const std::string& text) {
  const auto word = folded(trimmed(text));
  for (const auto* yes : {"true", "yes", "y", "on", "1", "ja", "да", "ano", "igen", "oui", "si"}) {
    if (word == yes) return "true";
  }
  for (const auto* no : {"false", "no", "n", "off", "0", "nein", "нет", "ne", "nem", "non"}) {
    if (word == no) return "false";
  }
  return {};
}

std::string near_list(const std::string& text) {
  std::string list;
  for (const auto& part : split(bare(text), text.find(',') == std::string::npos ? ';' : ',')) {
    if (part.empty()) continue;
    const bool quotes = part.find_first_of(":#{}[]&*!|>'\"@`") != std::string::npos;
    list += (list.empty() ? "" : ", ") + (quotes ? "\"" + part + "\"" : part);
  }
  return list.empty() || list.size() > 60 ? "" : "[" + list + "]";
}

std::string did_you_mean(const std::string& guess) {
  return guess.empty() ? "" : "; did you mean " + ticked(guess) + "?";
}

}  // namespace cb
