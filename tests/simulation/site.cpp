#include "tests/simulation/site.hpp"

namespace cb::simulation {

std::string to_text(const SiteForm& form) {
  switch (form.kind) {
    case TrackerKind::redmine:
      return form.name + ": Redmine";
    case TrackerKind::bugzilla:
      return form.name + ": Bugzilla " + form.flavour + " in " + form.zone;
    case TrackerKind::jira:
      break;
  }
  return form.name + ": Jira " + (form.cloud ? "Cloud" : "Data Center") + (form.desk ? " with" : " without") +
         " Service Management, index " + std::to_string(form.index_lag.count()) + " s behind";
}

std::unique_ptr<Site> make_site(const SiteForm& form, Turns& turns) {
  switch (form.kind) {
    case TrackerKind::redmine:
      return make_redmine_site(form, turns);
    case TrackerKind::bugzilla:
      return make_bugzilla_site(form, turns);
    case TrackerKind::jira:
      break;
  }
  return make_jira_site(form, turns);
}

Instant site_now(const Turns& turns, const Site& site) {
  return std::chrono::floor<Seconds>(turns.now()) + site.clock_error;
}

}  // namespace cb::simulation
