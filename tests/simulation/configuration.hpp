// The configuration of the simulated service, as the YAML that an administrator would write, loaded by the real loader.
// What may change while the service runs stands in Deal.
#pragma once

#include <memory>
#include <vector>

#include "bridge/settings/settings.hpp"
#include "tests/simulation/site.hpp"

namespace cb::simulation {

struct Deal {
  int pool = 2;                 // requests of the small plan
  int shared_pool = 3;          // of the contract that two products and all trackers share
  int first_response_h = 2;     // of the small plan
  int resolution_h = 8;         // likewise
  bool nobody_signed = false;   // the customer without a contract has one by now
  std::vector<int> poll_every;  // minutes, by site
  bool on_call = false;         // is told what is urgent
  bool chat = false;            // likewise
  bool unusable = false;        // one secret is not to be had
};

struct Setting {
  Instant start;  // contracts run from before it; one ends some days after
  std::vector<SiteForm> sites;
  bool store_in_a_file = false;
  bool apologises = false;  // a breach is told to the customer, not to staff
};

// The secrets to which the configuration refers, in the environment. Once, before anything is loaded.
void provide_secrets();

// Throws std::runtime_error with every problem that the loader found.
std::shared_ptr<const Settings> load_deal(const Setting& setting, const Deal& deal);

}  // namespace cb::simulation
