#include "adapters/redmine/redmine_list.hpp"

#include <algorithm>
#include <cstdio>

#include "adapters/redmine/redmine_parse.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::int64_t k_list_page = 100;  // more is silently lowered to it

const RedmineProject* project_named(const std::vector<RedmineProject>& all, const std::string& identifier) {
  for (const auto& project : all)
    if (same_name(project.identifier, identifier) || std::to_string(project.id) == identifier) return &project;
  return nullptr;
}

const RedmineProject* project_with(const std::vector<RedmineProject>& all, std::int64_t id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& project) { return project.id == id; });
  return found == all.end() ? nullptr : &*found;
}

bool is_sorted_by_id(const std::vector<RedmineRef>& refs) {
  return std::is_sorted(refs.begin(), refs.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

}  // namespace

std::string to_text(const RedmineListPlace& place) {
  return std::to_string(place.project) + ":" + std::to_string(place.offset) + ":" + std::to_string(place.last_id);
}

std::optional<RedmineListPlace> redmine_list_place(const std::string& text) {
  RedmineListPlace place;
  long long offset = 0;
  long long last_id = 0;
  int end = 0;
  // NOLINTNEXTLINE(cert-err34-c): the count of items and the end are checked
  if (std::sscanf(text.c_str(), "%zu:%lld:%lld%n", &place.project, &offset, &last_id, &end) != 3 ||
      static_cast<std::size_t>(end) != text.size() || offset < 0 || last_id < 0)
    return {};
  place.offset = offset;
  place.last_id = last_id;
  return place;
}

std::string redmine_list_target(const std::string& project, std::optional<Instant> since, std::int64_t offset) {
  std::string target =
      "/issues.json?status_id=*&sort=id:asc&limit=" + std::to_string(k_list_page) + "&offset=" + std::to_string(offset);
  // subproject_id=*: whether subprojects are listed otherwise depends on a setting of the server.
  if (!project.empty()) target += "&project_id=" + url_encoded(project) + "&subproject_id=*";
  if (since) target += "&updated_on=" + url_encoded(">=" + to_iso(*since));
  return target;
}

Result<RedmineListPart> redmine_list_part(RedmineSession& session, const std::string& project,
                                          std::optional<Instant> since, const RedmineListPlace& place) {
  const std::string doing = "listing the changed issues" + (project.empty() ? std::string() : " of project " + project);
  for (auto from = std::max<std::int64_t>(0, place.offset - 1);; from = std::max<std::int64_t>(0, from - k_list_page)) {
    TRY(document, session.get(redmine_list_target(project, since, from), doing));
    TRY(page, redmine_issue_page(document));
    if (!is_sorted_by_id(page.refs))
      return failure(ErrorKind::bad_reply, session.attempt(doing) + ": the answer is not sorted by id as asked for");
    const bool continues = from == 0 || (!page.refs.empty() && page.refs.front().id <= place.last_id);
    if (!continues) continue;  // rows before our place are gone: something may have slipped, so go back further
    RedmineListPart part;
    part.empty_answer = page.refs.empty();
    for (const auto& ref : page.refs)
      if (ref.id > place.last_id) part.refs.push_back(ref);
    const auto end = from + static_cast<std::int64_t>(page.refs.size());
    const auto last = page.refs.empty() ? place.last_id : std::max(place.last_id, page.refs.back().id);
    // no step forward is the end, whatever the total says
    const bool steps = end > place.offset || from + 1 < place.offset;
    if (!page.refs.empty() && steps && end < page.total) part.next = RedmineListPlace{place.project, end, last};
    return part;
  }
}

std::vector<std::string> redmine_top_projects(const std::vector<std::string>& configured,
                                              const std::vector<RedmineProject>& all) {
  std::vector<std::string> top;
  std::vector<std::int64_t> ids;
  for (const auto& identifier : configured)
    if (const auto* project = project_named(all, identifier)) ids.push_back(project->id);
  const auto is_configured = [&](std::int64_t id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  for (const auto& identifier : configured) {
    const auto* project = project_named(all, identifier);
    bool below = false;
    // No more steps than there are projects, should a server tell of a circle.
    for (std::size_t steps = 0; project != nullptr && project->parent != 0 && steps < all.size(); ++steps) {
      below = below || is_configured(project->parent);
      project = project_with(all, project->parent);
    }
    if (!below && !contains_name(top, identifier)) top.push_back(identifier);
  }
  return top;
}

}  // namespace cb
