// The people at the other side of a Redmine: a customer and a member of staff who register, comment and change issues
// over plain REST, so that a case runs equally against the fake and a real server. What does not succeed here is a
// broken set-up and throws std::runtime_error with the server's words.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"

namespace cb {
class Http;
}

namespace cb::conformance {

enum class Who { staff, customer };

struct NewIssue {
  std::string subject;
  std::string description = {};
  std::string type = "Support";
  std::map<std::string, std::string> fields = {};
  bool is_private = false;
};

// Everything that is given goes into one request.
struct Update {
  std::string note = {};
  bool is_private = false;
  std::string status = {}, priority = {};
  bool assign_to_me = false;
  std::map<std::string, std::string> fields = {};
};

struct Keys {
  std::string staff, customer;
};

class Backstage {
 public:
  // `http` must outlive it.
  Backstage(Http& http, Keys keys, std::string project);
  ~Backstage();

  std::string create(Who who, const NewIssue& issue);  // its id
  void update(Who who, const std::string& id, const Update& update);
  // Notes as that person sees them, oldest first.
  std::vector<std::string> notes(Who who, const std::string& id);
  std::string updated_on(const std::string& id);
  std::string field(const std::string& id, const std::string& name);  // as staff see it
  PersonRef person(Who who);                                          // login and name
  std::vector<std::string> in_copy(const std::string& id);            // names, as staff see them

 private:
  struct Words;
  const Words& words();
  const std::map<std::string, int>& fields();
  [[nodiscard]] std::string ask(Who who, const std::string& method, const std::string& target, const std::string& body,
                                int expected);
  Http& http_;
  Keys keys_;
  std::string project_;
  std::unique_ptr<Words> words_;
  std::map<std::string, int> fields_;  // ids by name
};

}  // namespace cb::conformance
