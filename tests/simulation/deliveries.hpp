// What trackers tell the bridge by webhooks: requests with the body and the proof that each kind sends, late, doubled,
// sent again where nobody answered, of issues that the bridge does not know yet; and what strangers send: that must be
// refused and wake nothing. What was taken must be looked at soon. A classic Bugzilla has no webhooks.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "bridge/http/web_request.hpp"
#include "bridge/ports/clock.hpp"
#include "tests/simulation/judge.hpp"

namespace cb::simulation {

inline const char* const k_hook_secret = "hook-secret-of-the-simulation";
inline const char* const k_hook_header = "X-Bridge-Secret";  // of BMO

struct DeliveryParts {
  Turns& turns;
  Trace& trace;
  Judge& judge;
  std::map<std::string, Site*> sites;
  Clock& clock;  // the bridge's
  std::function<Store&()> disk;
  // False: nobody listens. The answer may never come.
  std::function<bool(WebRequest, std::function<void(const WebAnswer&)>)> send;
  std::function<bool()> is_calm;       // nothing disturbs the bridge, and nothing has for a while
  std::function<bool()> may_not_keep;  // the store cannot be written
};

class Deliveries {
 public:
  Deliveries(DeliveryParts parts, Dice dice);

  // Somebody changed the issue: the tracker may tell so.
  void changed(const IssueKey& key);
  // In the store.
  void woken(const std::vector<IssueKey>& keys, const std::string& why);
  void read(const IssueKey& key, Instant at);
  // With the process its requests are gone.
  void process_died() { in_hand_.clear(); }

 private:
  enum class Proof { right, missing, of_another_secret, of_another_body };
  struct Delivery {
    IssueKey key;
    WebRequest request;
    std::string identifier;
    Proof proof = Proof::right;
    bool is_torn = false;     // the body
    bool is_strange = false;  // to the address of a tracker that nobody has
    bool is_woken = false, is_answered = false;
    int attempts = 0;
  };
  using Sent = std::shared_ptr<Delivery>;

  void plan(const IssueKey& key);
  void plan_forged(const IssueKey& key);
  [[nodiscard]] Sent make(const IssueKey& key, Proof proof);
  void prove(Delivery& delivery, const SiteForm& form);
  void send(const Sent& delivery);
  void answered(const Sent& delivery, const WebAnswer& answer);
  bool judge_taken(const Delivery& delivery, const WebAnswer& answer);
  void judge_refused(const Delivery& delivery, const WebAnswer& answer);
  void again(const Sent& delivery);
  void look_later(const IssueKey& key);
  [[nodiscard]] Micros some_time();

  DeliveryParts parts_;
  Dice dice_;
  int per_mille_;  // of changes that are told
  int last_ = 0;
  std::set<Sent> in_hand_;          // those that may wake
  std::set<std::string> accepted_;  // identifiers
  std::map<IssueKey, Instant> read_;
};

}  // namespace cb::simulation
