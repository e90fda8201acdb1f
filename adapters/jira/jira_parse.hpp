// Jira's JSON to records: Cloud REST v3, Data Center REST v2. Strict about ids, instants and types, indifferent to
// members that it does not know. Texts are made plain: v3 has documents, v2 wiki markup.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/json_read.hpp"

namespace cb {

// `2026-05-01T12:12:44.123+0300`: any offset, with or without colon or Z, with or without milliseconds.
std::optional<Instant> jira_instant(const std::string& text);
// The same in UTC with milliseconds, so that two changes of one second differ: `2026-05-01T09:12:44.123Z`. What is no
// instant stays as it is.
std::string jira_revision(const std::string& text);
// An instant as a date-time field takes it: no colon in the offset (trackers.md C7).
std::string jira_date_time(Instant instant);

// A text or a document as plain text; nothing for null.
std::string jira_text(const JsonValue& value);
// What a field of any kind shows, in words: options by value, people by name, texts plain.
std::vector<std::string> jira_words(const JsonValue& value);

Result<JiraServer> jira_server(const JsonDocument& document);
Result<Instant> jira_server_time(const JsonDocument& document);
JiraStatus jira_status(const JsonValue& value);
// A user object; empty parts for one that is missing. On Cloud the account's id is all there is to log in by.
JiraUser jira_user(const JsonValue& value);
// `property` names the one to look for.
JiraIssue jira_issue(const JsonValue& value, const std::string& property);
JiraComments jira_comments(const JsonValue& page);
// `changelog` or the page of a list: oldest first.
std::vector<JiraHistory> jira_histories(const std::vector<JsonValue>& entries);

}  // namespace cb
