// How a fake Jira is set up: which of the four forms it answers like, and what it does where real ones differ or where
// nobody outside has established what they do. Numbers of limits are those of trackers.md C9.
#pragma once

#include <optional>
#include <string>

#include "rules/time.hpp"

namespace cb::fake_jira {

// What an edit with notifyUsers=false does when the account is neither Jira's nor the project's administrator.
enum class QuietWithoutRight {
  refused,  // 403, nothing is changed
  dropped,  // 204, nothing is changed either: "the request is ignored"
  mailed,   // 204, the edit is done and people are mailed: only the flag is ignored
};

// What Cloud does with credentials that are wrong.
enum class BadLogin {
  refused,    // 401
  anonymous,  // the request is answered as nobody's, with X-Seraph-LoginReason: AUTHENTICATED_FAILED
};

struct Limits {
  // Writes of one issue, 20 in 2 s and 100 in 30 s: 429 beyond. Edits, transitions, comments, properties, links count.
  bool per_issue = false;
  int in_2_seconds = 20, in_30_seconds = 100;
  // Requests of one method in one second of the fake's clock; nothing: no limit. Cloud: 100 GET, 100 POST, 50 PUT.
  std::optional<int> get, post, put, remove;
  bool tells_retry_after = true;  // false: a gateway's 429 without Retry-After
  int retry_after = 1;            // seconds, of bursts
  // Data Center's bucket for each user: so many requests at most, `fill` more each `interval` seconds.
  std::optional<int> bucket;
  int fill = 5, interval = 1;
};

struct Settings {
  bool cloud = true;
  bool service_management = false;
  std::string url = "https://jira.example";  // begins every `self`
  std::string version = "1001.0.0-SNAPSHOT";
  std::string server_zone = "UTC";  // IANA name
  std::string title = "Support";

  BadLogin bad_login = BadLogin::refused;
  bool locked_out = false;       // Data Center: 403 with X-Authentication-Denied-Reason for every password
  bool passwords = true;         // Data Center before 11: Basic with a password
  bool desk_unlicensed = false;  // Data Center: installed without a licence, 403 with a web page
  bool opt_in = true;            // Data Center: organisations ask for the header X-ExperimentalApi: opt-in, else 412
  QuietWithoutRight quiet_without_right = QuietWithoutRight::refused;
  // A comment that somebody who is no agent marks as internal: public without a word, or refused with 403.
  bool internal_of_others_turns_public = true;
  bool internal_turns_public = false;        // even an agent's: what must never be trusted
  bool counts_properties_as_change = false;  // whether an entity property moves `updated` (not established)
  bool links_move_updated = true;            // whether a remote link does
  // An edit of a field that is on no screen of the project is refused. Cloud does not look at screens any more, as far
  // as is known (trackers.md C7); both do here, for an adapter that can bear the one can bear the other.
  bool screens = true;

  // How far the index of searches is behind: changed issues are found as they were, new ones not at all.
  Seconds index_lag{0};
  std::size_t short_pages = 0;          // Cloud: at most so many rows a page, although more follow; 0: as asked
  std::size_t most_rows = 1000;         // Data Center: jira.search.views.default.max
  std::size_t deepest_offset = 10000;   // Data Center: 500 beyond
  bool epoch_in_jql = true;             // whether JQL takes milliseconds since 1970
  std::size_t embedded_comments = 20;   // of an issue's own `comment` field, on Cloud: the newest
  std::size_t expanded_changelog = 40;  // of expand=changelog on Cloud: the newest
  Seconds bulk_takes{2};                // until a bulk edit is done
  Limits limits;
};

}  // namespace cb::fake_jira
