#include "tests/simulation/receivers.hpp"

#include "tests/simulation/signing.hpp"

namespace cb::simulation {

namespace {

constexpr std::int64_t k_ms = 1000;
constexpr Micros k_time_out{10'000 * k_ms};

class Channel final : public Http {
 public:
  Channel(ReceiverParts parts, std::string name, Dice dice) : parts_(parts), name_(std::move(name)), dice_(dice) {}

  Result<HttpResponse> send(const HttpRequest& request) override {
    if (interrupted_) return nothing("the program is ending");
    parts_.machine.network_call("telling " + name_);
    const auto sending = parts_.judge.sent(name_, request);
    const auto& weather = parts_.weather[name_];
    if (weather.is_down) {
      wait(dice_.happens(500) ? Micros(3 * k_ms) : k_time_out);
      return nothing("the connection failed");
    }
    const int status = draw_status(weather);
    const bool is_lost_before = status == 0 && dice_.happens(500);
    if (!wait(Micros(dice_.mostly_near(5 * k_ms, 2'000 * k_ms)))) return nothing("broken off");
    if (!is_lost_before && (status == 0 || status == k_good)) parts_.judge.arrived(sending);
    const bool goes_on = wait(status == 0 ? k_time_out : Micros(dice_.mostly_near(5 * k_ms, 8'000 * k_ms)));
    parts_.trace.step(parts_.turns.now(),
                      name_ + " is told -> " + (status == 0 ? "no answer" : std::to_string(status)));
    parts_.machine.network_call("the answer of " + name_);
    if (!goes_on) return nothing("broken off");
    if (status == 0) return nothing("timed out");
    if (status == k_good) parts_.judge.thanked(sending);
    return HttpResponse{status, {}, status == k_good ? "" : "try later"};
  }

  void interrupt() {
    interrupted_ = true;
    parts_.turns.nudge(sender_);
  }

 private:
  static constexpr int k_good = 204;

  // 0: no answer.
  int draw_status(const Weather& weather) {
    if (!dice_.happens(weather.faults_per_mille)) return k_good;
    return dice_.one_of(std::vector<int>{0, 0, 429, 500, 502, 503});
  }

  Result<HttpResponse> nothing(const std::string& why) {
    parts_.trace.count("notifications that were not answered");
    return failure(ErrorKind::retry_later, name_ + ": " + why);
  }

  bool wait(Micros time) {
    const auto until = parts_.turns.now() + time;
    sender_ = parts_.turns.running();
    while (!interrupted_ && parts_.turns.now() < until && !parts_.turns.is_killed())
      parts_.turns.rest(until - parts_.turns.now());
    sender_ = 0;
    return !interrupted_;
  }

  ReceiverParts parts_;
  std::string name_;
  Dice dice_;
  bool interrupted_ = false;
  FiberId sender_ = 0;
};

}  // namespace

std::string on_call_secret() {
  return "whsec_" + base64_of(k_on_call_key);
}

NotificationChannel Receivers::open(const std::string& base_url) {
  const auto name = base_url.find(k_on_call) != std::string::npos ? k_on_call : k_chat;
  const auto word = std::string("way to ") + name + " " + std::to_string(++opened_);
  const auto channel = std::make_shared<Channel>(parts_, name, Dice(seed_, word));
  return {channel, [channel] { channel->interrupt(); }};
}

}  // namespace cb::simulation
