#include "adapters/jira/jira_parse_lists.hpp"

#include <algorithm>
#include <array>

#include "adapters/jira/jira_parse.hpp"

namespace cb {

namespace {

constexpr std::int64_t k_furthest = 1'000'000'000'000;  // no list is so long

// com.atlassian.jira.plugin.system.customfieldtypes:datetime
std::string last_part(const std::string& key) {
  return key.substr(key.find_last_of(':') + 1);
}

std::string format_of(const JsonValue& schema) {
  const auto custom = schema["custom"].text_or("");
  return custom.empty() ? schema["type"].text_or("") : last_part(custom);
}

std::optional<Instant> moment_in(const JsonValue& date) {
  if (!date.is_object()) return {};
  if (date["epochMillis"].is_number())
    return std::chrono::floor<Seconds>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(date["epochMillis"].integer())));
  return jira_instant(date["iso8601"].text_or(""));
}

std::optional<Seconds> span_in(const JsonValue& span) {
  if (!span.is_object() || !span["millis"].is_number()) return {};
  return std::chrono::duration_cast<Seconds>(std::chrono::milliseconds(span["millis"].integer()));
}

OwnClock clock_of(const std::string& name, const JsonValue& cycle, bool ongoing) {
  OwnClock clock;
  clock.name = name;
  clock.ongoing = ongoing;
  clock.paused = cycle["paused"].boolean_or(false);
  clock.breached = cycle["breached"].boolean_or(false);
  clock.started = moment_in(cycle["startTime"]);
  clock.due = moment_in(cycle["breachTime"]);
  clock.stopped = moment_in(cycle["stopTime"]);
  clock.goal = span_in(cycle["goalDuration"]);
  clock.used = span_in(cycle["elapsedTime"]);
  clock.left = span_in(cycle["remainingTime"]);
  return clock;
}

}  // namespace

JiraPageEnd jira_page_end(const JsonValue& page) {
  // A page that is something else must not pass for the end of a list.
  page["values"].require_list();
  const auto rows = static_cast<std::int64_t>(page["values"].items().size());
  const bool is_desk = page["isLastPage"].exists();
  const auto start = page[is_desk ? "start" : "startAt"].integer_or(0);
  JiraPageEnd end;
  if (start < 0 || start > k_furthest) page.refuse("a page that begins at a row there can be");
  end.next = std::clamp<std::int64_t>(start, 0, k_furthest) + rows;
  if (is_desk)
    end.last = page["isLastPage"].boolean_or(true);
  else if (page["isLast"].exists())
    end.last = page["isLast"].boolean_or(true);
  else
    end.last = end.next >= page["total"].integer_or(end.next);
  // A page that brings nothing would be asked for for ever.
  if (rows == 0) end.last = true;
  return end;
}

JiraFieldKind jira_field_kind(const std::string& format) {
  static const std::vector<std::pair<const char*, JiraFieldKind>> k_kinds{
      {"textfield", JiraFieldKind::text},
      {"string", JiraFieldKind::text},
      {"readonlyfield", JiraFieldKind::text},
      {"url", JiraFieldKind::text},
      {"textarea", JiraFieldKind::textarea},
      {"float", JiraFieldKind::number},
      {"number", JiraFieldKind::number},
      {"datepicker", JiraFieldKind::date},
      {"date", JiraFieldKind::date},
      {"datetime", JiraFieldKind::date_time},
      {"select", JiraFieldKind::select},
      {"radiobuttons", JiraFieldKind::select},
      {"multiselect", JiraFieldKind::multi_select},
      {"multicheckboxes", JiraFieldKind::multi_select},
      {"cascadingselect", JiraFieldKind::cascading},
      {"userpicker", JiraFieldKind::user},
      {"user", JiraFieldKind::user},
      {"labels", JiraFieldKind::labels},
      {"sd-customer-organizations", JiraFieldKind::organisations}};
  for (const auto& [name, kind] : k_kinds)
    if (format == name) return kind;
  return JiraFieldKind::other;
}

std::vector<JiraField> jira_fields(const JsonValue& list) {
  list.require_list();
  std::vector<JiraField> fields;
  for (const auto& each : list.items()) {
    JiraField field;
    field.id = each["id"].text();
    field.name = each["name"].text();
    field.custom = each["custom"].boolean_or(field.id.rfind("customfield_", 0) == 0);
    field.format = format_of(each["schema"]);
    field.kind = jira_field_kind(field.format);
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<JiraStatus> jira_statuses(const JsonValue& list) {
  list.require_list();
  std::vector<JiraStatus> statuses;
  for (const auto& each : list.items()) statuses.push_back(jira_status(each));
  return statuses;
}

std::vector<JiraName> jira_names(const JsonValue& list) {
  list.require_list();
  std::vector<JiraName> names;
  for (const auto& each : list.items()) names.push_back({each["id"].scalar(), each["name"].text()});
  return names;
}

std::vector<JiraProject> jira_projects(const JsonValue& list) {
  list.require_list();
  std::vector<JiraProject> projects;
  for (const auto& each : list.items())
    projects.push_back({each["id"].scalar(), each["key"].text(), each["name"].text_or(""),
                        each["projectTypeKey"].text_or("") == "service_desk"});
  return projects;
}

JiraRole jira_role(const JsonValue& role) {
  JiraRole out{role["name"].text(), {}, {}};
  for (const auto& actor : role["actors"].items()) {
    if (actor["actorGroup"].is_object() || actor["type"].text_or("") == "atlassian-group-role-actor") {
      const auto group = actor["actorGroup"]["name"].text_or(actor["name"].text_or(""));
      if (!group.empty()) out.groups.push_back(group);
    } else {
      for (const auto& id : {actor["actorUser"]["accountId"].text_or(""), actor["actorUser"]["key"].text_or(""),
                             actor["name"].text_or("")})
        if (!id.empty()) out.users.push_back(id);
    }
  }
  return out;
}

std::vector<JiraTransition> jira_transitions(const JsonValue& list) {
  list.require_list();
  std::vector<JiraTransition> transitions;
  for (const auto& each : list.items()) {
    JiraTransition transition{each["id"].scalar(), each["name"].text_or(""), jira_status(each["to"]), {}};
    for (const auto& [id, field] : each["fields"].members())
      if (field["required"].boolean_or(false) && !field["hasDefaultValue"].boolean_or(false))
        transition.required.push_back(field["name"].text_or(id));
    transitions.push_back(std::move(transition));
  }
  return transitions;
}

std::vector<OwnClock> jira_own_clocks(const JsonValue& list) {
  list.require_list();
  std::vector<OwnClock> clocks;
  for (const auto& each : list.items()) {
    const auto name = each["name"].text();
    for (const auto& cycle : each["completedCycles"].items()) clocks.push_back(clock_of(name, cycle, false));
    if (each["ongoingCycle"].is_object()) clocks.push_back(clock_of(name, each["ongoingCycle"], true));
  }
  return clocks;
}

}  // namespace cb
