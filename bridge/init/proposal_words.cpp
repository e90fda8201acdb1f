#include "bridge/init/proposal_words.hpp"

#include <algorithm>
#include <set>

#include "bridge/init/known_words.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

bool is_open_phase(Phase phase) {
  return phase != Phase::resolved && phase != Phase::closed && phase != Phase::withdrawn;
}

// Where the tracker tells which statuses end an issue, its word counts more than a name.
std::pair<Phase, bool> phase_of(const std::string& status, const Survey& survey) {
  const auto known = known_phase(status);
  if (survey.closed_statuses.empty()) return {known.value_or(Phase::waiting_for_us), known.has_value()};
  const bool ends = contains_name(survey.closed_statuses, status);
  if (!known) return {ends ? Phase::closed : Phase::waiting_for_us, false};
  if (ends && is_open_phase(*known)) return {Phase::closed, false};
  if (!ends && (*known == Phase::closed || *known == Phase::withdrawn)) return {*known, false};
  return {*known, true};
}

// A status that ends an issue for a reason that makes it nobody's work: `RESOLVED DUPLICATE`. Also once it is verified,
// or a duplicate would count again from then on.
void add_withdrawn(const Survey& survey, std::set<std::string>& seen, Proposal& proposal) {
  if (proposal.target.kind == TrackerKind::redmine) return;
  std::vector<MappedWord> withdrawn;
  for (const auto& [phase, statuses] : proposal.statuses) {
    if (phase != Phase::resolved && phase != Phase::closed) continue;
    for (const auto& status : statuses) {
      for (const auto& resolution : survey.resolutions) {
        const auto word = status.word + " " + resolution;
        if (!status.sure || !is_withdrawing_resolution(resolution) || !seen.insert(folded(word)).second) continue;
        withdrawn.push_back({word, true});
      }
    }
  }
  if (withdrawn.empty()) return;
  auto& all = proposal.statuses[Phase::withdrawn];
  all.insert(all.end(), withdrawn.begin(), withdrawn.end());
}

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (!trimmed(word).empty() && !contains_name(words, word)) words.push_back(word);
}

std::string domain_of(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? "" : address.substr(at + 1);
}

}  // namespace

void propose_statuses(const Survey& survey, Proposal& proposal) {
  std::set<std::string> seen;
  for (const auto& status : survey.statuses) {
    if (trimmed(status).empty()) {
      proposal.remarks.emplace_back("a status without a name is left out");
      continue;
    }
    if (!seen.insert(folded(status)).second) continue;  // two that differ in case only are one word
    const auto [phase, sure] = phase_of(status, survey);
    proposal.statuses[phase].push_back({status, sure});
  }
  add_withdrawn(survey, seen, proposal);
}

void propose_priorities(const Survey& survey, Proposal& proposal) {
  std::set<std::string> seen;
  for (const auto& word : survey.priorities) {
    if (trimmed(word).empty() || !seen.insert(folded(word)).second) continue;
    const auto known = known_priority(word);
    proposal.priorities[known.value_or(Priority::normal)].push_back({word, known.has_value()});
  }
}

void propose_staff(const Survey& survey, Proposal& proposal) {
  const auto& account = survey.identity.account;
  for (const auto& role : survey.roles) {
    // What a Jira Cloud calls an account that is a program, such as its own automation.
    if (proposal.target.kind == TrackerKind::jira && same_name(role, "app")) {
      add_once(proposal.bots.roles, role);
      continue;
    }
    const auto membership = known_role(role);
    if (membership == Membership::staff) add_once(proposal.staff.roles, role);
    if (membership == Membership::unknown) add_once(proposal.other_roles, role);
  }
  add_once(proposal.staff.groups, survey.insider_group);
  for (const auto& group : survey.groups) {
    if (contains_name(proposal.staff.groups, group)) continue;
    const bool bugzilla_insiders = !survey.insider_group.empty();
    add_once(is_staff_group(group) && !bugzilla_insiders ? proposal.staff.groups : proposal.other_groups, group);
  }
  if (!proposal.staff.roles.empty() || !proposal.staff.groups.empty()) return;
  proposal.staff_is_sure = false;
  const auto domain = domain_of(account.address.empty() ? account.login : account.address);
  add_once(proposal.staff.domains, domain);
}

}  // namespace cb
