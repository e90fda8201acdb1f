// What `check` and `init` ask a Redmine: its words, fields and roles as far as the account may see them, and the rights
// that are missing, in sentences for its administrator. Reads only.
#pragma once

#include "adapters/redmine/redmine_directory.hpp"

namespace cb {

Result<Survey> redmine_survey(RedmineSession& session, RedmineDirectory& directory, const RedmineTerms& terms,
                              const Identity& identity);

}  // namespace cb
