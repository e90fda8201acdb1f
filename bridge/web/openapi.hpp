// The OpenAPI document of the API, bridge/web/openapi.yaml, as it stood when the program was built.
#pragma once

#include <string>

namespace cb {

const std::string& openapi_yaml();
// The same as JSON.
const std::string& openapi_json();

}  // namespace cb
