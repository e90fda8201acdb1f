// The network between the service and one tracker: every request takes time, and what the weather brings happens to it.
// A request that was sent reaches the tracker also when the process that sent it dies.
#pragma once

#include <deque>
#include <memory>

#include "adapters/http.hpp"
#include "tests/simulation/machine.hpp"
#include "tests/simulation/site.hpp"

namespace cb::simulation {

struct Weather {
  bool is_down = false;  // nothing gets through
  int faults_per_mille = 0;
  bool is_slow = false;
};

// What the bridge asked of a tracker, for the limits: instants of the last requests.
struct Traffic {
  std::deque<Moment> last_hour;
  // It asked to be left alone until then, by our clock as far as that was off then.
  Moment quiet_until{};
  Seconds clock_error{0};
};

class Wire final : public Http {
 public:
  struct Parts {
    Turns& turns;
    Trace& trace;
    Machine& machine;
    Site& site;
    const Weather& weather;
    Traffic& traffic;
    std::function<void(const std::string&)> impatient;     // asked although the tracker wished to be left alone
    std::function<void(const HttpRequest&)> after_effect;  // in the tracker, whatever becomes of the answer
  };
  Wire(Parts parts, Dice dice) : parts_(std::move(parts)), dice_(dice) {}

  // From inside a fiber.
  Result<HttpResponse> send(const HttpRequest& request) override;
  // For good: the program is ending.
  void interrupt();

 private:
  struct Exchange;
  [[nodiscard]] std::optional<Fault> draw_fault();
  static void reach(const Parts& parts, const HttpRequest& request, Exchange& exchange);
  [[nodiscard]] Result<HttpResponse> outcome(const std::string& what, const Exchange& exchange, Micros taken);

  // False: broken off.
  bool wait(Micros time);

  Parts parts_;
  Dice dice_;
  bool interrupted_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  FiberId sender_ = 0;  // who waits for an answer
};

}  // namespace cb::simulation
