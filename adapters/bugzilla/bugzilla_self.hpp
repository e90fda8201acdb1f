// Whose key it is, on a server that does not tell (5.0 to 5.2): the accounts are looked through, by id and by wildcard,
// for the row that holds saved searches, which is only shown to its owner. Ids without an account are harmless; a
// stranger is refused (505).
#pragma once

#include <string>

#include "adapters/bugzilla/bugzilla_session.hpp"

namespace cb {

inline constexpr const char* k_bugzilla_user_fields = "include_fields=id,name,real_name,email,groups,saved_searches";

// The login; `denied` with words when it cannot be found.
Result<std::string> bugzilla_own_login(BugzillaSession& session);

}  // namespace cb
