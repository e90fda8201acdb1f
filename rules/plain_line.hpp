// Texts of strangers made fit for a place where they stand among our own words.
#pragma once

#include <string>
#include <string_view>

namespace cb {

// One line for a message or a log, whatever the text holds: control characters, line separators, and signs that turn
// the direction of what follows become blanks, so that nobody's text can forge a line, move a cursor, or make a line
// read otherwise than it is written.
std::string plain_line(std::string_view text);

// Without the signs that turn the direction of writing: inside of another text they would turn what stands behind them.
std::string without_turns(std::string_view text);

}  // namespace cb
