// Words of a server as YAML: in quotes wherever YAML, or the strict reader of our files, would read them as anything
// else. read_yaml_text() gives back what went in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cb {

// On one line, whatever it holds. Bytes that are not UTF-8 cannot stand in YAML and become U+FFFD.
std::string yaml_word(std::string_view word);
// `[a, "b: c"]`
std::string yaml_list(const std::vector<std::string>& words);
// For comments behind `#`: line breaks and control characters become blanks, a long text is cut.
std::string comment_words(std::string_view text);

}  // namespace cb
