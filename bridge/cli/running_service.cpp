#include "bridge/cli/running_service.hpp"

#include "bridge/settings/secret.hpp"

namespace cb {

std::string address_of(const ServerSettings& server) {
  const auto colon = server.listen.rfind(':');
  auto host = server.listen.substr(0, colon);
  if (host == "0.0.0.0" || host == "*") host = "127.0.0.1";
  if (host == "[::]") host = "[::1]";
  return "http://" + host + (colon == std::string::npos ? "" : server.listen.substr(colon));
}

Result<HttpResponse> ask_service(const ServerSettings& server, const OpenHttp& open, const std::string& method,
                                 const std::string& target) {
  HttpRequest request{method, target, {{"Accept", "application/json"}}, {}};
  if (!server.token.text.empty()) {
    const auto token = resolve(server.token);
    if (!token) {
      return failure(ErrorKind::denied, "the service at " + address_of(server) +
                                            " was not asked, because its token cannot be had: " + token.error().what);
    }
    request.headers.emplace_back("Authorization", "Bearer " + *token);
  }
  TRY(answer, open(address_of(server))->send(request));
  if (answer.status == 401 || answer.status == 403) {
    return failure(ErrorKind::denied, "what answers at " + address_of(server) +
                                          " refuses us: is it this configuration's service, and is server: token the "
                                          "one that it was started with?");
  }
  return answer;
}

}  // namespace cb
