#include "adapters/redmine/redmine_tracker.hpp"

#include <algorithm>

#include "adapters/redmine/redmine_directory.hpp"
#include "adapters/redmine/redmine_list.hpp"
#include "adapters/redmine/redmine_neutral.hpp"
#include "adapters/redmine/redmine_parse.hpp"
#include "adapters/redmine/redmine_people.hpp"
#include "adapters/redmine/redmine_put.hpp"
#include "adapters/redmine/redmine_session.hpp"
#include "adapters/redmine/redmine_survey.hpp"
#include "adapters/redmine/redmine_write.hpp"

namespace cb {

namespace {

constexpr int k_cycles_between_refreshes = 60;  // people change roles, administrators rename things

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
}

Changes without_internal(Changes changes) {
  std::erase_if(changes.comments, [](const auto& comment) { return comment.visibility == Visibility::internal; });
  return changes;
}

class RedmineTracker final : public Tracker {
 public:
  RedmineTracker(RedmineTerms terms, Http& http)
      : terms_(std::move(terms)), session_(terms_, http), directory_(session_) {
    capabilities_.kind = "redmine";
    capabilities_.labels = !terms_.label_field.empty();
  }

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override;
  Result<Survey> survey() override;
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override;
  Result<Fetched> fetch(const IssueKey& key) override;
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override;

 private:
  Result<Identity> identity_of(const RedmineUser& user);
  Result<std::vector<std::string>> listed_projects();
  Result<RedmineIssue> read(const IssueKey& key);
  Error unless_key_is_bad(Error error, const std::string& absent, const std::string& invisible);
  std::optional<Error> private_note_refused(const RedmineIssue& issue, const Changes& changes);
  std::optional<Error> write(const RedmineIssue& issue, const std::vector<RedmineUpdate>& updates,
                             const Changes& changes, RedminePeople& people);
  std::optional<Error> exposed(const RedmineIssue& issue, const Changes& changes);
  Result<Fetched> fetched(const RedmineIssue& issue);
  Result<Applied> seen(const RedmineIssue& issue, const Changes& changes, const RedminePeople& people);

  RedmineTerms terms_;
  RedmineSession session_;
  RedmineDirectory directory_;
  Capabilities capabilities_;
  int cycles_ = 0;
  bool identity_checked_ = false;  // in this list
};

Result<Identity> RedmineTracker::identity_of(const RedmineUser& user) {
  Identity identity;
  identity.account.id = std::to_string(user.id);
  identity.account.login = user.login;
  identity.account.address = user.mail;
  identity.account.name = user.name;
  identity.account.groups = user.groups;
  identity.account.self = true;
  identity.may_write = user.admin;
  capabilities_.private_comments = capabilities_.copy = user.admin;
  for (const auto& membership : user.memberships) {
    TRY(rights, directory_.rights_in(membership.project.id));
    for (const auto& role : rights.roles)
      if (std::find(identity.account.roles.begin(), identity.account.roles.end(), role) == identity.account.roles.end())
        identity.account.roles.push_back(role);
    identity.may_write = identity.may_write || rights.may("edit_issues");
    capabilities_.private_comments = capabilities_.private_comments || rights.may("set_notes_private");
    capabilities_.copy = capabilities_.copy || redmine_may_copy(rights);
  }
  capabilities_.assign = identity.may_write;
  return identity;
}

Result<Identity> RedmineTracker::who_am_i() {
  TRY(user, directory_.identify());
  TRY(identity, identity_of(user));
  identity.server_time = session_.answered_at();
  return identity;
}

Result<Survey> RedmineTracker::survey() {
  directory_.forget();
  TRY(identity, who_am_i());
  return redmine_survey(session_, directory_, terms_, identity);
}

Result<std::vector<std::string>> RedmineTracker::listed_projects() {
  if (terms_.projects.empty()) return std::vector<std::string>{""};
  if (terms_.projects.size() == 1) return terms_.projects;
  TRY(all, directory_.projects());
  return redmine_top_projects(terms_.projects, all);
}

Result<Page> RedmineTracker::changed_since(std::optional<Instant> since, const std::optional<std::string>& page) {
  if (!page) {
    identity_checked_ = false;
    if (cycles_++ % k_cycles_between_refreshes == 0) {
      directory_.forget();
      if (auto me = who_am_i(); !me) return Failure(std::move(me.error()));
      identity_checked_ = true;
    }
  }
  const auto place = page ? redmine_list_place(*page) : RedmineListPlace{};
  TRY(projects, listed_projects());
  if (!place || place->project >= projects.size())
    return failure(ErrorKind::bad_reply, session_.attempt("the list cannot go on at page " + page.value_or("")));
  const auto& project = projects[place->project];
  auto part = redmine_list_part(session_, project, since, *place);
  if (!part)
    return Failure(unless_key_is_bad(std::move(part.error()),
                                     "project " + project +
                                         " does not exist or is not visible to the account; check projects in the "
                                         "configuration, and that the account is a member",
                                     "project " + project + " is archived, or its issues are not visible"));
  if (part->empty_answer && !identity_checked_) {
    // A wrong key, a locked account and a REST API that is switched off all list nothing, with 200.
    if (auto me = directory_.identify(); !me) return Failure(std::move(me.error()));
    identity_checked_ = true;
  }
  Page out;
  for (const auto& ref : part->refs) out.refs.push_back({{terms_.name, std::to_string(ref.id)}, ref.updated});
  if (part->next)
    out.next = to_text(*part->next);
  else if (place->project + 1 < projects.size())
    out.next = to_text(RedmineListPlace{place->project + 1, 0, 0});
  return out;
}

// A 403 or 404 says something of this one thing only while the key is good; else the tracker must stop.
Error RedmineTracker::unless_key_is_bad(Error error, const std::string& absent, const std::string& invisible) {
  if (error.kind != ErrorKind::denied && error.kind != ErrorKind::not_found) return error;
  if (auto me = directory_.identify(); !me) return std::move(me.error());
  const bool is_absent = error.kind == ErrorKind::not_found;
  return {error.kind, session_.attempt(is_absent ? absent + " (404)" : invisible + " (access denied)"), {}};
}

Result<RedmineIssue> RedmineTracker::read(const IssueKey& key) {
  if (!is_number(key.id))
    return failure(ErrorKind::not_found,
                   session_.attempt("there is no issue " + key.id + ": Redmine's issues have numbers"));
  auto document = session_.get("/issues/" + key.id + ".json?include=journals,watchers", "reading issue #" + key.id);
  if (!document)
    return Failure(unless_key_is_bad(std::move(document.error()), "issue #" + key.id + " does not exist",
                                     "issue #" + key.id + " exists but is not visible to the account"));
  TRY(issue, redmine_issue(*document));
  if (std::to_string(issue.id) != key.id)
    return failure(ErrorKind::bad_reply, session_.attempt("reading issue #" + key.id + ": the answer is about issue #" +
                                                          std::to_string(issue.id) + "; is a proxy in between?"));
  return issue;
}

Result<Fetched> RedmineTracker::fetched(const RedmineIssue& issue) {
  if (auto error = directory_.prepare(issue)) return Failure(*std::move(error));
  return fetched_issue(issue, directory_.names(), terms_);
}

Result<Fetched> RedmineTracker::fetch(const IssueKey& key) {
  TRY(issue, read(key));
  return fetched(issue);
}

// Redmine publishes a private note of an account without the right, and answers success: the right is proven first.
std::optional<Error> RedmineTracker::private_note_refused(const RedmineIssue& issue, const Changes& changes) {
  const bool wanted = std::any_of(changes.comments.begin(), changes.comments.end(),
                                  [](const auto& comment) { return comment.visibility == Visibility::internal; });
  if (!wanted) return {};
  auto rights = directory_.rights_in(issue.project.id);
  if (!rights) return rights.error();
  if (rights->may("set_notes_private")) return {};
  return Error{ErrorKind::rejected,
               session_.attempt("an internal note for issue #" + std::to_string(issue.id) +
                                " was not written, because Redmine would publish it: give a role of the account the "
                                "permission set_notes_private in project " +
                                issue.project.name),
               {}};
}

// Our notes that staff alone should see and that everybody sees: taken away at once, and said loudly.
std::optional<Error> RedmineTracker::exposed(const RedmineIssue& issue, const Changes& changes) {
  auto account = directory_.account();
  if (!account) return account.error();
  const auto journals = redmine_exposed(issue, changes, account->id);
  if (journals.empty()) return {};
  bool withdrawn = true;
  for (const auto journal : journals) {
    auto response = session_.put("/journals/" + std::to_string(journal) + ".json", redmine_withdrawal_body(),
                                 "withdrawing an internal note of issue #" + std::to_string(issue.id));
    withdrawn = withdrawn && response && (response->status == 204 || response->status == 200);
  }
  if (withdrawn) {
    const auto again = read({terms_.name, std::to_string(issue.id)});
    withdrawn = again && redmine_exposed(*again, changes, account->id).empty();
  }
  return Error{ErrorKind::denied,
               session_.attempt("AN INTERNAL NOTE BECAME PUBLIC on issue #" + std::to_string(issue.id) + "; " +
                                (withdrawn ? "it was withdrawn, but mail may have left already"
                                           : "it COULD NOT BE WITHDRAWN: remove it by hand now") +
                                ". Writing stops until the account's roles have the permission set_notes_private"),
               {},
               true};
}

std::optional<Error> RedmineTracker::write(const RedmineIssue& issue, const std::vector<RedmineUpdate>& updates,
                                           const Changes& changes, RedminePeople& people) {
  for (const auto& update : updates) {
    if (auto error = redmine_put(session_, directory_, issue, update, people.refused)) return error;
    if (!update.is_private || &update == &updates.back()) continue;
    auto after = read({terms_.name, std::to_string(issue.id)});
    if (!after) return after.error();
    if (auto error = exposed(*after, changes)) return error;
  }
  return {};
}

// What the issue shows now, and what of the changes it does not.
Result<Applied> RedmineTracker::seen(const RedmineIssue& issue, const Changes& changes, const RedminePeople& people) {
  TRY(account, directory_.account());
  TRY(result, fetched(issue));
  return Applied{std::move(result), redmine_missing(issue, changes, terms_, account.id),
                 redmine_missing_people(issue, people)};
}

Result<Applied> RedmineTracker::apply(const IssueKey& key, const Changes& changes, const Revision& expected) {
  TRY(before, read(key));
  TRY(account, directory_.account());
  if (to_iso(before.updated) != expected.value)
    return failure(ErrorKind::stale, session_.attempt("issue #" + key.id + " was changed at " + to_iso(before.updated) +
                                                      ", after it was read"));
  if (auto error = exposed(before, changes)) return Failure(*std::move(error));
  TRY(people, redmine_people(directory_, before, changes));
  const auto updates = redmine_updates(before, changes, terms_, account.id, people.assignee.id);
  // First, so that whoever is put in copy is told of the rest.
  TRY(copied, redmine_copy(session_, before, people));
  if (updates.empty() && !copied) return seen(before, changes, people);
  const bool has_private =
      std::any_of(updates.begin(), updates.end(), [](const auto& update) { return update.is_private; });
  if (has_private)
    if (auto refused = private_note_refused(before, changes)) {
      // What everybody may see does not wait for the right.
      const auto rest = redmine_updates(before, without_internal(changes), terms_, account.id, people.assignee.id);
      if (auto error = write(before, rest, changes, people)) return Failure(*std::move(error));
      return Failure(*std::move(refused));
    }
  if (auto error = write(before, updates, changes, people)) return Failure(*std::move(error));
  TRY(after, read(key));
  if (auto error = exposed(after, changes)) return Failure(*std::move(error));
  return seen(after, changes, people);
}

}  // namespace

std::unique_ptr<Tracker> make_redmine_tracker(RedmineTerms terms, Http& http) {
  return std::make_unique<RedmineTracker>(std::move(terms), http);
}

}  // namespace cb
