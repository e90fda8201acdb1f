// In which zone a Bugzilla server keeps its date-times, proved by reading alone: its API does not tell (recording 313).
//
// A search by last_change_time takes a time without a zone as wall time of the server (Bugzilla/Util.pm datetime_from,
// called by datetime_format_inbound in WebService/Server.pm of 5.0, 5.2, Harmony and BMO, and by API/1_0/Util.pm
// of 5.3), and is inclusive: of a bug whose last change is known in UTC it tells the offset at that time. A wall time
// that does not come, because the clocks are set forward, cannot be searched for: the server breaks off, and its
// message names the zone ("Invalid local time for date in time zone: Europe/Berlin").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_session.hpp"
#include "rules/time.hpp"
#include "rules/zone.hpp"

namespace cb {

struct BugzillaZoneProof {
  std::string time_zone;              // as the server named it; UTC where it shows no change of clocks and no offset
  std::vector<std::string> notes;     // what was proved, and how
  std::vector<std::string> problems;  // what was refuted, and what to write into bridge.yaml
};

// Proves or refutes the configured zone; without one, finds it. `now` is the server's own time.
Result<BugzillaZoneProof> bugzilla_zone_proof(BugzillaSession& session, const std::optional<Zone>& configured,
                                              Instant now);
// The zone as the server names it, or UTC; empty when it cannot be told.
Result<std::optional<std::string>> bugzilla_server_zone(BugzillaSession& session, Instant now);

}  // namespace cb
