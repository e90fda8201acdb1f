#include <algorithm>

#include "tests/conformance/bugzilla_backstage.hpp"
#include "tests/simulation/site.hpp"
#include "tests/trackers/demo_bugzilla_seed.hpp"
#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"

namespace cb::simulation {

namespace {

using conformance::Who;

const std::map<std::string, std::string>& statuses() {
  static const std::map<std::string, std::string> k_all{
      {"New", "UNCONFIRMED"},   {"In Progress", "IN_PROGRESS"}, {"Feedback", "FEEDBACK"}, {"Offered", "OFFERED"},
      {"Resolved", "RESOLVED"}, {"Closed", "VERIFIED"},         {"Rejected", "REJECTED"}};
  return k_all;
}

fake_bugzilla::Flavour flavour_of(const std::string& name) {
  using fake_bugzilla::Flavour;
  const std::map<std::string, Flavour> all{
      {"classic", Flavour::classic}, {"trunk", Flavour::trunk}, {"harmony", Flavour::harmony}, {"bmo", Flavour::bmo}};
  return all.at(name);
}

std::string version_of(const std::string& flavour) {
  const std::map<std::string, std::string> all{
      {"classic", "5.2"}, {"trunk", "5.3.3+"}, {"harmony", "5.9.1+"}, {"bmo", "20260820.1"}};
  return all.at(flavour);
}

std::map<std::string, std::string> own_names(const std::map<std::string, std::string>& fields) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : fields) out[demo_field_name(name)] = value;
  return out;
}

class BugzillaSite final : public Site {
 public:
  BugzillaSite(SiteForm form, Turns& turns)
      : form_(std::move(form)),
        seed_(demo_bugzilla_seed(cast_json(), std::chrono::floor<Seconds>(turns.now()), key_of)),
        bugzilla_(set_up(seed_.state, form_), [this, &turns] { return site_now(turns, *this); }),
        http_(bugzilla_),
        bridge_(fake_bugzilla::user_by_login(bugzilla_.state(), seed_.bridge_login)->id) {}

  FakeTracker& fake() override { return bugzilla_; }
  [[nodiscard]] const SiteForm& form() const override { return form_; }

  std::string create(const Person& who, const std::string& project, const conformance::NewIssue& issue) override {
    auto own = issue;
    own.fields = own_names(issue.fields);
    own.fields["cf_type"] = issue.type;
    own.type.clear();
    return backstage(who, project).create(Who::customer, own);
  }
  void update(const Person& customer, bool by_staff, const std::string& id,
              const conformance::Update& update) override {
    auto own = update;
    own.fields = own_names(update.fields);
    if (!update.status.empty()) own.status = statuses().at(update.status);
    backstage(customer, k_projects[0]).update(by_staff ? Who::staff : Who::customer, id, own);
  }

  std::vector<std::string> ids() override {
    std::vector<std::string> out;
    for (const auto& [id, bug] : bugzilla_.state().bugs) out.push_back(std::to_string(id));
    return out;
  }
  bool exists(const std::string& id) override { return bugzilla_.state().bugs.count(std::stoi(id)) > 0; }
  SeenIssue see(const std::string& id) override {
    const auto& bug = at(id);
    SeenIssue seen;
    seen.reporter = login_of(bug.reporter);
    for (const auto& comment : bug.comments)
      if (comment.author == bridge_)
        seen.comments.push_back({std::to_string(comment.id), comment.text, !comment.is_private});
    for (const auto& label : seed_.bridge_fields) {
      const auto value = bug.custom.find(demo_field_name(label));
      if (value != bug.custom.end() && !value->second.empty()) seen.fields[label] = value->second.front();
    }
    return seen;
  }
  std::string mark(const std::string& id) override {
    const auto& bug = at(id);
    return to_iso(bug.changed) + "/" + std::to_string(bug.comments.size()) + "/" + std::to_string(bug.history.size());
  }
  void remove(const std::string& id) override { bugzilla_.state().bugs.erase(std::stoi(id)); }
  void move(const std::string& id, const std::string& project, Instant when) override {
    auto& bug = at(id);
    const auto to = std::string(project == k_projects[0] ? "LMS" : "Reports");
    if (bug.product == to) return;
    const auto& agent = *fake_bugzilla::user_by_login(bugzilla_.state(), staff().front().mail);
    bug.history.push_back({when, agent.id, "product", bug.product, to});
    bug.product = to;
    bug.changed = when;
  }
  std::string status(const std::string& id) override {
    const auto& own = at(id).status;
    const auto found =
        std::find_if(statuses().begin(), statuses().end(), [&](const auto& each) { return each.second == own; });
    return found == statuses().end() ? "In Progress" : found->first;
  }

 private:
  static fake_bugzilla::State set_up(fake_bugzilla::State state, const SiteForm& form) {
    state.settings.flavour = flavour_of(form.flavour);
    state.settings.version = version_of(form.flavour);
    state.settings.zone = form.zone;
    return state;
  }
  fake_bugzilla::Bug& at(const std::string& id) { return bugzilla_.state().bugs.at(std::stoi(id)); }
  std::string login_of(int user) {
    const auto& login = fake_bugzilla::user_by_id(bugzilla_.state(), user)->login;
    const auto found =
        std::find_if(people().begin(), people().end(), [&](const Person& each) { return each.mail == login; });
    return found == people().end() ? login : found->login;
  }
  conformance::Backstage& backstage(const Person& who, const std::string& project) {
    auto& found = backstages_[who.login + " in " + project];
    if (!found) {
      const auto& agent = staff()[who.login.size() % staff().size()];
      found = std::make_unique<conformance::BugzillaBackstage>(
          http_, conformance::Keys{key_of(agent.login), key_of(who.login)},
          conformance::BugzillaPlace{project == k_projects[0] ? "LMS" : "Reports", "General"});
    }
    return *found;
  }

  SiteForm form_;
  DemoBugzillaSeed seed_;
  FakeBugzilla bugzilla_;
  InProcessHttp http_;
  int bridge_;
  std::map<std::string, std::unique_ptr<conformance::Backstage>> backstages_;
};

}  // namespace

std::unique_ptr<Site> make_bugzilla_site(const SiteForm& form, Turns& turns) {
  return std::make_unique<BugzillaSite>(form, turns);
}

}  // namespace cb::simulation
