#include "adapters/bugzilla/bugzilla_neutral.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_history.hpp"
#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

std::vector<std::string> one(const std::string& value) {
  return value.empty() ? std::vector<std::string>() : std::vector<std::string>{value};
}

std::vector<std::string> told(const std::vector<std::string>& values, const BugzillaField& field,
                              const BugzillaNames& names) {
  std::vector<std::string> out;
  for (const auto& value : values) {
    if (field.type == BugzillaFieldType::select && bugzilla_meaning(value).empty()) continue;
    out.push_back(field.type == BugzillaFieldType::date ? bugzilla_date(value, names.zone) : value);
  }
  return out;
}

Fields fields_of(const BugzillaBug& bug, const BugzillaNames& names) {
  Fields fields{{"severity", one(bugzilla_meaning(bug.severity))},
                {"platform", one(bug.platform)},
                {"op_sys", one(bug.op_sys)},
                {"target_milestone", one(bugzilla_meaning(bug.milestone))},
                {"whiteboard", one(bug.whiteboard)},
                {"url", one(bug.url)}};
  for (const auto& [name, values] : bug.fields) {
    const auto* field = field_named(names.fields, name);
    if (field == nullptr) continue;
    const auto words = told(values, *field, names);
    fields[name] = words;
    if (!field->display_name.empty() && !same_name(field->display_name, name))
      fields.insert({field->display_name, words});
  }
  return fields;
}

// A fact that stands in a field, or that a label states.
std::string fact(const Issue& issue, const std::optional<Source>& source, const std::string& otherwise = {}) {
  if (!source) return otherwise;
  if (!source->field.empty()) return field_value(issue, source->field);
  if (!contains_name(issue.labels, source->label)) return {};
  return source->value.empty() ? source->label : source->value;
}

// A group of customers hides nothing from its customer; that of the insiders does. Which one that is, few are told.
bool is_internal(const BugzillaBug& bug, const BugzillaNames& names) {
  if (bug.groups.empty()) return false;
  return !bug.is_creator_accessible || names.insider_group.empty() || contains_name(bug.groups, names.insider_group);
}

std::string description_of(const BugzillaBug& bug) {
  for (const auto& comment : bug.comments)
    if (comment.count == 0 && !comment.is_private) return comment.text;
  return {};
}

std::string url_of(const BugzillaBug& bug, const BugzillaTerms& terms) {
  return terms.base_url + (terms.base_url.empty() || terms.base_url.back() == '/' ? "" : "/") +
         "show_bug.cgi?id=" + std::to_string(bug.id);
}

bool is_date_time(const std::string& name, const BugzillaNames& names) {
  const auto* field = field_named(names.fields, name);
  return field != nullptr && field->type == BugzillaFieldType::date_time;
}

bool was_changed(const BugzillaBug& bug, const char* field) {
  return std::any_of(bug.history.begin(), bug.history.end(), [&](const auto& entry) {
    return std::any_of(entry.changes.begin(), entry.changes.end(),
                       [&](const auto& change) { return change.field == field; });
  });
}

// Bugzilla gives every bug to the component's default assignee; taken is what somebody works on: it has left the
// status that it was registered with, for another than those that only wait.
bool is_taken(const BugzillaBug& bug) {
  static constexpr const char* k_waiting[] = {"UNCONFIRMED", "NEW", "CONFIRMED", "REOPENED"};
  return was_changed(bug, "status") && std::none_of(std::begin(k_waiting), std::end(k_waiting),
                                                    [&](const char* each) { return same_name(bug.status, each); });
}

bool is_nobody(const std::string& login) {
  return login.empty() || folded(login).rfind("nobody@", 0) == 0 || same_name(login, "nobody");
}

}  // namespace

const BugzillaField* field_named(const std::vector<BugzillaField>& fields, const std::string& name) {
  const auto find = [&](auto matches) {
    const auto found = std::find_if(fields.begin(), fields.end(), matches);
    return found == fields.end() ? nullptr : &*found;
  };
  if (const auto* field = find([&](const auto& candidate) { return same_name(candidate.name, name); })) return field;
  return find([&](const auto& candidate) { return same_name(candidate.display_name, name); });
}

std::string bugzilla_holder(const BugzillaBug& bug, const BugzillaNames& names) {
  if (is_nobody(bug.assignee.login)) return {};
  const auto usual = names.default_assignees.find({bug.product, bug.component});
  if (usual == names.default_assignees.end() || !same_name(usual->second, bug.assignee.login))
    return bug.assignee.login;
  return is_taken(bug) || was_changed(bug, "assigned_to") ? bug.assignee.login : std::string();
}

Issue neutral_issue(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms) {
  Issue out;
  out.key = {terms.name, std::to_string(bug.id)};
  out.url = url_of(bug, terms);
  out.project = bug.product;
  out.component = bug.component;
  out.priority = bug.priority;  // `---` is a word like the others: who maps priorities says what it means
  out.status = bug.status;
  out.summary = bug.summary;
  out.description = description_of(bug);
  out.reporter = bugzilla_author(bug.creator, bug, names);
  if (!bugzilla_holder(bug, names).empty()) out.assignee = bugzilla_author(bug.assignee, bug, names);
  out.labels = bug.keywords;
  for (const auto& label : bugzilla_whiteboard_labels(bug.whiteboard)) out.labels.push_back(label);
  out.fields = fields_of(bug, names);
  out.product = fact(out, terms.read.product, bug.product);
  out.type = fact(out, terms.read.type, bugzilla_meaning(bug.type));
  out.version = fact(out, terms.read.version, bug.version);
  out.resolution = fact(out, terms.read.resolution, bugzilla_meaning(bug.resolution));
  out.organisation = fact(out, terms.read.organisation);
  out.channel = fact(out, terms.read.channel);
  out.language = fact(out, terms.read.language);
  out.created = bug.created;
  out.updated = bug.updated;
  out.revision = bugzilla_revision(bug);
  out.internal = is_internal(bug, names);
  out.history_known = bug.has_history && bug.has_comments;
  out.logged_hours = bug.actual_hours;
  out.history = bugzilla_events(bug, names, terms);
  return out;
}

std::map<Slot, Shown> shown_values(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms) {
  std::map<Slot, Shown> shown;
  for (const auto& [slot, name] : terms.write) {
    const auto* field = field_named(names.fields, name);
    const auto held = field == nullptr ? bug.fields.end() : bug.fields.find(field->name);
    if (held == bug.fields.end()) continue;
    const auto values = told(held->second, *field, names);
    Shown value{values.empty() ? std::string() : values.front(), {}};
    if (field->type == BugzillaFieldType::date_time) value.instant = instant_from_iso(value.text);
    shown[slot] = std::move(value);
  }
  return shown;
}

Fetched fetched_bug(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms) {
  Fetched fetched{neutral_issue(bug, names, terms), shown_values(bug, names, terms), {}};
  if (!fetched.issue.assignee && !bug.assignee.login.empty())
    fetched.default_assignee = bugzilla_author(bug.assignee, bug, names);
  for (const auto& person : bug.cc) fetched.copied.push_back(bugzilla_author(person, bug, names));
  auto flags = bug.flags;
  std::sort(flags.begin(), flags.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  for (const auto& flag : flags)
    for (const auto& name : terms.flags)
      if (same_name(flag.name, name)) fetched.flags[name] = flag.status;
  for (const auto& [slot, shown] : fetched.shown)
    if (is_date_time(terms.write.at(slot), names)) fetched.date_time_slots.insert(slot);
  return fetched;
}

Revision bugzilla_revision(const BugzillaBug& bug) {
  std::vector<std::string> lists = bug.keywords;
  const auto add = [&](const char* what, const std::string& value) { lists.push_back(what + value); };
  for (const auto& link : bug.see_also) add("see also ", link);
  for (const auto& group : bug.groups) add("group ", group);
  for (const auto& person : bug.cc) add("cc ", person.login);
  for (const auto& flag : bug.flags) add("flag ", bugzilla_digest({std::to_string(flag.id), flag.name, flag.status}));
  for (const auto& [name, values] : bug.fields)
    for (const auto& value : values) add("field ", bugzilla_digest({name, value}));
  for (const auto& comment : bug.comments)
    if (comment.is_private) add("private ", std::to_string(comment.id));
  std::sort(lists.begin(), lists.end());  // the server keeps no order in them
  std::vector<std::string> parts{bug.product,    bug.component, bug.version,    bug.type,     bug.status,
                                 bug.resolution, bug.priority,  bug.severity,   bug.platform, bug.op_sys,
                                 bug.milestone,  bug.summary,   bug.whiteboard, bug.url,      bug.assignee.login};
  parts.insert(parts.end(), lists.begin(), lists.end());
  return {to_iso(bug.updated) + "/" + std::to_string(bug.comments.size()) + "/" + bugzilla_digest(parts)};
}

}  // namespace cb
