// Who lives in the simulated world, the same on every tracker: the customers and their people, the staff, the bridge.
// Names and contracts of one customer are what no other may ever read.
#pragma once

#include <string>
#include <vector>

namespace cb::simulation {

struct Person {
  std::string login, first, last, mail;
  std::string customer;  // id; empty: staff
};

struct Customer {
  std::string id, name, language, zone, domain;
  std::vector<std::string> contracts;  // ids
  std::string partner;                 // who also may register for them
};

const std::vector<Customer>& customers();
const std::vector<Person>& people();  // customers' people; those who may order come first of their customer
const std::vector<Person>& staff();
const Customer* customer_named(const std::string& id);

inline const char* const k_bridge = "contract-bridge";
inline const char* const k_projects[] = {"lms", "reports"};
// Stands in every note that staff write for themselves.
inline const char* const k_staff_secret = "staff-only-sentinel";

std::string key_of(const std::string& login);

// The form of tests/data/demo/README.md, without issues: the fakes' seeds read it.
std::string cast_json();

}  // namespace cb::simulation
