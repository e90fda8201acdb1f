#include "tests/trackers/fake_redmine.hpp"

#include "tests/trackers/fake_redmine_routes.hpp"

namespace cb {

FakeRedmine::FakeRedmine(fake::State state, Now now) : state_(std::move(state)), now_(std::move(now)) {}

HttpResponse FakeRedmine::answer(const HttpRequest& request) {
  return fake::answer(state_, fake::take_apart(request), now_());
}

fake::State FakeRedmine::snapshot() const {
  const auto lock = hold();
  return state_;
}

}  // namespace cb
