// HTML without templates: pages are put together from text that is escaped here, and from tags that stand in the
// program. Pages have no script, and a browser is told so.
#pragma once

#include <string>

#include "bridge/http/web_request.hpp"

namespace cb {

// For element content and for attribute values in double quotes. Control characters and bytes that are no UTF-8 become
// the replacement character, so that no text can end a tag or turn a line around unseen.
std::string html_escaped(const std::string& text);

// `body` is HTML already. `style`: the address of pages.css as the page's address sees it.
WebAnswer html_answer(int status, const std::string& title, const std::string& body, const std::string& style);

}  // namespace cb
