// A fake Redmine with the demo's issues behind a socket, a configuration for it, and people who act in it. Two of these
// with the same seed hold the same, as long as the same is done in both.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bridge/ports/clock.hpp"
#include "tests/kills/child.hpp"
#include "tests/kills/doorway.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::kills {

struct Keys {
  std::string bridge_login, bridge, staff, customer;
};

class TrackerWorld {
 public:
  // `folder` gets the configuration, the store and the log; it must exist and be empty. `clock` is the tracker's.
  TrackerWorld(std::string folder, Instant start, std::function<Instant()> clock);

  [[nodiscard]] std::unique_ptr<Child> start(const std::string& program) const;
  // What one person does, as `roll` decides; the same roll does the same.
  void act(std::uint64_t roll);

  // What people see of the bridge's work: our fields, labels, assignee and watchers, and the references of our notes.
  [[nodiscard]] std::string shown() const;
  // How each issue stands in the ledger: the unit that it holds, and its billing.
  [[nodiscard]] std::string settled() const;
  // What must never be: a reference that stands twice on an issue, a unit that is taken twice. Empty: all is well.
  [[nodiscard]] std::string wrong() const;
  // Nothing is woken, begun or parked in the store.
  [[nodiscard]] bool is_calm() const;
  // The tracker was listed in a later second, and all that came of it is done.
  [[nodiscard]] bool knows_all_since(Instant then) const;
  // A promise or a retry falls between these two: what is done meanwhile can be seen before it or after.
  [[nodiscard]] bool is_due_between(Instant from, Instant until) const;
  // A write to the tracker was intended, and is not recorded.
  [[nodiscard]] bool is_writing() const;
  [[nodiscard]] FakeRedmine& redmine() { return *redmine_; }
  // What the service sends comes through here.
  [[nodiscard]] Doorway& door() { return *door_; }

 private:
  void ask(const std::string& method, const std::string& path, const std::string& key, const std::string& body);

  std::string folder_;
  Keys keys_;
  std::unique_ptr<FakeRedmine> redmine_;
  std::unique_ptr<Doorway> door_;
  std::unique_ptr<FakeServer> server_;
};

}  // namespace cb::kills
