// A Redmine 5.0.4 in memory, for tests and the demo: answers like the recorded one, status codes and odd cases
// included. The clock comes from outside.
#pragma once

#include <functional>

#include "tests/trackers/fake_redmine_state.hpp"
#include "tests/trackers/fake_tracker.hpp"

namespace cb {

class FakeRedmine : public FakeTracker {
 public:
  using Now = std::function<Instant()>;
  FakeRedmine(fake::State state, Now now);

  [[nodiscard]] fake::State& state() { return state_; }
  // What the pages of the demo read while requests come in.
  [[nodiscard]] fake::State snapshot() const;

 private:
  HttpResponse answer(const HttpRequest& request) override;

  fake::State state_;
  Now now_;
};

}  // namespace cb
