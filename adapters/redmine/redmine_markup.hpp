// Plain text made harmless for Redmine. The account cannot learn whether the installation renders Textile or Markdown,
// so both are disarmed: a sign that would open emphasis, a link, a macro, a mention or a tag is written as an HTML
// entity, which both show as the sign itself, and a line that would become a heading, list, table or code begins with
// an invisible word joiner. Ordinary sentences, dates, addresses and [cb-7f3a2c] stay byte for byte.
#pragma once

#include <string>

namespace cb {

std::string redmine_escaped(const std::string& text);

}  // namespace cb
