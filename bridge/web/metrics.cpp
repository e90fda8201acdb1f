#include "bridge/web/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <functional>

namespace cb {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<prometheus::ClientMetric::Label>;

class Families {
 public:
  // The family that the numbers belong to that are added next.
  void begin(const std::string& name, MetricType type, const std::string& help) {
    families_.push_back({"contract_bridge_" + name, help, type, {}});
  }
  void add(double value, Labels labels = {}) {
    auto& family = families_.back();
    auto& metric = family.metric.emplace_back();
    metric.label = std::move(labels);
    (family.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  }
  template <class T>
  void add_known(const std::optional<T>& value) {
    if (value) add(static_cast<double>(*value));
  }
  [[nodiscard]] const std::vector<MetricFamily>& all() const { return families_; }

 private:
  std::vector<MetricFamily> families_;
};

using NumberOf = std::function<std::optional<double>(const TrackerState&)>;

void for_each_tracker(Families& families, const ServiceState& state, const std::string& name, MetricType type,
                      const std::string& help, const NumberOf& number_of) {
  families.begin(name, type, help);
  for (const auto& tracker : state.trackers) {
    if (const auto number = number_of(tracker)) families.add(*number, {{"tracker", tracker.loop.tracker}});
  }
}

double age(const std::optional<Instant>& since, Instant now) {
  return since ? static_cast<double>((now - *since).count()) : 0;
}

void add_process(Families& families, const ServiceState& state, const ProcessFacts& process) {
  families.begin("build_info", MetricType::Gauge, "Always 1; the version stands in the label.");
  families.add(1, {{"version", state.version}});
  families.begin("start_time_seconds", MetricType::Gauge, "When the service started, in seconds since 1970.");
  if (state.started) families.add(static_cast<double>(state.started->time_since_epoch().count()));
  families.begin("process_resident_memory_bytes", MetricType::Gauge, "Memory of the process that is in RAM.");
  families.add_known(process.resident_bytes);
  families.begin("process_open_files", MetricType::Gauge, "Open file descriptors of the process.");
  families.add_known(process.open_files);
  families.begin("process_cpu_seconds_total", MetricType::Counter, "Processor time that the process has used.");
  families.add_known(process.cpu_seconds);
}

void add_health(Families& families, const ServiceState& state) {
  families.begin("ready", MetricType::Gauge, "1 while /readyz answers 200.");
  families.add(state.ready() ? 1 : 0);
  families.begin("store_up", MetricType::Gauge, "1 while the store answers; else the numbers from it are left out.");
  families.add(state.store_error.empty() ? 1 : 0);
  families.begin("store_asked_seconds", MetricType::Gauge, "How old the numbers from the store are.");
  families.add(static_cast<double>(state.store_asked_ago.count()));
  const auto gauge = [&](const std::string& name, const std::string& help, const NumberOf& number_of) {
    for_each_tracker(families, state, name, MetricType::Gauge, help, number_of);
  };
  gauge("tracker_up", "1 after a complete step, 0 while the last one failed.", [](const auto& each) {
    return each.loop.last_step ? std::optional(each.loop.failing_since ? 0.0 : 1.0) : std::nullopt;
  });
  gauge("tracker_behind_seconds", "Since the last complete list of what changed, else since the start.",
        [](const auto& each) {
          return each.behind ? std::optional(static_cast<double>(each.behind->count())) : std::nullopt;
        });
  gauge("tracker_failing_seconds", "How long steps have been failing; 0 while they do not.",
        [&](const auto& each) { return age(each.loop.failing_since, state.now); });
  gauge("tracker_writing_stopped",
        "1 while the bridge itself has stopped writing: a note for staff was seen by others, or clocks are far apart.",
        [](const auto& each) { return each.writing_stop ? 1.0 : 0.0; });
}

void add_sums(Families& families, const ServiceState& state) {
  const auto counter = [&](const std::string& name, const std::string& help, std::int64_t LoopStatus::*sum) {
    for_each_tracker(families, state, name, MetricType::Counter, help,
                     [&](const auto& each) { return static_cast<double>(each.loop.*sum); });
  };
  counter("tracker_lists_total", "Complete lists of what changed.", &LoopStatus::lists);
  counter("tracker_failed_steps_total", "Steps that ended with an error.", &LoopStatus::failures);
  counter("issues_fetched_total", "Issues that were read.", &LoopStatus::fetched);
  counter("issues_written_total", "Issues that were written to.", &LoopStatus::written);
  counter("issues_unchanged_total", "Issues that showed their decision already.", &LoopStatus::unchanged);
  counter("issues_parked_total", "How often an issue was parked.", &LoopStatus::parked);
}

void add_issues(Families& families, const ServiceState& state) {
  const auto gauge = [&](const std::string& name, const std::string& help, const NumberOf& number_of) {
    for_each_tracker(families, state, name, MetricType::Gauge, help, number_of);
  };
  gauge("issues_known", "Issues in the store that the tracker still shows.",
        [](const auto& each) { return each.counts.issues; });
  gauge("issues_open", "Issues that are neither resolved, closed nor withdrawn.",
        [](const auto& each) { return each.counts.open; });
  gauge("issues_undecided", "Open issues that nobody can bill until somebody looks.",
        [](const auto& each) { return each.counts.undecided; });
  gauge("issues_parked", "Issues that failed and wait for another try.",
        [](const auto& each) { return each.counts.parked; });
  gauge("issues_woken", "Issues that are to be looked at.", [](const auto& each) { return each.counts.woken; });
  gauge("issues_begun", "Issues that were begun and are not recorded yet.",
        [](const auto& each) { return each.counts.intended; });
  gauge("issues_overdue", "Open issues with a promise that is past its time.",
        [](const auto& each) { return each.overdue; });
  gauge("issues_due_next_hour", "Open issues with a promise that falls due within an hour.",
        [](const auto& each) { return each.due_next_hour; });
  families.begin("issues_by_sla_state", MetricType::Gauge, "Open issues by the state of their promises.");
  for (const auto& tracker : state.trackers) {
    for (const auto sla :
         {SlaState::none, SlaState::ok, SlaState::paused, SlaState::at_risk, SlaState::breached, SlaState::met}) {
      const auto found = tracker.counts.sla_states.find(to_text(sla));
      families.add(found == tracker.counts.sla_states.end() ? 0 : found->second,
                   {{"tracker", tracker.loop.tracker}, {"sla_state", to_text(sla)}});
    }
  }
}

void add_totals(Families& families, const StoreTotals& totals) {
  families.begin("ledger_lines_total", MetricType::Counter, "Lines of the ledger by what they say.");
  for (const auto& [action, number] : totals.ledger_lines)
    families.add(static_cast<double>(number), {{"action", action}});
  families.begin("decisions_total", MetricType::Counter, "Decisions that were kept because they differed.");
  families.add(static_cast<double>(totals.decisions));
  families.begin("notifications_waiting", MetricType::Gauge, "Notifications that are not sent yet.");
  families.add(totals.notifications_waiting);
  families.begin("notifications_failing", MetricType::Gauge, "Of these, those that were tried in vain.");
  families.add(totals.notifications_failing);
}

void add_pools(Families& families, const PoolFacts& facts) {
  const auto gauge = [&](const std::string& name, const std::string& help, const auto& number_of) {
    families.begin(name, MetricType::Gauge, help);
    for (const auto& pool : facts.pools) {
      const std::optional<int> number = number_of(pool);
      if (number) families.add(*number, {{"contract", pool.contract.value}});
    }
  };
  gauge("pool_units", "Requests in the pool of a contract in its present period, with those carried over.",
        [](const PoolView& pool) { return pool.size; });
  gauge("pool_left", "Requests of these that are left; below 0 in an overdraft.",
        [](const PoolView& pool) { return pool.left; });
  gauge("pool_reserved", "Requests of these that open issues hold.",
        [](const PoolView& pool) { return pool.reserved; });
  gauge("pool_consumed", "Requests of these that are used up.", [](const PoolView& pool) { return pool.consumed; });
  families.begin("pools_not_told", MetricType::Gauge, "Pools that are left out here because there are too many.");
  families.add(facts.not_told);
}

void add_requests(Families& families, const HttpCounts& requests) {
  const auto labels = [](const HttpCounts::Kind& kind) {
    return Labels{{"tracker", kind.tracker}, {"method", kind.method}, {"status", kind.status}};
  };
  const auto sums = requests.sums();
  families.begin("http_requests_total", MetricType::Counter, "Requests to trackers; status none: no answer came.");
  for (const auto& [kind, sum] : sums) families.add(static_cast<double>(sum.requests), labels(kind));
  families.begin("http_request_seconds_total", MetricType::Counter, "Time until their answers were read.");
  for (const auto& [kind, sum] : sums) families.add(sum.time.count(), labels(kind));
  families.begin("tracker_clock_skew_seconds", MetricType::Gauge, "The tracker's clock less ours.");
  for (const auto& [tracker, skew] : requests.skews()) {
    families.add(static_cast<double>(skew.count()), {{"tracker", tracker}});
  }
}

}  // namespace

std::string metrics_text(const ServiceState& state, const HttpCounts& requests, const ProcessFacts& process,
                         const PoolFacts& pools) {
  Families families;
  add_process(families, state, process);
  add_health(families, state);
  add_sums(families, state);
  if (state.store_error.empty()) {
    add_issues(families, state);
    add_totals(families, state.totals);
    if (pools.asked_at != Instant{}) add_pools(families, pools);
  }
  add_requests(families, requests);
  return prometheus::TextSerializer().Serialize(families.all());
}

}  // namespace cb
