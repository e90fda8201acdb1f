// The people at the other side of a tracker: a customer and a member of staff who register, comment and change issues
// over plain REST, so that a case runs equally against fakes and real servers. What does not succeed here is a broken
// set-up and throws std::runtime_error with the server's words.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"

namespace cb::conformance {

enum class Who { staff, customer };

// Types, statuses, priorities and fields by the tracker's own words.
struct NewIssue {
  std::string subject;
  std::string description = {};
  std::string type = {};  // empty: the usual one
  std::map<std::string, std::string> fields = {};
  bool is_private = false;
};

// Everything that is given goes into one request.
struct Update {
  std::string note = {};
  bool is_private = false;
  std::string status = {}, priority = {};
  std::optional<Who> assign = {};
  std::map<std::string, std::string> fields = {};
};

struct Keys {
  std::string staff, customer;
};

class Backstage {
 public:
  virtual ~Backstage() = default;
  virtual std::string create(Who who, const NewIssue& issue) = 0;  // its id
  virtual void update(Who who, const std::string& id, const Update& update) = 0;
  // Comments as that person sees them, oldest first, without the description.
  virtual std::vector<std::string> notes(Who who, const std::string& id) = 0;
  virtual std::string updated_on(const std::string& id) = 0;
  virtual std::string field(const std::string& id, const std::string& name) = 0;  // as staff see it
  virtual PersonRef person(Who who) = 0;                                          // login and name
  virtual std::vector<std::string> in_copy(const std::string& id) = 0;            // as staff see them
  // Why no issue can be kept from the customer on this server; empty: it can.
  virtual std::string cannot_hide() { return {}; }
};

}  // namespace cb::conformance
