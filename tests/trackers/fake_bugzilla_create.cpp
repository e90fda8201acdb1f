// POST /bug: what must be given, what it becomes when left out, what is refused.
#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_bugs.hpp"
#include "tests/trackers/fake_bugzilla_edit.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"

namespace cb::fake_bugzilla {

namespace {

// Unlike an update, a new bug takes no member that Bugzilla does not know (046).
void check_names(const Call& call) {
  static const std::set<std::string> k_known{"alias",
                                             "assigned_to",
                                             "cc",
                                             "comment_is_private",
                                             "comment_tags",
                                             "depends_on",
                                             "blocks",
                                             "description",
                                             "flags",
                                             "groups",
                                             "keywords",
                                             "qa_contact",
                                             "is_markdown",
                                             "api_key",
                                             "login",
                                             "password",
                                             "token",
                                             "Bugzilla_api_key",
                                             "estimated_time",
                                             "remaining_time",
                                             "see_also",
                                             "is_private",
                                             "dupe_of",
                                             "is_creator_accessible",
                                             "is_cc_accessible"};
  for (const auto& [name, value] : call.params.items()) {
    const auto* field = field_by_name(call.state, name);
    const bool is_column = column(name) && (name != "type" || is_harmony(call.state));
    if (k_known.count(name) || is_column || (field && !field->is_obsolete)) continue;
    refuse(53, name + " is not a valid parameter for the Bugzilla::Bug::create function.");
  }
}

std::string needed_choice(const Call& call, const char* name, const std::vector<std::string>& names, const char* label,
                          const std::string& otherwise = "") {
  const auto given = call.text(name);
  return choice(names, label, given.empty() ? otherwise : given);
}

template <class Row>
const Row& needed_part(const std::vector<Row>& rows, const std::string& name, int code, const char* what) {
  for (const auto& row : rows)
    if (same_name(row.name, name)) return row;
  if (name.empty()) refuse(code, "You must select/enter a " + std::string(what) + ".");
  refuse(51, "There is no " + std::string(what) + " named '" + name + "'.");
}

std::string first_status(const Call& call) {
  const auto given = call.text("status");
  const bool may_confirm = in_group(call.user, "editbugs") || in_group(call.user, "canconfirm");
  if (given.empty() || !may_confirm) return may_confirm ? "CONFIRMED" : "UNCONFIRMED";
  const auto* status = status_by_name(call.state, given);
  if (!status) refuse(51, "There is no status named '" + given + "'.");
  const auto& allowed = call.state.first_statuses;
  if (std::find(allowed.begin(), allowed.end(), status->name) == allowed.end())
    refuse(123, "You are not allowed to file new bugs with the " + status->name + " status.");
  return status->name;
}

Bug columns_of(const Call& call, const Product& product) {
  const auto& state = call.state;
  Bug bug;
  bug.system = needed_choice(call, "op_sys", state.systems, "OS");
  bug.platform = needed_choice(call, "platform", state.platforms, "Platform");
  bug.priority = needed_choice(call, "priority", state.priorities, "Priority", state.settings.default_priority);
  bug.severity = needed_choice(call, "severity", state.severities, "Severity", state.settings.default_severity);
  const auto& component = needed_part(product.components, call.text("component"), 105, "Component");
  bug.component = component.name;
  bug.version = needed_part(product.versions, call.text("version"), 50, "Version").name;
  bug.milestone = product.default_milestone;
  if (call.has("target_milestone"))
    bug.milestone = needed_part(product.milestones, call.text("target_milestone"), 50, "Milestone").name;
  bug.summary = trimmed(call.text("summary"));
  if (bug.summary.empty()) refuse(107, "You must enter a summary for this bug.");
  checked_free_text("Summary", bug.summary, 255);
  bug.product = product.name;
  bug.groups = product.groups;
  bug.whiteboard = trimmed(call.text("whiteboard"));
  bug.url = trimmed(call.text("url"));
  bug.deadline = call.text("deadline");
  if (is_harmony(state) && call.has("type")) bug.kind = call.text("type");
  if (call.has("alias")) bug.aliases = call.list("alias");
  bug.status = first_status(call);
  bug.is_confirmed = bug.status != "UNCONFIRMED";
  bug.reporter = call.user->id;
  const auto assignee = call.text("assigned_to");
  bug.assignee = existing_user(state, assignee.empty() ? component.assignee : assignee).id;
  bug.created = bug.changed = call.now;
  return bug;
}

// What belongs to the new bug from the start is no history.
void set_start(Edit& edit, const Call& call) {
  for (const auto& login : call.list("cc")) add_person_in_copy(edit, existing_user(edit.state, login).id);
  if (call.has("keywords")) set_keywords(edit, {{"add", call.params["keywords"]}});
  if (call.has("groups")) set_groups(edit, {{"add", call.params["groups"]}});
  if (call.has("see_also")) set_see_also(edit, {{"add", call.params["see_also"]}});
  if (call.has("depends_on"))
    set_links(edit, "depends_on", &Bug::depends_on, &Bug::blocks, {{"add", call.params["depends_on"]}});
  if (call.has("blocks")) set_links(edit, "blocks", &Bug::blocks, &Bug::depends_on, {{"add", call.params["blocks"]}});
  for (const auto& field : edit.state.fields)
    if (call.has(field.name.c_str())) set_custom(edit, field, call.params[field.name]);
  edit.bug.history.clear();
}

}  // namespace

Json create_bug(const Call& call) {
  check_names(call);
  const auto* product = product_by_name(call.state, call.text("product"));
  if (!product)
    refuse(106, "Sorry, either the product " + call.text("product") +
                    " does not exist or you aren't authorized to enter a bug into it.");
  const auto columns = columns_of(call, *product);
  Transaction transaction(call.state);
  auto& bug = transaction.add(columns);
  Edit edit{call.state, transaction, *call.user, call.now, bug};
  // The reporter may set what he likes at the start.
  set_start(edit, call);
  add_comment(edit, call.text("description"), call.flag("comment_is_private"));
  if (bug.comments.empty()) bug.comments.push_back({++call.state.last_comment, call.user->id, call.now, "", false});
  if (call.has("flags")) set_flags(edit, call.params["flags"]);
  edit.finish();
  transaction.commit();
  return {{"id", bug.id}};
}

}  // namespace cb::fake_bugzilla
