#include "tests/simulation/wire.hpp"

namespace cb::simulation {

namespace {

constexpr std::int64_t k_ms = 1000;
constexpr std::int64_t k_longest_way = 2000 * k_ms;  // a tracker has a request by then, or never
constexpr std::int64_t k_longest_late = 60'000 * k_ms;
constexpr Micros k_read_time_out{30'000 * k_ms};
constexpr Micros k_rounding{1000 * k_ms};  // the bridge's clock knows whole seconds
constexpr Micros k_hour{3600 * 1000 * k_ms};

}  // namespace

struct Wire::Exchange {
  // The tracker is slow: it does what it was asked when nobody waits for that any more.
  bool is_late = false, was_given_up = false;
  std::optional<Fault> fault;
  bool wrong_json = false;
  std::optional<HttpResponse> answer;
};

std::optional<Fault> Wire::draw_fault() {
  if (!dice_.happens(parts_.weather.faults_per_mille)) return {};
  using Kind = Fault::Kind;
  switch (dice_.between(0, 9)) {
    case 0:
      return Fault{Kind::status, 429, static_cast<int>(dice_.mostly_near(1, 240))};
    case 1:
      return Fault{Kind::status, 429, {}};
    case 2:
      return Fault{Kind::status, 500, {}};
    case 3:
      return Fault{Kind::status, 503, static_cast<int>(dice_.mostly_near(1, 240))};
    case 4:
      return Fault{Kind::html_page, 502, {}};
    case 5:
      return Fault{Kind::truncated, 200, {}};
    case 6:
    case 7:
      return Fault{Kind::answer_lost, 0, {}};
    case 8:
      return Fault{Kind::status, 502, {}};
    default:
      return Fault{Kind::no_answer, 0, {}};
  }
}

void Wire::reach(const Parts& parts, const HttpRequest& request, Exchange& exchange) {
  if (exchange.is_late && !exchange.was_given_up) return;
  auto& fake = parts.site.fake();
  if (exchange.fault) fake.fail(1, *exchange.fault);
  exchange.answer = fake.exchange(request);
  if (exchange.answer && exchange.wrong_json) exchange.answer->body = R"({"unexpected":[]})";
  fake.clear_log();
  parts.after_effect(request);
}

void Wire::interrupt() {
  interrupted_ = true;
  parts_.turns.nudge(sender_);
}

bool Wire::wait(Micros time) {
  const auto until = parts_.turns.now() + time;
  sender_ = parts_.turns.running();
  while (!interrupted_ && parts_.turns.now() < until && !parts_.turns.is_killed())
    parts_.turns.rest(until - parts_.turns.now());
  sender_ = 0;
  return !interrupted_;
}

Result<HttpResponse> Wire::outcome(const std::string& what, const Exchange& exchange, Micros taken) {
  const auto told = exchange.answer ? std::to_string(exchange.answer->status) + ", " +
                                          std::to_string(exchange.answer->body.size()) + " bytes"
                                    : std::string("no answer");
  parts_.trace.step(parts_.turns.now(), parts_.site.form().name + " " + what + " -> " + told +
                                            (exchange.fault ? " (fault)" : "") +
                                            (exchange.wrong_json ? " (wrong JSON)" : ""));
  parts_.machine.network_call("the answer to " + what);
  if (!exchange.answer || taken > 4 * k_read_time_out) {
    auto error = Error{ErrorKind::retry_later, what + ": no answer from the tracker (timed out)", {}};
    error.unanswered = taken >= k_read_time_out;
    return Failure(std::move(error));
  }
  if (exchange.fault && exchange.fault->retry_after) {
    parts_.traffic.quiet_until = parts_.turns.now() + Seconds(*exchange.fault->retry_after);
    parts_.traffic.clock_error = parts_.machine.clock_error;
  }
  return *exchange.answer;
}

Result<HttpResponse> Wire::send(const HttpRequest& request) {
  const auto what = request.method + " " + request.target.substr(0, request.target.find('?'));
  if (interrupted_) return failure(ErrorKind::retry_later, what + ": not asked, the program is ending");
  parts_.machine.network_call(what);
  const auto began = parts_.turns.now();
  if (began + k_rounding < parts_.traffic.quiet_until && parts_.machine.clock_error == parts_.traffic.clock_error)
    parts_.impatient(what + " is asked before " + text_of(parts_.traffic.quiet_until));
  auto& last_hour = parts_.traffic.last_hour;
  last_hour.push_back(began);
  while (last_hour.front() < began - k_hour) last_hour.pop_front();
  parts_.trace.count("requests");
  if (parts_.weather.is_down) {
    parts_.trace.count("requests into an outage");
    wait(dice_.happens(500) ? Micros(3 * k_ms) : Micros(10'000 * k_ms));
    parts_.trace.step(parts_.turns.now(), parts_.site.form().name + " " + what + " -> down");
    return failure(ErrorKind::retry_later, what + ": the connection failed");
  }
  auto there = Micros(dice_.mostly_near(5 * k_ms, k_longest_way));
  const auto back = Micros(dice_.mostly_near(5 * k_ms, (parts_.weather.is_slow ? 60'000 : 2'000) * k_ms));
  const auto exchange = std::make_shared<Exchange>();
  exchange->fault = draw_fault();
  exchange->wrong_json = !exchange->fault && dice_.happens(parts_.weather.faults_per_mille / 10);
  if (exchange->fault) parts_.trace.count("faults of the network");
  const bool is_silent = exchange->fault && (exchange->fault->kind == Fault::Kind::no_answer ||
                                             exchange->fault->kind == Fault::Kind::answer_lost);
  auto patience = there + back;
  if (is_silent && dice_.happens(500)) {
    patience = there + k_read_time_out;
    exchange->is_late = exchange->fault->kind == Fault::Kind::answer_lost && dice_.happens(500);
    if (exchange->is_late) there = patience + Micros(dice_.mostly_near(1000 * k_ms, k_longest_late));
  }
  // Where the process dies or starts anew meanwhile, the tracker's gateway is taken to end the request with it.
  parts_.turns.in(there, [parts = parts_, request, exchange, still = std::weak_ptr(alive_)] {
    if (!exchange->is_late || !still.expired()) reach(parts, request, *exchange);
  });
  if (!wait(patience)) {
    parts_.trace.count("requests broken off");
    parts_.trace.step(parts_.turns.now(), parts_.site.form().name + " " + what + " -> broken off");
    return failure(ErrorKind::retry_later, what + ": broken off, the program is ending");
  }
  exchange->was_given_up = exchange->is_late;
  if (exchange->is_late) parts_.trace.count("requests that a tracker did after their time-out");
  return outcome(what, *exchange, parts_.turns.now() - began);
}

}  // namespace cb::simulation
