// Fills a template with facts. Templates are Mustache without escaping: texts are plain, and adapters escape for their
// tracker's markup. A sentence that names a fact which is missing is left out as a whole; blanks and lines that this
// leaves behind go too. A fact is never read as template, whatever it contains, and loses the signs that would turn the
// direction of the text around it.
#pragma once

#include <map>
#include <set>
#include <string>

namespace cb {

struct TemplateFacts {
  std::map<std::string, std::string> values;  // an empty value is a missing fact
  std::set<std::string> flags;                // for sections only: free, pool ...
};

std::string render(const std::string& text, const TemplateFacts& facts);

}  // namespace cb
