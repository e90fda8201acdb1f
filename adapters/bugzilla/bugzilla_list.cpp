#include "adapters/bugzilla/bugzilla_list.hpp"

#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "rules/zone.hpp"

namespace cb {

namespace {

constexpr Seconds k_doubled_hour{3600};

// The server compares wall times of its zone. Where the clocks are set back, all that happens in the second pass of the
// hour bears a wall time of the first, and would count as earlier than most of it: then an hour more is asked for.
std::optional<Instant> asked_since(const BugzillaTerms& terms, std::optional<Instant> since) {
  const auto zone = terms.server_timezone.empty() ? std::nullopt : Zone::find(terms.server_timezone);
  if (!since || !zone || !is_doubled(*since, *zone)) return since;
  return *since - k_doubled_hour;
}

}  // namespace

std::string bugzilla_list_target(const std::vector<std::string>& products, std::optional<Instant> since,
                                 std::int64_t after, std::size_t rows) {
  std::string target = "/bug?include_fields=id,last_change_time&order=bug_id&limit=" + std::to_string(rows) +
                       "&f1=bug_id&o1=greaterthan&v1=" + std::to_string(after);
  if (since) target += "&last_change_time=" + url_encoded(to_iso(*since));
  for (const auto& product : products) target += "&product=" + url_encoded(product);
  return target;
}

Result<std::vector<BugzillaRef>> bugzilla_list_part(BugzillaSession& session, const BugzillaTerms& terms,
                                                    std::optional<Instant> since, std::int64_t after) {
  const std::string doing = "listing the changed bugs";
  const auto asked = asked_since(terms, since);
  TRY(document, session.get(bugzilla_list_target(terms.products, asked, after, terms.rows_a_page), doing));
  TRY(refs, bugzilla_refs(document));
  auto last = after;
  for (const auto& ref : refs) {
    if (ref.id <= last)
      return failure(ErrorKind::bad_reply, session.attempt(doing) + ": bug " + std::to_string(ref.id) + " came after " +
                                               std::to_string(last) +
                                               "; the server ignored the order or the condition that was asked for");
    // In that hour a server in a zone that nobody told us tells of earlier ones, too.
    if (asked && ref.updated < *asked - k_doubled_hour)
      return failure(ErrorKind::bad_reply, session.attempt(doing) + ": bug " + std::to_string(ref.id) +
                                               " was changed at " + to_iso(ref.updated) +
                                               "; the server ignored that only later ones were asked for");
    last = ref.id;
  }
  return refs;
}

}  // namespace cb
