// What `check` and `init` ask a Bugzilla: its words, fields, flags and products as far as the account may see them, the
// rights that are missing, and the proof of the server's time zone, in sentences for its administrator. Reads only.
#pragma once

#include "adapters/bugzilla/bugzilla_directory.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

Result<Survey> bugzilla_survey(BugzillaSession& session, BugzillaDirectory& directory, const BugzillaTerms& terms,
                               const Identity& identity);

}  // namespace cb
