#include "tests/trackers/fake_redmine_json.hpp"

namespace cb::fake {

namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json instant_or_null(const std::optional<Instant>& at) {
  return at ? Json(to_iso(*at)) : Json(nullptr);
}

Json person(const State& state, int id) {
  const auto* user = by_id(state.users, id);
  return reference(id, user ? user->name() : "Anonymous");
}

Json fields_json(const State& state, const IssueRow& issue) {
  auto out = Json::array();
  for (const auto& field : state.fields) {
    if (!serves(field, issue.tracker)) continue;
    const auto found = issue.values.find(field.id);
    const Value value = found == issue.values.end() ? Value{} : found->second;
    Json entry{{"id", field.id}, {"name", field.name}};
    if (field.multiple) {
      entry["multiple"] = true;
      entry["value"] = Json::array();
      for (const auto& one : value)
        if (!one.empty()) entry["value"].push_back(one);
    } else {
      entry["value"] = value.empty() ? Json(nullptr) : Json(value.front());
    }
    out.push_back(std::move(entry));
  }
  return out;
}

Json journals_json(const State& state, const User* reader, const IssueRow& issue) {
  auto out = Json::array();
  for (const auto& journal : issue.journals) {
    if (!sees(state, reader, issue, journal)) continue;
    auto details = Json::array();
    for (const auto& detail : journal.details)
      details.push_back({{"property", detail.property},
                         {"name", detail.name},
                         {"old_value", or_null(detail.old_value)},
                         {"new_value", or_null(detail.new_value)}});
    out.push_back({{"id", journal.id},
                   {"user", person(state, journal.user)},
                   {"notes", or_null(journal.notes)},
                   {"created_on", to_iso(journal.created)},
                   {"private_notes", journal.is_private},
                   {"details", std::move(details)}});
  }
  return out;
}

Json allowed_statuses(const State& state, const User* reader, const IssueRow& issue) {
  auto out = Json::array();
  const auto* project = by_id(state.projects, issue.project);
  const bool any = project && may_change_status(state, reader, *project);
  for (const auto& status : state.statuses)
    if (any || status.id == issue.status) out.push_back(reference(status));
  return out;
}

}  // namespace

Json reference(int id, const std::string& name) {
  return {{"id", id}, {"name", name}};
}

Json reference(const Status& status) {
  return {{"id", status.id}, {"name", status.name}, {"is_closed", status.closed}};
}

Json issue_json(const State& state, const User* reader, const IssueRow& issue, const IssueParts& parts) {
  const auto* project = by_id(state.projects, issue.project);
  const auto* tracker = by_id(state.trackers, issue.tracker);
  const auto* status = by_id(state.statuses, issue.status);
  const auto* priority = by_id(state.priorities, issue.priority);
  Json out{{"id", issue.id}};
  if (project) out["project"] = reference(project->id, project->name);
  if (tracker) out["tracker"] = reference(tracker->id, tracker->name);
  if (status) out["status"] = reference(*status);
  if (priority) out["priority"] = reference(priority->id, priority->name);
  out["author"] = person(state, issue.author);
  if (issue.assignee) out["assigned_to"] = person(state, *issue.assignee);
  out["subject"] = issue.subject;
  out["description"] = or_null(issue.description);
  out["start_date"] = or_null(issue.start_date);
  out["due_date"] = or_null(issue.due_date);
  out["done_ratio"] = issue.done_ratio;
  out["is_private"] = issue.is_private;
  out["estimated_hours"] = or_null(issue.estimated_hours);
  out["total_estimated_hours"] = or_null(issue.estimated_hours);
  if (parts.spent && project && allowed(state, reader, *project, "view_time_entries")) {
    out["spent_hours"] = issue.spent_hours;
    out["total_spent_hours"] = issue.spent_hours;
  }
  out["custom_fields"] = fields_json(state, issue);
  out["created_on"] = to_iso(issue.created);
  out["updated_on"] = to_iso(issue.updated);
  out["closed_on"] = instant_or_null(issue.closed);
  if (parts.attachments) out["attachments"] = Json::array();
  if (parts.changesets) out["changesets"] = Json::array();
  if (parts.journals) out["journals"] = journals_json(state, reader, issue);
  if (parts.watchers && project && allowed(state, reader, *project, "view_issue_watchers")) {
    out["watchers"] = Json::array();
    for (const auto watcher : issue.watchers) out["watchers"].push_back(person(state, watcher));
  }
  if (parts.allowed_statuses) out["allowed_statuses"] = allowed_statuses(state, reader, issue);
  return out;
}

Json user_json(const User& user, const User* reader, bool own_key) {
  const bool self = reader && reader->id == user.id;
  const bool admin = reader && reader->admin;
  Json out{{"id", user.id}, {"login", user.login}};
  if (admin || self) out["admin"] = user.admin;
  out["firstname"] = user.firstname;
  out["lastname"] = user.lastname;
  if (admin || !user.hide_mail) out["mail"] = user.mail;
  out["created_on"] = to_iso(user.created);
  out["updated_on"] = to_iso(user.created);
  out["last_login_on"] = nullptr;
  out["passwd_changed_on"] = to_iso(user.created);
  if (admin || self) out["twofa_scheme"] = nullptr;
  if (own_key && (admin || self)) out["api_key"] = user.key;
  if (own_key && admin) out["status"] = user.locked ? 3 : 1;
  return out;
}

Json memberships_json(const State& state, const User& user) {
  auto out = Json::array();
  int id = 0;
  for (const auto& project : state.projects)
    for (const auto& [member, role_id] : project.members) {
      ++id;
      const auto* role = by_id(state.roles, role_id);
      if (member == user.id && role)
        out.push_back({{"id", id},
                       {"project", reference(project.id, project.name)},
                       {"roles", Json::array({reference(role->id, role->name)})}});
    }
  return out;
}

Json project_json(const Project& project) {
  return {{"id", project.id},
          {"name", project.name},
          {"identifier", project.identifier},
          {"description", project.description},
          {"homepage", ""},
          {"status", static_cast<int>(project.state)},
          {"is_public", false},
          {"inherit_members", false}};
}

Json field_json(const State& state, const Field& field) {
  Json out{{"id", field.id},
           {"name", field.name},
           {"customized_type", "issue"},
           {"field_format", field.format},
           {"regexp", field.regexp},
           {"min_length", nullptr},
           {"max_length", nullptr},
           {"is_required", field.required},
           {"is_filter", true},
           {"searchable", false},
           {"multiple", field.multiple},
           {"default_value", or_null(field.initial)},
           {"visible", true}};
  if (field.format == "list") {
    out["possible_values"] = Json::array();
    for (const auto& value : field.values) out["possible_values"].push_back({{"value", value}, {"label", value}});
  }
  out["trackers"] = Json::array();
  for (const auto& tracker : state.trackers)
    if (serves(field, tracker.id)) out["trackers"].push_back(reference(tracker.id, tracker.name));
  out["roles"] = Json::array();
  return out;
}

}  // namespace cb::fake
