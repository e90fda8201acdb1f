#include "adapters/bugzilla/bugzilla_put.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// trackers.md A9
constexpr std::int64_t k_bad_value = 104;
constexpr std::int64_t k_bad_link = 112;
constexpr std::int64_t k_not_permitted = 115;
constexpr std::int64_t k_first_flag_error = 129;
constexpr std::int64_t k_flag_not_permitted = 130;
constexpr std::int64_t k_last_flag_error = 134;
constexpr std::int64_t k_illegal_date = 56;
constexpr std::int64_t k_user_refused = 504;

bool mentions(const std::string& text, const std::string& part) {
  return !part.empty() && folded(text).find(folded(part)) != std::string::npos;
}

std::string advice_for_put(std::int64_t code) {
  switch (code) {
    case k_bugzilla_no_such_object:
      return "; create it in Bugzilla's administration, or correct the configuration";
    case k_bad_value:
      return "; the value is too long or not of the form that the field wants";
    case k_illegal_date:
      return "; the field wants a date in another form: is the server's version told right?";
    case k_flag_not_permitted:
      return "; put the account into the flag type's request and grant groups";
    default:
      if (code >= k_first_flag_error && code <= k_last_flag_error)
        return "; check the flag type: it has to be requestable, and its name the only one of its kind";
      return {};
  }
}

BugzillaRefusal in_words(BugzillaRefusal refusal) {
  auto& error = refusal.error;
  if (refusal.code == k_bugzilla_no_such_bug || refusal.code == k_bugzilla_bug_invisible)
    error.kind = ErrorKind::stale;  // it was there a moment ago
  if (error.kind == ErrorKind::retry_later && refusal.code == 0)
    error.what += "; whether it was written is unknown, the bug is read again before the next attempt";
  error.what += advice_for_put(refusal.code);
  return refusal;
}

// Of those whom the update names, who is meant by the refusal.
std::vector<std::string> refused_people(const BugzillaUpdate& update, const BugzillaRefusal& refusal) {
  const auto code = refusal.code;
  if (code != k_bugzilla_no_such_object && code != k_user_refused && code != k_not_permitted) return {};
  auto named = update.cc;
  if (!update.assignee.empty()) named.push_back(update.assignee);
  std::vector<std::string> refused;
  for (const auto& login : named)
    if (mentions(refusal.error.what, login)) refused.push_back(login);
  return refused.empty() && code == k_user_refused ? named : refused;
}

bool leave_out_people(BugzillaUpdate& update, const BugzillaRefusal& refusal, BugzillaPeople& people) {
  const auto refused = refused_people(update, refusal);
  for (const auto& login : refused) {
    people.refuse(login, refusal.error.what);
    if (same_name(update.assignee, login)) update.assignee.clear();
    std::erase_if(update.cc, [&](const auto& one) { return same_name(one, login); });
  }
  return !refused.empty();
}

bool leave_out_links(BugzillaUpdate& update, const BugzillaRefusal& refusal, BugzillaPut& put) {
  if (refusal.code != k_bad_link || update.see_also.empty()) return false;
  std::vector<std::string> refused;
  for (const auto& link : update.see_also)
    if (mentions(refusal.error.what, link)) refused.push_back(link);
  if (refused.empty()) refused = update.see_also;
  for (const auto& link : refused) {
    put.refused_links[link] = refusal.error.what;
    std::erase(update.see_also, link);
  }
  return true;
}

// A flag that the account may not set, or that this component lacks, holds back neither comment nor field; that it is
// not shown is told after the write.
bool leave_out_flags(BugzillaUpdate& update, const BugzillaRefusal& refusal) {
  const bool about_flags = refusal.code >= k_first_flag_error && refusal.code <= k_last_flag_error;
  const auto before = update.flags.size();
  std::erase_if(update.flags, [&](const auto& flag) {
    return mentions(refusal.error.what, flag.name) && (about_flags || refusal.code == k_bugzilla_no_such_object);
  });
  if (update.flags.size() == before && about_flags) update.flags.clear();
  return update.flags.size() != before;
}

Result<std::vector<BugzillaReply>> replies_of(const JsonDocument& document) {
  const auto list = document.root()["bugs"];
  list.require_list();
  std::vector<BugzillaReply> replies;
  for (const auto& item : list.items()) {
    item["changes"].require_object();
    replies.push_back({item["id"].integer(), item["last_change_time"].instant()});
  }
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return replies;
}

bool is_about(const std::vector<BugzillaReply>& replies, const std::vector<std::int64_t>& ids) {
  return replies.size() == ids.size() && std::all_of(replies.begin(), replies.end(), [&](const auto& reply) {
           return std::find(ids.begin(), ids.end(), reply.id) != ids.end();
         });
}

}  // namespace

BugzillaResult<JsonDocument> bugzilla_put_body(BugzillaSession& session, std::int64_t id, const std::string& body,
                                               const std::string& doing) {
  return session.ask("PUT", "/bug/" + std::to_string(id), body, doing);
}

BugzillaResult<BugzillaPut> bugzilla_put(BugzillaSession& session, const std::vector<std::int64_t>& ids,
                                         BugzillaUpdate update, BugzillaPeople& people) {
  const auto doing = "writing bug #" + std::to_string(ids.front()) +
                     (ids.size() > 1 ? " and " + std::to_string(ids.size() - 1) + " others" : "");
  BugzillaPut put;
  while (!update.empty()) {
    const auto body = bugzilla_update_body(update, ids.size() > 1 ? ids : std::vector<std::int64_t>());
    auto answer = bugzilla_put_body(session, ids.front(), body, doing);
    if (!answer) {
      // Nothing was stored: a request is done as a whole or not at all (recordings 359 to 361). Each round leaves
      // something out, so the rounds end.
      if (ids.size() == 1 && (leave_out_people(update, answer.error(), people) ||
                              leave_out_links(update, answer.error(), put) || leave_out_flags(update, answer.error())))
        continue;
      return tl::unexpected(in_words(std::move(answer.error())));
    }
    auto replies = replies_of(*answer);
    if (!replies) return tl::unexpected<BugzillaRefusal>({std::move(replies.error()), 0});
    if (!is_about(*replies, ids))
      return tl::unexpected<BugzillaRefusal>(
          {{ErrorKind::bad_reply, session.attempt(doing) + ": the answer is about other bugs", {}}, 0});
    put.replies = *std::move(replies);
    return put;
  }
  return put;
}

}  // namespace cb
