// The service that runs with this configuration, as other commands ask it: over HTTP, at the address that it listens
// on, with its token.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/http.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

using OpenHttp = std::function<std::unique_ptr<Http>(const std::string& base_url)>;

// `http://127.0.0.1:8480`: an address that stands for all of a machine's own is reached by loopback.
std::string address_of(const ServerSettings& server);

// retry_later when nobody answers there; denied when the token cannot be had, or is refused; else the answer, whatever
// its status. Messages name the address and what to do, never the token.
Result<HttpResponse> ask_service(const ServerSettings& server, const OpenHttp& open, const std::string& method,
                                 const std::string& target);

}  // namespace cb
