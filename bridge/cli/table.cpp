#include "bridge/cli/table.hpp"

#include <algorithm>
#include <numeric>

#include "rules/text.hpp"

namespace cb {

namespace {

constexpr int k_gap = 2;
constexpr int k_least_width = 8;

std::size_t next_sign(const std::string& text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

// As much of the text from `at` on as fits, ending before a blank where there is one.
std::size_t end_of_line(const std::string& text, std::size_t at, int width) {
  std::size_t fits = at;
  std::size_t blank = std::string::npos;
  while (fits < text.size() && text[fits] != '\n') {
    const auto next = next_sign(text, fits);
    if (display_width(std::string_view(text).substr(at, next - at)) > width) {
      if (text[fits] == ' ') return fits;
      if (blank != std::string::npos && blank > at) return blank;
      return std::max(fits, next_sign(text, at));
    }
    if (text[fits] == ' ') blank = fits;
    fits = next;
  }
  return fits;
}

std::vector<std::string> broken(const std::string& text, int width) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = end_of_line(text, at, width);
    lines.push_back(trimmed(std::string_view(text).substr(at, end - at)));
    at = end;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

int widest_line(const std::string& cell) {
  int widest = 0;
  for (std::size_t at = 0; at <= cell.size();) {
    const auto end = std::min(cell.find('\n', at), cell.size());
    widest = std::max(widest, display_width(std::string_view(cell).substr(at, end - at)));
    at = end + 1;
  }
  return widest;
}

std::vector<int> column_widths(const std::vector<TableRow>& rows, int width) {
  std::vector<int> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], widest_line(row[i]));
  }
  const auto gaps = k_gap * (static_cast<int>(widths.size()) - 1);
  while (std::accumulate(widths.begin(), widths.end(), gaps) > width) {
    auto& widest = *std::max_element(widths.begin(), widths.end());
    if (widest <= k_least_width) break;
    --widest;
  }
  return widths;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<int>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += cells[i];
    if (i + 1 < cells.size())
      line += std::string(static_cast<std::size_t>(std::max(0, widths[i] - display_width(cells[i])) + k_gap), ' ');
  }
  return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

std::string shortened(const std::string& text, int width) {
  std::string flat = text;
  std::replace_if(
      flat.begin(), flat.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  if (display_width(flat) <= width) return flat;
  std::size_t end = 0;
  while (end < flat.size() && display_width(std::string_view(flat).substr(0, next_sign(flat, end))) < width) {
    end = next_sign(flat, end);
  }
  return trimmed(std::string_view(flat).substr(0, end)) + "…";
}

std::string table_text(const std::vector<TableRow>& rows, int width) {
  if (rows.empty()) return "";
  const auto widths = column_widths(rows, width);
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      cells.push_back(broken(rows[r][i], widths[i]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::vector<std::string> parts;
      parts.reserve(cells.size());
      for (const auto& cell : cells) parts.push_back(line < cell.size() ? cell[line] : "");
      text += line_of(parts, widths);
    }
    if (r > 0) continue;
    std::vector<std::string> rules;
    rules.reserve(widths.size());
    for (const auto each : widths) rules.emplace_back(static_cast<std::size_t>(each), '-');
    text += line_of(rules, widths);
  }
  return text;
}

}  // namespace cb
