#include "bridge/http/retry_after_http.hpp"

#include <string>
#include <utility>

namespace cb {

namespace {

class RetryAfterHttp final : public Http {
 public:
  RetryAfterHttp(Http& inner, Clock& clock) : inner_(inner), clock_(clock) {}

  Result<HttpResponse> send(const HttpRequest& request) override {
    auto answer = inner_.send(request);
    if (!answer || !header(*answer, "Retry-After") || retry_after(*answer)) return answer;
    const auto wait = retry_after(*answer, clock_.now());
    return wait ? with_retry_after(*std::move(answer), *wait) : std::move(answer);
  }

 private:
  Http& inner_;
  Clock& clock_;
};

}  // namespace

std::unique_ptr<Http> make_retry_after_http(Http& inner, Clock& clock) {
  return std::make_unique<RetryAfterHttp>(inner, clock);
}

HttpResponse with_retry_after(HttpResponse response, Seconds wait) {
  std::erase_if(response.headers, [](const auto& each) { return header({0, {each}, {}}, "Retry-After").has_value(); });
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

}  // namespace cb
