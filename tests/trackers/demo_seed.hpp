// Reads the demo's issues (tests/data/demo/README.md tells the format) into a fake Redmine's rows, with all ages
// counted back from `start`. What is wrong in the file is thrown as std::runtime_error with words.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "tests/trackers/fake_redmine_state.hpp"

namespace cb {

struct DemoCast {
  std::string bridge_login, staff_login, customer_login;  // the first of each kind
  std::set<std::string> bridge_fields;                    // names, as people read them, of what the bridge writes
};

struct DemoSeed : DemoCast {
  fake::State state;
};

using KeyMaker = std::function<std::string(const std::string& login)>;

DemoSeed demo_seed(const std::string& json, Instant start, const KeyMaker& key_for);

}  // namespace cb
