// What the Bugzilla adapter needs to know from the configuration.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

struct BugzillaTerms {
  std::string name;                   // of the tracker: issues are called name#123
  std::string base_url;               // for people: issue addresses, error messages
  std::string api_key;                // secret
  std::string login;                  // of the key's account; empty: found out (5.0 and 5.2 do not tell)
  std::vector<std::string> products;  // by name; empty: every visible product
  ReadTerms read;
  std::map<Slot, std::string> write;  // slot to field: its API name (cf_due) or its display name
  std::vector<std::string> flags;     // names of the flags that the bridge writes
  std::string server_timezone;        // IANA name; empty: not configured
  std::string insider_group;          // who sees private comments; empty: asked for (few accounts are told)
  std::size_t rows_a_page = 500;
};

}  // namespace cb
