#include "bridge/init/admin_tasks.hpp"
#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

std::optional<AdminTask> redmine_field_task(const Proposal& proposal, bool recommended) {
  AdminTask task{recommended ? "Custom fields (Administration, Custom fields, New custom field, Issues)"
                             : "Custom fields that you may want",
                 {}};
  bool written = false;
  bool read = false;
  for (const auto& field : proposal.missing) {
    if (field.recommended != recommended) continue;
    task.steps.push_back(field_line(field));
    (field.filled_by_bridge ? written : read) = true;
  }
  if (task.steps.empty()) return std::nullopt;
  if (!recommended) return task;
  task.steps.emplace_back(
      "tick the trackers and projects that are served (or `For all projects`), leave `Required` unticked; customers "
      "see "
      "a field while `Visible` is `to any users`");
  if (written)
    task.steps.emplace_back(
        "Administration, Workflow, Fields permissions: make what the bridge writes read-only for all roles but the "
        "bridge's");
  if (read)
    task.steps.emplace_back(
        "likewise make what staff fill in read-only for the customers' roles, also in new issues: what a customer "
        "fills "
        "in when he registers counts");
  return task;
}

std::optional<AdminTask> label_task(const Proposal& proposal) {
  if (proposal.missing_labels.empty()) return std::nullopt;
  std::string values;
  for (const auto& [state, label] : proposal.missing_labels) values += (values.empty() ? "" : ", ") + ticked(label);
  if (proposal.label_field.empty()) {
    return AdminTask{"A field for labels, if you want them: Redmine has none of its own",
                     {"format List, name `Labels`, with `Multiple values` ticked and the value " + values +
                      ": set while a promise is broken"}};
  }
  return AdminTask{"The list of the field " + ticked(proposal.label_field),
                   {"add the value " + values +
                    ", if it is not there: this account may not see the list, or it lacks "
                    "it; a label that the list lacks makes Redmine refuse the whole write"}};
}

}  // namespace

std::vector<AdminTask> redmine_tasks(const Proposal& proposal) {
  std::vector<AdminTask> tasks;
  for (auto& task : {redmine_field_task(proposal, true), label_task(proposal), redmine_field_task(proposal, false)}) {
    if (task) tasks.push_back(*task);
  }
  const bool lacks_rights = !proposal.problems.empty() || !proposal.internal_comments;
  if (lacks_rights) {
    tasks.push_back({"The role of the bridge's account (Administration, Roles and permissions)",
                     {"a role of its own with View Issues (all issues), Edit issues, Add notes, Edit own notes, View "
                      "private notes, Set notes as private; View watchers list and Add watchers to put people in copy; "
                      "View spent time for budgets of hours",
                      "make " + ticked(proposal.account) + " a member with it in every project that is served"}});
  }
  return tasks;
}

}  // namespace cb
