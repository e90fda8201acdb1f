// Text as any tracker's clients may have left it, made plain.
#pragma once

#include <string>

namespace cb {

// \r\n and \r become \n, NUL is dropped: no store or terminal agrees on it.
std::string plain_newlines(const std::string& text);

}  // namespace cb
