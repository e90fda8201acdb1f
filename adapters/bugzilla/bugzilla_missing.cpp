// What of the changes a bug does not show (bugzilla_write.hpp).
#include <algorithm>

#include "adapters/bugzilla/bugzilla_history.hpp"
#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "adapters/bugzilla/bugzilla_write.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

std::string in_quotes(const std::string& text) {
  return "\"" + text + "\"";
}

std::string listed(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return in_quotes(out);
}

// cf_due "Due"
std::string in_words(const BugzillaField& field) {
  const bool has_title = !field.display_name.empty() && !same_name(field.display_name, field.name);
  return "field " + field.name + (has_title ? " " + in_quotes(field.display_name) : "");
}

// What keeps this field from showing the value, in words; empty when it shows it.
std::string missing_in_field(const BugzillaBug& bug, Slot slot, const Shown& shown, const BugzillaWriting& writing) {
  const auto name = writing.write.find(slot);
  if (name == writing.write.end()) return to_text(slot) + ": no field is configured for it";
  const auto* field = bugzilla_field_of(slot, writing);
  if (field == nullptr)
    return "field " + in_quotes(name->second) + ": the server has no such field; correct its name, or create it";
  if (!field->is_custom)
    return in_words(*field) + ": it is a field of Bugzilla itself; give the bridge a custom field for " + to_text(slot);
  const auto held = bug.fields.find(field->name);
  if (held == bug.fields.end())
    return in_words(*field) + ": the bug has no such field; is it active, and meant for the product " + bug.product +
           "?";
  const auto wanted = bugzilla_wanted(*field, shown, writing.clock);
  if (!bugzilla_shows(*field, held->second, wanted, writing.clock))
    return in_words(*field) + ": shows " + listed(held->second) + " and not " + listed(wanted.values) +
           "; Bugzilla answered with success, did somebody change it at the same moment?";
  return wanted.problem.empty() ? std::string() : in_words(*field) + ": " + wanted.problem + "; it is left empty";
}

void missing_labels(const BugzillaBug& bug, const Changes& changes, std::vector<std::string>& missing) {
  const auto tokens = bugzilla_whiteboard_labels(bug.whiteboard);
  const auto shows = [&](const std::string& label) {
    return contains_name(is_whiteboard_token(label) ? tokens : bug.keywords, label);
  };
  const auto where = [](const std::string& label) {
    return is_whiteboard_token(label) ? "whiteboard: " : "keywords: ";
  };
  for (const auto& label : changes.add_labels)
    if (!shows(label)) missing.push_back(where(label) + std::string("does not show ") + label);
  for (const auto& label : changes.remove_labels)
    if (shows(label) && !contains_name(changes.add_labels, label))
      missing.push_back(where(label) + std::string("still shows ") + label);
}

void missing_flags(const BugzillaBug& bug, const Changes& changes, std::vector<std::string>& missing) {
  for (const auto& [name, status] : changes.flags) {
    std::string shown;
    bool as_wanted = status.empty();
    for (const auto& flag : bug.flags) {
      if (!same_name(flag.name, name)) continue;
      if (flag.status == status)
        as_wanted = true;
      else
        shown += (shown.empty() ? "" : ", ") + flag.name + flag.status;
    }
    if (as_wanted && shown.empty()) continue;
    missing.push_back("flag " + name + ": shows " + (shown.empty() ? "nothing" : shown) + " and not " +
                      (status.empty() ? "nothing" : name + status) +
                      "; may the account grant this flag type, and is it meant for the bug's component?");
  }
}

void missing_comments(const BugzillaBug& bug, const Changes& changes, const BugzillaWriting& writing,
                      std::vector<std::string>& missing) {
  for (const auto& comment : changes.comments) {
    if (comment.reference.empty()) continue;
    const auto* stored = own_comment(bug, comment.reference, writing.login);
    if (stored == nullptr)
      missing.push_back("comment " + comment.reference + ": it was not stored");
    else if (stored->is_private && comment.visibility == Visibility::everybody)
      missing.push_back("comment " + comment.reference + ": it is private, so the customer does not see it");
  }
}

}  // namespace

std::string bugzilla_missing_link(const std::string& link) {
  return "see also: does not show " + link;
}

std::vector<std::string> bugzilla_missing(const BugzillaBug& bug, const Changes& changes,
                                          const BugzillaWriting& writing) {
  std::vector<std::string> missing;
  for (const auto& [slot, shown] : changes.fields)
    if (auto words = missing_in_field(bug, slot, shown, writing); !words.empty()) missing.push_back(std::move(words));
  missing_labels(bug, changes, missing);
  missing_flags(bug, changes, missing);
  for (const auto& link : changes.links)
    if (std::none_of(bug.see_also.begin(), bug.see_also.end(),
                     [&](const auto& there) { return is_same_link(there, link.url); }))
      missing.push_back(bugzilla_missing_link(link.url));
  missing_comments(bug, changes, writing, missing);
  return missing;
}

}  // namespace cb
