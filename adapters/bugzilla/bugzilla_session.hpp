// One Bugzilla's REST as seen by one account: finds out the server's version by itself, sends the key in the form that
// this flavour reads (5.0 and 5.2 ignore headers and would answer as to a stranger, with less data and success), reads
// the answer, and puts failures into words. What went wrong is told by the `code` of the answer, not by its status
// (observed.md 3): a bad key is 400 with 306, an internal exception is 200 with `error`, and only 101 says that a bug
// does not exist. The key is cut out of every message, as it is and as it stands in an address.
#pragma once

#include <optional>
#include <string>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/http.hpp"
#include "adapters/json_read.hpp"

namespace cb {

// An error with Bugzilla's own number; 0 where the answer had none.
struct BugzillaRefusal {
  Error error;
  std::int64_t code = 0;
  std::string page{};  // of an answer that was no JSON: a server that breaks off says why on a page (recording 230)
};

template <class T>
using BugzillaResult = tl::expected<T, BugzillaRefusal>;

// What a version can do.
BugzillaServer bugzilla_server(const std::string& version);

class BugzillaSession {
 public:
  // Both must outlive the session.
  BugzillaSession(const BugzillaTerms& terms, Http& http) : terms_(terms), http_(http) {}

  // The server, asked once until forget().
  Result<BugzillaServer> server();
  void forget() { server_.reset(); }

  // `target` begins below /rest: /bug?id=1. `doing` completes "tracker support: ...".
  Result<JsonDocument> get(const std::string& target, const std::string& doing);
  // The same, for who needs the code.
  BugzillaResult<JsonDocument> ask(const std::string& method, const std::string& target, const std::string& body,
                                   const std::string& doing);

  [[nodiscard]] std::string attempt(const std::string& doing) const;
  [[nodiscard]] std::string without_key(std::string text) const;

 private:
  BugzillaResult<JsonDocument> answer(const HttpRequest& request, const std::string& doing);

  const BugzillaTerms& terms_;
  Http& http_;
  std::optional<BugzillaServer> server_;
};

}  // namespace cb
