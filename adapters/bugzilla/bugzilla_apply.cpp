#include "adapters/bugzilla/bugzilla_apply.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

std::string called(const BugzillaBug& bug) {
  return "bug #" + std::to_string(bug.id);
}

bool holds_private(const BugzillaUpdate& update) {
  return update.note && update.note->is_private;
}

// Can be sent to several bugs: no comment, which has a reference of its own, and flags that their name tells apart.
bool is_shareable(const std::vector<BugzillaUpdate>& updates) {
  if (updates.size() != 1 || updates.front().note) return false;
  std::vector<std::string> names;
  for (const auto& flag : updates.front().flags) {
    if (contains_name(names, flag.name)) return false;
    names.push_back(flag.name);
  }
  return true;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

Result<BugzillaWriting> BugzillaWriter::writing() {
  TRY(server, session_.server());
  TRY(fields, directory_.fields());
  TRY(account, directory_.account());
  auto zone = terms_.server_timezone.empty() ? std::nullopt : Zone::find(terms_.server_timezone);
  return BugzillaWriting{
      terms_.write, std::move(fields), {server.writes_iso_date_times, std::move(zone)}, account.person.login};
}

Result<BugzillaWriter::Job> BugzillaWriter::job_for(BugzillaBug before, const Changes& changes,
                                                    const Revision& expected) {
  if (bugzilla_revision(before) != expected)
    return failure(ErrorKind::stale, session_.attempt(called(before) + " was changed at " + to_iso(before.updated) +
                                                      ", after it was read"));
  if (auto error = exposed(before, changes)) return Failure(*std::move(error));
  if (auto error = directory_.prepare({&before})) return Failure(*std::move(error));
  TRY(how, writing());
  BugzillaPhoneBook book(session_);
  TRY(people, book.people(before, bugzilla_holder(before, directory_.names()), changes));
  auto updates = bugzilla_updates(before, changes, how, people.logins());
  return Job{std::move(before), std::move(people), std::move(updates)};
}

void BugzillaWriter::note(Job& job, const BugzillaUpdate& update, BugzillaPut put) {
  job.refused_links.merge(put.refused_links);
  for (const auto& field : update.fields)
    if (field.field.type == BugzillaFieldType::date_time && !field.wanted.sent.empty()) job.sent.push_back(field);
  for (const auto& reply : put.replies)
    if (reply.id == job.before.id) job.written = reply.updated;
}

// A private comment of an account without the right is refused with everything that is beside it, and nothing is
// published: the rest is written without.
std::optional<Error> BugzillaWriter::put(Job& job, BugzillaUpdate update) {
  if (job.private_refused && holds_private(update)) update.note.reset();
  if (update.empty()) return {};
  auto answer = bugzilla_put(session_, {job.before.id}, update, job.people);
  if (answer) {
    note(job, update, *std::move(answer));
    return {};
  }
  if (answer.error().code != k_bugzilla_not_insider || !holds_private(update)) return std::move(answer.error().error);
  job.private_refused = true;
  return put(job, std::move(update));
}

std::optional<Error> BugzillaWriter::write(Job& job) {
  if (std::any_of(job.updates.begin(), job.updates.end(), holds_private)) {
    auto may = directory_.may_be_insider();
    if (!may) return may.error();
    job.private_refused = !*may;
  }
  for (const auto& update : job.updates)
    if (auto error = put(job, update)) return error;
  return {};
}

Result<Applied> BugzillaWriter::run(Job& job, const Changes& changes) {
  if (job.updates.empty()) return seen(job.before, changes, job);
  auto failed = write(job);
  if (failed && job.sent.empty()) return Failure(*std::move(failed));
  auto after = reader_.read(job.before.id);
  if (failed) {
    // Part of it was written: what stands there is looked at all the same.
    if (auto wrong = misread(job, after)) return Failure(*std::move(wrong));
    return Failure(*std::move(failed));
  }
  return finish(job, std::move(after), changes);
}

Result<Applied> BugzillaWriter::finish(Job& job, Result<BugzillaBug> after, const Changes& changes) {
  if (auto wrong = misread(job, after)) return Failure(*std::move(wrong));
  if (!after) return Failure(std::move(after.error()));
  if (auto error = exposed(*after, changes)) return Failure(*std::move(error));
  if (!job.private_refused) return seen(*after, changes, job);
  TRY(group, directory_.insider_group());
  return failure(ErrorKind::rejected,
                 session_.attempt("an internal comment for " + called(job.before) +
                                  " was not written, because the account is not in the insider group" +
                                  (group.empty() ? ": put it in there; where Bugzilla has none, set its parameter "
                                                   "insidergroup"
                                                 : " " + group + ": put it in there")));
}

// What the bug shows now, and what of the changes it does not.
Result<Applied> BugzillaWriter::seen(const BugzillaBug& bug, const Changes& changes, const Job& job) {
  TRY(how, writing());
  TRY(result, reader_.fetched(bug));
  auto missing = bugzilla_missing(bug, changes, how);
  for (const auto& [link, reason] : job.refused_links)
    for (auto& words : missing)
      if (words == bugzilla_missing_link(link)) words += "; " + reason;
  return Applied{std::move(result), std::move(missing),
                 bugzilla_missing_people(bug, bugzilla_holder(bug, directory_.names()), job.people)};
}

// Our comments that staff alone should see and that everybody sees: made private at once, and said loudly.
std::optional<Error> BugzillaWriter::exposed(const BugzillaBug& bug, const Changes& changes) {
  auto account = directory_.account();
  if (!account) return account.error();
  const auto& login = account->person.login;
  const auto comments = bugzilla_exposed(bug, changes, login);
  if (comments.empty()) return {};
  bool withdrawn = bugzilla_put_body(session_, bug.id, bugzilla_withdrawal_body(comments),
                                     "making a comment of " + called(bug) + " private")
                       .has_value();
  if (withdrawn) {
    const auto again = reader_.read(bug.id);
    withdrawn = again && bugzilla_exposed(*again, changes, login).empty();
  }
  return Error{ErrorKind::denied,
               session_.attempt("AN INTERNAL COMMENT BECAME PUBLIC on " + called(bug) + "; " +
                                (withdrawn ? "it is private again, but mail may have left already, and Bugzilla shows "
                                             "its text in the bug's history, to everybody and for ever"
                                           : "it COULD NOT BE MADE PRIVATE AGAIN: do so by hand now") +
                                ". Writing stops: find out who or what made it public"),
               {},
               true};
}

Error BugzillaWriter::zone_is_wrong(const Job& job, const std::vector<std::string>& names, const std::string& what) {
  const auto doing = "emptying " + joined(names) + " of " + called(job.before);
  const bool cleared = bugzilla_put_body(session_, job.before.id, bugzilla_clearing_body(names), doing).has_value();
  return {ErrorKind::denied,
          session_.attempt("server_timezone is wrong: ") + what + "; " +
              (cleared ? "the field was emptied" : "the field COULD NOT BE EMPTIED: do so by hand") +
              ". Writing stops until server_timezone in the configuration is the zone of the server (contract-bridge "
              "check finds it)",
          {},
          true};
}

// Date-times that do not read back to the second, or that the server cannot show any more.
std::optional<Error> BugzillaWriter::misread(const Job& job, const Result<BugzillaBug>& after) {
  if (job.sent.empty()) return {};
  std::vector<std::string> names;
  std::string what;
  if (!after) {
    const auto zone = bugzilla_zone_in(after.error().what);
    if (!zone) return {};
    for (const auto& field : job.sent) names.push_back(field.field.name);
    return zone_is_wrong(job, names,
                         "the server, which is in " + *zone + ", cannot show " + called(job.before) +
                             " any more, since " + job.sent.front().wanted.sent + " does not come there");
  }
  if (after->updated > job.written) return {};  // somebody changed it meanwhile: told with what is missing
  for (const auto& field : job.sent) {
    const auto held = after->fields.find(field.field.name);
    const auto read = held == after->fields.end() || held->second.empty() ? std::string() : held->second.front();
    if (read.empty() || read == field.wanted.values.front()) continue;
    names.push_back(field.field.name);
    what = "field " + field.field.name + " of " + called(job.before) + " was written as " + field.wanted.sent +
           " for " + field.wanted.values.front() + " and reads " + read;
  }
  if (names.empty()) return {};
  return zone_is_wrong(job, names, what);
}

Result<Applied> BugzillaWriter::apply(const IssueKey& key, const Changes& changes, const Revision& expected) {
  const auto id = bugzilla_id(key.id);
  if (!id)
    return failure(ErrorKind::not_found,
                   session_.attempt("there is no bug " + key.id + ": Bugzilla's bugs have numbers"));
  TRY(before, reader_.read(*id));
  TRY(job, job_for(std::move(before), changes, expected));
  return run(job, changes);
}

void BugzillaWriter::run_together(std::vector<Job>& jobs, const std::vector<std::size_t>& group, const Changes& changes,
                                  Answers& answers) {
  std::vector<std::int64_t> ids;
  ids.reserve(group.size());
  for (const auto index : group) ids.push_back(jobs[index].before.id);
  const auto& update = jobs[group.front()].updates.front();
  auto put = bugzilla_put(session_, ids, update, jobs[group.front()].people);
  const auto is_about_one = [](ErrorKind kind) {
    return kind == ErrorKind::rejected || kind == ErrorKind::stale || kind == ErrorKind::not_found;
  };
  if (!put && is_about_one(put.error().error.kind)) {  // one of them is to blame, and nothing was stored
    for (const auto index : group) answers[index] = run(jobs[index], changes);
    return;
  }
  if (!put) {
    for (const auto index : group) answers[index] = Result<Applied>(Failure(put.error().error));
    return;
  }
  auto read = reader_.read_all(ids);
  for (std::size_t i = 0; i < group.size(); ++i) {
    auto& job = jobs[group[i]];
    note(job, update, *put);
    // Many are read from a replica, which may not know of our writing yet.
    if (read[i] && read[i]->updated < job.written) read[i] = reader_.read(job.before.id);
    answers[group[i]] = finish(job, std::move(read[i]), changes);
  }
}

std::vector<Result<Applied>> BugzillaWriter::apply_all(const std::vector<WriteTarget>& targets,
                                                       const Changes& changes) {
  std::vector<std::int64_t> ids;
  ids.reserve(targets.size());
  for (const auto& target : targets) ids.push_back(bugzilla_id(target.key.id).value_or(0));
  auto read = reader_.read_all(ids);
  Answers answers(targets.size());
  std::vector<Job> jobs;
  std::map<std::string, std::vector<std::size_t>> groups;  // by what they get
  for (std::size_t i = 0; i < targets.size(); ++i) {
    auto job = read[i] ? job_for(*std::move(read[i]), changes, targets[i].expected)
                       : Result<Job>(Failure(std::move(read[i].error())));
    if (!job) answers[i] = Result<Applied>(Failure(std::move(job.error())));
    jobs.push_back(job ? *std::move(job) : Job{});
    if (answers[i]) continue;
    const bool shared = is_shareable(jobs[i].updates);
    groups[shared ? bugzilla_update_body(jobs[i].updates.front(), {0}) : "alone " + std::to_string(i)].push_back(i);
  }
  std::optional<Error> stopped;
  for (const auto& [body, group] : groups) {
    if (stopped) {
      for (const auto index : group) answers[index] = Result<Applied>(Failure(*stopped));
    } else if (group.size() == 1) {
      answers[group.front()] = run(jobs[group.front()], changes);
    } else {
      run_together(jobs, group, changes, answers);
    }
    for (const auto index : group)
      if (!*answers[index] && answers[index]->error().kind == ErrorKind::denied) stopped = answers[index]->error();
  }
  std::vector<Result<Applied>> out;
  for (auto& answer : answers) out.push_back(*std::move(answer));
  return out;
}

}  // namespace cb
