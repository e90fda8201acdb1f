// HTTP/1.1 messages on a stream, as far as a proxy between our client and our fakes needs them: requests with a
// Content-Length, answers that end with their connection.
#pragma once

#include <optional>
#include <string>

#include "adapters/http.hpp"
#include "tests/trackers/net_stream.hpp"

namespace cb {

// Nothing when the client is gone or sends what is none. `rest` holds what was read beyond it, for the next one.
std::optional<HttpRequest> read_request(NetStream& stream, std::string& rest);

// Sends it on a connection of its own. Nothing when the server is not there or breaks off.
std::optional<HttpResponse> exchange_with(const std::string& host, int port, const HttpRequest& request);

}  // namespace cb
