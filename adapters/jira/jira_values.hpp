// What a field of Jira has to hold for a value to show, and whether it does, without any I/O (trackers.md C7). The form
// that is sent and the form that is read differ: options go as objects, date-times without a colon in their offset,
// text areas as documents on Cloud and as wiki markup on a Data Center, and nothing is null.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/tracker.hpp"

namespace cb {

inline constexpr std::size_t k_jira_line_limit = 255;  // of a text field of one line and of a label

struct JiraWanted {
  std::vector<std::string> words;  // as they are read back; empty: nothing
  std::string sent;                // JSON
  std::string problem;             // why the field cannot hold it, in words; then it is cleared, never guessed
};

JiraWanted jira_wanted(const JiraField& field, const Shown& shown, bool cloud);
// `present`: as JiraIssue::fields has them.
bool jira_shows(const JiraField& field, const std::vector<std::string>& present, const JiraWanted& wanted, bool cloud);

}  // namespace cb
