// Which deliveries came before. Jira sends again what was not answered in time, with the same
// X-Atlassian-Webhook-Identifier, which is unique within a site (trackers.md C8). A value in bounded memory: of more
// than `most` deliveries the oldest are forgotten, and so is what came longer ago than `span`. To take one for new that
// is not costs one reading of an issue; the other way about an event would be lost, so in doubt it is new.
#pragma once

#include <cstddef>
#include <deque>
#include <set>
#include <string>

#include "rules/time.hpp"

namespace cb {

class JiraDeliveries {
 public:
  // Five retries with up to half an hour between them fit into a day many times over.
  explicit JiraDeliveries(Seconds span = std::chrono::hours(24), std::size_t most = 10'000);

  // Whether it is new, and remembers it. What has no identifier, or one longer than 200 bytes, always is.
  bool is_new(const std::string& site, const std::string& identifier, Instant now);
  [[nodiscard]] std::size_t size() const { return seen_.size(); }

 private:
  struct Delivery {
    std::string key;
    Instant at;
  };
  void forget_oldest();

  Seconds span_;
  std::size_t most_;
  std::deque<Delivery> in_order_;
  std::set<std::string> seen_;
};

}  // namespace cb
