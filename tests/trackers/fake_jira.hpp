// A Jira in memory, for tests and the demo, in four forms: Cloud and Data Center, each with and without Service
// Management (Settings). It answers as Atlassian's OpenAPI documents and recorded real answers do; where real servers
// differ or nobody knows, a setting chooses. The clock comes from outside.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "tests/trackers/fake_jira_state.hpp"
#include "tests/trackers/fake_tracker.hpp"

namespace cb {

class FakeJira : public FakeTracker {
 public:
  using Now = std::function<Instant()>;
  FakeJira(fake_jira::State state, Now now);

  // Whoever changes issues here tells it afterwards, for the index to hear of it.
  [[nodiscard]] fake_jira::State& state() { return state_; }
  void issues_changed(Instant now);
  // What the pages of the demo read while requests come in.
  [[nodiscard]] fake_jira::State snapshot() const;

 private:
  [[nodiscard]] std::string meant(const HttpRequest& request) const override;
  HttpResponse answer(const HttpRequest& request) override;
  const fake_jira::Issues& index(Instant now);

  fake_jira::State state_;
  Now now_;
  // What the index has seen, oldest first: only kept where it lags.
  std::deque<std::pair<Instant, std::shared_ptr<const fake_jira::Issues>>> past_;
};

}  // namespace cb
