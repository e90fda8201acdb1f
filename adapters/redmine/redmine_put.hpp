// One update of an issue on its way to the server, and what a refusal means, in words.
#pragma once

#include <optional>
#include <string>

#include "adapters/redmine/redmine_directory.hpp"
#include "adapters/redmine/redmine_session.hpp"
#include "adapters/redmine/redmine_write.hpp"

namespace cb {

// Redmine refuses the whole request for an assignee that it does not accept: then the rest is sent without, and
// `refused_assignee` gets its reasons.
std::optional<Error> redmine_put(RedmineSession& session, RedmineDirectory& directory, const RedmineIssue& issue,
                                 RedmineUpdate update, std::string& refused_assignee);

}  // namespace cb
