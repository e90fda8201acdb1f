// One update on its way to the server: of one bug, or of several that get the same. What Bugzilla refuses is put into
// words by the number of its answer. Of one bug, what can be done without is left out and told: a person whom the
// server does not take, an address that it does not know how to link to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_people.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/bugzilla/bugzilla_write.hpp"

namespace cb {

struct BugzillaReply {
  std::int64_t id = 0;
  Instant updated;  // of the bug by now
};

struct BugzillaPut {
  std::vector<BugzillaReply> replies;
  std::map<std::string, std::string> refused_links;  // by address, with the reason
};

// Writes `update` to all these bugs or to none. `people` loses whoever was refused. A refusal has the kind `stale` when
// a bug vanished meanwhile.
BugzillaResult<BugzillaPut> bugzilla_put(BugzillaSession& session, const std::vector<std::int64_t>& ids,
                                         BugzillaUpdate update, BugzillaPeople& people);
// Any other body.
BugzillaResult<JsonDocument> bugzilla_put_body(BugzillaSession& session, std::int64_t id, const std::string& body,
                                               const std::string& doing);

}  // namespace cb
