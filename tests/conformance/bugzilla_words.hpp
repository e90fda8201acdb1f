// The words of a Bugzilla that nobody has seen before: asked of the server.
#pragma once

#include <map>
#include <string>

#include "tests/conformance/bugzilla_backstage.hpp"
#include "tests/conformance/words.hpp"

namespace cb::conformance {

// `fields`: neutral names to field names. What the cases cannot do without and the server lacks throws
// std::runtime_error with words.
Words bugzilla_words(BugzillaBackstage& backstage, const std::map<std::string, std::string>& fields,
                     const std::string& product);

}  // namespace cb::conformance
