#include "adapters/jira/jira_tracker.hpp"

#include <set>

#include "adapters/jira/jira_apply.hpp"
#include "adapters/jira/jira_list.hpp"
#include "adapters/jira/jira_neutral.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "adapters/jira/jira_survey.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr int k_cycles_between_refreshes = 60;  // people change roles, administrators rename things
// Cloud finds an issue seconds to minutes after its change, and a Data Center's nodes lag a little (trackers.md C3).
constexpr Seconds k_cloud_overlap{15 * 60};
constexpr Seconds k_data_center_overlap{5 * 60};

class JiraTracker final : public Tracker {
 public:
  JiraTracker(JiraTerms terms, Http& http)
      : terms_(std::move(terms)),
        session_(terms_, http),
        directory_(session_, terms_),
        reader_(session_, directory_, terms_),
        writer_(session_, directory_, reader_, terms_) {
    capabilities_.kind = "jira";
    capabilities_.labels = capabilities_.assign = capabilities_.copy = capabilities_.server_time = true;
    capabilities_.date_time_fields = capabilities_.transitions = capabilities_.create_fields = true;
    capabilities_.record = capabilities_.page_links = true;
    capabilities_.overlap = k_cloud_overlap;
  }

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override;
  Result<Survey> survey() override;
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override;
  Result<Fetched> fetch(const IssueKey& key) override;
  std::vector<Result<Fetched>> fetch_all(const std::vector<IssueKey>& keys) override;
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override;
  std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) override;
  Result<std::vector<OwnClock>> own_clocks(const IssueKey& key) override;
  Result<FieldInfo> create_field(const NewField& field) override;

 private:
  void forget();
  std::optional<Error> refresh();
  std::optional<Error> learn_rights(const JiraServer& server);
  std::optional<Error> fields_are_clear();

  JiraTerms terms_;
  JiraSession session_;
  JiraDirectory directory_;
  JiraReader reader_;
  JiraWriter writer_;
  Capabilities capabilities_;
  int cycles_ = 0;
  bool identity_checked_ = false;  // in this list
  std::set<std::string> listed_;   // likewise
  bool may_write_ = false;
  bool rights_known_ = false;
};

void JiraTracker::forget() {
  directory_.forget();
  session_.forget();
  writer_.forget();
  rights_known_ = false;
}

// What the account may do in the projects; a right counts where one project grants it.
std::optional<Error> JiraTracker::learn_rights(const JiraServer& server) {
  capabilities_.overlap = server.cloud ? k_cloud_overlap : k_data_center_overlap;
  capabilities_.fetch_batch = server.cloud ? k_jira_fetch_batch : 1;
  capabilities_.write_batch = server.cloud ? k_jira_write_batch : 1;
  capabilities_.own_clocks = server.service_management;
  auto projects = directory_.projects();
  if (!projects) return projects.error();
  may_write_ = false;
  capabilities_.private_comments = capabilities_.assign = capabilities_.copy = capabilities_.quiet_writes = false;
  capabilities_.transitions = false;
  for (const auto& project : *projects) {
    auto granted = directory_.permissions(project.key, {"EDIT_ISSUES", "ASSIGN_ISSUES", "MANAGE_WATCHERS",
                                                        "TRANSITION_ISSUES", "ADMINISTER_PROJECTS", "ADMINISTER"});
    if (!granted) return granted.error();
    const auto has = [&](const char* name) { return granted->count(name) != 0; };
    if (has("EDIT_ISSUES")) may_write_ = true;
    if (has("ASSIGN_ISSUES") && has("EDIT_ISSUES")) capabilities_.assign = true;
    if (has("MANAGE_WATCHERS")) capabilities_.copy = true;
    if (has("TRANSITION_ISSUES")) capabilities_.transitions = true;
    if (has("ADMINISTER_PROJECTS") || has("ADMINISTER")) capabilities_.quiet_writes = terms_.quiet;
    auto way = directory_.privacy(project);
    if (!way) return way.error();
    if (way->possible()) capabilities_.private_comments = true;
  }
  rights_known_ = true;
  return {};
}

Result<Identity> JiraTracker::who_am_i() {
  TRY(user, directory_.identify());
  TRY(server, session_.server());
  if (!rights_known_)
    if (auto error = learn_rights(server)) return Failure(*std::move(error));
  TRY(now, session_.server_time());
  Author account{user.id, user.login, user.address, user.name, {}, {}, true};
  if (const auto known = directory_.names().people.find(user.id); known != directory_.names().people.end())
    account = known->second;
  return Identity{std::move(account), may_write_, now};
}

// A fact read from one of two fields of a name, or written into it, would be a guess.
std::optional<Error> JiraTracker::fields_are_clear() {
  std::vector<std::string> names;
  for (const auto& [slot, name] : terms_.write) names.push_back(name);
  const auto& read = terms_.read;
  for (const auto* source :
       {&read.customer, &read.organisation, &read.product, &read.type, &read.version, &read.resolution, &read.channel,
        &read.language, &read.fix_date, &read.category, &read.approval, &read.declined, &read.workaround,
        &read.justification, &read.modified_code, &read.override_})
    if (*source && !(*source)->field.empty()) names.push_back((*source)->field);
  for (const auto& name : names)
    if (auto field = directory_.field(name); !field) return field.error();
  return {};
}

std::optional<Error> JiraTracker::refresh() {
  forget();
  if (auto me = who_am_i(); !me) return me.error();
  identity_checked_ = true;
  return fields_are_clear();
}

Result<Page> JiraTracker::changed_since(std::optional<Instant> since, const std::optional<std::string>& page) {
  if (!page) {
    identity_checked_ = false;
    listed_.clear();
    if (cycles_ % k_cycles_between_refreshes == 0)
      if (auto error = refresh()) return Failure(*std::move(error));
    ++cycles_;
  }
  TRY(projects, directory_.projects());
  TRY(account, directory_.account());
  TRY(part, jira_list_part(session_, terms_, {projects, account.time_zone}, since, page));
  if (part.refs.empty() && !page && !identity_checked_) {
    // Whom the server takes for a stranger it shows nothing, with success.
    if (auto me = directory_.identify(); !me) return Failure(std::move(me.error()));
    identity_checked_ = true;
  }
  Page out;
  for (const auto& ref : part.refs) {
    // A list by minutes begins early, and one that begins anew comes to the same rows.
    if ((since && ref.updated < *since) || !listed_.insert(ref.id).second) continue;
    out.refs.push_back({{terms_.name, ref.id}, ref.updated});
  }
  out.next = part.next;
  return out;
}

Result<Fetched> JiraTracker::fetch(const IssueKey& key) {
  TRY(issue, reader_.read(key.id));
  return reader_.fetched(issue);
}

std::vector<Result<Fetched>> JiraTracker::fetch_all(const std::vector<IssueKey>& keys) {
  std::vector<std::string> ids;
  ids.reserve(keys.size());
  for (const auto& key : keys) ids.push_back(key.id);
  return reader_.fetched_all(reader_.read_all(ids));
}

Result<Survey> JiraTracker::survey() {
  forget();
  TRY(identity, who_am_i());
  return jira_survey(session_, directory_, terms_, identity);
}

Result<Applied> JiraTracker::apply(const IssueKey& key, const Changes& changes, const Revision& expected) {
  return writer_.apply(key, changes, expected);
}

std::vector<Result<Applied>> JiraTracker::apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) {
  return writer_.apply_all(targets, changes);
}

Result<std::vector<OwnClock>> JiraTracker::own_clocks(const IssueKey& key) {
  TRY(server, session_.server());
  if (!server.service_management)
    return failure(ErrorKind::rejected,
                   session_.attempt("it has no Jira Service Management, so it measures no SLAs of its own"));
  TRY(pages, jira_desk_pages(session_, "/request/" + url_encoded(key.id) + "/sla",
                             "reading Jira's own SLAs of issue #" + key.id));
  std::vector<OwnClock> clocks;
  for (const auto& page : pages) {
    TRY(some, checked(page, jira_own_clocks(page.root()["values"])));
    clocks.insert(clocks.end(), some.begin(), some.end());
  }
  return clocks;
}

Result<FieldInfo> JiraTracker::create_field(const NewField& field) {
  auto made = jira_create_field(session_, field);
  if (made) directory_.forget();
  return made;
}

}  // namespace

std::unique_ptr<Tracker> make_jira_tracker(JiraTerms terms, Http& http) {
  return std::make_unique<JiraTracker>(std::move(terms), http);
}

}  // namespace cb
