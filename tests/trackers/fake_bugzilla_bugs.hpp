// Bugs over REST: read, created, updated, commented.
#pragma once

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

Json get_bugs(const Call& call);
Json get_comments(const Call& call);
Json get_history(const Call& call);
Json create_bug(const Call& call);
Json update_bugs(const Call& call);
Json post_comment(const Call& call);

}  // namespace cb::fake_bugzilla
