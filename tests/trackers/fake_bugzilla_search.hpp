// GET /bug: which bugs, in which order, on which page (observed.md 9).
#pragma once

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

Json search(const Call& call);

}  // namespace cb::fake_bugzilla
