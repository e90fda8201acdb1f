// What a Jira calls the things that cases use, asked from the server itself, so that the cases run on one that nobody
// has seen before.
#pragma once

#include <map>
#include <string>

#include "tests/conformance/jira_backstage.hpp"
#include "tests/conformance/words.hpp"

namespace cb::conformance {

// `fields`: neutral names (slots of `write`; customer and channel) to names of custom fields. Creates one issue. Throws
// std::runtime_error where the server lacks what the cases need.
Words jira_words(JiraBackstage& backstage, const std::map<std::string, std::string>& fields);

}  // namespace cb::conformance
