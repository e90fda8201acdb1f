#include "tests/trackers/fake_jira_limits.hpp"

#include <algorithm>
#include <regex>

namespace cb::fake_jira {

namespace {

constexpr Seconds k_short{2}, k_long{30};

// The issue that the request writes to; nothing for reads and for what is no issue's.
const Issue* written_issue(const State& state, const HttpRequest& request) {
  static const std::regex k_path("/rest/[^?]*/(?:issue|request)/([^/?]+).*");
  std::smatch part;
  if (request.method == "GET" || !std::regex_match(request.target, part, k_path)) return nullptr;
  return issue_by_key(state.issues, unescaped(part[1].str()));
}

int within(const std::deque<Instant>& writes, Instant now, Seconds span) {
  return static_cast<int>(std::count_if(writes.begin(), writes.end(), [&](Instant at) { return at > now - span; }));
}

HttpResponse too_many(const State& state, const std::string& reason, int retry_after, Headers headers) {
  headers.emplace_back("Content-Type", "application/json;charset=UTF-8");
  if (state.settings.cloud) headers.emplace_back("RateLimit-Reason", reason);
  if (state.settings.limits.tells_retry_after) headers.emplace_back("Retry-After", std::to_string(retry_after));
  return {429, std::move(headers), R"({"errorMessages":["Rate limit exceeded."],"errors":{}})"};
}

// Reset without seconds, as Cloud writes it.
Headers window_headers(int limit, Instant reset) {
  return {{"X-RateLimit-Limit", std::to_string(limit)},
          {"X-RateLimit-Remaining", "0"},
          {"X-RateLimit-Reset", to_iso(reset).substr(0, 16) + "Z"}};
}

std::optional<HttpResponse> over_issue_limit(State& state, const Issue& issue, Instant now) {
  const auto& limits = state.settings.limits;
  auto& writes = state.traffic.writes[issue.id];
  while (!writes.empty() && writes.front() <= now - k_long) writes.pop_front();
  const int lately = within(writes, now, k_short), longer = static_cast<int>(writes.size());
  if (limits.per_issue && (lately >= limits.in_2_seconds || longer >= limits.in_30_seconds)) {
    const bool is_short = lately >= limits.in_2_seconds;
    const auto oldest =
        is_short ? *std::find_if(writes.begin(), writes.end(), [&](Instant at) { return at > now - k_short; })
                 : writes.front();
    const auto reset = oldest + (is_short ? k_short : k_long);
    const int limit = is_short ? limits.in_2_seconds : limits.in_30_seconds;
    return too_many(state, "jira-per-issue-on-write", static_cast<int>((reset - now).count()),
                    window_headers(limit, reset));
  }
  writes.push_back(now);
  auto& counters = state.counters;
  counters.most_in_2_seconds = std::max(counters.most_in_2_seconds, lately + 1);
  counters.most_in_30_seconds = std::max(counters.most_in_30_seconds, longer + 1);
  return std::nullopt;
}

std::optional<int> burst_limit(const Limits& limits, const std::string& method) {
  if (method == "GET") return limits.get;
  if (method == "POST") return limits.post;
  return method == "PUT" ? limits.put : limits.remove;
}

std::optional<HttpResponse> over_burst(State& state, const std::string& method, Instant now) {
  auto& [second, count] = state.traffic.by_method[method];
  if (second != now) {
    second = now;
    count = 0;
  }
  const auto limit = burst_limit(state.settings.limits, method);
  if (limit && count >= *limit)
    return too_many(state, "jira-burst-based", state.settings.limits.retry_after,
                    window_headers(*limit, now + Seconds(state.settings.limits.retry_after)));
  auto& most = state.counters.most_in_a_second[method];
  most = std::max(most, ++count);
  return std::nullopt;
}

std::optional<HttpResponse> over_bucket(State& state, const User* user, Instant now) {
  const auto& limits = state.settings.limits;
  if (!limits.bucket || !user) return std::nullopt;
  const auto size = static_cast<double>(*limits.bucket);
  const auto [found, is_new] = state.traffic.buckets.try_emplace(user->id, size, now);
  auto& [left, since] = found->second;
  const auto intervals = (now - since).count() / limits.interval;
  left = std::min(size, left + static_cast<double>(intervals * limits.fill));
  since += Seconds(intervals * limits.interval);
  if (left < 1) return too_many(state, "", limits.interval, bucket_headers(state, user));
  left -= 1;
  return std::nullopt;
}

}  // namespace

Headers bucket_headers(const State& state, const User* user) {
  const auto& limits = state.settings.limits;
  const auto found = user ? state.traffic.buckets.find(user->id) : state.traffic.buckets.end();
  if (!limits.bucket || found == state.traffic.buckets.end()) return {};
  return {{"X-RateLimit-Limit", std::to_string(*limits.bucket)},
          {"X-RateLimit-Remaining", std::to_string(static_cast<int>(found->second.first))},
          {"X-RateLimit-Interval-Seconds", std::to_string(limits.interval)},
          {"X-RateLimit-FillRate", std::to_string(limits.fill)}};
}

std::optional<HttpResponse> over_limit(State& state, const HttpRequest& request, const User* user, Instant now) {
  auto refused = over_bucket(state, user, now);
  if (!refused) refused = over_burst(state, request.method, now);
  const auto* issue = written_issue(state, request);
  if (!refused && issue) refused = over_issue_limit(state, *issue, now);
  if (refused) ++state.counters.refused;
  return refused;
}

}  // namespace cb::fake_jira
