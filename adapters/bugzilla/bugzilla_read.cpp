#include "adapters/bugzilla/bugzilla_read.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "adapters/bugzilla/bugzilla_parse.hpp"

namespace cb {

namespace {

tl::unexpected<BugzillaRefusal> refusal(Error error, std::int64_t code = 0) {
  return tl::unexpected<BugzillaRefusal>({std::move(error), code});
}

std::string ids_joined(const std::vector<std::int64_t>& ids, const char* between) {
  std::string out;
  for (const auto id : ids) out += (out.empty() ? "" : between) + std::to_string(id);
  return out;
}

std::string bug_called(std::int64_t id) {
  return "bug #" + std::to_string(id);
}

// The path names one bug; flavours differ in whether `ids` is added to it or ignored, so all stand there, and a bug
// that the answer leaves out is asked for alone.
std::string part_target(const std::vector<std::int64_t>& ids, const std::string& part) {
  auto target = "/bug/" + std::to_string(ids.front()) + "/" + part;
  if (ids.size() > 1) target += "?ids=" + ids_joined(ids, "&ids=");
  return target;
}

std::vector<std::int64_t> ids_without(const std::vector<BugzillaBug>& bugs, bool BugzillaBug::*part) {
  std::vector<std::int64_t> ids;
  for (const auto& bug : bugs)
    if (!(bug.*part)) ids.push_back(bug.id);
  return ids;
}

Instant newest_in(const BugzillaBug& bug) {
  Instant newest{};
  for (const auto& comment : bug.comments) newest = std::max(newest, comment.created);
  for (const auto& entry : bug.history) newest = std::max(newest, entry.when);
  return newest;
}

// Says something of one bug or value, so that another request may well succeed.
bool is_about_a_bug(const BugzillaRefusal& refusal) {
  const bool key = refusal.error.kind == ErrorKind::denied && refusal.code != k_bugzilla_bug_invisible;
  return refusal.code != 0 && !key && refusal.error.kind != ErrorKind::retry_later;
}

}  // namespace

std::optional<std::int64_t> bugzilla_id(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return {};
  return std::stoll(text);
}

BugzillaResult<std::vector<BugzillaBug>> BugzillaReader::bugs(const std::string& target, const std::string& doing) {
  auto server = session_.server();
  if (!server) return refusal(std::move(server.error()));
  auto fields = directory_.fields();
  if (!fields) return refusal(std::move(fields.error()));
  // Who usually has a bug is part of what it means, and asked only once.
  if (auto products = directory_.products(); !products) return refusal(std::move(products.error()));
  auto full = target;
  if (server->history_in_bug)
    full += (target.find('?') == std::string::npos ? "?" : "&") +
            std::string("include_fields=_default,_custom,comments,history");
  auto document = session_.ask("GET", full, "", doing);
  if (!document) return tl::unexpected(std::move(document.error()));
  auto bugs = bugzilla_bugs(*document, *fields);
  if (!bugs) return refusal(std::move(bugs.error()));
  return std::move(*bugs);
}

std::optional<BugzillaRefusal> BugzillaReader::add_comments(std::vector<BugzillaBug>& bugs) {
  const auto ids = ids_without(bugs, &BugzillaBug::has_comments);
  if (ids.empty()) return {};
  const auto doing = "reading the comments of " + bug_called(ids.front()) + (ids.size() > 1 ? " and others" : "");
  auto document = session_.ask("GET", part_target(ids, "comment"), "", doing);
  if (!document) return std::move(document.error());
  auto comments = bugzilla_comments(*document, ids);
  if (!comments) return BugzillaRefusal{std::move(comments.error()), 0};
  for (auto& bug : bugs)
    if (auto found = comments->find(bug.id); found != comments->end()) {
      bug.comments = std::move(found->second);
      bug.has_comments = true;
    }
  return {};
}

std::optional<BugzillaRefusal> BugzillaReader::add_histories(std::vector<BugzillaBug>& bugs) {
  const auto ids = ids_without(bugs, &BugzillaBug::has_history);
  if (ids.empty()) return {};
  const auto doing = "reading the history of " + bug_called(ids.front()) + (ids.size() > 1 ? " and others" : "");
  auto document = session_.ask("GET", part_target(ids, "history"), "", doing);
  if (!document) return std::move(document.error());
  auto histories = bugzilla_histories(*document);
  if (!histories) return BugzillaRefusal{std::move(histories.error()), 0};
  for (auto& bug : bugs)
    if (auto found = histories->find(bug.id); found != histories->end()) {
      bug.history = std::move(found->second);
      bug.has_history = true;
    }
  return {};
}

std::optional<BugzillaRefusal> BugzillaReader::complete(std::vector<BugzillaBug>& bugs) {
  if (auto refused = add_comments(bugs)) return refused;
  return add_histories(bugs);
}

Error BugzillaReader::is_behind(std::int64_t id) const {
  return {ErrorKind::retry_later,
          session_.attempt("the comments and changes of " + bug_called(id) +
                           " are not complete: the replica is behind its master database"),
          {}};
}

// A comment or a change makes the bug's time; where neither is as new, the replica is asked for the bug's time itself:
// some changes leave no trace that we may see (the privacy of a comment, a private comment).
Result<std::set<std::int64_t>> BugzillaReader::behind(const std::vector<BugzillaBug>& bugs) {
  std::vector<std::int64_t> ids;
  std::map<std::int64_t, Instant> times;
  for (const auto& bug : bugs)
    if (newest_in(bug) < bug.updated) {
      ids.push_back(bug.id);
      times[bug.id] = bug.updated;
    }
  std::set<std::int64_t> behind(ids.begin(), ids.end());
  if (ids.empty()) return behind;
  const auto doing =
      "reading when " + bug_called(ids.front()) + (ids.size() > 1 ? " and others were" : " was") + " changed";
  TRY(document, session_.get("/bug?include_fields=id,last_change_time&id=" + ids_joined(ids, ","), doing));
  TRY(refs, bugzilla_refs(document));
  for (const auto& ref : refs)
    if (const auto asked = times.find(ref.id); asked != times.end() && ref.updated >= asked->second)
      behind.erase(ref.id);
  return behind;
}

// A bug that is said not to exist or not to be visible: only while the key is good, else the tracker must stop.
Result<BugzillaBug> BugzillaReader::read_checked(std::int64_t id, bool& key_is_good) {
  const auto doing = "reading " + bug_called(id);
  auto found = bugs("/bug/" + std::to_string(id), doing);
  if (!found) {
    const auto kind = found.error().error.kind;
    if ((kind == ErrorKind::denied || kind == ErrorKind::not_found) && !key_is_good) {
      if (auto wrong = directory_.confirm()) return Failure(*std::move(wrong));
      key_is_good = true;
    }
    return Failure(std::move(found.error().error));
  }
  if (found->size() != 1 || found->front().id != id)
    return failure(ErrorKind::bad_reply,
                   session_.attempt(doing) + ": the answer is about another bug or none; is a " + "proxy in between?");
  if (found->front().has_comments && found->front().has_history) return std::move(found->front());
  if (auto refused = complete(*found)) {
    // The bug is there, so it is the replica that does not know it yet, or it was hidden just now.
    const bool absent = refused->code == k_bugzilla_no_such_bug || refused->code == k_bugzilla_bug_invisible;
    return Failure(absent ? is_behind(id) : std::move(refused->error));
  }
  if (!found->front().has_comments || !found->front().has_history)
    return failure(ErrorKind::bad_reply, session_.attempt(doing) + ": the answer leaves out comments or history");
  TRY(late, behind(*found));
  if (!late.empty()) return Failure(is_behind(id));
  return std::move(found->front());
}

Result<BugzillaBug> BugzillaReader::read(std::int64_t id) {
  bool key_is_good = false;
  return read_checked(id, key_is_good);
}

// Three requests where all goes well. An error that is about none of the bugs is everybody's.
void BugzillaReader::read_part(const std::vector<std::int64_t>& ids, bool& key_is_good, ById& out) {
  const auto all_fail = [&](const Error& error) {
    for (const auto id : ids) out.insert_or_assign(id, Result<BugzillaBug>(Failure(error)));
  };
  if (ids.size() == 1) {
    out.insert_or_assign(ids.front(), read_checked(ids.front(), key_is_good));
    return;
  }
  const auto doing = "reading " + bug_called(ids.front()) + " and others";
  auto found = bugs("/bug/?ids=" + ids_joined(ids, "&ids="), doing);
  const bool from_master = found && ids_without(*found, &BugzillaBug::has_comments).empty();
  auto refused = found ? complete(*found) : std::optional(std::move(found.error()));
  if (refused && is_about_a_bug(*refused)) {
    const auto middle = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 2);
    read_part({ids.begin(), middle}, key_is_good, out);
    read_part({middle, ids.end()}, key_is_good, out);
    return;
  }
  if (refused) return all_fail(refused->error);
  auto late = from_master ? Result<std::set<std::int64_t>>(std::set<std::int64_t>()) : behind(*found);
  if (!late) return all_fail(late.error());
  for (auto& bug : *found) {
    if (std::find(ids.begin(), ids.end(), bug.id) == ids.end())
      return all_fail({ErrorKind::bad_reply, session_.attempt(doing) + ": the server ignored which ones", {}});
    const auto id = bug.id;
    if (late->count(id) != 0)
      out.insert_or_assign(id, Result<BugzillaBug>(Failure(is_behind(id))));
    else if (bug.has_comments && bug.has_history)
      out.insert_or_assign(id, Result<BugzillaBug>(std::move(bug)));
  }
  for (const auto id : ids)
    if (out.count(id) == 0) out.insert_or_assign(id, read_checked(id, key_is_good));
}

std::vector<Result<BugzillaBug>> BugzillaReader::read_all(const std::vector<std::int64_t>& ids) {
  bool key_is_good = false;
  std::vector<std::int64_t> once;
  for (const auto id : ids)
    if (std::find(once.begin(), once.end(), id) == once.end()) once.push_back(id);
  ById read;
  for (std::size_t at = 0; at < once.size(); at += k_bugzilla_fetch_batch)
    read_part({once.begin() + static_cast<std::ptrdiff_t>(at),
               once.begin() + static_cast<std::ptrdiff_t>(std::min(once.size(), at + k_bugzilla_fetch_batch))},
              key_is_good, read);
  std::vector<Result<BugzillaBug>> out;
  out.reserve(ids.size());
  for (const auto id : ids) out.push_back(read.at(id));
  return out;
}

Result<Fetched> BugzillaReader::fetched(const BugzillaBug& bug) {
  if (auto error = directory_.prepare({&bug})) return Failure(*std::move(error));
  return fetched_bug(bug, directory_.names(), terms_);
}

std::vector<Result<Fetched>> BugzillaReader::fetched_all(const std::vector<Result<BugzillaBug>>& bugs) {
  std::vector<const BugzillaBug*> good;
  for (const auto& bug : bugs)
    if (bug) good.push_back(&*bug);
  const auto error = good.empty() ? std::nullopt : directory_.prepare(good);
  std::vector<Result<Fetched>> out;
  for (const auto& bug : bugs) {
    if (!bug) {
      out.emplace_back(Failure(bug.error()));
    } else if (error) {
      out.emplace_back(Failure(*error));
    } else {
      out.emplace_back(fetched_bug(*bug, directory_.names(), terms_));
    }
  }
  return out;
}

}  // namespace cb
