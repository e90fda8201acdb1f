#include "adapters/jira/jira_limits.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/jira/jira_signs.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr Seconds k_longest = std::chrono::hours(24);

std::string_view path_of(const HttpRequest& request) {
  return std::string_view(request.target).substr(0, request.target.find_first_of("?#"));
}

// 10068 or ABC-12; not bulkfetch, picker or createmeta.
bool is_issue(std::string_view name) {
  const auto dash = name.rfind('-');
  const auto number = name.substr(dash == std::string_view::npos ? 0 : dash + 1);
  return !number.empty() && dash != 0 && std::all_of(number.begin(), number.end(), is_digit);
}

std::string_view issue_behind(std::string_view path, std::string_view before) {
  const auto at = path.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = path.substr(at + before.size());
  const auto name = rest.substr(0, rest.find('/'));
  return is_issue(name) ? name : std::string_view();
}

// Half of what the site has: 100 GET and POST, 50 PUT and DELETE a second.
JiraRate rate_of(const std::string& method) {
  if (method == "PUT" || method == "DELETE") return {method, 12, 12};
  return {method, 25, 25};
}

std::optional<std::int64_t> number_in(const HttpResponse& response, const std::string& name) {
  const auto value = header(response, name);
  if (!value) return {};
  const auto digits = trimmed(*value);
  if (digits.empty() || digits.size() > 9 || !std::all_of(digits.begin(), digits.end(), is_digit)) return {};
  return std::stoll(digits);
}

// `2026-03-26T16:00Z`, with seconds or without, with parts of one or without.
std::optional<Instant> reset_of(const HttpResponse& response) {
  constexpr std::size_t k_to_minutes = 16;
  auto text = trimmed(header(response, "X-RateLimit-Reset").value_or(""));
  if (text.ends_with("+00:00")) text.replace(text.size() - 6, 6, "Z");
  if (const auto part = text.find('.'); part != std::string::npos) text.erase(part, text.find('Z') - part);
  if (text.size() > k_to_minutes && text[k_to_minutes] != ':') text.insert(k_to_minutes, ":00");
  return instant_from_iso(text);
}

std::optional<Seconds> until_refilled(const HttpResponse& response, Instant now) {
  if (const auto reset = reset_of(response)) return *reset - server_time(response).value_or(now);
  if (const auto interval = number_in(response, "X-RateLimit-Interval-Seconds")) return Seconds(*interval);
  return {};
}

Seconds within_bounds(Seconds wait) {
  return std::clamp(wait, Seconds(1), k_longest);
}

}  // namespace

std::vector<JiraRate> jira_rates(const HttpRequest& request) {
  std::vector<JiraRate> rates{rate_of(request.method)};
  const auto issue = jira_issue_written(request);
  if (!issue.empty()) {
    rates.push_back({"issue " + issue + " 2 s", 10, 5});   // 20 in 2 s
    rates.push_back({"issue " + issue + " 30 s", 40, 2});  // 100 in 30 s
  }
  // Asking how a bulk edit gets on, once a second: it takes longer anyway.
  if (path_of(request).find("/bulk/queue/") != std::string_view::npos) rates.push_back({"bulk queue", 1, 1});
  return rates;
}

std::string jira_issue_written(const HttpRequest& request) {
  if (request.method == "GET" || request.method == "HEAD") return {};
  const auto path = path_of(request);
  const auto issue = issue_behind(path, "/issue/");
  return std::string(issue.empty() ? issue_behind(path, "/servicedeskapi/request/") : issue);
}

std::optional<JiraPause> jira_pause(const HttpResponse& response, Instant now) {
  JiraPause pause;
  pause.refused = response.status == 429;
  pause.issue_only = header(response, "RateLimit-Reason").value_or("") == "jira-per-issue-on-write";
  const bool used_up = number_in(response, "X-RateLimit-Remaining") == 0;
  if (!pause.refused && !used_up && response.status != 503) return {};
  pause.wait = retry_after(response, now);
  // Data Center's answers all have one, of 0 where it asks for nothing.
  if (pause.wait == Seconds(0)) pause.wait.reset();
  if (!pause.wait && (pause.refused || used_up)) pause.wait = until_refilled(response, now);
  if (!pause.wait && !pause.refused) return {};
  if (pause.wait) pause.wait = within_bounds(*pause.wait);
  return pause;
}

}  // namespace cb
