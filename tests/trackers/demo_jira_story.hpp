// What happened on the demo's issues, played into a fake Jira whose people, fields and words are there already.
#pragma once

#include <map>
#include <string>

#include "tests/trackers/demo_file.hpp"
#include "tests/trackers/fake_jira_state.hpp"

namespace cb {

// Names of the file to what the Jira has.
struct DemoJiraWords {
  std::map<std::string, std::string> projects;     // identifier to id
  std::map<std::string, std::string> statuses;     // name to id
  std::map<std::string, std::string> resolutions;  // status to the id of its resolution, or nothing
  std::map<std::string, std::string> priorities;   // name to id
  std::map<std::string, std::string> people;       // login to account id
};

// The id for a name of the file; what is unknown is refused.
const std::string& demo_word(const std::map<std::string, std::string>& words, const std::string& name,
                             const char* what);

// Throws std::runtime_error for what is wrong in the file.
void play_demo_jira(const demo_file::Json& issues, Instant start, const DemoJiraWords& words, fake_jira::State& state);

}  // namespace cb
