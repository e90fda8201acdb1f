#include "adapters/jira/jira_deliveries.hpp"

namespace cb {

namespace {

constexpr std::size_t k_longest_identifier = 200;

bool is_identifier(const std::string& text) {
  return !text.empty() && text.size() <= k_longest_identifier;
}

// The length parts site and identifier whatever signs are in them.
std::string key_of(const std::string& site, const std::string& identifier) {
  return std::to_string(identifier.size()) + " " + identifier + site;
}

}  // namespace

JiraDeliveries::JiraDeliveries(Seconds span, std::size_t most) : span_(span), most_(most) {}

void JiraDeliveries::forget_oldest() {
  seen_.erase(in_order_.front());
  in_order_.pop_front();
}

bool JiraDeliveries::knows(const std::string& site, const std::string& identifier, Instant now) const {
  if (!is_identifier(identifier)) return false;
  const auto found = seen_.find(key_of(site, identifier));
  return found != seen_.end() && now - found->second < span_;
}

void JiraDeliveries::remember(const std::string& site, const std::string& identifier, Instant now) {
  if (!is_identifier(identifier) || most_ == 0) return;
  while (!in_order_.empty() && now - seen_.at(in_order_.front()) >= span_) forget_oldest();
  const auto key = key_of(site, identifier);
  // A repetition does not renew it.
  if (!seen_.emplace(key, now).second) return;
  in_order_.push_back(key);
  if (in_order_.size() > most_) forget_oldest();
}

}  // namespace cb
