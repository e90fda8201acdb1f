#include "adapters/bugzilla/bugzilla_list.hpp"

#include "adapters/bugzilla/bugzilla_parse.hpp"

namespace cb {

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
  TRY(document, session.get(bugzilla_list_target(terms.products, since, after, terms.rows_a_page), doing));
  TRY(refs, bugzilla_refs(document));
  auto last = after;
  for (const auto& ref : refs) {
    if (ref.id <= last)
      return failure(ErrorKind::bad_reply, session.attempt(doing) + ": bug " + std::to_string(ref.id) + " came after " +
                                               std::to_string(last) +
                                               "; the server ignored the order or the condition that was asked for");
    if (since && ref.updated < *since)
      return failure(ErrorKind::bad_reply, session.attempt(doing) + ": bug " + std::to_string(ref.id) +
                                               " was changed at " + to_iso(ref.updated) +
                                               "; the server ignored that only later ones were asked for");
    last = ref.id;
  }
  return refs;
}

}  // namespace cb
