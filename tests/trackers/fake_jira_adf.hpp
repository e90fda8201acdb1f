// Texts between their two forms: markup for v2, the Atlassian Document Format for v3.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

// Empty lines part paragraphs, other line ends are hard breaks.
Json adf_of(const std::string& text);
std::string text_of_adf(const Json& document);
// A text as the caller's version of the interface shows it; null when empty.
Json rich_json(const Call& call, const Rich& rich);
// What was sent, by the version. Refuses `field` for anything else.
Rich rich_of(const Call& call, const std::string& field, const Json& value);

}  // namespace cb::fake_jira
