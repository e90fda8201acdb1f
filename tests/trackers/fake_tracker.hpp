// What all fake trackers share: requests come in, are logged and can be told to fail; the answers are each tracker's
// own. Any number of threads may ask; the log and a fake's state are for one thread while nobody asks.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http.hpp"

namespace cb {

// What goes wrong instead of the answer.
struct Fault {
  enum class Kind {
    status,       // that status, with an empty body
    html_page,    // 200 with a web page where JSON is expected: a proxy's login, a maintenance page
    truncated,    // the true answer, cut in the middle
    nested,       // 200 with JSON nested absurdly deep
    no_answer,    // the connection ends before an answer
    answer_lost,  // the request is done, but its answer never arrives
  };
  Kind kind = Kind::status;
  int status = 500;
  std::optional<int> retry_after;  // seconds, as a header
};

class FakeTracker {
 public:
  virtual ~FakeTracker() = default;

  // Empty when no answer arrives (a fault).
  std::optional<HttpResponse> exchange(const HttpRequest& request);
  // The same for callers that inject no such fault; no answer becomes a 500.
  HttpResponse handle(const HttpRequest& request);

  // The n-th request from now (1 is the next) fails.
  void fail(int nth, Fault fault);
  // Every request whose method and path match fails, until clear_faults(). An empty method means any.
  void fail_always(const std::string& method, const std::string& path_prefix, Fault fault);
  void clear_faults();

  struct Logged {
    std::string method, path, target, body;
    int status = 0;     // 0: no answer
    std::string meant;  // as FakeTracker::meant()
  };
  [[nodiscard]] std::vector<Logged> log() const;
  void clear_log();
  [[nodiscard]] int requests() const;
  // Requests that failed because they were told to.
  [[nodiscard]] int faults_met() const;
  // Requests of that method whose path begins so; an empty method means any.
  [[nodiscard]] int requests(const std::string& method, const std::string& path_prefix) const;
  // POST, PUT, PATCH and DELETE.
  [[nodiscard]] int writes() const;

 protected:
  // While held, no request is answered.
  [[nodiscard]] std::unique_lock<std::mutex> hold() const { return std::unique_lock<std::mutex>(mutex_); }

 private:
  // The method that stands for what a request does: a POST that only reads is a GET to faults and counts.
  [[nodiscard]] virtual std::string meant(const HttpRequest& request) const { return request.method; }
  // One request at a time.
  virtual HttpResponse answer(const HttpRequest& request) = 0;
  std::optional<Fault> fault_for(const HttpRequest& request, const std::string& path);
  std::optional<HttpResponse> answered(const HttpRequest& request, const std::optional<Fault>& fault);

  struct Standing {
    std::string method, path_prefix;
    Fault fault;
  };
  std::map<int, Fault> faults_;  // by number of the request
  std::vector<Standing> standing_;
  int number_ = 0;
  int faults_met_ = 0;
  std::vector<Logged> log_;
  mutable std::mutex mutex_;
};

// The Http port straight into a fake, without a socket: no answer is the error that a time-out would be. `key` and
// other headers come from the adapter.
class InProcessHttp : public Http {
 public:
  explicit InProcessHttp(FakeTracker& tracker) : tracker_(&tracker) {}
  Result<HttpResponse> send(const HttpRequest& request) override;

 private:
  FakeTracker* tracker_;
};

}  // namespace cb
