// Bugzilla's JSON to records. Strict about ids, instants and types, indifferent to members it does not know and to
// aliases, which every flavour tells in another form. Answers are those of 5.0 to 5.2, 5.3, Harmony and BMO.
#pragma once

#include <map>
#include <vector>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/json_read.hpp"

namespace cb {

Result<std::string> bugzilla_version(const JsonDocument& document);
// The one bug of GET /bug/ID, or all of GET /bug?id=1,2. `fields` names the custom fields to look for. Where the answer
// holds `comments` and `history`, they are read too.
Result<std::vector<BugzillaBug>> bugzilla_bugs(const JsonDocument& document, const std::vector<BugzillaField>& fields);
Result<std::vector<BugzillaRef>> bugzilla_refs(const JsonDocument& document);
// By bug; a bug that the answer does not tell of is not in the map.
Result<std::map<std::int64_t, std::vector<BugzillaComment>>> bugzilla_comments(const JsonDocument& document,
                                                                               const std::vector<std::int64_t>& bugs);
Result<std::map<std::int64_t, std::vector<BugzillaHistoryEntry>>> bugzilla_histories(const JsonDocument& document);
Result<std::vector<BugzillaUser>> bugzilla_users(const JsonDocument& document);
// GET /whoami, without groups.
Result<BugzillaPerson> bugzilla_whoami(const JsonDocument& document);
// GET /valid_login
Result<bool> bugzilla_truth(const JsonDocument& document);
Result<std::vector<BugzillaField>> bugzilla_fields(const JsonDocument& document);
Result<std::vector<BugzillaProduct>> bugzilla_products(const JsonDocument& document);
// Of GET /product_accessible.
Result<std::vector<std::int64_t>> bugzilla_ids(const JsonDocument& document);
// A value of GET /parameters; empty when this account is not told.
Result<std::string> bugzilla_parameter(const JsonDocument& document, const std::string& name);
Result<Instant> bugzilla_server_time(const JsonDocument& document);

}  // namespace cb
