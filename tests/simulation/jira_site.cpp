#include <algorithm>

#include "tests/conformance/jira_backstage.hpp"
#include "tests/simulation/site.hpp"
#include "tests/trackers/demo_jira_seed.hpp"
#include "tests/trackers/fake_jira.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

namespace cb::simulation {

namespace {

using conformance::Who;

const std::map<std::string, std::string>& statuses() {
  static const std::map<std::string, std::string> k_all{{"New", "Waiting for support"},
                                                        {"In Progress", "In Progress"},
                                                        {"Feedback", "Waiting for customer"},
                                                        {"Offered", "Waiting for approval"},
                                                        {"Resolved", "Resolved"},
                                                        {"Closed", "Closed"},
                                                        {"Rejected", "Canceled"}};
  return k_all;
}

const std::map<std::string, std::string>& priorities() {
  static const std::map<std::string, std::string> k_all{
      {"Low", "Low"}, {"Normal", "Medium"}, {"High", "High"}, {"Urgent", "Highest"}, {"Immediate", "Blocker"}};
  return k_all;
}

std::string in_capitals(std::string name) {
  for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

fake_jira::State set_up(fake_jira::State state, const SiteForm& form) {
  state.settings.index_lag = form.index_lag;
  state.settings.limits.per_issue = form.cloud;
  if (form.cloud) {
    state.settings.limits.get = state.settings.limits.post = 100;
    state.settings.limits.put = 50;
  }
  if (form.desk) return state;
  state.settings.service_management = false;
  for (auto& project : state.projects) {
    project.is_service_desk = false;
    project.desk_id.clear();
  }
  state.organizations.clear();
  state.promises.clear();
  std::erase_if(state.fields, [](const fake_jira::Field& field) {
    return field.kind == fake_jira::FieldKind::organizations || field.kind == fake_jira::FieldKind::request_type;
  });
  for (auto& user : state.users) {
    user.is_agent = false;
    user.email_hidden = false;
    if (user.type == "customer") user.type = "atlassian";
  }
  return state;
}

class JiraSite final : public Site {
 public:
  JiraSite(SiteForm form, Turns& turns)
      : form_(std::move(form)),
        seed_(demo_jira_seed(cast_json(), std::chrono::floor<Seconds>(turns.now()), key_of, form_.cloud)),
        jira_(set_up(seed_.state, form_), [this, &turns] { return site_now(turns, *this); }),
        http_(jira_),
        bridge_(fake_jira::user_by_name(jira_.state(), k_bridge)->id) {}

  FakeTracker& fake() override { return jira_; }
  [[nodiscard]] const SiteForm& form() const override { return form_; }

  std::string create(const Person& who, const std::string& project, const conformance::NewIssue& issue) override {
    return backstage(who, project).create(Who::customer, issue);
  }
  void update(const Person& customer, bool by_staff, const std::string& id,
              const conformance::Update& update) override {
    auto own = update;
    if (!update.status.empty()) own.status = statuses().at(update.status);
    if (!update.priority.empty()) own.priority = priorities().at(update.priority);
    backstage(customer, k_projects[0]).update(by_staff ? Who::staff : Who::customer, id, own);
  }

  std::vector<std::string> ids() override {
    std::vector<std::string> out;
    for (const auto& [id, issue] : jira_.state().issues) out.push_back(issue.id);
    return out;
  }
  bool exists(const std::string& id) override { return jira_.state().issues.count(std::stoi(id)) > 0; }
  SeenIssue see(const std::string& id) override {
    const auto& row = at(id);
    SeenIssue seen;
    seen.reporter = fake_jira::user_by_id(jira_.state(), row.reporter)->name;
    for (const auto& comment : row.comments)
      if (comment.author == bridge_)
        seen.comments.push_back(
            {comment.id, comment.body.text + comment.body.adf, !comment.is_internal && !comment.visibility});
    for (const auto& name : seed_.bridge_fields) {
      const auto value = row.custom.find(fake_jira::field_by_name(jira_.state(), name)->id());
      if (value != row.custom.end() && !value->second.empty()) seen.fields[name] = value->second.front();
    }
    return seen;
  }
  std::string mark(const std::string& id) override {
    const auto& row = at(id);
    return std::to_string(row.updated.time_since_epoch().count()) + "/" + std::to_string(row.comments.size()) + "/" +
           std::to_string(row.history.size());
  }
  void remove(const std::string& id) override { jira_.state().issues.erase(std::stoi(id)); }
  void move(const std::string& id, const std::string& project, Instant when) override {
    if (fake_jira::project_by_key(jira_.state(), at(id).project)->key == in_capitals(project)) return;
    fake_jira::move_issue(jira_.state(), id, in_capitals(project), staff().front().login, when);
    jira_.issues_changed(when);
  }
  std::string status(const std::string& id) override {
    const auto& own = fake_jira::status_by_id(jira_.state(), at(id).status)->name;
    const auto found =
        std::find_if(statuses().begin(), statuses().end(), [&](const auto& each) { return each.second == own; });
    return found == statuses().end() ? "In Progress" : found->first;
  }

 private:
  fake_jira::Issue& at(const std::string& id) { return jira_.state().issues.at(std::stoi(id)); }
  [[nodiscard]] conformance::JiraAccount account(const Person& person) const {
    return {form_.cloud ? person.mail : "", key_of(person.login)};
  }
  conformance::Backstage& backstage(const Person& who, const std::string& project) {
    auto& found = backstages_[who.login + " in " + project];
    if (!found) {
      const std::map<Who, conformance::JiraAccount> accounts{
          {Who::staff, account(staff()[who.login.size() % staff().size()])}, {Who::customer, account(who)}};
      found = std::make_unique<conformance::JiraBackstage>(
          http_, accounts,
          conformance::JiraPlace{form_.cloud, form_.desk, in_capitals(project), "Support", "Service Desk Team"});
    }
    return *found;
  }

  SiteForm form_;
  DemoJiraSeed seed_;
  FakeJira jira_;
  InProcessHttp http_;
  std::string bridge_;
  std::map<std::string, std::unique_ptr<conformance::Backstage>> backstages_;
};

}  // namespace

std::unique_ptr<Site> make_jira_site(const SiteForm& form, Turns& turns) {
  return std::make_unique<JiraSite>(form, turns);
}

}  // namespace cb::simulation
