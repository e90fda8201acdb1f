// Files of bridge/web that the program serves, as they stood when it was built.
#pragma once

#include <string>

namespace cb {

const std::string& embedded_openapi();
const std::string& embedded_style();

}  // namespace cb
