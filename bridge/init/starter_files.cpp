#include "bridge/init/starter_files.hpp"

#include <algorithm>

#include "bridge/init/known_words.hpp"
#include "bridge/init/proposal_yaml.hpp"
#include "bridge/init/yaml_word.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

std::string calendars_yaml(const Proposal& proposal) {
  const auto zone = proposal.zone_is_proved ? proposal.target.server_timezone : std::string("UTC");
  return "# When people work. A target of `8h` is eight hours of open time of a plan's calendar; `2bd` is by closing "
         "of the\n"
         "# second business day after the day of receipt.\n"
         "calendars:\n"
         "  office:\n"
         "    timezone: " +
         yaml_word(zone) +
         "   # please check: where your office is, as Europe/Prague\n"
         "    # A day or a range of days; a break is a gap between two. A day that is not named is closed.\n"
         "    hours: { mon-fri: [\"09:00-17:00\"] }\n"
         "    # holidays: [ours]\n"
         "  # round-the-clock: { timezone: UTC, hours: always }\n"
         "\n"
         "# Days that are closed; `ics: FILE` reads an iCalendar file beside this one.\n"
         "# holidays:\n"
         "#   ours: { dates: [2026-12-24, 2026-12-25, 2026-12-26, 2027-01-01] }\n";
}

// Targets only for priorities that the tracker has.
std::string targets(const Proposal& proposal) {
  const auto has = [&](Priority priority) { return proposal.priorities.count(priority) > 0; };
  std::string out;
  if (has(Priority::urgent)) out += "      urgent: { first_response: 2h, resolution: 2bd }\n";
  if (has(Priority::high)) out += "      high: { first_response: 4h, resolution: 5bd }\n";
  return out + "      otherwise: { first_response: 1bd }\n";
}

std::string plans_yaml(const Proposal& proposal) {
  return "# The price list: what each support plan covers, promises and counts. An example; put your own in its "
         "place.\n"
         "# covers: who pays, by category of classification.yaml: free (nobody), included (the plan pays), pool (one "
         "of\n"
         "#   the plan's requests), paid (the customer orders), refuse (not served)\n"
         "# targets: by priority. 30m and 8h are open time of the calendar, 0bd is by closing of the day of receipt.\n"
         "plans:\n"
         "  standard:\n"
         "    rank: 1   # of two contracts for a product the higher rank serves\n"
         "    title: { en: Standard support }\n"
         "    calendar: office\n"
         "    covers: { defect: free, update: included, consultation: pool, otherwise: paid }\n"
         "    pool: { requests: 5, per: contract_year, when_empty: paid }\n"
         "    targets:\n" +
         targets(proposal) +
         "    warn_at: [75%]   # the share of a target at which staff are told that it is at risk\n"
         "\n"
         "# Who has no contract that covers the issue.\n"
         "without_contract:\n"
         "  covers: { defect: free, otherwise: paid }\n"
         "  calendar: office\n"
         "  targets: { otherwise: { first_response: 2bd } }\n";
}

std::string contracts_yaml() {
  return "# Who bought what. Dates are whole days of the customer's time zone, first and last day included.\n"
         "# With many customers, make a folder contracts/ with a file for each.\n"
         "customers:\n"
         "  example:   # please replace\n"
         "    name: Example Ltd\n"
         "    language: en\n"
         "    timezone: UTC\n"
         "    # How an issue is known to be theirs: e-mail domains, single addresses, projects, values of the "
         "customer\n"
         "    # field. Nobody else may claim the same.\n"
         "    match: { domains: [customer.example] }\n"
         "    contacts:\n"
         "      - { address: jan@customer.example, name: Jan, may: [order] }\n"
         "    contracts:\n"
         "      - { id: EXAMPLE-1, plan: standard, from: 2026-01-01 }   # until: open-ended\n"
         "\n"
         "# Your people, by an id of yours, with their login by tracker name:\n"
         "# staff:\n"
         "#   alena: { name: Alena, support: alena.k }\n";
}

const FieldBinding* bound_as(const Proposal& proposal, const std::string& key) {
  const auto found = std::find_if(proposal.bound.begin(), proposal.bound.end(),
                                  [&](const auto& binding) { return binding.section == "read" && binding.key == key; });
  return found == proposal.bound.end() ? nullptr : &*found;
}

// The categories that issue types of known names claim, and the types of other names.
struct ClaimedByType {
  std::map<std::string, std::vector<std::string>> types;
  std::vector<std::string> others;
};

ClaimedByType claimed_by_type(const Proposal& proposal) {
  ClaimedByType out;
  for (const auto& type : proposal.types) {
    const auto category = known_category(type);
    if (!trimmed(type).empty()) (category ? out.types[*category] : out.others).push_back(type);
  }
  return out;
}

// By issue type, where the tracker has types with known names. Bugzilla has severities, others have words.
std::string rules(const ClaimedByType& claimed, TrackerKind kind) {
  std::string out;
  for (const auto& [category, words] : claimed.types) {
    out.append("  - { id: ").append(category).append(", when: { type: ").append(yaml_list(words));
    out.append(" }, category: ").append(category).append(" }\n");
  }
  if (claimed.types.empty() && kind == TrackerKind::bugzilla)
    out += "  - { id: enhancement, when: { field: { severity: enhancement } }, category: feature }\n";
  if (claimed.types.empty() && kind != TrackerKind::bugzilla)
    out += "  - { id: question, when: { text: question }, category: consultation }\n";
  if (!claimed.others.empty())
    out += "  # please check: which category do these types claim? " + yaml_list(claimed.others) + "\n";
  return out;
}

std::string established(const Proposal& proposal) {
  const auto* category = bound_as(proposal, "category");
  const std::string name = category != nullptr ? yaml_word(category->field) : "NAME";
  const std::string mark = category != nullptr ? "" : "# ";
  return mark + "established:   # what staff found; wins as soon as one matches\n" + mark +
         "  - { id: staff-field, when: { field: { " + name + ": any } }, category: from_field }\n\n";
}

std::string classification_yaml(const Proposal& proposal) {
  const auto claimed = claimed_by_type(proposal);
  const bool by_words = claimed.types.empty() && proposal.target.kind != TrackerKind::bugzilla;
  std::string out =
      "# What kind of request an issue is; plans say who pays for each category.\n"
      "# In `when` every key must hold; a list means any of its values; any:, all: and not: nest.\n"
      "categories: [defect, consultation, feature, update]\n"
      "\n"
      "rules:   # what the issue claims to be; the first match wins\n" +
      rules(claimed, proposal.target.kind) + "unmatched: " + (claimed.types.empty() ? "defect" : "undecided") +
      "   # a category, or undecided: then staff say what it is\n\n" + established(proposal);
  if (by_words)
    out +=
        "text:   # word lists: stems match at the start of a word\n  question: { en: [how to, how do, question] }\n\n";
  out += "# Word lists for urgency are built in; a justification silences the advice about priorities.\n";
  if (const auto* justification = bound_as(proposal, "justification"))
    out += "urgency:\n  justification: { field: " + yaml_word(justification->field) + " }\n";
  return out;
}

}  // namespace

std::vector<StarterFile> starter_files(const Proposal& proposal) {
  return {{"bridge.yaml", bridge_yaml(proposal)},
          {"calendars.yaml", calendars_yaml(proposal)},
          {"plans.yaml", plans_yaml(proposal)},
          {"contracts.yaml", contracts_yaml()},
          {"classification.yaml", classification_yaml(proposal)}};
}

const std::vector<std::string>& starter_names() {
  static const std::vector<std::string> names{"bridge.yaml", "calendars.yaml", "plans.yaml", "contracts.yaml",
                                              "classification.yaml"};
  return names;
}

}  // namespace cb
