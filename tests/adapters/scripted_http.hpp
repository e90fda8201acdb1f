// An Http that answers from a script: by method and path (query cut off unless the script names it), several answers in
// turn, the last one for ever. What was not scripted is 404 with an empty body, as Redmine answers it. All requests
// are kept for the test to look at.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "adapters/http.hpp"

namespace cb {

class ScriptedHttp final : public Http {
 public:
  void on(const std::string& request, int status, std::string body = {}, Headers headers = {}) {
    script_[request].push_back({status, std::move(headers), std::move(body)});
  }
  void fail(const std::string& request, Error error) { failures_[request] = std::move(error); }
  // From now on only what is scripted anew.
  void replace(const std::string& request, int status, std::string body = {}) {
    script_[request].clear();
    on(request, status, std::move(body));
  }

  Result<HttpResponse> send(const HttpRequest& request) override {
    requests.push_back(request);
    const auto exact = request.method + " " + request.target;
    const auto path = exact.substr(0, exact.find('?'));
    for (const auto& key : {exact, path}) {
      if (const auto failed = failures_.find(key); failed != failures_.end()) return Failure(failed->second);
      const auto found = script_.find(key);
      if (found == script_.end() || found->second.empty()) continue;
      auto answer = found->second.front();
      if (found->second.size() > 1) found->second.pop_front();
      return answer;
    }
    return HttpResponse{404, {{"Content-Type", "application/json"}}, ""};
  }

  [[nodiscard]] long count(const std::string& method) const {
    return std::count_if(requests.begin(), requests.end(), [&](const auto& r) { return r.method == method; });
  }
  [[nodiscard]] std::vector<std::string> bodies(const std::string& method) const {
    std::vector<std::string> out;
    for (const auto& request : requests)
      if (request.method == method) out.push_back(request.body);
    return out;
  }

  std::vector<HttpRequest> requests;

 private:
  std::map<std::string, std::deque<HttpResponse>> script_;
  std::map<std::string, Error> failures_;
};

}  // namespace cb
