// Staff and customers of a Redmine.
#pragma once

#include <memory>

#include "tests/conformance/backstage.hpp"

namespace cb {
class Http;
}

namespace cb::conformance {

class RedmineBackstage final : public Backstage {
 public:
  // `http` must outlive it. `type` is what an issue gets that names none.
  RedmineBackstage(Http& http, Keys keys, std::string project, std::string type);
  ~RedmineBackstage() override;

  std::string create(Who who, const NewIssue& issue) override;
  void update(Who who, const std::string& id, const Update& update) override;
  std::vector<std::string> notes(Who who, const std::string& id) override;
  std::string updated_on(const std::string& id) override;
  std::string field(const std::string& id, const std::string& name) override;
  PersonRef person(Who who) override;
  std::vector<std::string> in_copy(const std::string& id) override;

 private:
  struct Words;
  const Words& words();
  const std::map<std::string, int>& fields();
  int user_id(Who who);
  [[nodiscard]] std::string ask(Who who, const std::string& method, const std::string& target, const std::string& body,
                                int expected);
  Http& http_;
  Keys keys_;
  std::string project_;
  std::string type_;
  std::unique_ptr<Words> words_;
  std::map<std::string, int> fields_;  // ids by name
};

}  // namespace cb::conformance
