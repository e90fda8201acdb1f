// The list of changed bugs by keyset: rows by id, each page from the last id of the page before. No offset, so nothing
// slips while bugs move, appear and vanish, and whatever cap the server puts on `limit` (silently) only makes more
// pages: the list ends at a page without rows, never at a short one. A bug that enters behind our back with a lower id
// was changed just now and belongs to the next list.
//
// `last_change_time` and one chart (f1) may stand together: the server adds its own chart for the time behind those of
// the request, which it counts (WebService/Bug.pm `search` of 5.0, 5.2, Harmony and BMO, API/1_0/Resource/Bug.pm of
// 5.3), so charts have to be numbered without gaps from f1. Rows that are not sorted, or not behind the last id, mean
// that something was ignored, as this API does without a word: bad_reply.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"

namespace cb {

std::string bugzilla_list_target(const std::vector<std::string>& products, std::optional<Instant> since,
                                 std::int64_t after, std::size_t rows);
// The rows behind `after`; none: the list is at its end.
Result<std::vector<BugzillaRef>> bugzilla_list_part(BugzillaSession& session, const BugzillaTerms& terms,
                                                    std::optional<Instant> since, std::int64_t after);

}  // namespace cb
