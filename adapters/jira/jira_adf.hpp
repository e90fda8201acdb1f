// Atlassian Document Format, the rich text of REST v3: comments, descriptions and text areas of Jira Cloud. What is
// written holds paragraphs, line breaks and links alone, so nothing of a text is interpreted; what is read may be any
// tree of nodes, known or not, and never fails: https://developer.atlassian.com/cloud/jira/platform/apis/document/
#pragma once

#include <string>

#include "adapters/jira/jira_text.hpp"
#include "adapters/json_read.hpp"

namespace cb {

// The document, as JSON text, that shows a text with its reference (empty: none); it reads back as
// jira_with_reference(). An empty text gives a document without content, which Jira takes for fields only.
std::string jira_adf(const std::string& text, const std::string& reference = {});

// A document as plain text in the form of jira_plain(): paragraphs are parted by an empty line, items of lists begin
// with their mark, a link to elsewhere than its words say is followed by its address in brackets. A text instead of a
// document (v2, Data Center) is taken as it is, anything else is empty. What is nested more than 64 nodes deep is left
// out, and so is what comes after 50,000 nodes or 256 KiB of text; then the text ends in […]. Notes no problem.
std::string jira_adf_text(const JsonValue& document);
// The same of JSON as bytes; what is no JSON is empty.
std::string jira_adf_text(const std::string& json);

}  // namespace cb
