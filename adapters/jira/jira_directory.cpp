#include "adapters/jira/jira_directory.hpp"

#include <algorithm>

#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_most_pages = 1000;

std::string with_start(const std::string& target, const char* start, std::int64_t from, const char* size) {
  return target + (target.find('?') == std::string::npos ? "?" : "&") + start + "=" + std::to_string(from) + "&" +
         size + "=50";
}

template <class Ask>
Result<std::vector<JsonDocument>> pages(const Ask& ask) {
  std::vector<JsonDocument> documents;
  JiraPageEnd end{false, 0};
  while (!end.last && documents.size() < k_most_pages) {
    auto document = ask(end.next);
    if (!document) return Failure(std::move(document.error()));
    end = jira_page_end(document->root());
    if (auto problem = document->problem()) return Failure(*std::move(problem));
    documents.push_back(std::move(*document));
  }
  return documents;
}

template <class Row>
Result<std::vector<Row>> rows_of(const std::vector<JsonDocument>& documents,
                                 std::vector<Row> (*read)(const JsonValue&)) {
  std::vector<Row> rows;
  for (const auto& document : documents) {
    TRY(some, checked(document, read(document.root()["values"])));
    rows.insert(rows.end(), some.begin(), some.end());
  }
  return rows;
}

}  // namespace

Result<std::vector<JsonDocument>> jira_pages(JiraSession& session, const std::string& target,
                                             const std::string& doing) {
  return pages(
      [&](std::int64_t from) { return session.get(with_start(target, "startAt", from, "maxResults"), doing); });
}

Result<std::vector<JsonDocument>> jira_desk_pages(JiraSession& session, const std::string& target,
                                                  const std::string& doing) {
  return pages([&](std::int64_t from) -> Result<JsonDocument> {
    auto document = session.ask_desk("GET", with_start(target, "start", from, "limit"), "", doing);
    if (!document) return Failure(std::move(document.error().error));
    return std::move(*document);
  });
}

std::optional<Error> first_problem(const std::vector<JsonDocument>& pages) {
  for (const auto& page : pages)
    if (auto problem = page.problem()) return problem;
  return {};
}

void JiraDirectory::forget() {
  account_.reset();
  statuses_.reset();
  priorities_.reset();
  projects_.reset();
  desks_.reset();
  names_ = {};
  has_fields_ = organisations_read_ = false;
  roles_hidden_.clear();
}

Result<JiraUser> JiraDirectory::identify() {
  TRY(document, session_.get("/myself", "asking whose key it is"));
  TRY(user, checked(document, jira_user(document.root())));
  account_ = user;
  return user;
}

Result<JiraUser> JiraDirectory::account() {
  if (account_) return *account_;
  return identify();
}

Result<std::set<std::string>> JiraDirectory::permissions(const std::string& project_key,
                                                         const std::vector<std::string>& wanted) {
  TRY(server, session_.server());
  std::string list;
  for (const auto& each : wanted) list += (list.empty() ? "" : ",") + each;
  std::vector<std::pair<std::string, std::string>> query;
  // Cloud must be told which; a Data Center always tells of all and documents no such parameter.
  if (server.cloud) query.emplace_back("permissions", list);
  if (!project_key.empty()) query.emplace_back("projectKey", project_key);
  TRY(document, session_.get("/mypermissions" + jira_query(query), "asking what the account may do"));
  std::set<std::string> granted;
  for (const auto& [name, permission] : document.root()["permissions"].members())
    if (std::count(wanted.begin(), wanted.end(), name) != 0 && permission["havePermission"].boolean_or(false))
      granted.insert(name);
  return checked(document, std::move(granted));
}

Result<std::vector<JiraStatus>> JiraDirectory::statuses() {
  if (statuses_) return *statuses_;
  TRY(document, session_.get("/status", "reading the statuses"));
  TRY(statuses, checked(document, jira_statuses(document.root())));
  for (const auto& status : statuses) names_.statuses[status.id] = status.name;
  statuses_ = statuses;
  return statuses;
}

Result<std::vector<JiraName>> JiraDirectory::priorities() {
  if (priorities_) return *priorities_;
  const std::string doing = "reading the priorities";
  TRY(server, session_.server());
  std::vector<JiraName> priorities;
  if (server.cloud) {
    TRY(documents, jira_pages(session_, "/priority/search", doing));
    TRY(rows, rows_of(documents, jira_names));
    priorities = std::move(rows);
  } else {
    TRY(document, session_.get("/priority", doing));
    TRY(rows, checked(document, jira_names(document.root())));
    priorities = std::move(rows);
  }
  for (const auto& priority : priorities) names_.priorities[priority.id] = priority.name;
  priorities_ = priorities;
  return priorities;
}

Result<std::vector<JiraField>> JiraDirectory::fields() {
  if (has_fields_) return names_.fields;
  const std::string doing = "reading the fields";
  TRY(document, session_.get("/field", doing));
  TRY(fields, checked(document, jira_fields(document.root())));
  TRY(server, session_.server());
  if (server.cloud) {
    // Either list has fields that the other lacks (trackers.md C7).
    TRY(documents, jira_pages(session_, "/field/search", doing));
    TRY(others, rows_of(documents, jira_fields));
    for (auto& other : others)
      if (std::none_of(fields.begin(), fields.end(), [&](const auto& each) { return each.id == other.id; }))
        fields.push_back(std::move(other));
  }
  names_.fields = fields;
  names_.cloud = server.cloud;
  has_fields_ = true;
  return fields;
}

Result<std::optional<JiraField>> JiraDirectory::field(const std::string& name) {
  TRY(all, fields());
  std::vector<JiraField> found;
  for (const auto& each : all) {
    if (same_name(each.id, name)) return std::optional<JiraField>(each);
    if (same_name(each.name, name)) found.push_back(each);
  }
  if (found.empty()) return std::optional<JiraField>();
  if (found.size() == 1) return std::optional<JiraField>(found.front());
  std::string ids;
  for (const auto& each : found) ids += (ids.empty() ? "" : ", ") + each.id;
  return failure(ErrorKind::denied, session_.attempt(std::to_string(found.size()) + " fields are called ") + name +
                                        " (" + ids + "); name the right one by its id in bridge.yaml");
}

Result<std::vector<JiraProject>> JiraDirectory::visible_projects() {
  const std::string doing = "reading the projects";
  TRY(server, session_.server());
  if (server.cloud) {
    TRY(documents, jira_pages(session_, "/project/search", doing));
    return rows_of(documents, jira_projects);
  }
  TRY(document, session_.get("/project", doing));
  return checked(document, jira_projects(document.root()));
}

Result<std::vector<JiraProject>> JiraDirectory::projects() {
  if (projects_) return *projects_;
  TRY(visible, visible_projects());
  for (const auto& project : visible) names_.project_keys[project.id] = project.key;
  if (terms_.projects.empty()) {
    if (visible.empty())
      return failure(ErrorKind::denied, session_.attempt("the account sees no project; give it the permission Browse "
                                                         "Projects, or check the key"));
    projects_ = visible;
    return visible;
  }
  std::vector<JiraProject> wanted;
  for (const auto& name : terms_.projects) {
    const auto found = std::find_if(visible.begin(), visible.end(), [&](const auto& each) {
      return same_name(each.key, name) || same_name(each.name, name) || each.id == name;
    });
    if (found == visible.end())
      return failure(ErrorKind::denied, session_.attempt("there is no project ") + name +
                                            ", or the account may not see it: give it the permission Browse Projects");
    wanted.push_back(*found);
  }
  projects_ = wanted;
  return wanted;
}

}  // namespace cb
