// What the Jira adapter needs to know from the configuration.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

struct JiraTerms {
  std::string name;      // of the tracker: issues are called name#10068
  std::string base_url;  // for people: issue addresses, error messages
  // Secret. With `login` (Cloud: the account's e-mail address; Data Center: its name) both are sent as Basic; a key of
  // the form address:token likewise; else the key is a bearer token (Data Center's personal access token, OAuth).
  std::string api_key;
  std::string login;
  std::vector<std::string> projects;  // by key, or by name; empty: every visible project
  ReadTerms read;
  std::map<Slot, std::string> write;  // slot to field: its id (customfield_10050) or its name
  std::string property;               // of the issue, where the record stands; empty: none is kept
  bool links = false;                 // whether links to pages are read, which costs a request for each issue
  bool watchers = false;              // likewise of who watches it
  // Roles or groups that staff bear and customers do not, the best first: notes for staff go to the first of them that
  // a project has, where it is no service desk.
  std::vector<std::string> insiders;
  bool quiet = true;  // edits are asked to mail nobody
  std::size_t rows_a_page = 100;
};

}  // namespace cb
