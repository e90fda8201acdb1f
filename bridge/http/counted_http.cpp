#include "bridge/http/counted_http.hpp"

#include <utility>

namespace cb {

namespace {

// Few words, so that no server can make a new series by what it answers.
std::string method_word(const std::string& method) {
  for (const auto* known : {"GET", "POST", "PUT", "DELETE"}) {
    if (method == known) return method;
  }
  return "other";
}

std::string status_word(const Result<HttpResponse>& answer) {
  if (!answer) return "none";
  if (answer->status == 429) return "429";
  const auto hundreds = answer->status / 100;
  return hundreds >= 1 && hundreds <= 5 ? std::to_string(hundreds) + "xx" : "none";
}

class CountedHttp final : public Http {
 public:
  CountedHttp(Http& inner, std::string tracker, HttpCounts& counts, Clock& clock, Stopwatch stopwatch)
      : inner_(inner), tracker_(std::move(tracker)), counts_(counts), clock_(clock), stopwatch_(std::move(stopwatch)) {}

  Result<HttpResponse> send(const HttpRequest& request) override {
    const auto began = stopwatch_();
    auto answer = inner_.send(request);
    counts_.add({tracker_, method_word(request.method), status_word(answer)}, stopwatch_() - began);
    const auto theirs = answer ? server_time(*answer) : std::nullopt;
    if (theirs) counts_.set_skew(tracker_, *theirs - clock_.now());
    return answer;
  }

 private:
  Http& inner_;
  std::string tracker_;
  HttpCounts& counts_;
  Clock& clock_;
  Stopwatch stopwatch_;
};

}  // namespace

std::unique_ptr<Http> make_counted_http(Http& inner, std::string tracker, HttpCounts& counts, Clock& clock,
                                        Stopwatch stopwatch) {
  return std::make_unique<CountedHttp>(inner, std::move(tracker), counts, clock, std::move(stopwatch));
}

}  // namespace cb
