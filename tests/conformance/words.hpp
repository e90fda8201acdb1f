// What one server calls the things that cases use, and which of them a case may touch. Fakes have fixed words; those of
// a real server are what it has (environment, discovery), so that the cases run on one that nobody has seen before.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "tests/conformance/backstage.hpp"

namespace cb::conformance {

// A field that people fill and the bridge never writes, with two values for it.
struct FactField {
  std::string name;
  std::string value;
  std::string other;
};

// A slot whose field takes listed values only.
struct ListSlot {
  Slot slot;
  std::string good;
  std::string refused;
};

struct Words {
  std::vector<std::string> types;  // the usual one first; empty: the tracker has none
  std::string fresh, working;      // statuses: of a new issue, and one that staff give to it
  std::vector<std::string> ended;  // statuses that end an issue, each possible for a new one
  // Statuses that staff give one after the other to a new issue: ended, open again, ended.
  std::vector<std::string> to_and_fro;
  std::string priority, raised;  // of a new issue, and a higher one
  FactField customer;
  FactField channel;
  std::vector<std::string> labels;  // three that can be set
  std::string flag;                 // one that the bridge's account may set; empty: the tracker has none
  std::map<Slot, std::string> write;
  std::vector<Slot> texts;         // slots whose fields take any text; one at least
  std::optional<ListSlot> list;    // empty: no slot of that kind on this server
  std::string refusal;             // what the server says of a value that is not in the list; empty: names the value
  std::optional<Slot> date_time;   // likewise
  std::string no_date_time;        // why none
  std::string customer_may_write;  // why the customer's account is no stranger to other people's issues; empty: it is
  std::string no_flag;             // why there is no flag to set
  Slot absent = Slot::advice;      // its field does not exist
  std::string other_project;       // empty: there is no other one
  std::string staff_mark;          // role or group that staff bear who wrote for staff; empty: nobody sees it
  Who assignee = Who::staff;       // whom to assign: not somebody who has every new issue by default

  // The n-th text slot, beginning anew where there are fewer.
  [[nodiscard]] Slot text(std::size_t n = 0) const { return texts[n % texts.size()]; }
  [[nodiscard]] const std::string& field(Slot slot) const { return write.at(slot); }
};

// `billing=cf_billing, customer=cf_customer`: neutral names (slots of `write`, and facts of `read`) to fields. What
// cannot be read throws std::runtime_error.
std::map<std::string, std::string> fields_from_text(const std::string& text);

}  // namespace cb::conformance
