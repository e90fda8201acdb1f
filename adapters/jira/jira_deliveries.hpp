// Which deliveries came before. Jira sends again what was not answered in time, with the same
// X-Atlassian-Webhook-Identifier, which is unique within a site (trackers.md C8). A value in bounded memory: of more
// than `most` deliveries the oldest are forgotten, and so is what came longer ago than `span`. To take one for new that
// is not costs one reading of an issue; the other way about an event would be lost, so in doubt it is new.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>

#include "rules/time.hpp"

namespace cb {

class JiraDeliveries {
 public:
  // Five retries with up to half an hour between them fit into a day many times over.
  explicit JiraDeliveries(Seconds span = std::chrono::hours(24), std::size_t most = 10'000);

  // Whether it came before and was remembered. What has no identifier, or one longer than 200 bytes, never did.
  [[nodiscard]] bool knows(const std::string& site, const std::string& identifier, Instant now) const;
  // Once what it asks for is stored, not before: what is remembered and was lost would not be taken when it is sent
  // again.
  void remember(const std::string& site, const std::string& identifier, Instant now);
  [[nodiscard]] std::size_t size() const { return seen_.size(); }

 private:
  void forget_oldest();

  Seconds span_;
  std::size_t most_;
  std::deque<std::string> in_order_;  // the oldest first
  std::map<std::string, Instant> seen_;
};

}  // namespace cb
