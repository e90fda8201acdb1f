#include <algorithm>

#include "bridge/init/admin_tasks.hpp"
#include "bridge/settings/problem.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

std::string insiders(const Survey& survey) {
  return survey.insider_group.empty() ? "the insider group (Administration, Parameters, Group Security, insidergroup)"
                                      : "the insider group " + ticked(survey.insider_group);
}

// Groups of an account are shown to itself; none at all means that they were not seen.
void add_groups(const Survey& survey, std::vector<std::string>& steps, bool internal_comments) {
  const auto& groups = survey.identity.account.groups;
  const auto lacks = [&](const std::string& group) { return !contains_name(groups, group); };
  if (lacks("editbugs"))
    steps.emplace_back("tick `editbugs`: without it fields of others' bugs cannot be written (115)");
  if (lacks("canconfirm")) steps.emplace_back("tick `canconfirm`");
  const bool insider = !survey.insider_group.empty() && !lacks(survey.insider_group);
  if (!insider && !internal_comments)
    steps.push_back("tick " + insiders(survey) + ": without it notes for staff are neither read nor written");
}

AdminTask account_task(const Proposal& proposal, const Survey& survey) {
  AdminTask task{
      "The bridge's account " + ticked(proposal.account) + " (Administration, Users, Edit User, Group access)", {}};
  add_groups(survey, task.steps, proposal.internal_comments);
  if (!proposal.staff.groups.empty() && !contains_name(survey.identity.account.groups, "editusers")) {
    task.steps.push_back("let it see who is in " + ticked(proposal.staff.groups.front()) +
                         ": tick `Can turn these bits on for other users` for that group, because Bugzilla shows the "
                         "groups of others only to those who may give them; or name `domains` under `staff` instead");
  }
  return task;
}

std::optional<AdminTask> insider_task(const Survey& survey, const Proposal& proposal) {
  if (!survey.insider_group.empty() || proposal.internal_comments) return std::nullopt;
  return AdminTask{"An insider group, so that comments can be private",
                   {"Administration, Groups, Add Group: `staff`, with everybody who supports customers in it",
                    "Administration, Parameters, Group Security: set insidergroup to it (it may be set already: this "
                    "account is not shown it)"}};
}

std::optional<AdminTask> bugzilla_field_task(const Proposal& proposal, bool recommended) {
  AdminTask task{recommended ? "Custom fields (Administration, Custom Fields, Add a new custom field)"
                             : "Custom fields that you may want",
                 {}};
  for (const auto& field : proposal.missing) {
    if (field.recommended == recommended) task.steps.push_back(field_line(field));
  }
  if (task.steps.empty()) return std::nullopt;
  if (recommended) {
    task.steps.emplace_back(
        "leave `Can be set on bug creation` and `Is mandatory` unticked; the values of a Drop Down are added under "
        "Administration, Field Values once it exists, and `---` stands for none");
    task.steps.emplace_back(
        "the reporter of a bug may edit every custom field of his own bug, and Bugzilla cannot forbid it: nothing in "
        "these fields is evidence, and the bridge puts its own back");
  }
  return task;
}

std::optional<AdminTask> keyword_task(const Proposal& proposal) {
  AdminTask task{"Keywords (Administration, Keywords, Add a new keyword)", {}};
  for (const auto& [state, label] : proposal.missing_labels)
    task.steps.push_back(ticked(label) + ": set while the state is " + state + "; or write " +
                         ticked("[" + label + "]") +
                         " under `labels`, which is a token in the whiteboard and needs no keyword");
  if (task.steps.empty()) return std::nullopt;
  return task;
}

std::optional<AdminTask> flag_task(const Proposal& proposal, const Survey& survey) {
  if (!proposal.missing_flag) return std::nullopt;
  const auto group =
      survey.insider_group.empty() ? std::string("the group of your staff") : ticked(survey.insider_group);
  return AdminTask{
      "Flag type (Administration, Flags, Create Flag Type for Bugs)",
      {"name `entitled`: + is entitled, - is not, ? is undecided; Include the products that are served",
       "tick `active` and `requestable`, untick `specifically requestable` and `multiplicable`",
       "Grant Group: " + group + ", with the bridge's account in it; with no group everybody may grant it to himself"}};
}

}  // namespace

std::vector<AdminTask> bugzilla_tasks(const Proposal& proposal, const Survey& survey) {
  std::vector<AdminTask> tasks;
  if (auto task = account_task(proposal, survey); !task.steps.empty()) tasks.push_back(std::move(task));
  for (auto& task : {insider_task(survey, proposal), bugzilla_field_task(proposal, true), keyword_task(proposal),
                     flag_task(proposal, survey), bugzilla_field_task(proposal, false)}) {
    if (task) tasks.push_back(*task);
  }
  return tasks;
}

}  // namespace cb
