#include "bridge/web/api_routes.hpp"

#include "bridge/web/api_answers.hpp"
#include "bridge/web/api_evaluate.hpp"
#include "bridge/web/api_issue.hpp"
#include "bridge/web/api_lists.hpp"
#include "bridge/web/openapi.hpp"

namespace cb {

namespace {

using ApiHandler = WebAnswer (*)(const WebParts& parts, const WebCall& call);

Router::Handler handler_of(const WebParts& parts, std::vector<std::string> parameters, ApiHandler handler) {
  return with_store_errors(with_parameters(std::move(parameters), [&parts, handler](const WebCall& call) {
    if (!parts.settings()) return problem_answer(503, "The service is starting: it has no configuration yet.");
    return handler(parts, call);
  }));
}

}  // namespace

void add_api_routes(Router& router, const WebParts& parts) {
  const auto add = [&](const std::string& method, const std::string& path, ApiHandler handler,
                       std::vector<std::string> parameters = {}) {
    router.add(method, "/api/v1" + path, Guard::api, handler_of(parts, std::move(parameters), handler));
  };
  add("GET", "/issues/{tracker}/{id}", api_issue);
  add("POST", "/issues/{tracker}/{id}/retry", api_retry);
  add("GET", "/customers/{id}/history", api_customer_history, {"limit", "cursor"});
  add("GET", "/due", api_due, {"until", "limit", "cursor"});
  add("POST", "/evaluate", api_evaluate);
  add("GET", "/openapi.yaml", [](const WebParts&, const WebCall&) {
    WebAnswer answer;
    answer.content_type = "application/yaml";
    answer.body = openapi_yaml();
    return answer;
  });
  add("GET", "/openapi.json", [](const WebParts&, const WebCall&) { return json_answer(200, openapi_json()); });
}

}  // namespace cb
