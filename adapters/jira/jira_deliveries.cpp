#include "adapters/jira/jira_deliveries.hpp"

namespace cb {

namespace {
constexpr std::size_t k_longest_identifier = 200;
}

JiraDeliveries::JiraDeliveries(Seconds span, std::size_t most) : span_(span), most_(most) {}

void JiraDeliveries::forget_oldest() {
  seen_.erase(in_order_.front().key);
  in_order_.pop_front();
}

bool JiraDeliveries::is_new(const std::string& site, const std::string& identifier, Instant now) {
  if (identifier.empty() || identifier.size() > k_longest_identifier || most_ == 0) return true;
  while (!in_order_.empty() && now - in_order_.front().at >= span_) forget_oldest();
  // The length parts site and identifier whatever signs are in them.
  const auto key = std::to_string(identifier.size()) + " " + identifier + site;
  if (!seen_.insert(key).second) return false;
  in_order_.push_back({key, now});
  if (in_order_.size() > most_) forget_oldest();
  return true;
}

}  // namespace cb
