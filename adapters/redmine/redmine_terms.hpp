// What the Redmine adapter needs to know from the configuration.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

struct RedmineTerms {
  std::string name;                   // of the tracker: issues are called name#123
  std::string base_url;               // for people: issue addresses, error messages
  std::string api_key;                // secret; sent as X-Redmine-API-Key, appears nowhere else
  std::vector<std::string> projects;  // identifiers; empty: every visible project
  ReadTerms read;
  std::map<Slot, std::string> write;  // slot to field name
  std::string label_field;            // a multi-value list field that holds labels; empty: no labels
};

}  // namespace cb
