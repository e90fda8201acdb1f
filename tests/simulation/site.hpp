// One tracker of the simulated world: a fake with its people, and what can be seen of its issues without asking over
// HTTP. Words are those of the cast (Redmine's); each kind translates.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/settings/settings.hpp"
#include "tests/conformance/backstage.hpp"
#include "tests/simulation/cast.hpp"
#include "tests/simulation/turns.hpp"
#include "tests/trackers/fake_tracker.hpp"

namespace cb::simulation {

// What the tracker is like; drawn from the seed.
struct SiteForm {
  std::string name;
  TrackerKind kind = TrackerKind::redmine;
  bool cloud = false;    // Jira
  bool desk = false;     // Jira: with Service Management
  std::string flavour;   // Bugzilla: classic, trunk, harmony, bmo
  std::string zone;      // Bugzilla: of the server
  Seconds index_lag{0};  // Jira
};
std::string to_text(const SiteForm& form);

struct OurComment {
  std::string id, text;
  bool is_public = false;
};

// An issue as it stands in the tracker's rows.
struct SeenIssue {
  std::string reporter;                       // login
  std::vector<OurComment> comments;           // of the bridge's account
  std::map<std::string, std::string> fields;  // those the bridge writes, by the cast's names
};

class Site {
 public:
  virtual ~Site() = default;
  virtual FakeTracker& fake() = 0;
  [[nodiscard]] virtual const SiteForm& form() const = 0;

  // The tracker's clock is off by so much.
  Seconds clock_error{0};

  // People, over the tracker's own interface and past all faults. They throw std::runtime_error where it refuses.
  [[nodiscard]] virtual std::string create(const Person& who, const std::string& project,
                                           const conformance::NewIssue& issue) = 0;
  virtual void update(const Person& customer, bool by_staff, const std::string& id,
                      const conformance::Update& update) = 0;

  // The rows.
  [[nodiscard]] virtual std::vector<std::string> ids() = 0;
  [[nodiscard]] virtual bool exists(const std::string& id) = 0;
  [[nodiscard]] virtual SeenIssue see(const std::string& id) = 0;
  // Changes with every change of the issue.
  [[nodiscard]] virtual std::string mark(const std::string& id) = 0;
  virtual void remove(const std::string& id) = 0;
  virtual void move(const std::string& id, const std::string& project, Instant at) = 0;
  [[nodiscard]] virtual std::string status(const std::string& id) = 0;  // in the cast's words
};

std::unique_ptr<Site> make_redmine_site(const SiteForm& form, Turns& turns);
std::unique_ptr<Site> make_bugzilla_site(const SiteForm& form, Turns& turns);
std::unique_ptr<Site> make_jira_site(const SiteForm& form, Turns& turns);
std::unique_ptr<Site> make_site(const SiteForm& form, Turns& turns);

// The clock of a site.
Instant site_now(const Turns& turns, const Site& site);

}  // namespace cb::simulation
