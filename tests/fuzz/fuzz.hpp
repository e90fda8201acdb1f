// What a fuzzer is made of: one_input(), which takes any bytes as if they came from outside, and must(), which says
// what has to hold of what was read. A new one is a file NAME_fuzz.cpp and, better, a few inputs in corpus/NAME.
#pragma once

#include <string>
#include <utility>

namespace cb::fuzz {

// Defined by each fuzzer.
void one_input(const std::string& bytes);

// Ends the program with these words where it does not hold; libFuzzer keeps the input.
void must(bool holds, const std::string& what);
// The same of two texts, both of which are shown.
void must_be(const std::string& got, const std::string& wanted, const std::string& what);

// The first line and the rest, so that an input with two parts can still be read by people.
std::pair<std::string, std::string> first_line(const std::string& bytes);

// Neither line ends nor other control characters: what a terminal or a log file could be led astray by.
bool is_one_clean_line(const std::string& text);

}  // namespace cb::fuzz
