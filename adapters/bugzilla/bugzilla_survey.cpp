#include "adapters/bugzilla/bugzilla_survey.hpp"

#include <algorithm>
#include <array>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_history.hpp"
#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "adapters/bugzilla/bugzilla_zone_probe.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// Fields of Bugzilla itself that stand in an issue's fields, as the list of fields calls them and as a bug does.
struct Known {
  const char* listed;
  const char* name;
};
constexpr std::array<Known, 6> k_known{{{"bug_severity", "severity"},
                                        {"rep_platform", "platform"},
                                        {"op_sys", "op_sys"},
                                        {"target_milestone", "target_milestone"},
                                        {"status_whiteboard", "whiteboard"},
                                        {"bug_file_loc", "url"}}};

std::string format_of(BugzillaFieldType type) {
  switch (type) {
    case BugzillaFieldType::text:
      return "Free Text";
    case BugzillaFieldType::select:
      return "Drop Down";
    case BugzillaFieldType::multi_select:
      return "Multiple-Selection Box";
    case BugzillaFieldType::textarea:
      return "Large Text Box";
    case BugzillaFieldType::date_time:
      return "Date/Time";
    case BugzillaFieldType::bug_id:
      return "Bug ID";
    case BugzillaFieldType::date:
      return "Date";
    case BugzillaFieldType::integer:
      return "Integer";
    case BugzillaFieldType::other:
      return {};
  }
  return {};
}

std::vector<std::string> meant(const std::vector<std::string>& values) {
  std::vector<std::string> out;
  for (const auto& value : values)
    if (!bugzilla_meaning(value).empty() && !contains_name(out, value)) out.push_back(value);
  return out;
}

void add_field(const BugzillaField& field, const std::string& name, Survey& survey) {
  FieldInfo info{name, name, format_of(field.type), meant(field.values), field.type == BugzillaFieldType::date_time};
  if (!same_name(field.display_name, name)) info.title = field.display_name;
  survey.fields.push_back(std::move(info));
}

void describe_fields(const std::vector<BugzillaField>& fields, Survey& survey) {
  for (const auto& field : fields) {
    if (field.name == "bug_status") {
      survey.statuses = meant(field.values);
      survey.closed_statuses = field.closed;
    } else if (field.name == "priority")
      survey.priorities = field.values;
    else if (field.name == "bug_type")
      survey.types = meant(field.values);
    else if (field.name == "resolution")
      survey.resolutions = meant(field.values);
    else if (field.name == "keywords")
      survey.labels = field.values;
    if (field.is_custom) add_field(field, field.name, survey);
    for (const auto& known : k_known)
      if (field.name == known.listed) add_field(field, known.name, survey);
  }
}

std::string field_called(const BugzillaField& field) {
  return "the field " + field.name + " (" + field.display_name + ")";
}

// Of the fields that the bridge is to write; one that does not exist is the comparison's matter.
void describe_written(const std::vector<BugzillaField>& fields, const BugzillaTerms& terms,
                      const BugzillaServer& server, std::vector<std::string>& problems) {
  for (const auto& [slot, name] : terms.write) {
    const auto* field = field_named(fields, name);
    if (field == nullptr) continue;
    if (!field->is_custom)
      problems.push_back(field_called(*field) + " is one of Bugzilla itself: give the bridge a custom field for " +
                         to_text(slot));
    if (field->is_mandatory)
      problems.push_back(field_called(*field) + " is mandatory, so the bridge cannot empty it: make it optional");
    const bool holds_time = field->type == BugzillaFieldType::date_time || field->type == BugzillaFieldType::date;
    if (holds_time && terms.server_timezone.empty() && !server.writes_iso_date_times)
      problems.push_back(field_called(*field) +
                         " keeps local time of the server, so server_timezone has to be configured; " +
                         "or use a text field (Free Text), which holds the instant with its zone");
  }
}

void describe_rights(const BugzillaUser& me, const Identity& identity, std::vector<std::string>& problems) {
  const auto& login = me.person.login;
  if (!identity.may_write)
    problems.push_back("the account " + login + " is not in the group editbugs: it may not change bugs of others");
}

// Told to administrators only; others learn of a missing right when a comment is refused.
std::optional<Error> describe_parameters(BugzillaSession& session, BugzillaDirectory& directory, const BugzillaUser& me,
                                         Survey& survey) {
  auto document = session.get("/parameters?include_fields=insidergroup,timetrackinggroup,use_see_also",
                              "reading the server's parameters");
  if (!document) return document.error();
  const auto parameters = document->root()["parameters"];
  auto group = directory.insider_group();
  if (!group) return group.error();
  survey.insider_group = *group;
  if (!group->empty() && !contains_name(me.groups, *group))
    survey.problems.push_back("the account " + me.person.login + " is not in the insider group " + *group +
                              ": it neither sees nor writes internal comments");
  else if (group->empty() && parameters["insidergroup"].exists())
    survey.problems.emplace_back(
        "Bugzilla has no insider group, so there are no internal comments: set its parameter insidergroup "
        "(Administration, Parameters, Group Security)");
  else if (group->empty())
    survey.notes.push_back("the insider group is not told to " + me.person.login +
                           "; whether the account may write internal comments shows with the first one, unless "
                           "insider_group is configured");
  const auto time_group = parameters["timetrackinggroup"].scalar();
  if (!time_group.empty() && !contains_name(me.groups, time_group))
    survey.notes.push_back("the account " + me.person.login + " is not in the group " + time_group +
                           " and does not see hours worked: budgets of hours count none");
  if (parameters["use_see_also"].scalar() == "0")
    survey.problems.emplace_back(
        "see also is switched off, so links to other issues cannot be shown: set Bugzilla's "
        "parameter use_see_also");
  return document->problem();
}

void describe_flags(const std::vector<BugzillaProduct>& products, const BugzillaTerms& terms, Survey& survey) {
  for (const auto& product : products)
    for (const auto& component : product.components) {
      for (const auto& flag : component.flags)
        if (!contains_name(survey.flags, flag)) survey.flags.push_back(flag);
      for (const auto& wanted : terms.flags)
        if (!contains_name(component.flags, wanted))
          survey.problems.push_back("the flag " + wanted + " does not exist for component " + component.name + " of " +
                                    product.name + ": add it to the flag type's inclusions");
    }
}

std::optional<Error> describe_zone(BugzillaSession& session, BugzillaDirectory& directory, const BugzillaTerms& terms,
                                   const std::vector<BugzillaField>& fields, Survey& survey) {
  const bool matters = std::any_of(fields.begin(), fields.end(), [](const auto& field) {
    return field.is_custom && (field.type == BugzillaFieldType::date_time || field.type == BugzillaFieldType::date);
  });
  if (!matters && terms.server_timezone.empty()) return {};
  const auto zone = terms.server_timezone.empty() ? std::nullopt : Zone::find(terms.server_timezone);
  if (!zone && !terms.server_timezone.empty())
    survey.problems.push_back("server_timezone " + terms.server_timezone +
                              " is no zone that is known here; write its IANA name, as Europe/Berlin");
  auto now = survey.identity.server_time ? Result<Instant>(*survey.identity.server_time) : directory.server_time();
  if (!now) return now.error();
  auto proof = bugzilla_zone_proof(session, zone, *now);
  if (!proof) return proof.error();
  survey.time_zone = proof->time_zone;
  survey.notes.insert(survey.notes.end(), proof->notes.begin(), proof->notes.end());
  survey.problems.insert(survey.problems.end(), proof->problems.begin(), proof->problems.end());
  return {};
}

}  // namespace

Result<Survey> bugzilla_survey(BugzillaSession& session, BugzillaDirectory& directory, const BugzillaTerms& terms,
                               const Identity& identity) {
  Survey survey;
  survey.identity = identity;
  TRY(server, session.server());
  TRY(me, directory.account());
  TRY(fields, directory.fields());
  survey.version = server.version;
  survey.groups = me.groups;
  survey.roles = {k_bugzilla_insider};
  describe_fields(fields, survey);
  describe_rights(me, identity, survey.problems);
  describe_written(fields, terms, server, survey.problems);
  if (auto error = describe_parameters(session, directory, me, survey)) return Failure(*std::move(error));
  const auto products = directory.products();
  if (products) {
    for (const auto& product : *products) survey.projects.push_back(product.name);
    describe_flags(*products, terms, survey);
  } else if (products.error().kind == ErrorKind::denied) {
    survey.problems.push_back(products.error().what);
  } else {
    return Failure(products.error());
  }
  if (auto error = describe_zone(session, directory, terms, fields, survey)) return Failure(*std::move(error));
  return survey;
}

}  // namespace cb
