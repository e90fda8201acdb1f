#include "tests/trackers/fake_jira.hpp"

#include "tests/trackers/fake_jira_routes.hpp"

namespace cb {

FakeJira::FakeJira(fake_jira::State state, Now now) : state_(std::move(state)), now_(std::move(now)) {}

// Begins with what is there at the first request; later states arrive when they are old enough.
const fake_jira::Issues& FakeJira::index(Instant now) {
  const auto lag = state_.settings.index_lag;
  if (lag == Seconds(0)) return state_.issues;
  if (past_.empty()) past_.emplace_back(now - lag, std::make_shared<const fake_jira::Issues>(state_.issues));
  while (past_.size() > 1 && past_[1].first <= now - lag) past_.pop_front();
  return *past_.front().second;
}

std::string FakeJira::meant(const HttpRequest& request) const {
  const auto path = request.target.substr(0, request.target.find('?'));
  const auto ends_with = [&](const std::string& end) {
    return path.size() >= end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
  };
  const bool reads = ends_with("/search/jql") || ends_with("/search") || ends_with("/bulkfetch") ||
                     ends_with("/search/approximate-count");
  return request.method == "POST" && reads ? "GET" : request.method;
}

HttpResponse FakeJira::answer(const HttpRequest& request) {
  const auto now = now_();
  auto response = fake_jira::answer(state_, index(now), request, now);
  if (meant(request) != "GET") issues_changed(now);
  return response;
}

void FakeJira::issues_changed(Instant now) {
  if (!past_.empty()) past_.emplace_back(now, std::make_shared<const fake_jira::Issues>(state_.issues));
}

fake_jira::State FakeJira::snapshot() const {
  const auto lock = hold();
  return state_;
}

}  // namespace cb
