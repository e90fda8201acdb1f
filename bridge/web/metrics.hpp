// The numbers of the service in the text format of Prometheus. Names begin with contract_bridge_ and end with their
// unit; labels are tracker, method, status class, state, action and contract, so that the number of series depends on
// the configuration and not on what trackers hold; of contracts at most k_most_pools are told. A number that is not
// known is left out rather than told as zero. config/prometheus-alerts.yaml and config/grafana-dashboard.json use these
// names. The library is seen by metrics.cpp alone.
#pragma once

#include <string>

#include "bridge/http/http_counts.hpp"
#include "bridge/web/pool_facts.hpp"
#include "bridge/web/process_facts.hpp"
#include "bridge/web/service_state.hpp"

namespace cb {

std::string metrics_text(const ServiceState& state, const HttpCounts& requests, const ProcessFacts& process,
                         const PoolFacts& pools);

}  // namespace cb
