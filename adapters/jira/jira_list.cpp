#include "adapters/jira/jira_list.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "rules/zone.hpp"

namespace cb {

namespace {

constexpr const char* k_listing = "listing the changed issues";
// Behind rows of one minute the list goes on a little before their end: rows move up when one before them is changed.
constexpr std::int64_t k_rows_again = 10;
constexpr std::chrono::minutes k_before_doubled{60};

// Where a Data Center's list goes on.
struct Cursor {
  std::optional<Instant> from;  // as window_from(); none: from the beginning
  std::int64_t offset = 0;      // rows already seen from there
};

std::string jql_for(const std::vector<JiraProject>& projects, const std::string& condition) {
  std::string keys;
  for (const auto& project : projects) keys += (keys.empty() ? "" : ", ") + jql_quoted(project.key);
  return "project in (" + keys + ")" + (condition.empty() ? "" : " AND " + condition) +
         " ORDER BY updated ASC, key ASC";
}

Result<std::vector<JiraRef>> refs_of(const JsonDocument& document) {
  std::vector<JiraRef> refs;
  document.root()["issues"].require_list();
  for (const auto& issue : document.root()["issues"].items()) {
    const auto updated = issue["fields"]["updated"];
    const auto instant = jira_instant(updated.text());
    if (!instant) updated.refuse("an instant such as 2026-05-01T12:12:44.123+0300");
    refs.push_back({issue["id"].text(), instant.value_or(Instant{})});
  }
  return checked(document, std::move(refs));
}

Result<JiraListPart> cloud_part(JiraSession& session, const JiraTerms& terms, const std::vector<JiraProject>& projects,
                                std::optional<Instant> since, const std::optional<std::string>& page) {
  std::string condition;
  if (since)
    condition =
        "updated >= " +
        std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(since->time_since_epoch()).count());
  nlohmann::json body{{"jql", jql_for(projects, condition)},
                      {"fields", nlohmann::json::array({"updated"})},
                      {"maxResults", terms.rows_a_page}};
  if (page) body["nextPageToken"] = *page;
  TRY(document, session.post("/search/jql", body.dump(), k_listing));
  TRY(refs, refs_of(document));
  const auto token = document.root()["nextPageToken"].text_or("");
  const bool last = document.root()["isLast"].boolean_or(token.empty());
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  JiraListPart part{std::move(refs), {}};
  if (last || token.empty()) return part;
  if (page && *page == token)
    return failure(ErrorKind::bad_reply,
                   session.attempt(k_listing) + ": the server gave the same page token twice, so the list has no end");
  part.next = token;
  return part;
}

// SECONDS|OFFSET
std::string token_of(const Cursor& cursor) {
  const auto from = cursor.from ? std::to_string(cursor.from->time_since_epoch().count()) : std::string();
  return from + "|" + std::to_string(cursor.offset);
}

std::optional<Cursor> cursor_of(const std::string& token) {
  const auto bar = token.find('|');
  if (bar == std::string::npos) return {};
  const auto number = [](const std::string& digits) -> std::optional<std::int64_t> {
    if (digits.empty() || digits.size() > 15 || digits.find_first_not_of("0123456789") != std::string::npos) return {};
    return std::stoll(digits);
  };
  const auto offset = number(token.substr(bar + 1));
  if (!offset) return {};
  if (bar == 0) return Cursor{{}, *offset};
  const auto from = number(token.substr(0, bar));
  if (!from) return {};
  return Cursor{Instant(Seconds(*from)), *offset};
}

// The minute that a list from `since` begins with: one that the zone has once, because nobody knows which of two the
// server would take.
Instant window_from(Instant since, const Zone& zone) {
  auto from = std::chrono::floor<std::chrono::minutes>(since);
  while (is_doubled(from, zone)) from -= k_before_doubled;
  return from;
}

// "2026/05/01 12:12"
std::string jql_minute(Instant from, const Zone& zone) {
  const auto wall = zone.local(from);
  auto day = to_iso(wall.date);
  std::replace(day.begin(), day.end(), '-', '/');
  const auto minutes = wall.time_of_day.count() / 60;
  char time[16];
  std::snprintf(time, sizeof time, "%02d:%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  return jql_quoted(day + " " + time);
}

// Behind the rows of a page that was not the last.
Cursor behind(const Cursor& cursor, const std::vector<JiraRef>& refs, const Zone& zone) {
  const auto from = window_from(refs.back().updated, zone);
  if (!cursor.from || from > *cursor.from) return {from, 0};
  const auto rows = static_cast<std::int64_t>(refs.size());
  return {cursor.from, cursor.offset + std::max<std::int64_t>(1, rows - k_rows_again)};
}

Result<JiraListPart> data_center_part(JiraSession& session, const JiraTerms& terms,
                                      const std::vector<JiraProject>& projects, const Cursor& cursor,
                                      const Zone& zone) {
  const auto condition = cursor.from ? "updated >= " + jql_minute(*cursor.from, zone) : std::string();
  const nlohmann::json body{{"jql", jql_for(projects, condition)},
                            {"startAt", cursor.offset},
                            {"maxResults", terms.rows_a_page},
                            {"fields", nlohmann::json::array({"updated"})}};
  TRY(document, session.post("/search", body.dump(), k_listing));
  TRY(refs, refs_of(document));
  const auto total = document.root()["total"].integer();
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  JiraListPart part{std::move(refs), {}};
  const auto seen = cursor.offset + static_cast<std::int64_t>(part.refs.size());
  if (part.refs.empty() || seen >= total) return part;
  part.next = token_of(behind(cursor, part.refs, zone));
  return part;
}

}  // namespace

std::string jql_quoted(const std::string& word) {
  std::string out = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

Result<JiraListPart> jira_list_part(JiraSession& session, const JiraTerms& terms, const JiraListed& listed,
                                    std::optional<Instant> since, const std::optional<std::string>& page) {
  TRY(server, session.server());
  if (server.cloud) return cloud_part(session, terms, listed.projects, since, page);
  const auto zone = Zone::find(listed.time_zone);
  if (!zone)
    return failure(ErrorKind::denied, session.attempt(k_listing) + ": the account's time zone, " + listed.time_zone +
                                          ", is not known here; choose another one in its profile");
  const auto first = since ? std::optional<Instant>(window_from(*since, *zone)) : std::nullopt;
  const auto cursor = page ? cursor_of(*page) : Cursor{first, 0};
  if (!cursor) return failure(ErrorKind::bad_reply, session.attempt("the list cannot go on at page ") + *page);
  return data_center_part(session, terms, listed.projects, *cursor, *zone);
}

}  // namespace cb
