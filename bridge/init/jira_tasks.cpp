#include <algorithm>

#include "bridge/init/admin_tasks.hpp"
#include "bridge/init/field_wants.hpp"
#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

// What the account may do is seen only in part, so that the rights are listed wherever one is known to be missing.
std::optional<AdminTask> account_task(const Proposal& proposal) {
  AdminTask task{"The bridge's account " + ticked(proposal.account), {}};
  if (!proposal.problems.empty() || !proposal.internal_comments) {
    task.steps = {
        "an account of its own, with nobody's mail and no administrator's rights; on Cloud its API token (its account "
        "settings, Security, API tokens) with its e-mail address as `login`, on Data Center its personal access token "
        "(its profile, Personal Access Tokens) without a `login`",
        "in the permission scheme of the projects that are served (Project settings, Permissions): Browse Projects, "
        "Edit Issues, Add Comments, Delete Own Comments (for a note that came out public); Assign Issues for `assign`, "
        "View Voters and Watchers and Manage "
        "Watcher List for `copy`, Transition Issues for `transitions`, Link Issues for links to the bridge's pages"};
  }
  if (!proposal.internal_comments)
    task.steps.emplace_back(
        "in service projects it needs an agent's licence and the role Service Desk Team: without them no internal "
        "comment is written, because it would be public");
  if (!proposal.quiet_writes)
    task.steps.emplace_back(
        "Administer Projects, if its edits of fields are to mail nobody: only a project's administrator may ask for "
        "that; comments and changes of status mail in any case");
  if (task.steps.empty()) return std::nullopt;
  return task;
}

std::optional<AdminTask> jira_field_task(const Proposal& proposal, bool recommended) {
  AdminTask task{recommended
                     ? "Custom fields (Administration, Issues, Custom fields), or run init with --create and an "
                       "administrator's key, which makes those that the API can"
                     : "Custom fields that you may want",
                 {}};
  for (const auto& field : proposal.missing) {
    if (field.recommended == recommended) task.steps.push_back(field_line(field));
  }
  if (task.steps.empty()) return std::nullopt;
  return task;
}

bool has_fields(const Proposal& proposal, const std::string& section) {
  return std::any_of(proposal.bound.begin(), proposal.bound.end(),
                     [&](const FieldBinding& each) { return each.section == section; }) ||
         std::any_of(proposal.missing.begin(), proposal.missing.end(),
                     [&](const MissingField& each) { return each.binding.section == section && each.recommended; });
}

// Not to be seen over the API with this account, so it is said each time.
std::optional<AdminTask> screen_task(const Proposal& proposal) {
  const bool written = has_fields(proposal, "write");
  if (!written && !has_fields(proposal, "read")) return std::nullopt;
  AdminTask task{
      "Make sure that these custom fields can be used where they are wanted",
      {"context (Administration, Issues, Custom fields, the field, Contexts): it holds the projects that are served, "
       "and a list has its values there",
       "screens (Data Center, and company-managed projects on Cloud): they are on the view and edit screens of the "
       "issue types that are served; team-managed projects: they are added to each issue type"}};
  if (written)
    task.steps.emplace_back(
        "request types of service projects (Project settings, Request types): leave what the bridge writes out of the "
        "portal's forms, or customers fill it in; it is never evidence, and the bridge puts its own back");
  return task;
}

}  // namespace

std::vector<AdminTask> jira_tasks(const Proposal& proposal) {
  std::vector<AdminTask> tasks;
  for (auto& task : {account_task(proposal), jira_field_task(proposal, true), screen_task(proposal),
                     jira_field_task(proposal, false)}) {
    if (task) tasks.push_back(*task);
  }
  return tasks;
}

}  // namespace cb
