// The resources that hold the work: issues, journals and logged time.
#pragma once

#include "tests/trackers/fake_redmine_access.hpp"

namespace cb::fake {

HttpResponse list_issues(const State& state, const User* user, const Call& call, const Project* project);
HttpResponse show_issue(const State& state, const User* user, const Call& call, int id);
HttpResponse create_issue(State& state, const User* user, const Call& call, Instant now);
HttpResponse update_issue(State& state, const User* user, const Call& call, int id, Instant now);
HttpResponse delete_issue(State& state, const User* user, int id);
// Edits a note: updated_on stays where it was and no mark is left (242); an empty note deletes the journal (244).
HttpResponse update_journal(State& state, const User* user, const Call& call, int id);
HttpResponse create_time_entry(State& state, const User* user, const Call& call, Instant now);

}  // namespace cb::fake
