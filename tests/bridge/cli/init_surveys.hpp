// What servers of the usual kinds tell about themselves, as values.
#pragma once

#include <string>
#include <vector>

#include "bridge/init/proposal.hpp"

namespace cb::surveys {

inline InitTarget target(TrackerKind kind) {
  InitTarget target;
  target.kind = kind;
  target.url = "https://tracker.vendor.example";
  target.api_key.text = kind == TrackerKind::bugzilla ? "${BUGZILLA_API_KEY}"
                        : kind == TrackerKind::jira   ? "${JIRA_API_KEY}"
                                                      : "${REDMINE_API_KEY}";
  return target;
}

inline Capabilities able() {
  Capabilities can;
  can.private_comments = true;
  return can;
}

inline FieldInfo field(const std::string& name, const std::string& format, const std::string& title = "",
                       std::vector<std::string> values = {}) {
  FieldInfo info{name, name, format, std::move(values)};
  info.title = title;
  info.date_time = format == "Date/Time";
  return info;
}

inline Survey bare_bugzilla() {
  Survey survey;
  survey.version = "5.2";
  survey.identity.account.login = "bridge@vendor.example";
  survey.identity.may_write = true;
  survey.statuses = {"UNCONFIRMED", "CONFIRMED", "IN_PROGRESS", "RESOLVED", "VERIFIED"};
  survey.closed_statuses = {"RESOLVED", "VERIFIED"};
  survey.priorities = {"Highest", "High", "Normal", "Low", "Lowest", "---"};
  survey.resolutions = {"FIXED", "INVALID", "WONTFIX", "DUPLICATE", "WORKSFORME"};
  survey.projects = {"LMS", "TestProduct"};
  survey.labels.emplace();
  return survey;
}

// As ../shared/recordings/bugzilla shows it.
inline Survey bugzilla_52() {
  auto survey = bare_bugzilla();
  survey.identity.account.groups = {"bz_canusewhines", "canconfirm", "editbugs", "staff"};
  survey.groups = survey.identity.account.groups;  // it is shown no others
  survey.labels = {"sla-breached", "vip"};
  survey.flags = {"entitled"};
  survey.fields = {field("cf_contract_class", "Drop Down", "Contract Class", {"bronze", "gold", "none", "silver"}),
                   field("cf_entitlement", "Free Text", "Entitlement"),
                   field("cf_sla_response_due", "Date/Time", "SLA Response Due"),
                   field("cf_sla_resolve_due", "Date/Time", "SLA Resolve Due"),
                   field("cf_customer", "Free Text", "Customer")};
  return survey;
}

inline Survey redmine(std::vector<std::string> statuses, std::vector<std::string> closed,
                      std::vector<std::string> priorities, std::vector<std::string> roles,
                      std::vector<std::string> types) {
  Survey survey;
  survey.identity.account.login = "contract-bridge";
  survey.identity.account.address = "contract-bridge@vendor.example";
  survey.identity.may_write = true;
  survey.statuses = std::move(statuses);
  survey.closed_statuses = std::move(closed);
  survey.priorities = std::move(priorities);
  survey.roles = std::move(roles);
  survey.types = std::move(types);
  survey.projects = {"lms", "reports"};
  return survey;
}

inline Survey redmine_default() {
  return redmine({"New", "In Progress", "Resolved", "Feedback", "Closed", "Rejected"}, {"Closed", "Rejected"},
                 {"Low", "Normal", "High", "Urgent", "Immediate"}, {"Manager", "Developer", "Reporter"},
                 {"Bug", "Feature", "Support"});
}

inline Survey redmine_german() {
  return redmine({"Neu", "In Bearbeitung", "Gelöst", "Feedback", "Erledigt", "Abgewiesen"}, {"Erledigt", "Abgewiesen"},
                 {"Niedrig", "Normal", "Hoch", "Dringend", "Sofort"}, {"Manager", "Entwickler", "Reporter"},
                 {"Fehler", "Feature", "Unterstützung"});
}

}  // namespace cb::surveys
