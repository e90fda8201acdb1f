// The list of changed issues, page by page and project by project, without holes and without repetitions while issues
// come and go. Rows are sorted by id; each page begins with the last row of the page before, which proves that nothing
// slipped between them; where it does not stand there any more, the page is read again from further back. An issue that
// enters behind our back with a lower id was changed just now and belongs to the next list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/redmine/redmine_records.hpp"
#include "adapters/redmine/redmine_session.hpp"

namespace cb {

// Where a list goes on: project by position in the list of projects, rows before, last id seen.
struct RedmineListPlace {
  std::size_t project = 0;
  std::int64_t offset = 0;
  std::int64_t last_id = 0;
};
std::string to_text(const RedmineListPlace& place);
std::optional<RedmineListPlace> redmine_list_place(const std::string& text);

struct RedmineListPart {
  std::vector<RedmineRef> refs;
  bool empty_answer = false;             // the server showed no row at all: is the key still good?
  std::optional<RedmineListPlace> next;  // within the same project
};

// `project` empty: every visible project. Subprojects belong to their project.
std::string redmine_list_target(const std::string& project, std::optional<Instant> since, std::int64_t offset);
Result<RedmineListPart> redmine_list_part(RedmineSession& session, const std::string& project,
                                          std::optional<Instant> since, const RedmineListPlace& place);

// Configured projects without those that stand below another one: their issues come with it.
std::vector<std::string> redmine_top_projects(const std::vector<std::string>& configured,
                                              const std::vector<RedmineProject>& all);

}  // namespace cb
