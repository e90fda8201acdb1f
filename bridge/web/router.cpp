#include "bridge/web/router.hpp"

#include <set>
#include <stdexcept>

namespace cb {

namespace {

using Parts = std::map<std::string, std::string>;

std::optional<Parts> fitted(const std::vector<std::string>& route, const std::vector<std::string>& path) {
  if (route.size() != path.size()) return {};
  Parts parts;
  for (std::size_t i = 0; i < route.size(); ++i) {
    if (route[i].starts_with('{')) {
      parts[route[i].substr(1, route[i].size() - 2)] = path[i];
    } else if (route[i] != path[i]) {
      return {};
    }
  }
  return parts;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

WebAnswer unauthorized(Guard guard, bool wrong) {
  auto answer = plain_answer(
      401, wrong ? "This is not the token that is configured as server: token."
                 : "A token is needed here, the one configured as server: token. Send it as `Authorization: Bearer "
                   "TOKEN`, or as the password with any user name.");
  const std::string realm = "realm=\"contract-bridge\"";
  answer.headers.emplace_back("WWW-Authenticate",
                              guard == Guard::page ? "Basic " + realm + ", charset=\"UTF-8\"" : "Bearer " + realm);
  return answer;
}

}  // namespace

Parameter WebCall::parameter(const std::string& name) const {
  return cb::parameter(request.query, name);
}

Router::Router(Access access) : access_(std::move(access)) {}

void Router::add(const std::string& method, const std::string& pattern, Guard guard, Handler handler) {
  auto parts = path_parts(pattern);
  if (!parts) throw std::logic_error("no path can fit the route " + pattern);
  routes_.push_back({method, pattern, *std::move(parts), guard, std::move(handler)});
}

std::vector<std::pair<std::string, std::string>> Router::routes() const {
  std::vector<std::pair<std::string, std::string>> all;
  all.reserve(routes_.size());
  for (const auto& route : routes_) all.emplace_back(route.method, route.pattern);
  return all;
}

std::optional<WebAnswer> Router::refusal(const Route& route, const WebRequest& request) const {
  if (route.guard == Guard::open) return {};
  switch (access_.judge(request)) {
    case Access::Verdict::welcome:
      if (route.method == "GET" || access_.is_own_page(request)) return {};
      return plain_answer(403,
                          "A page of another site, or of another program on this machine, made the browser send this; "
                          "it is refused. Programs send neither Origin nor Sec-Fetch-Site.");
    case Access::Verdict::strange_host:
      return plain_answer(403,
                          "Without a token the bridge answers only to this machine's own names and to the name in "
                          "server: public_url. Use one of these, or configure server: token.");
    case Access::Verdict::no_token:
      return unauthorized(route.guard, false);
    case Access::Verdict::wrong_token:
      return unauthorized(route.guard, true);
  }
  return plain_answer(403, "Not allowed.");
}

// Names the route and not the address, which may hold a secret.
std::optional<WebAnswer> Router::slashed(const WebRequest& request) const {
  if (!request.path.ends_with('/')) return {};
  const auto path = path_parts(std::string_view(request.path).substr(0, request.path.size() - 1));
  if (!path) return {};
  for (const auto& route : routes_) {
    if (fitted(route.parts, *path))
      return plain_answer(404,
                          "There is nothing at this address; without the `/` at its end it is " + route.pattern + ".");
  }
  return plain_answer(404, "There is nothing at this address.");
}

WebAnswer Router::answer(const WebRequest& request) const {
  const auto path = path_parts(request.path);
  if (!path) return slashed(request).value_or(plain_answer(400, "The address is malformed."));
  const auto method = request.method == "HEAD" ? std::string("GET") : request.method;
  std::set<std::string> others;
  for (const auto& route : routes_) {
    auto parts = fitted(route.parts, *path);
    if (!parts) continue;
    if (route.method != method) {
      others.insert(route.method);
      if (route.method == "GET") others.insert("HEAD");
      continue;
    }
    if (auto refused = refusal(route, request)) return *std::move(refused);
    return route.handler({request, *std::move(parts)});
  }
  if (others.empty()) return plain_answer(404, "There is nothing at this address.");
  auto answer = plain_answer(405, "This address takes only " + joined(others) + ".");
  answer.headers.emplace_back("Allow", joined(others));
  return answer;
}

}  // namespace cb
