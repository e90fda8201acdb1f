#include "bridge/sync/people.hpp"

#include <algorithm>

#include "bridge/sync/comments.hpp"
#include "bridge/sync/staff_notes.hpp"

namespace cb {

namespace {

PersonRef person_of(const std::string& id, const std::string& tracker, const ContractBook& book) {
  for (const auto& member : book.staff) {
    if (member.id != id) continue;
    const auto login = member.logins.find(tracker);
    return {login == member.logins.end() ? "" : login->second, "", member.name};
  }
  return {};
}

bool was_ever_assigned(const Issue& issue) {
  return issue.assignee || std::any_of(issue.history.begin(), issue.history.end(), [](const Event& event) {
           return std::any_of(event.changes.begin(), event.changes.end(),
                              [](const FieldChange& change) { return change.what == Attribute::assignee; });
         });
}

}  // namespace

std::vector<PersonRef> consultants(const ContractBook& book, const std::string& tracker) {
  std::vector<PersonRef> all;
  for (const auto& customer : book.customers) {
    if (!customer.consultant.empty()) all.push_back(person_of(customer.consultant, tracker, book));
  }
  return all;
}

void plan_people(Changes& changes, const Decision& decision, const Fetched& fetched, const PlanTerms& terms) {
  const auto& issue = fetched.issue;
  const auto& tracker = issue.key.tracker;
  if (terms.write.assign_consultant && terms.capabilities.assign && is_open(decision) && issue.history_known &&
      !decision.consultant.empty() && !was_ever_assigned(issue)) {
    auto consultant = person_of(decision.consultant, tracker, terms.book);
    const bool has_it = fetched.default_assignee && is_person(consultant, *fetched.default_assignee);
    if (!has_it) changes.assign = std::move(consultant);
  }
  if (!terms.write.copy_escalation || !terms.capabilities.copy) return;
  const auto reference = reference_of(issue.key, escalation_cause(decision.escalation), cycle_of(decision));
  const bool called_now = std::any_of(changes.comments.begin(), changes.comments.end(),
                                      [&](const NewComment& comment) { return comment.reference == reference; });
  if (!called_now) return;
  for (const auto& id : decision.escalation.watching) {
    auto person = person_of(id, tracker, terms.book);
    const bool has_it = issue.assignee && is_person(person, *issue.assignee);
    if (!person.empty() && !has_it) changes.copy.push_back(std::move(person));
  }
}

}  // namespace cb
