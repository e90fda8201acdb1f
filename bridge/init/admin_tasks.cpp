#include "bridge/init/admin_tasks.hpp"

#include "bridge/init/yaml_word.hpp"
#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

// Words that were not recognised, for a person to look at.
std::optional<AdminTask> doubtful_words(const Proposal& proposal) {
  AdminTask task{"Look at these words, whose meaning is a guess (`# please check` in the file)", {}};
  for (const auto& [phase, words] : proposal.statuses) {
    for (const auto& word : words)
      if (!word.sure) task.steps.push_back("status " + ticked(word.word) + ": " + to_text(phase));
  }
  for (const auto& [priority, words] : proposal.priorities) {
    for (const auto& word : words)
      if (!word.sure) task.steps.push_back("priority " + ticked(word.word) + ": " + to_text(priority));
  }
  if (!proposal.staff_is_sure) {
    const auto& domains = proposal.staff.domains;
    task.steps.push_back(domains.empty()
                             ? "staff: nothing shows who they are; name roles, groups, logins or domains under `staff`"
                             : "staff: everybody of " + domains.front() + ", the domain of the bridge's account");
  }
  if (task.steps.empty()) return std::nullopt;
  return task;
}

std::optional<AdminTask> overwritten_fields(const Proposal& proposal) {
  std::string names;
  for (const auto& binding : proposal.bound) {
    if (binding.section == "write") names += (names.empty() ? "" : ", ") + ticked(binding.field);
  }
  if (names.empty()) return std::nullopt;
  return AdminTask{"Make sure that nobody else uses the fields that the bridge would write",
                   {names + " exist already; what stands in them is replaced on every issue that the bridge decides. "
                            "`contract-bridge once --dry-run` shows it before"}};
}

std::vector<AdminTask> tasks_of_kind(const Proposal& proposal, const Survey& survey) {
  switch (proposal.target.kind) {
    case TrackerKind::jira:
      return jira_tasks(proposal);
    case TrackerKind::bugzilla:
      return bugzilla_tasks(proposal, survey);
    case TrackerKind::redmine:
      break;
  }
  return redmine_tasks(proposal);
}

// Of a Jira only fields can be made over the API, and only with an administrator's key.
std::string heading(const Proposal& proposal) {
  const auto& kind = proposal.target.kind;
  const std::string why = kind == TrackerKind::jira ? "" : ", because its API cannot";
  return "To do by hand in " + display_name(kind) + why + "; then run `init " + to_text(kind) +
         "` again, which binds what exists by then.\n";
}

}  // namespace

std::string field_line(const MissingField& field) {
  std::string text = ticked(field.binding.field) + ": " + field.type;
  for (std::size_t i = 0; i < field.values.size(); ++i) text += (i == 0 ? " with the values " : ", ") + field.values[i];
  return text + "; " + field.use + (field.filled_by_bridge ? " (written by the bridge)" : "");
}

std::vector<AdminTask> admin_tasks(const Proposal& proposal, const Survey& survey) {
  std::vector<AdminTask> tasks;
  if (!proposal.problems.empty()) tasks.push_back({"Mend what keeps the bridge from working", proposal.problems});
  auto more = tasks_of_kind(proposal, survey);
  for (auto& task : more) tasks.push_back(std::move(task));
  if (!proposal.remarks.empty()) tasks.push_back({"Know why these are not used", proposal.remarks});
  if (auto task = overwritten_fields(proposal)) tasks.push_back(*std::move(task));
  if (auto task = doubtful_words(proposal)) tasks.push_back(*std::move(task));
  return tasks;
}

std::string tasks_text(const Proposal& proposal) {
  if (proposal.tasks.empty()) return {};
  auto text = heading(proposal);
  int number = 0;
  for (const auto& task : proposal.tasks) {
    text += "\n" + std::to_string(++number) + ". " + comment_words(task.title) + "\n";
    for (const auto& step : task.steps) text += "   - " + comment_words(step) + "\n";
  }
  if (!proposal.notes.empty()) text += "\nFound out:\n";
  for (const auto& note : proposal.notes) text += "   - " + comment_words(note) + "\n";
  return text;
}

}  // namespace cb
