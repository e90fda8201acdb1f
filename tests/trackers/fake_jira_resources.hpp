// What answers each route, by subject. All throw Refusal.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

// fake_jira_server.cpp
Reply server_info(Call& call);
Reply myself(Call& call);
Reply my_permissions(Call& call);
Reply statuses(Call& call);
Reply priorities(Call& call);
Reply priority_search(Call& call);
Reply resolutions(Call& call);
Reply issue_types(Call& call);
Reply projects(Call& call);
Reply project_search(Call& call);
Reply project(Call& call);
// fake_jira_people.cpp
Reply project_roles(Call& call);
Reply project_role(Call& call);
Reply all_roles(Call& call);
Reply user(Call& call);
Reply user_search(Call& call);
Reply groups(Call& call);
// fake_jira_fields.cpp
Reply fields(Call& call);
Reply field_search(Call& call);
Reply create_field(Call& call);
Reply field_contexts(Call& call);
Reply field_options(Call& call);
Reply add_field_options(Call& call);
// fake_jira_issues.cpp
Reply get_issue(Call& call);
Reply edit_issue(Call& call);
Reply create_issue(Call& call);
Reply edit_meta(Call& call);
// fake_jira_bulk.cpp
Reply bulk_fetch(Call& call);
Reply bulk_edit(Call& call);
Reply bulk_fields(Call& call);
Reply bulk_progress(Call& call);
void run_due_tasks(State& state, Instant now);
// fake_jira_comments.cpp
Reply get_comments(Call& call);
Reply get_comment(Call& call);
Reply add_comment(Call& call);
Reply edit_comment(Call& call);
Reply delete_comment(Call& call);
// fake_jira_changelog.cpp
Reply changelog(Call& call);
Reply bulk_changelog(Call& call);
// fake_jira_transitions.cpp
Reply get_transitions(Call& call);
Reply transition(Call& call);
// fake_jira_extras.cpp
Reply property_keys(Call& call);
Reply get_property(Call& call);
Reply set_property(Call& call);
Reply delete_property(Call& call);
Reply get_links(Call& call);
Reply set_link(Call& call);
Reply get_watchers(Call& call);
Reply add_watcher(Call& call);
Reply remove_watcher(Call& call);
Reply add_worklog(Call& call);
// fake_jira_search.cpp
Reply search_jql(Call& call);
Reply approximate_count(Call& call);
Reply removed_search(Call& call);
Reply search(Call& call);
// fake_jira_desk.cpp, fake_jira_requests.cpp, fake_jira_promises.cpp
Reply desk_info(Call& call);
Reply service_desks(Call& call);
Reply service_desk(Call& call);
Reply desk_queues(Call& call);
Reply organizations(Call& call);
Reply organization(Call& call);
Reply create_organization(Call& call);
Reply organization_users(Call& call);
Reply desk_organizations(Call& call);
Reply request_types(Call& call);
Reply request(Call& call);
Reply create_request(Call& call);
Reply request_comments(Call& call);
Reply add_request_comment(Call& call);
Reply participants(Call& call);
Reply promises(Call& call);

}  // namespace cb::fake_jira
