#include <stdexcept>

#include "tests/conformance/redmine_backstage.hpp"
#include "tests/simulation/site.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"

namespace cb::simulation {

namespace {

class RedmineSite final : public Site {
 public:
  RedmineSite(SiteForm form, Turns& turns)
      : form_(std::move(form)),
        seed_(demo_seed(cast_json(), std::chrono::floor<Seconds>(turns.now()), key_of)),
        redmine_(seed_.state, [this, &turns] { return site_now(turns, *this); }),
        http_(redmine_),
        bridge_(fake::user_by_login(redmine_.state(), k_bridge)->id) {}

  FakeTracker& fake() override { return redmine_; }
  [[nodiscard]] const SiteForm& form() const override { return form_; }

  std::string create(const Person& who, const std::string& project, const conformance::NewIssue& issue) override {
    return backstage(who, project).create(conformance::Who::customer, issue);
  }
  void update(const Person& customer, bool by_staff, const std::string& id,
              const conformance::Update& update) override {
    backstage(customer, k_projects[0])
        .update(by_staff ? conformance::Who::staff : conformance::Who::customer, id, update);
  }

  std::vector<std::string> ids() override {
    std::vector<std::string> out;
    for (const auto& [id, issue] : redmine_.state().issues) out.push_back(std::to_string(id));
    return out;
  }
  bool exists(const std::string& id) override { return redmine_.state().issues.count(std::stoi(id)) > 0; }
  SeenIssue see(const std::string& id) override {
    const auto& row = at(id);
    SeenIssue seen;
    seen.reporter = fake::by_id(redmine_.state().users, row.author)->login;
    for (const auto& journal : row.journals)
      if (journal.user == bridge_ && journal.notes && !journal.notes->empty())
        seen.comments.push_back({std::to_string(journal.id), *journal.notes, !journal.is_private});
    for (const auto& field : redmine_.state().fields) {
      const auto value = row.values.find(field.id);
      if (seed_.bridge_fields.count(field.name) > 0 && value != row.values.end() && !value->second.empty())
        seen.fields[field.name] = value->second.front();
    }
    return seen;
  }
  std::string mark(const std::string& id) override {
    const auto& row = at(id);
    return std::to_string(row.lock_version) + "/" + std::to_string(row.journals.size());
  }
  void remove(const std::string& id) override { redmine_.state().issues.erase(std::stoi(id)); }
  void move(const std::string& id, const std::string& project, Instant when) override {
    auto& row = at(id);
    const auto to = fake::find_project(redmine_.state(), project)->id;
    row.journals.push_back({fake::next_journal_id(redmine_.state()),
                            fake::user_by_login(redmine_.state(), staff().front().login)->id,
                            when,
                            "",
                            false,
                            {{"attr", "project_id", std::to_string(row.project), std::to_string(to)}}});
    row.project = to;
    fake::touch(redmine_.state(), row, when);
  }
  std::string status(const std::string& id) override {
    return fake::by_id(redmine_.state().statuses, at(id).status)->name;
  }

 private:
  fake::IssueRow& at(const std::string& id) { return redmine_.state().issues.at(std::stoi(id)); }
  // Who works for a customer on the vendor's side is always the same person.
  conformance::Backstage& backstage(const Person& who, const std::string& project) {
    auto& found = backstages_[who.login + " in " + project];
    if (!found) {
      const auto& agent = staff()[who.login.size() % staff().size()];
      found = std::make_unique<conformance::RedmineBackstage>(
          http_, conformance::Keys{key_of(agent.login), key_of(who.login)}, project, "Support");
    }
    return *found;
  }

  SiteForm form_;
  DemoSeed seed_;
  FakeRedmine redmine_;
  InProcessHttp http_;
  int bridge_;
  std::map<std::string, std::unique_ptr<conformance::Backstage>> backstages_;
};

}  // namespace

std::unique_ptr<Site> make_redmine_site(const SiteForm& form, Turns& turns) {
  return std::make_unique<RedmineSite>(form, turns);
}

}  // namespace cb::simulation
