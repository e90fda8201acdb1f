// JSON read as the tree that the readers of YAML take, so that what a program posts is read by the same strict readers
// as what people write, with the same words for errors. A place is a JSON path (`$.issue.history[0].at`) as its file,
// without line. Refused: what is not JSON or not UTF-8, a key given twice, nesting above 64; and, because programs that
// mean harm post too, more than 20,000 values, keys above 200 bytes and paths above 500. So time grows with the text,
// and memory stays below some 20 MB whatever it holds.
#pragma once

#include <optional>
#include <string>

#include "bridge/settings/yaml_reader.hpp"

namespace cb {

// Empty after a problem that left no tree, which is reported at `$` or at its path.
std::optional<YamlNode> read_json_text(const std::string& text, Problems& problems);

}  // namespace cb
