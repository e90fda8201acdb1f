// Leads a request to its handler by method and path. To add a page is one line:
//   router.add("GET", "/api/v1/issues/{tracker}/{id}", Guard::api, [&](const WebCall& call) { ... });
// The first route that fits wins. HEAD is answered as GET. What fits no route is 404, a known path with another method
// 405 with Allow, a path that cannot be one 400, one of ours with a `/` too much at its end 404 that says so, a guarded
// one without the token 401, and what changes something (a guarded POST) for a page of a foreign site 403. Handlers see
// decoded parts and need not check who asks. Filled once, before the server starts; then any number of threads may ask
// it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bridge/http/web_request.hpp"
#include "bridge/web/access.hpp"
#include "bridge/web/web_path.hpp"

namespace cb {

// open: nobody is asked for a token (health, webhooks, which have proofs of their own); api: programs; page: people,
// whose browser asks them for the token as a password.
enum class Guard { open, api, page };

struct WebCall {
  const WebRequest& request;
  std::map<std::string, std::string> parts;  // decoded, by the names in the route: {tracker}
  // Of the query; see web_path.hpp.
  [[nodiscard]] Parameter parameter(const std::string& name) const;
};

class Router {
 public:
  using Handler = std::function<WebAnswer(const WebCall& call)>;

  explicit Router(Access access);
  // `pattern` as /webhooks/{tracker}/{secret}: each part is a word or a name in braces, which takes one part whatever
  // it is.
  void add(const std::string& method, const std::string& pattern, Guard guard, Handler handler);

  [[nodiscard]] WebAnswer answer(const WebRequest& request) const;
  // Method and pattern of every route, as they were added.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> routes() const;

 private:
  struct Route {
    std::string method;
    std::string pattern;
    std::vector<std::string> parts;
    Guard guard;
    Handler handler;
  };
  [[nodiscard]] std::optional<WebAnswer> slashed(const WebRequest& request) const;
  [[nodiscard]] std::optional<WebAnswer> refusal(const Route& route, const WebRequest& request) const;

  Access access_;
  std::vector<Route> routes_;
};

}  // namespace cb
