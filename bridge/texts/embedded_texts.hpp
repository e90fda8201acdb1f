// The files of config/texts as they stood when the program was built: language (or `staff`) to YAML.
#pragma once

#include <map>
#include <string>

namespace cb {

const std::map<std::string, std::string>& embedded_text_files();
// The same of config/urgency: the word lists of each language (rules/urgency.hpp).
const std::map<std::string, std::string>& embedded_urgency_files();

}  // namespace cb
