#include "adapters/bugzilla/bugzilla_self.hpp"

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_parse.hpp"

namespace cb {

namespace {

constexpr std::int64_t k_ids_a_request = 200;
constexpr std::int64_t k_ids_without_rows = 1000;  // then there are no more accounts
constexpr std::int64_t k_most_ids = 200'000;
constexpr const char* k_doing = "finding out whose the API key is";

struct Seen {
  std::string own;  // login
  bool any = false;
};

Seen seen_in(const std::vector<BugzillaUser>& users) {
  Seen seen;
  seen.any = !users.empty();
  for (const auto& user : users)
    if (user.is_own) seen.own = user.person.login;
  return seen;
}

// A single account that may not be seen makes the server refuse all, so they are asked for in halves.
Result<Seen> look_at(BugzillaSession& session, std::int64_t first, std::int64_t last) {
  std::string target = std::string("/user?") + k_bugzilla_user_fields;
  for (auto id = first; id <= last; ++id) target += "&ids=" + std::to_string(id);
  auto document = session.ask("GET", target, "", k_doing);
  if (document) {
    TRY(users, bugzilla_users(*document));
    return seen_in(users);
  }
  if (document.error().code != k_bugzilla_auth_failure) return Failure(std::move(document.error().error));
  if (first == last) return Seen{"", true};
  const auto middle = first + (last - first) / 2;
  TRY(left, look_at(session, first, middle));
  if (!left.own.empty()) return left;
  TRY(right, look_at(session, middle + 1, last));
  return Seen{right.own, left.any || right.any};
}

Result<Seen> look_at_all(BugzillaSession& session) {
  TRY(document, session.get(std::string("/user?match=%2A&include_disabled=0&") + k_bugzilla_user_fields, k_doing));
  TRY(users, bugzilla_users(document));
  return seen_in(users);
}

}  // namespace

Result<std::string> bugzilla_own_login(BugzillaSession& session) {
  std::int64_t without_rows = 0;
  for (std::int64_t first = 1; first < k_most_ids && without_rows < k_ids_without_rows; first += k_ids_a_request) {
    TRY(seen, look_at(session, first, first + k_ids_a_request - 1));
    if (!seen.own.empty()) return seen.own;
    without_rows = seen.any ? 0 : without_rows + k_ids_a_request;
    if (first != 1) continue;
    TRY(matched, look_at_all(session));
    if (!matched.own.empty()) return matched.own;
  }
  return failure(ErrorKind::denied, session.attempt(k_doing) +
                                        ": this server does not tell, and none of the accounts that it shows is the "
                                        "key's; write `login` into the tracker's configuration");
}

}  // namespace cb
