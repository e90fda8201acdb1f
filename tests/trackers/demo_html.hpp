// Pieces of the demo's pages.
#pragma once

#include <string>

namespace cb::fake {

// For text and for attribute values in double quotes.
std::string escaped(const std::string& text);
// The same, with line breaks kept.
std::string escaped_lines(const std::string& text);
// A whole page around `body`, which is HTML already.
std::string html_page(const std::string& title, const std::string& body);

}  // namespace cb::fake
