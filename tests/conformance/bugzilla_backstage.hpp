// Staff and customers of a Bugzilla, any flavour: the key travels as a parameter, which all of them read.
#pragma once

#include <map>
#include <set>

#include "tests/conformance/backstage.hpp"

namespace cb {
class Http;
}

namespace cb::conformance {

// Where issues are registered.
struct BugzillaPlace {
  std::string product, component;
};

class BugzillaBackstage final : public Backstage {
 public:
  // `http` must outlive it.
  BugzillaBackstage(Http& http, Keys keys, BugzillaPlace place);

  std::string create(Who who, const NewIssue& issue) override;
  void update(Who who, const std::string& id, const Update& update) override;
  std::vector<std::string> notes(Who who, const std::string& id) override;
  std::string updated_on(const std::string& id) override;
  std::string field(const std::string& id, const std::string& name) override;
  PersonRef person(Who who) override;
  std::vector<std::string> in_copy(const std::string& id) override;
  std::string cannot_hide() override;

  // The body of an answer that is no error.
  std::string ask(Who who, const std::string& method, const std::string& target, const std::string& body = {});
  // Groups as the person's own account shows them: names to ids.
  std::map<std::string, int> own_groups(Who who);

 private:
  // What every new issue needs.
  struct Creation {
    std::string version, platform, op_sys, resolution;
    std::map<std::string, std::string> mandatory;  // custom fields
  };
  const Creation& creation();
  const std::set<std::string>& closed_statuses();
  std::string first_value(const std::string& field, const std::string& preferred);
  void hide(const std::string& id);

  Http& http_;
  Keys keys_;
  BugzillaPlace place_;
  std::optional<Creation> creation_;
  std::set<std::string> closed_;
  std::map<Who, PersonRef> people_;
  std::optional<std::string> hiding_group_;  // empty: none takes issues of this product
};

}  // namespace cb::conformance
