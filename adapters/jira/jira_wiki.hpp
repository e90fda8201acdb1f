// Wiki markup, the rich text of REST v2: Jira Data Center, and service management's own comments. Cloud turns it into
// its document format with another reader than Data Center's, so only what both agree on is used: a backslash before a
// sign that both unescape, and an invisible word joiner where no backslash helps.
#pragma once

#include <string>

#include "adapters/jira/jira_text.hpp"

namespace cb {

// Markup that shows a text with its reference (empty: none) as it is; addresses can still be clicked. Ordinary
// sentences, dates and addresses stay byte for byte. At most k_jira_text_limit units: where escaping makes the text
// longer than that, the text is cut, never the reference. Reads back as jira_with_reference() when nothing was cut.
std::string jira_wiki(const std::string& text, const std::string& reference = {});

// Markup as plain text in the form of jira_plain(): signs unescaped, links as `words (address)`, mentions as @name,
// images by their file name, headings, code, quotes, panels and colours without their marks. Emphasis, {{mono}}, lists
// and tables keep theirs, and so does what nobody knows: people read them as they are.
std::string jira_wiki_text(const std::string& markup);

}  // namespace cb
