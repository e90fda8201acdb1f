#include "adapters/jira/jira_apply.hpp"

#include <algorithm>

#include "adapters/jira/jira_bulk.hpp"
#include "adapters/jira/jira_neutral.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// Whether nothing but the edit is to be done, which can go together with that of others.
bool is_shareable(const JiraUpdate& update) {
  auto rest = update;
  rest.edit = {};
  return rest.empty() && !update.edit.empty() && jira_bulk_can(update.edit);
}

bool holds_note(const JiraUpdate& update) {
  return std::any_of(update.comments.begin(), update.comments.end(),
                     [](const auto& comment) { return comment.visibility == Visibility::internal; });
}

// Whether the reason was told already: `field Due: ...`, `status Offered: ...`.
bool is_said(const std::string& words, const std::vector<std::string>& before) {
  const auto what = words.substr(0, words.find(':') + 1);
  return std::any_of(before.begin(), before.end(), [&](const auto& each) { return each.rfind(what, 0) == 0; });
}

}  // namespace

Result<JiraWriting> JiraWriter::writing() {
  TRY(server, session_.server());
  TRY(fields, directory_.fields());
  TRY(account, directory_.account());
  return JiraWriting{terms_.write, std::move(fields), terms_.property, server.cloud, account.id};
}

Result<JiraWriter::Job> JiraWriter::job_for(JiraIssue before, const Changes& changes, const Revision& expected) {
  if (before.revision != expected.value)
    return failure(ErrorKind::stale, session_.attempt(jira_called(before) + " was changed at " +
                                                      to_iso(before.updated) + ", after it was read"));
  TRY(how, writing());
  if (auto error = exposed(before, changes, how.self)) return Failure(*std::move(error));
  if (auto error = directory_.prepare({&before})) return Failure(*std::move(error));
  if (!changes.copy.empty() && !before.has_watchers)
    if (auto error = reader_.read_watchers(before)) return Failure(*std::move(error));
  JiraPhoneBook book(session_);
  TRY(people, book.people(before, changes));
  auto update = jira_update(before, changes, how, people.logins());
  return Job{std::move(before), changes, std::move(how), std::move(people), std::move(update)};
}

std::optional<Error> JiraWriter::edit(Job& job) {
  const auto& update = job.update;
  if (update.edit.empty()) return update.record.empty() ? std::nullopt : put_.property(job.before, update.record);
  return put_.edit(job.before, update.edit, update.record, job.how, job.people, job.left_out);
}

// What cannot be told to staff alone is told to nobody, and the rest is written.
std::optional<Error> JiraWriter::comment(Job& job, const NewComment& comment) {
  JiraPrivacy privacy;
  if (comment.visibility == Visibility::internal) {
    auto way = directory_.privacy(job.before.project);
    if (!way) return way.error();
    privacy = *way;
    if (auto why = jira_no_staff_notes(job.before, directory_.names()); !why.empty())
      privacy = {false, "", "", std::move(why)};
  }
  auto error = put_.comment(job.before, comment, privacy, job.how.cloud);
  if (error && error->kind == ErrorKind::rejected && comment.visibility == Visibility::internal) {
    job.note_refused = std::move(error);
    return {};
  }
  return error;
}

std::optional<Error> JiraWriter::write(Job& job) {
  if (auto error = edit(job)) return error;
  const auto& update = job.update;
  // Neither keeps a comment from being written.
  const auto leave_out = [&](const std::string& what, std::optional<Error> error) -> std::optional<Error> {
    if (!error || error->kind != ErrorKind::rejected) return error;
    job.left_out.push_back(what + ": " + error->what);
    return {};
  };
  if (!update.status.empty())
    if (auto error = leave_out("status " + update.status, put_.transition(job.before, update.status, job.left_out)))
      return error;
  for (const auto& link : update.links)
    if (auto error = leave_out("link " + link.url, put_.link(job.before, link))) return error;
  for (const auto& login : job.people.logins().copy)
    if (auto error = put_.watch(job.before, login, job.people)) return error;
  for (const auto& each : update.comments)
    if (auto error = comment(job, each)) return error;
  return {};
}

Result<JiraIssue> JiraWriter::read_back(Job& job) {
  TRY(after, reader_.read(job.before.id));
  if (!job.changes.copy.empty() && !after.has_watchers)
    if (auto error = reader_.read_watchers(after)) return Failure(*std::move(error));
  return after;
}

Result<Applied> JiraWriter::run(Job& job) {
  if (job.update.empty()) return finish(job, job.before);
  if (auto failed = write(job)) {
    // A note that came out public is looked for, however the rest went.
    const auto now = holds_note(job.update) ? read_back(job) : Result<JiraIssue>(Failure(*failed));
    if (now)
      if (auto error = exposed(*now, job.changes, job.how.self)) return Failure(*std::move(error));
    return Failure(*std::move(failed));
  }
  TRY(after, read_back(job));
  // A quiet edit that the account may not make can be dropped with success (trackers.md C6): once more, loudly.
  const bool was_quiet = !job.update.edit.empty() && put_.is_quiet(job.before.project.key);
  const bool is_dropped = was_quiet && after.history.size() == job.before.history.size() &&
                          jira_update(after, job.changes, job.how, job.people.logins()).edit == job.update.edit;
  if (!is_dropped) return finish(job, after);
  put_.be_loud(job.before.project.key);
  if (auto error = edit(job)) return Failure(*std::move(error));
  TRY(again, read_back(job));
  return finish(job, again);
}

// What the issue shows now, and what of the changes it does not.
Result<Applied> JiraWriter::finish(Job& job, const JiraIssue& after) {
  if (auto error = exposed(after, job.changes, job.how.self)) return Failure(*std::move(error));
  if (job.note_refused) return Failure(*job.note_refused);
  auto missing = job.left_out;
  for (auto& words : jira_missing(after, job.changes, job.how))
    if (!is_said(words, job.left_out)) missing.push_back(std::move(words));
  auto unreached = job.people.unreached(after);
  TRY(result, reader_.fetched(after));
  return Applied{std::move(result), std::move(missing), std::move(unreached)};
}

// Our comments that staff alone should see and that customers can read: removed at once, and said loudly.
std::optional<Error> JiraWriter::exposed(const JiraIssue& issue, const Changes& changes, const std::string& self) {
  const auto comments = jira_exposed(issue, changes, self);
  if (comments.empty()) return {};
  bool removed = true;
  for (const auto& comment : comments) removed = !put_.remove_comment(issue, comment) && removed;
  return Error{ErrorKind::denied,
               session_.attempt("AN INTERNAL COMMENT BECAME PUBLIC on " + jira_called(issue) + "; " +
                                (removed ? "it is removed, but mail may have left already"
                                         : "it COULD NOT BE REMOVED: do so by hand now") +
                                ". Writing stops: find out who or what made it public"),
               {},
               true};
}

Result<Applied> JiraWriter::apply(const IssueKey& key, const Changes& changes, const Revision& expected) {
  TRY(before, reader_.read(key.id));
  TRY(job, job_for(std::move(before), changes, expected));
  return run(job);
}

// Jira alone knows when a task is done; what it did is read from the issues.
void JiraWriter::run_together(std::vector<Job>& jobs, const std::vector<std::size_t>& group, Answers& answers) {
  std::vector<std::string> ids;
  ids.reserve(group.size());
  for (const auto at : group) ids.push_back(jobs[at].before.id);
  auto done = jira_bulk_edit(session_, ids, jobs[group.front()].update.edit);
  if (done && !*done) {
    bulk_refused_ = true;
    return;
  }
  auto read = reader_.read_all(ids);
  for (std::size_t i = 0; i < group.size(); ++i) {
    auto& job = jobs[group[i]];
    if (!done) {
      answers[group[i]] = Result<Applied>(Failure(done.error()));
    } else if (!read[i]) {
      answers[group[i]] = Result<Applied>(Failure(read[i].error()));
    } else if (jira_update(*read[i], job.changes, job.how, job.people.logins()).edit.empty()) {
      answers[group[i]] = finish(job, *read[i]);
    }
    // The others were left out by the task: each is edited by itself.
  }
}

std::vector<Result<Applied>> JiraWriter::apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) {
  std::vector<std::string> ids;
  ids.reserve(targets.size());
  for (const auto& target : targets) ids.push_back(target.key.id);
  auto read = reader_.read_all(ids);
  Answers answers(targets.size());
  std::vector<Job> jobs;
  std::vector<std::size_t> places;  // of the jobs among the answers
  for (std::size_t i = 0; i < targets.size(); ++i) {
    auto job = read[i] ? job_for(std::move(*read[i]), own_changes(targets[i], changes), targets[i].expected)
                       : Result<Job>(Failure(std::move(read[i].error())));
    if (!job) {
      answers[i] = Result<Applied>(Failure(std::move(job.error())));
      continue;
    }
    jobs.push_back(std::move(*job));
    places.push_back(i);
  }
  Answers done(jobs.size());
  std::vector<std::size_t> group;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    if (jobs[i].how.cloud && is_shareable(jobs[i].update) &&
        (group.empty() || jobs[i].update.edit == jobs[group.front()].update.edit))
      group.push_back(i);
  if (group.size() >= k_jira_least_bulk && !bulk_refused_) run_together(jobs, group, done);
  std::vector<Result<Applied>> out;
  for (std::size_t i = 0; i < jobs.size(); ++i) answers[places[i]] = done[i] ? std::move(*done[i]) : run(jobs[i]);
  for (auto& answer : answers) out.push_back(std::move(*answer));
  return out;
}

}  // namespace cb
