// Plain text for terminals: columns, wrapped lines and text of users made harmless. Widths are columns of a terminal,
// not bytes.
#pragma once

#include <string>

namespace cb {

// One line without control characters, so that no text of a tracker can move the cursor or colour the screen.
std::string one_line(const std::string& text);

// Filled with blanks to a width; longer text stays as it is.
std::string padded(const std::string& text, int width);

// `first` before the first line, as many blanks before the others; broken between words before `width`, so that only a
// longer word stands out. Ends with a line end.
std::string wrapped(const std::string& first, const std::string& text, int width);

}  // namespace cb
