// Talking to one Jira: finds out its form, adds the credentials, reads the answer, and puts failures into words. A
// Cloud that does not know the credentials may answer as to a stranger, with success (trackers.md C2); it says so in
// X-Seraph-LoginReason, which is read on every answer. The key is cut out of every message.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "adapters/json_read.hpp"

namespace cb {

// An error with what Jira said in particular.
struct JiraRefusal {
  Error error;
  int status = 0;                             // 0: no answer
  std::map<std::string, std::string> fields;  // refused fields by id, with the reason
};

template <class T>
using JiraResult = tl::expected<T, JiraRefusal>;

class JiraSession {
 public:
  // Both must outlive the session.
  JiraSession(const JiraTerms& terms, Http& http);

  // The server, asked once until forget().
  Result<JiraServer> server();
  // The time of the server, asked every time.
  Result<Instant> server_time();
  void forget() { server_.reset(); }

  // `target` begins below /rest/api/2 or 3: /issue/10068. An answer without a body is null. `doing` completes
  // "tracker support: ...".
  Result<JsonDocument> get(const std::string& target, const std::string& doing);
  Result<JsonDocument> post(const std::string& target, const std::string& body, const std::string& doing);
  // The same, for who needs to know what was refused. GET has no body.
  JiraResult<JsonDocument> ask(const std::string& method, const std::string& target, const std::string& body,
                               const std::string& doing);
  // `target` begins below /rest/servicedeskapi.
  JiraResult<JsonDocument> ask_desk(const std::string& method, const std::string& target, const std::string& body,
                                    const std::string& doing);

  [[nodiscard]] std::string attempt(const std::string& doing) const;

 private:
  JiraResult<JsonDocument> answer(const std::string& method, const std::string& target, const std::string& body,
                                  const std::string& doing);
  JiraRefusal refused(JiraRefusal refusal) const;
  Result<JsonDocument> info(bool& cloud);
  Result<bool> has_service_management();

  const JiraTerms& terms_;
  Http& http_;
  std::string authorization_;
  std::optional<JiraServer> server_;
};

// What goes into the Authorization header.
std::string jira_authorization(const std::string& login, const std::string& api_key);

// Below the API: /issue/10068
std::string jira_issue_path(const std::string& id);

// `?a=1&b=x%20y`
std::string jira_query(const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace cb
