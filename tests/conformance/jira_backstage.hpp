// Staff and customers of a Jira, Cloud or Data Center: over plain REST, and over the portal's interface where only that
// tells who sees what.
#pragma once

#include <map>

#include "tests/conformance/backstage.hpp"

namespace cb {
class Http;
}

namespace cb::conformance {

// Whose key it is, as the server wants to be told: the address on Cloud, nothing for a personal access token.
struct JiraAccount {
  std::string login, key;
};

struct JiraPlace {
  bool cloud = false;
  bool service_desk = false;  // of the project
  std::string project, type;  // where issues are registered, and as what
  std::string staff_role;     // whom notes for staff are for, where it is no service desk
};

class JiraBackstage final : public Backstage {
 public:
  // `http` must outlive it.
  JiraBackstage(Http& http, std::map<Who, JiraAccount> accounts, JiraPlace place);

  std::string create(Who who, const NewIssue& issue) override;
  void update(Who who, const std::string& id, const Update& update) override;
  std::vector<std::string> notes(Who who, const std::string& id) override;
  std::string updated_on(const std::string& id) override;
  std::string field(const std::string& id, const std::string& name) override;
  PersonRef person(Who who) override;
  std::vector<std::string> in_copy(const std::string& id) override;
  std::string cannot_hide() override;

  [[nodiscard]] const JiraPlace& place() const { return place_; }
  // A target below the platform's API.
  [[nodiscard]] std::string api(const std::string& target) const;
  // The body of an answer that is no error. `target` begins with /rest.
  std::string ask(Who who, const std::string& method, const std::string& target, const std::string& body = {});

 private:
  struct Field {
    std::string id, format;  // the last part of the custom type's key
  };
  const Field& field_named(const std::string& name);
  std::string fields_json(const std::map<std::string, std::string>& fields);
  void move(Who who, const std::string& id, const std::string& status);
  void comment(Who who, const std::string& id, const Update& update);

  Http& http_;
  std::map<Who, JiraAccount> accounts_;
  JiraPlace place_;
  std::map<std::string, Field> fields_;
};

}  // namespace cb::conformance
