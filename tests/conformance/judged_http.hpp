// The Http of a fake behind validators that are not ours: every request that one of the given documents describes takes
// the way client -> validators -> this program -> fake, and both it and its answer are judged on that way. The fake
// gets the very request, and the client the very answer, that would have met without judges, for validators rewrite
// what they let through. Requests that no document describes go straight to the fake and are counted.
//
// Each of these is a violation: a request that the validators refuse (it never reaches the fake), an answer that they
// mark (x-violation, sl-violations, application/problem+json) or whose status they change, and validators that do not
// answer. An answer that a test spoiled on purpose is not judged; its request is.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "tests/conformance/api_documents.hpp"
#include "tests/trackers/fake_server.hpp"

namespace cb::conformance {

struct Violation {
  std::string document;  // Cloud
  std::string method, path;
  int status = 0;     // of the fake's answer; 0: the request did not reach it
  std::string words;  // the validators', without any header of the request
};

std::string to_text(const Violation& violation);

// What the validators complain of in their answer; empty: nothing.
std::string complaint(const HttpResponse& judged);

// One document, and its validators before this program.
struct Judge {
  std::string document;  // as the summary calls it
  ApiDocument operations;
  std::unique_ptr<Http> chain;
};

// What was judged.
struct Tally {
  std::map<std::string, int> requests;                   // by document
  std::map<std::string, std::set<std::string>> covered;  // operations, by document
  std::map<std::string, int> unknown;                    // requests that no document describes, by method and path
  int spoiled = 0;                                       // whose answers a test spoiled on purpose
  std::vector<Violation> violations;
};

// What stands behind all validators of a program: passes each judged request on to the fake that is tested just now.
class Upstream {
 public:
  // Port 0 takes a free one. Throws std::runtime_error when the port is taken.
  explicit Upstream(int port);
  [[nodiscard]] std::string url() const { return server_.url(); }

  struct Passed {
    bool is_other = false;    // the validators sent something else than they were given
    bool is_spoiled = false;  // by a fault that the test injected
    Result<HttpResponse> answer;
  };
  // The one request that may come until taken(), and where it goes. All must live so long.
  struct Expected {
    const HttpRequest* request = nullptr;
    Http* to = nullptr;
    const FakeTracker* fake = nullptr;  // at the end of `to`
  };
  void expect(const Expected& expected);
  // What came of it; nothing: the validators let nothing through.
  std::optional<Passed> taken();

 private:
  class Relay : public FakeTracker {
   public:
    void expect(const Expected& expected);
    std::optional<Passed> taken();

   private:
    HttpResponse answer(const HttpRequest& request) override;

    std::mutex mutex_;
    std::optional<Expected> expected_;
    std::optional<Passed> passed_;
  };

  Relay relay_;
  FakeServer server_;
};

// One thread at a time.
class JudgedHttp : public Http {
 public:
  struct Bench {
    std::vector<Judge*> judges;
    Upstream* upstream = nullptr;
    Tally* tally = nullptr;
    std::function<void(const Violation&)> report;  // besides the tally; may be empty
  };

  // `fake` is what `direct` leads to; everything that is pointed to must outlive this.
  JudgedHttp(std::unique_ptr<Http> direct, const FakeTracker& fake, Bench bench);
  Result<HttpResponse> send(const HttpRequest& request) override;

 private:
  Result<HttpResponse> judged(const HttpRequest& request, Judge& judge);
  void compare(const HttpRequest& request, const Judge& judge, const Upstream::Passed& passed,
               const HttpResponse& judged);
  void blame(const HttpRequest& request, const Judge& judge, int status, const std::string& words);

  std::unique_ptr<Http> direct_;
  const FakeTracker& fake_;
  Bench bench_;
};

}  // namespace cb::conformance
