// A Bugzilla in memory, for tests and the demo: answers like the recorded 5.2 over REST, status codes, error codes and
// odd cases included, or like another line of Bugzilla by Settings::flavour. The clock comes from outside.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "tests/trackers/fake_bugzilla_state.hpp"
#include "tests/trackers/fake_tracker.hpp"

namespace cb {

class FakeBugzilla : public FakeTracker {
 public:
  using Now = std::function<Instant()>;
  FakeBugzilla(fake_bugzilla::State state, Now now);

  [[nodiscard]] fake_bugzilla::State& state() { return state_; }
  // What the pages of the demo read while requests come in.
  [[nodiscard]] fake_bugzilla::State snapshot() const;

 private:
  HttpResponse answer(const HttpRequest& request) override;
  const fake_bugzilla::Bugs& replica(Instant now);

  fake_bugzilla::State state_;
  Now now_;
  // What the replica has seen, oldest first: only kept where it lags.
  std::deque<std::pair<Instant, std::shared_ptr<const fake_bugzilla::Bugs>>> past_;
};

}  // namespace cb
