#include "tests/trackers/fake_redmine_issues.hpp"

#include <algorithm>
#include <cctype>

#include "tests/trackers/fake_redmine_answers.hpp"
#include "tests/trackers/fake_redmine_values.hpp"
#include "tests/trackers/fake_redmine_write.hpp"

namespace cb::fake {

namespace {

struct Malformed {};

// What stands below `name` in a JSON body. Redmine drops a body that does not say JSON (206, 207) and takes a list
// or null for nothing (203, 205).
Json body_of(const Call& call, const char* name) {
  const auto type = call.header("Content-Type");
  if (type.rfind("application/x-www-form-urlencoded", 0) == 0) {  // issue[notes]=... (208)
    Json out = Json::object();
    const std::string prefix = std::string(name) + "[";
    for (const auto& [key, value] : take_apart({"", "?" + call.body, {}, ""}).parameters)
      if (key.rfind(prefix, 0) == 0 && key.back() == ']')
        out[key.substr(prefix.size(), key.size() - prefix.size() - 1)] = value;
    return out;
  }
  if (type.rfind("application/json", 0) != 0 || blank(call.body)) return Json::object();
  const auto json = Json::parse(call.body, nullptr, false);
  if (json.is_discarded()) throw Malformed{};
  if (!json.is_object() || !json.contains(name) || json[name].is_null()) return Json::object();
  if (!json[name].is_object()) throw Broken{};  // 204
  return json[name];
}

std::string conflict_resolution(const Call& call) {
  const auto json = Json::parse(call.body, nullptr, false);
  return json.is_object() ? json.value("conflict_resolution", "") : "";
}

template <class Work>
HttpResponse guarded(const Work& work) {
  try {
    return work();
  } catch (const Malformed&) {
    return error_answer(400, "Bad Request");
  } catch (const Broken&) {
    return error_answer(500, "Internal Server Error");
  }
}

int as_number(const Json& json) {
  if (json.is_number_integer()) return json.get<int>();
  const auto text = json.is_string() ? json.get<std::string>() : "";
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos
             ? std::stoi(text)
             : -1;
}

const Project* project_named(const State& state, const Json& attributes) {
  const auto found = attributes.find("project_id");
  if (found == attributes.end()) return nullptr;
  return find_project(state, found->is_string() ? found->get<std::string>() : found->dump());
}

// Changing is open to whoever may edit or at least comment; a closed project is read-only for everybody (413, 415).
bool may_update(const State& state, const User& user, const IssueRow& issue, const Project& project) {
  if (project.state != Project::State::active) return false;
  return allowed(state, &user, project, "edit_issues") || allowed(state, &user, project, "add_issue_notes") ||
         (issue.author == user.id && allowed(state, &user, project, "edit_own_issues"));
}

IssueRow fresh_row(const State& state, const User& user, const Project& project, Instant now) {
  IssueRow row;
  row.id = next_issue_id(state);
  row.project = project.id;
  row.tracker = state.trackers.front().id;  // also for an unknown one (107)
  row.status = state.statuses.front().id;
  row.priority = state.default_priority;
  row.author = user.id;
  row.start_date = to_iso(now).substr(0, 10);
  row.created = row.updated = now;
  for (const auto& field : state.fields)
    if (field.initial) row.values[field.id] = {*field.initial};
  return row;
}

// The journal and its issue; nothing when there is none or it is not seen.
std::pair<IssueRow*, Journal*> find_journal(State& state, const User* user, int id) {
  for (auto& [number, issue] : state.issues)
    for (auto& journal : issue.journals)
      if (journal.id == id && sees(state, user, issue) && sees(state, user, issue, journal)) return {&issue, &journal};
  return {nullptr, nullptr};
}

HttpResponse created(State& state, const User& user, const Project& project, const Json& attributes, Instant now) {
  auto outcome = changed(state, user, fresh_row(state, user, project, now), attributes, true);
  if (!outcome.errors.empty()) return invalid_answer(outcome.errors);
  auto& row = outcome.issue;
  row.update_order = ++state.updates;
  if (const auto* status = by_id(state.statuses, row.status); status && status->closed) row.closed = now;
  const auto& stored = state.issues[row.id] = row;
  IssueParts parts;
  parts.spent = false;
  auto response = json_answer(201, {{"issue", issue_json(state, &user, stored, parts)}});
  response.headers.emplace_back("Location", "/issues/" + std::to_string(stored.id));
  return response;
}

HttpResponse updated(State& state, const User& user, const IssueRow& row, const Call& call, Instant now) {
  auto attributes = body_of(call, "issue");
  if (attributes.contains("lock_version") && as_number(attributes["lock_version"]) != row.lock_version) {
    const auto wish = conflict_resolution(call);
    if (wish == "add_notes") {
      const auto notes = attributes.value("notes", "");
      attributes = Json{{"notes", notes}};
    } else if (wish != "overwrite") {
      return invalid_answer({});  // 226 to 228: no 409
    }
  }
  const auto outcome = changed(state, user, row, attributes, false);
  if (!outcome.errors.empty()) return invalid_answer(outcome.errors);
  store_update(state, user, outcome.issue, attributes, now);
  return done_answer();
}

}  // namespace

HttpResponse list_issues(const State& state, const User* user, const Call& call, const Project* project) {
  const auto found = listed(state, user, call, project);
  if (found.unknown_project) return empty_answer(404);
  if (!found.errors.empty()) return invalid_answer(found.errors);
  const auto window = window_of(call);
  auto rows = Json::array();
  const auto from = static_cast<std::size_t>(window.offset);
  for (auto i = from; i < found.issues.size() && i < from + static_cast<std::size_t>(window.limit); ++i)
    rows.push_back(issue_json(state, user, *found.issues[i], {}));  // include=journals is ignored (047)
  auto response = json_answer(200, Json{{"issues", std::move(rows)},
                                        {"total_count", found.issues.size()},
                                        {"offset", window.offset},
                                        {"limit", window.limit}});
  response.headers.emplace_back("Set-Cookie", "_redmine_session=x; path=/; HttpOnly");
  return response;
}

HttpResponse show_issue(const State& state, const User* user, const Call& call, int id) {
  if (!state.rest_enabled) return empty_answer(403);
  const auto found = state.issues.find(id);
  if (found == state.issues.end()) return empty_answer(404);
  if (!sees(state, user, found->second)) return denied(user);
  IssueParts parts;
  parts.journals = call.includes("journals");
  parts.watchers = call.includes("watchers");
  parts.allowed_statuses = call.includes("allowed_statuses");
  parts.attachments = call.includes("attachments");
  parts.changesets = call.includes("changesets");
  return json_answer(200, {{"issue", issue_json(state, user, found->second, parts)}});
}

HttpResponse create_issue(State& state, const User* user, const Call& call, Instant now) {
  if (!state.rest_enabled) return empty_answer(403);
  return guarded([&]() -> HttpResponse {
    const auto attributes = body_of(call, "issue");
    if (!user) return denied(nullptr);
    const auto* project = project_named(state, attributes);
    if (!project)
      return invalid_answer({"Project cannot be blank", "Tracker cannot be blank", "Status cannot be blank"});
    if (project->state != Project::State::active || !allowed(state, user, *project, "add_issues")) return denied(user);
    return created(state, *user, *project, attributes, now);
  });
}

HttpResponse update_issue(State& state, const User* user, const Call& call, int id, Instant now) {
  if (!state.rest_enabled) return empty_answer(403);
  return guarded([&]() -> HttpResponse {
    const auto found = state.issues.find(id);
    if (found == state.issues.end()) return empty_answer(404);
    const auto* project = by_id(state.projects, found->second.project);
    if (!sees(state, user, found->second)) return denied(user);
    if (!project || !may_update(state, *user, found->second, *project)) return empty_answer(403);
    return updated(state, *user, found->second, call, now);
  });
}

HttpResponse delete_issue(State& state, const User* user, int id) {
  const auto found = state.issues.find(id);
  if (found == state.issues.end()) return empty_answer(404);
  const auto* project = by_id(state.projects, found->second.project);
  if (!project || !allowed(state, user, *project, "delete_issues")) return denied(user);
  state.issues.erase(found);
  return done_answer();
}

HttpResponse update_journal(State& state, const User* user, const Call& call, int id) {
  return guarded([&]() -> HttpResponse {
    const auto [issue, journal] = find_journal(state, user, id);
    if (!user) return denied(nullptr);
    if (!journal) return empty_answer(404);
    const auto* project = by_id(state.projects, issue->project);
    const bool may = project && (allowed(state, user, *project, "edit_issue_notes") ||
                                 (journal->user == user->id && allowed(state, user, *project, "edit_own_issue_notes")));
    if (!may) return empty_answer(403);
    const auto attributes = body_of(call, "journal");
    if (attributes.contains("notes")) journal->notes = attributes["notes"].get<std::string>();
    if (attributes.contains("private_notes") && allowed(state, user, *project, "set_notes_private"))
      journal->is_private = attributes["private_notes"] == true || attributes["private_notes"] == "1";
    if (journal->details.empty() && blank(journal->notes.value_or(""))) {
      auto& all = issue->journals;
      all.erase(std::remove_if(all.begin(), all.end(), [&, wanted = id](const Journal& j) { return j.id == wanted; }),
                all.end());
    }
    return done_answer();
  });
}

HttpResponse create_time_entry(State& state, const User* user, const Call& call, Instant now) {
  return guarded([&]() -> HttpResponse {
    const auto entry = body_of(call, "time_entry");
    if (!user) return denied(nullptr);
    const auto found = state.issues.find(entry.contains("issue_id") ? as_number(entry["issue_id"]) : -1);
    if (found == state.issues.end()) return invalid_answer({"Issue is invalid"});
    const auto* project = by_id(state.projects, found->second.project);
    if (!project || !allowed(state, user, *project, "log_time")) return denied(user);
    const double hours = entry.value("hours", 0.0);
    found->second.spent_hours += hours;  // updated_on stays
    const Json row{{"id", ++state.time_entries},
                   {"project", reference(project->id, project->name)},
                   {"issue", {{"id", found->first}}},
                   {"user", reference(user->id, user->name())},
                   {"activity", reference(8, "Design")},
                   {"hours", hours},
                   {"comments", entry.value("comments", "")},
                   {"spent_on", to_iso(now).substr(0, 10)},
                   {"created_on", to_iso(now)},
                   {"updated_on", to_iso(now)}};
    return json_answer(201, {{"time_entry", row}});
  });
}

}  // namespace cb::fake
