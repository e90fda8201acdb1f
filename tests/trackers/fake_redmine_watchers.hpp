// Who is in copy of an issue: Redmine's watchers. Observed on 5.0.4, besides what the functions say: neither adding nor
// removing moves updated_on; who may not see the issue, or is no member, is accepted and sees no more than before; who
// is locked afterwards stays in the list; `include=watchers` without view_issue_watchers leaves the list out.
#pragma once

#include "tests/trackers/fake_redmine_access.hpp"

namespace cb::fake {

// 204 for whoever may, with nothing done for an id that is missing, unknown, locked or in the list already. 403 without
// add_issue_watchers, in a closed project, and, unlike elsewhere, for an issue that does not exist.
HttpResponse add_watcher(State& state, const User* user, const Call& call, int issue);
// 204, also for somebody who is not in the list; 404 for a user that does not exist, 403 without delete_issue_watchers.
HttpResponse remove_watcher(State& state, const User* user, int issue, int watcher);

}  // namespace cb::fake
