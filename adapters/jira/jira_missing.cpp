// What of the changes an issue does not show, in words.
#include <algorithm>

#include "adapters/jira/jira_neutral.hpp"
#include "adapters/jira/jira_write.hpp"
#include "adapters/json_read.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "nothing" : "\"" + text + "\"";
}

std::string missing_in_field(const JiraIssue& issue, Slot slot, const Shown& shown, const JiraWriting& writing) {
  const auto name = writing.write.find(slot);
  const auto called = "field " + (name == writing.write.end() ? to_text(slot) : name->second);
  const auto* field = jira_field_of(slot, writing.write, writing.fields);
  if (field == nullptr) return called + ": this Jira has no field of that name, or several";
  const auto held = issue.fields.find(field->id);
  if (held == issue.fields.end())
    return called +
           ": the issue does not have it; add the project to the field's context, and the field to its screens";
  const auto wanted = jira_wanted(*field, shown, writing.cloud);
  if (!wanted.problem.empty()) return called + ": " + wanted.problem;
  if (jira_shows(*field, held->second, wanted, writing.cloud)) return {};
  return called + ": holds " + listed(held->second) + " instead of " + listed(wanted.words);
}

void missing_labels(const JiraIssue& issue, const Changes& changes, std::vector<std::string>& missing) {
  for (const auto& label : changes.add_labels)
    if (!contains_name(issue.labels, label))
      missing.push_back("label " + label + ": it was not added" +
                        (label.find(' ') == std::string::npos ? "" : ", because no label of Jira's can hold a blank"));
  for (const auto& label : changes.remove_labels)
    if (contains_name(issue.labels, label)) missing.push_back("label " + label + ": it was not removed");
}

void missing_comments(const JiraIssue& issue, const Changes& changes, const JiraWriting& writing,
                      std::vector<std::string>& missing) {
  for (const auto& comment : changes.comments) {
    if (comment.reference.empty()) continue;
    const auto* stored = own_comment(issue, comment.reference, writing.self);
    if (stored == nullptr)
      missing.push_back("comment " + comment.reference + ": it was not stored");
    else if (is_internal(*stored) && comment.visibility == Visibility::everybody)
      missing.push_back("comment " + comment.reference + ": it is internal, so the customer does not see it");
  }
}

}  // namespace

std::vector<std::string> jira_missing(const JiraIssue& issue, const Changes& changes, const JiraWriting& writing) {
  std::vector<std::string> missing;
  for (const auto& [slot, shown] : changes.fields)
    if (auto words = missing_in_field(issue, slot, shown, writing); !words.empty()) missing.push_back(std::move(words));
  missing_labels(issue, changes, missing);
  for (const auto& [name, status] : changes.flags) missing.push_back("flag " + name + ": Jira has no flags");
  if (!changes.record.empty() && (!issue.record || !is_same_json(*issue.record, changes.record)))
    missing.push_back("property " + writing.property + ": it does not hold the decision");
  for (const auto& link : changes.links)
    if (const auto there = issue.links.find(link.id); there == issue.links.end() || there->second != link.url)
      missing.push_back("link " + link.url + ": the issue does not show it");
  if (!changes.status.empty() && !same_name(issue.status.name, changes.status))
    missing.push_back("status " + changes.status + ": the issue is " + issue.status.name);
  missing_comments(issue, changes, writing, missing);
  return missing;
}

}  // namespace cb
