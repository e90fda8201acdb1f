// What a Jira with service management tells about itself, as values, and one that makes fields.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/bridge/cli/init_surveys.hpp"

namespace cb::surveys {

inline FieldInfo jira_field(const std::string& id, const std::string& name, const std::string& format,
                            std::vector<std::string> values = {}) {
  FieldInfo info{id, name, format, std::move(values)};
  info.date_time = format == "datetime";
  return info;
}

inline Capabilities able_jira() {
  auto can = able();
  can.labels = true;
  can.record = true;
  can.date_time_fields = true;
  can.quiet_writes = true;
  can.create_fields = true;
  return can;
}

inline Survey service_jira() {
  Survey survey;
  survey.version = "1001.0.0";
  survey.identity.account.name = "Contract bridge";
  survey.identity.may_write = true;
  survey.statuses = {"Open",
                     "Waiting for support",
                     "Waiting for customer",
                     "In Progress",
                     "Pending",
                     "Resolved",
                     "Closed",
                     "Done",
                     "Canceled",
                     "Declined"};
  survey.closed_statuses = {"Resolved", "Closed", "Done", "Canceled", "Declined"};
  survey.priorities = {"Highest", "High", "Medium", "Low", "Lowest"};
  survey.types = {"[System] Incident", "[System] Service request", "Bug"};
  survey.projects = {"SUP", "LMS"};
  survey.roles = {"Service Desk Team", "Service Desk Customers", "Administrators", "customer", "atlassian", "app"};
  survey.groups = {"jira-servicemanagement-users-vendor", "site-admins"};
  survey.resolutions = {"Done", "Won't Do", "Duplicate"};
  survey.fields = {jira_field("summary", "Summary", "string"), jira_field("resolution", "Resolution", "resolution"),
                   jira_field("customfield_10002", "Organizations", "sd-customer-organizations"),
                   jira_field("customfield_10041", "Approvals", "sd-approvals")};
  return survey;
}

// Makes what it is asked for, but for names that it is told to refuse.
class FieldMakingJira final : public Tracker {
 public:
  FieldMakingJira(Survey survey, std::map<std::string, Error> refused)
      : survey_(std::move(survey)), capabilities_(able_jira()), refused_(std::move(refused)) {}
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override { return survey_.identity; }
  Result<Survey> survey() override { return survey_; }
  Result<Page> changed_since(std::optional<Instant> /*since*/, const std::optional<std::string>& /*page*/) override {
    return failure(ErrorKind::rejected, "only surveys");
  }
  Result<Fetched> fetch(const IssueKey& /*key*/) override { return failure(ErrorKind::rejected, "only surveys"); }
  Result<Applied> apply(const IssueKey& /*key*/, const Changes& /*changes*/, const Revision& /*expected*/) override {
    return failure(ErrorKind::rejected, "only surveys");
  }
  Result<FieldInfo> create_field(const NewField& field) override {
    asked.push_back(field);
    if (const auto refused = refused_.find(field.name); refused != refused_.end()) return Failure(refused->second);
    const char* format = field.kind == NewField::Kind::text        ? "textfield"
                         : field.kind == NewField::Kind::date_time ? "datetime"
                         : field.kind == NewField::Kind::date      ? "datepicker"
                                                                   : "select";
    auto info = jira_field("customfield_" + std::to_string(++last_), field.name, format,
                           takes_values ? field.values : std::vector<std::string>{});
    made.push_back(info);
    return info;
  }

  std::vector<NewField> asked;
  std::vector<FieldInfo> made;
  bool takes_values = true;  // a Data Center makes lists without their values

 private:
  Survey survey_;
  Capabilities capabilities_;
  std::map<std::string, Error> refused_;
  int last_ = 10100;
};

}  // namespace cb::surveys
