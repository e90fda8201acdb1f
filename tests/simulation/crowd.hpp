// The people of all trackers: they register, answer, change, reopen, approve and tamper, at all hours and more in those
// of an office. Everything is drawn from the seed.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tests/simulation/judge.hpp"

namespace cb::simulation {

struct CrowdParts {
  Turns& turns;
  Trace& trace;
  Judge& judge;
  std::map<std::string, Site*> sites;
  std::function<void(const IssueKey&)> changed;  // a tracker may tell the bridge
  Moment until;                                  // nobody does anything after that
};

class Crowd {
 public:
  Crowd(CrowdParts parts, Dice dice, int issues) : parts_(std::move(parts)), dice_(dice), issues_(issues) {}

  // Plans the week.
  void begin();

 private:
  struct Ticket {
    std::string site, id;
    Person reporter;
    std::string project;
    int acts_left = 0;
  };
  void register_one();
  void go_on(const Ticket& ticket);
  void act(Ticket ticket);
  bool do_something(const Ticket& ticket);
  bool as_staff(const Ticket& ticket, const std::string& status);
  bool as_customer(const Ticket& ticket, const std::string& status);
  bool rarely(const Ticket& ticket);
  bool update(const Ticket& ticket, bool by_staff, const conformance::Update& update, const std::string& what);
  void burst();
  [[nodiscard]] Moment some_time_in(Micros from, Micros to);

  CrowdParts parts_;
  Dice dice_;
  int issues_;
  int last_ = 0;
};

}  // namespace cb::simulation
