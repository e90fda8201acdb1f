// A table for people: columns as wide as their widest cell, shrunk to fit a width, long cells broken at blanks and
// continued on the next line. Widths are columns on a terminal, so Cyrillic, accents and wide signs line up.
#pragma once

#include <string>
#include <vector>

namespace cb {

using TableRow = std::vector<std::string>;

// The first row is the heading. Every row has as many cells as it.
std::string table_text(const std::vector<TableRow>& rows, int width);

// A text cut to so many columns, with an ellipsis where something is missing. Line breaks become blanks.
std::string shortened(const std::string& text, int width);

}  // namespace cb
