#include "bridge/http/pace.hpp"

#include <algorithm>
#include <vector>

#include "bridge/http/base_url.hpp"

namespace cb {

namespace {

// 5, 10, 20 ... 320 s, and up to half of that more.
Seconds own_wait(int refusals, std::uint64_t roll) {
  constexpr int k_most_doublings = 6;
  const std::uint64_t wait = 5U << static_cast<unsigned>(std::min(refusals, k_most_doublings));
  return Seconds(static_cast<std::int64_t>(wait + roll % (wait / 2 + 1)));
}

}  // namespace

Pace::Pace(std::string host, std::size_t most_buckets) : host_name_(std::move(host)), most_(most_buckets) {}

Seconds Pace::left_of(const Pause& pause, Instant now) {
  const auto passed = std::max(Seconds(0), now - pause.since);
  return std::max(Seconds(0), pause.length - passed);
}

Seconds Pace::left_from(Pause& pause, Instant now) {
  pause.since = std::min(pause.since, now);
  return left_of(pause, now);
}

void Pace::lengthen(Pause& pause, Seconds wait, Instant now) {
  pause.length = std::max(left_of(pause, now), wait);
  pause.since = now;
}

TokenBucket* Pace::bucket_of(const JiraRate& rate, Instant now) {
  if (const auto found = buckets_.find(rate.bucket); found != buckets_.end()) return &found->second;
  if (buckets_.size() >= most_) return nullptr;
  return &buckets_.emplace(rate.bucket, TokenBucket(rate.capacity, rate.per_second, now)).first->second;
}

// The host's where too many issues have one of their own: to wait too long harms less than to be locked out.
Pace::Pause& Pace::pause_of(const std::string& issue, Instant now) {
  if (issue.empty()) return host_;
  if (issues_.count(issue) == 0 && issues_.size() >= most_)
    std::erase_if(issues_, [&](auto& each) { return left_of(each.second, now) == Seconds(0); });
  return issues_.count(issue) > 0 || issues_.size() < most_ ? issues_[issue] : host_;
}

void Pace::calm_down(const std::string& issue, Instant now) {
  host_.refusals = 0;
  const auto found = issues_.find(issue);
  if (found == issues_.end()) return;
  found->second.refusals = 0;
  if (left_of(found->second, now) == Seconds(0)) issues_.erase(found);
}

Seconds Pace::pause_left(const std::string& issue, Instant now) {
  const auto found = issues_.find(issue);
  const auto of_issue = found == issues_.end() ? Seconds(0) : left_from(found->second, now);
  return std::max(left_from(host_, now), of_issue);
}

Seconds Pace::turn(const HttpRequest& request, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto pause = pause_left(jira_issue_written(request), now);
  if (pause > Seconds(0)) return pause;
  const auto rates = jira_rates(request);
  // Before any is looked up, so that none of those is dropped.
  if (buckets_.size() + rates.size() > most_)
    std::erase_if(buckets_, [&](auto& each) { return each.second.is_full(now); });
  std::vector<TokenBucket*> taken;
  for (const auto& rate : rates) {
    auto* bucket = bucket_of(rate, now);
    const auto wait = bucket == nullptr ? Seconds(1) : bucket->wait(now);
    if (wait > Seconds(0)) return wait;
    taken.push_back(bucket);
  }
  for (auto* bucket : taken) bucket->take();
  return Seconds(0);
}

std::optional<Seconds> Pace::heard(const HttpRequest& request, const HttpResponse& response, Instant now,
                                   std::uint64_t roll) {
  const std::lock_guard lock(mutex_);
  const auto issue = jira_issue_written(request);
  const auto asked = jira_pause(response, now);
  if (!asked || !asked->refused) calm_down(issue, now);
  if (!asked) return {};
  auto& pause = pause_of(asked->issue_only ? issue : std::string(), now);
  const auto wait = asked->wait ? *asked->wait : own_wait(pause.refusals, roll);
  lengthen(pause, wait, now);
  if (!asked->refused) return {};
  ++pause.refusals;
  return left_of(pause, now);
}

std::size_t Pace::buckets() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

std::shared_ptr<Pace> Paces::of(const std::string& base_url) {
  const auto url = base_url_from(base_url);
  const auto host = url ? to_text(*url) : base_url;
  const std::lock_guard lock(mutex_);
  auto& pace = hosts_[host];
  if (!pace) pace = std::make_shared<Pace>(host);
  return pace;
}

}  // namespace cb
