#include "bridge/settings/yaml_syntax.hpp"

#include <algorithm>

#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

// yaml-cpp's words are about its own rules; people need to know what to look at.
std::string syntax_words(const std::string& said, const std::string& line) {
  if (said == "illegal map value") {
    return "no `key: value` can stand here; check the indentation of this line and the one before, and put a value "
           "that "
           "holds `: ` in quotes";
  }
  if (said == "end of map not found")
    return "this does not fit the block above; check the indentation of this line and of the one before";
  if (said == "end of sequence not found") {
    return "this does not fit the list above; check the indentation of this line and of the one before";
  }
  if (said == "unknown token") {
    return "a value cannot begin with " + ticked(line.substr(0, 1)) + "; put it in quotes";
  }
  if (said == "illegal flow end") return "this bracket closes nothing that is open; a bracket may be missing before it";
  if (said == "the referenced anchor is not defined") {
    return "there is no anchor of this name; a value that begins with `*` stands in quotes";
  }
  return "this is not YAML: " + said;
}

bool blank_line(const std::string& line) {
  const auto at = line.find_first_not_of(" \r");
  return at == std::string::npos || line[at] == '#';
}

const std::string k_no_break_space = "\xC2\xA0";

std::string no_break_space_text() {
  return "a no-break space (U+00A0) stands here: it looks like a blank, but YAML wants an ordinary one";
}

// One that indents, at or shortly before the place where the parser gave up.
std::optional<SyntaxError> no_break_indent(TextPosition at, const std::vector<std::string>& lines) {
  for (int line = std::max(0, at.line - 2); line <= at.line && line < static_cast<int>(lines.size()); ++line) {
    const auto& text = lines[static_cast<std::size_t>(line)];
    const auto begin = text.find_first_not_of(' ');
    if (begin != std::string::npos && text.compare(begin, k_no_break_space.size(), k_no_break_space) == 0) {
      return SyntaxError{{line, static_cast<int>(begin)}, no_break_space_text()};
    }
  }
  return std::nullopt;
}

// A line without `: ` glues itself to the next one, where yaml-cpp then finds a colon too many.
std::optional<SyntaxError> glued_line(TextPosition at, const std::vector<std::string>& lines) {
  int line = at.line - 1;
  while (line >= 0 && blank_line(lines[static_cast<std::size_t>(line)])) --line;
  if (line < 0) return std::nullopt;
  const auto& text = lines[static_cast<std::size_t>(line)];
  const auto begin = text.find_first_not_of(" -");
  const auto next = lines[static_cast<std::size_t>(at.line)].find_first_not_of(" -");
  const bool ends_here = next != std::string::npos && begin >= next;
  if (begin == std::string::npos || text.find(": ", begin) != std::string::npos) return std::nullopt;
  const auto colon = text.find(':', begin);
  if (colon != std::string::npos && text.compare(colon + 1, k_no_break_space.size(), k_no_break_space) == 0) {
    return SyntaxError{{line, static_cast<int>(colon) + 1}, no_break_space_text()};
  }
  if (colon != std::string::npos && colon + 1 < text.size() && text[colon + 1] != '\r') {
    return SyntaxError{{line, static_cast<int>(colon)}, "a blank must follow the colon of `key: value`"};
  }
  const bool one_word =
      text.find(' ', begin) == std::string::npos || text.find_last_not_of(" \r") < text.find(' ', begin);
  if (colon != std::string::npos || !(ends_here || one_word)) return std::nullopt;
  return SyntaxError{{line, static_cast<int>(begin)}, "a colon is missing after the key in this line"};
}

// The line itself is wrong: its first colon stands where no key can.
std::optional<SyntaxError> misplaced_line(TextPosition at, const std::vector<std::string>& lines) {
  const auto& text = lines[static_cast<std::size_t>(at.line)];
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return std::nullopt;
  if (text[begin] == '-' && begin + 1 < text.size() && text[begin + 1] != ' ') {
    return SyntaxError{{at.line, static_cast<int>(begin)}, "a blank must follow the dash of a list item"};
  }
  const auto word = text.find_first_not_of(" -");
  if (text.find(':', word) != static_cast<std::size_t>(at.column)) return std::nullopt;
  return SyntaxError{{at.line, static_cast<int>(word)}, syntax_words("illegal map value", {})};
}

}  // namespace

std::string tab_text() {
  return "a tab indents this line; YAML wants spaces";
}

std::string open_quote_text() {
  return "the quote that begins here is never closed";
}

SyntaxError explain_syntax_error(const SyntaxError& error, const std::string& text,
                                 const std::vector<std::string>& lines) {
  const TextPosition at{std::max(error.at.line, 0), std::max(error.at.column, 0)};
  const auto scan = scan_yaml(text, at);
  if (scan.tab && scan.tab->line <= at.line) return {*scan.tab, tab_text()};
  if (scan.open_quote && scan.open_quote->line <= at.line) return {*scan.open_quote, open_quote_text()};
  for (const auto& quote : scan.long_quotes) {
    if (quote.begin.line < at.line && (quote.end.line == at.line || quote.end.line + 1 == at.line)) {
      return {quote.begin, "the quote that begins here is not closed on its line; the text goes on to line " +
                               std::to_string(quote.end.line + 1)};
    }
  }
  if (auto indent = no_break_indent(at, lines)) return std::move(*indent);
  const bool flow_open = error.text.find("flow not found") != std::string::npos;
  if (flow_open && !scan.brackets_at_error.empty()) {
    const auto bracket = scan.brackets_at_error.back();
    const auto& line = lines[static_cast<std::size_t>(bracket.line)];
    const std::string sign = ticked(line.substr(static_cast<std::size_t>(bracket.column), 1));
    const bool reference = line.find("${", static_cast<std::size_t>(bracket.column)) != std::string::npos;
    const std::string advice = reference ? "; inside of braces `${NAME}` stands in quotes" : "";
    if (bracket.line < at.line) {
      return {bracket, "the " + sign + " that opens here is not closed, or a comma is missing after it; line " +
                           std::to_string(at.line + 1) + " cannot be read"};
    }
    return {at, "a comma or the closing bracket of " + sign + " (column " +
                    std::to_string(character_column(line, bracket.column)) + ") is missing before this" + advice};
  }
  if (error.text == "illegal map value") {
    if (auto glued = glued_line(at, lines)) return std::move(*glued);
    if (auto misplaced = misplaced_line(at, lines)) return std::move(*misplaced);
  }
  const auto& line = lines[std::min(static_cast<std::size_t>(at.line), lines.size() - 1)];
  const auto rest = static_cast<std::size_t>(at.column) < line.size() ? line.substr(static_cast<std::size_t>(at.column))
                                                                      : std::string();
  return {at, syntax_words(error.text, rest)};
}

}  // namespace cb
