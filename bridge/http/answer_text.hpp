// An answer as bytes, with what every answer of ours says to browsers: not to guess types, not to keep a copy, not to
// load or run anything that is not from here, not to be framed. A handler's own Cache-Control or
// Content-Security-Policy wins. No Server header: strangers need not know what runs here.
#pragma once

#include <chrono>
#include <string>

#include "bridge/http/web_request.hpp"

namespace cb {

struct AnswerForm {
  bool without_body = false;  // to HEAD
  bool keeps_alive = false;
  std::chrono::sys_seconds date;
};

// A header that could become two (a control character in it, a name that is none) makes it a 500 without details.
std::string answer_text(const WebAnswer& answer, const AnswerForm& form);

}  // namespace cb
