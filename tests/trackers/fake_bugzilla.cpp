#include "tests/trackers/fake_bugzilla.hpp"

#include "tests/trackers/fake_bugzilla_routes.hpp"

namespace cb {

FakeBugzilla::FakeBugzilla(fake_bugzilla::State state, Now now) : state_(std::move(state)), now_(std::move(now)) {}

// Begins with what the master holds at the first request; later states arrive when they are old enough.
const fake_bugzilla::Bugs& FakeBugzilla::replica(Instant now) {
  const auto lag = state_.settings.replica_lag;
  if (lag == Seconds(0)) return state_.bugs;
  if (past_.empty()) past_.emplace_back(now - lag, std::make_shared<const fake_bugzilla::Bugs>(state_.bugs));
  while (past_.size() > 1 && past_[1].first <= now - lag) past_.pop_front();
  return *past_.front().second;
}

HttpResponse FakeBugzilla::answer(const HttpRequest& request) {
  const auto now = now_();
  auto response = fake_bugzilla::answer(state_, replica(now), request, now);
  if (!past_.empty() && request.method != "GET")
    past_.emplace_back(now, std::make_shared<const fake_bugzilla::Bugs>(state_.bugs));
  return response;
}

fake_bugzilla::State FakeBugzilla::snapshot() const {
  const auto lock = hold();
  return state_;
}

}  // namespace cb
