// What both of Jira's forms of rich text, document format and wiki markup, have in common: the form of a plain text
// that survives being written and read, its limit, and where an address stands in it. Any bytes are taken, none fails.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cb {

// Of a comment, a description or a text field, in UTF-16 units, as Java counts (trackers.md C9).
inline constexpr std::size_t k_jira_text_limit = 32767;

// U+2060, invisible and without width: keeps two signs apart that would be markup together.
inline constexpr std::string_view k_word_joiner = "\xE2\x81\xA0";

// The form in which a text is read back: valid UTF-8 (what is not becomes U+FFFD), lines end with \n and without
// blanks, at most one empty line in a row, none at either end; no control characters but tabs, no word joiners or byte
// order marks. What is in this form stays as it is.
std::string jira_plain(const std::string& text);

// In UTF-16 units; `text` has to be valid UTF-8.
std::size_t jira_length(std::string_view text);

// At most `limit` units of a text in plain form; what was longer ends in […] on a line of its own.
std::string jira_cut(const std::string& text, std::size_t limit);

// A comment as it will be read back: text, empty line, reference. Where both are longer than `limit`, the text is cut:
// the reference is what recognises our own comment.
std::string jira_with_reference(const std::string& text, const std::string& reference,
                                std::size_t limit = k_jira_text_limit);

// Length of the http or https address that begins at `at`, without punctuation that ends a sentence; 0: none does. An
// address goes up to a blank, a quotation mark or a bracket; one with letters beyond ASCII counts as text, since no
// two programs agree on where it ends.
std::size_t jira_address_at(std::string_view text, std::size_t at);

}  // namespace cb
