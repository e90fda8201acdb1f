#include "bridge/init/proposal.hpp"

#include <algorithm>

#include "bridge/init/admin_tasks.hpp"
#include "bridge/init/field_wants.hpp"
#include "bridge/init/known_words.hpp"
#include "bridge/init/proposal_fields.hpp"
#include "bridge/init/proposal_words.hpp"
#include "bridge/settings/problem.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const char* k_flag = "entitled";
const char* k_property = "contract-bridge";

struct LabelWant {
  const char* key;
  const char* label;  // to be created
  std::vector<std::string> names;
  bool recommended;
};

const std::vector<LabelWant>& written_labels() {
  static const std::vector<LabelWant> wants{{"breached", "sla-breached", {"sla breached", "sla breach"}, true},
                                            {"at_risk", "sla-at-risk", {"sla at risk", "sla risk"}, false},
                                            {"closed_without_confirmation",
                                             "unconfirmed-close",
                                             {"unconfirmed close", "closed without confirmation"},
                                             false}};
  return wants;
}

const std::vector<LabelWant>& found_labels() {
  static const std::vector<LabelWant> wants{{"workaround", "workaround", {"workaround", "workaround given"}, false},
                                            {"override", "hold", {"hold", "sla hold"}, false}};
  return wants;
}

std::string label_for(const LabelWant& want, const std::vector<std::string>& known) {
  for (const auto& label : known) {
    const auto name = plain_name(label);
    if (std::find(want.names.begin(), want.names.end(), name) != want.names.end()) return label;
  }
  return {};
}

void bind_labels(const std::vector<LabelWant>& wants, const std::vector<std::string>& known,
                 std::map<std::string, std::string>& bound, std::map<std::string, std::string>& missing) {
  for (const auto& want : wants) {
    const auto label = label_for(want, known);
    if (!label.empty()) {
      bound[want.key] = label;
    } else if (want.recommended) {
      missing[want.key] = want.label;
    }
  }
}

// A list field of Redmine that takes several values.
const FieldInfo* label_field_among(const Survey& survey) {
  static const std::vector<std::string> names{"labels", "label",  "tags",       "stitky",
                                              "метки",  "cimkek", "etiquettes", "etiquetas"};
  for (const auto& field : survey.fields) {
    const bool named = std::find(names.begin(), names.end(), plain_name(field.name)) != names.end();
    if (named && field.multiple && !trimmed(field.name).empty()) return &field;
  }
  return nullptr;
}

// A label that the tracker does not know is refused by it, together with everything else of that write. So only those
// that certainly exist are bound.
void propose_labels(const Survey& survey, Proposal& proposal) {
  std::vector<std::string> known;
  if (proposal.target.kind == TrackerKind::jira && !survey.labels) {
    // A Jira makes a label when somebody sets it.
    for (const auto& want : written_labels())
      if (want.recommended) known.emplace_back(want.label);
  } else if (proposal.target.kind != TrackerKind::redmine) {
    known = survey.labels.value_or(known);
  } else if (const auto* field = label_field_among(survey)) {
    proposal.label_field = field->name;
    known = field->values;
  }
  bind_labels(written_labels(), known, proposal.labels, proposal.missing_labels);
  bind_labels(found_labels(), known, proposal.read_labels, proposal.missing_read_labels);
}

void propose_flag(const Survey& survey, Proposal& proposal) {
  if (proposal.target.kind != TrackerKind::bugzilla) return;
  const auto found =
      std::find_if(survey.flags.begin(), survey.flags.end(), [](const auto& flag) { return same_name(flag, k_flag); });
  if (found != survey.flags.end()) {
    proposal.flags[k_flag] = *found;
  } else {
    proposal.missing_flag = true;
  }
}

// The zone counts as proved when the server showed it by itself. One that was only told is not.
void propose_zone(const Survey& survey, Proposal& proposal) {
  auto& zone = proposal.target.server_timezone;
  proposal.zone_is_proved = !survey.time_zone.empty() && (zone.empty() || zone == survey.time_zone);
  if (zone.empty()) zone = survey.time_zone;
  if (!survey.time_zone.empty() && zone != survey.time_zone)
    proposal.problems.push_back("the server's clock runs as in " + survey.time_zone + ", and not as in " + zone +
                                " (--server-timezone)");
}

std::string account_name(const Author& account) {
  const bool is_number = account.login == account.id && !account.name.empty();  // of an account of Jira Cloud
  if (!account.login.empty() && !is_number) return account.login;
  return account.name.empty() ? account.id : account.name;
}

}  // namespace

Proposal propose(const InitTarget& target, const Survey& survey, const Capabilities& capabilities) {
  Proposal proposal;
  proposal.target = target;
  proposal.version = survey.version;
  proposal.account = account_name(survey.identity.account);
  proposal.visible_projects = survey.projects;
  proposal.types = survey.types;
  proposal.notes = survey.notes;
  proposal.problems = survey.problems;
  if (!survey.identity.may_write && survey.problems.empty())
    proposal.problems.push_back("the account " + ticked(proposal.account) + " may not edit issues");
  proposal.internal_comments = capabilities.private_comments;
  proposal.quiet_writes = capabilities.quiet_writes;
  if (capabilities.record) proposal.property = k_property;
  propose_zone(survey, proposal);
  propose_statuses(survey, proposal);
  propose_priorities(survey, proposal);
  // Not every Bugzilla tells whose a key is, and finding out takes many requests at each start.
  if (target.kind == TrackerKind::bugzilla && target.login.empty())
    proposal.target.login = survey.identity.account.login;
  propose_staff(survey, proposal);
  const bool takes_instants = capabilities.date_time_fields && capabilities.stored_in_zone.empty();
  propose_fields(survey, proposal.zone_is_proved || takes_instants, proposal);
  propose_labels(survey, proposal);
  propose_flag(survey, proposal);
  proposal.tasks = admin_tasks(proposal, survey);
  return proposal;
}

std::string to_text(TrackerKind kind) {
  switch (kind) {
    case TrackerKind::redmine:
      return "redmine";
    case TrackerKind::bugzilla:
      return "bugzilla";
    case TrackerKind::jira:
      break;
  }
  return "jira";
}

std::string display_name(TrackerKind kind) {
  switch (kind) {
    case TrackerKind::redmine:
      return "Redmine";
    case TrackerKind::bugzilla:
      return "Bugzilla";
    case TrackerKind::jira:
      break;
  }
  return "Jira";
}

std::optional<TrackerKind> tracker_kind_from_text(const std::string& text) {
  for (const auto kind : {TrackerKind::redmine, TrackerKind::bugzilla, TrackerKind::jira})
    if (text == to_text(kind)) return kind;
  return {};
}

}  // namespace cb
