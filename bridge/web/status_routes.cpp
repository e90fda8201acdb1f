#include "bridge/web/status_routes.hpp"

#include "bridge/web/api_answers.hpp"
#include "bridge/web/health.hpp"
#include "bridge/web/metrics.hpp"
#include "bridge/web/service_state.hpp"
#include "bridge/web/service_state_json.hpp"

namespace cb {

namespace {

using StateAnswer = std::function<WebAnswer(const ServiceState& state, const WebCall& call)>;

Router::Handler with_state(const WebParts& parts, const std::shared_ptr<KeptFacts>& kept, StateAnswer answer) {
  return [&parts, kept, answer = std::move(answer)](const WebCall& call) {
    const auto settings = parts.settings();
    if (!settings) return plain_answer(503, "The service is starting: it has no configuration yet.");
    const auto loops = parts.loops();
    const StateParts with{parts.version, parts.clock.now(), parts.started, *settings, loops};
    const auto state = look_at_service(with, *kept->get(*settings, parts.store, with.now));
    auto answered = answer(state, call);
    answered.headers.emplace_back("Age", std::to_string(state.store_asked_ago.count()));
    return answered;
  };
}

}  // namespace

void add_status_routes(Router& router, const WebParts& parts) {
  const auto kept = std::make_shared<KeptFacts>(parts.facts_kept);
  router.add("GET", "/healthz", Guard::open, [](const WebCall&) { return healthz(); });
  router.add("GET", "/readyz", Guard::open,
             with_state(parts, kept, [&](const ServiceState& state, const WebCall& call) {
               const bool welcome = parts.access.judge(call.request) == Access::Verdict::welcome;
               return readyz(state, call.request, welcome);
             }));
  const auto pools = std::make_shared<KeptPools>(parts.pools_kept);
  router.add("GET", "/metrics", Guard::api,
             with_state(parts, kept, [&parts, pools](const ServiceState& state, const WebCall&) {
               WebAnswer answer;
               answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
               const auto settings = parts.settings();
               answer.body =
                   metrics_text(state, parts.requests, process_facts(), *pools->get(*settings, parts.store, state.now));
               return answer;
             }));
  router.add("GET", "/api/v1/status", Guard::api,
             with_parameters({}, with_state(parts, kept, [](const ServiceState& state, const WebCall&) {
                               return json_answer(200, service_state_json(state));
                             })));
}

}  // namespace cb
