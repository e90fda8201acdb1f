#include "tests/trackers/fake_bugzilla_routes.hpp"

#include <functional>

#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_answers.hpp"
#include "tests/trackers/fake_bugzilla_bugs.hpp"
#include "tests/trackers/fake_bugzilla_search.hpp"
#include "tests/trackers/fake_bugzilla_server.hpp"
#include "tests/trackers/path_pattern.hpp"

namespace cb::fake_bugzilla {

namespace {

// Whether a login is needed, even where the server asks for none.
enum class Login {
  unread,    // credentials are not looked at: the version
  exempt,    // may be missing even where the server demands one
  as_server  // as the server demands
};

struct Route {
  const char* method;
  PathPattern path;
  const char* parameter;  // what the path's first group is
  std::function<Json(const Call&)> handler;
  Login login = Login::as_server;
  int status = 200;
  bool for_classic = true;
};

// Paths without /rest. One answers POST with 200 although something was made (040).
const std::vector<Route>& routes() {
  static const std::vector<Route> k_routes{
      {"GET", PathPattern("/version"), nullptr, version, Login::unread},
      {"GET", PathPattern("/extensions"), nullptr, extensions},
      {"GET", PathPattern("/time"), nullptr, time_now},
      {"GET", PathPattern("/timezone"), nullptr, time_zone, Login::unread},
      {"GET", PathPattern("/last_audit_time"), nullptr, last_audit_time},
      {"GET", PathPattern("/parameters"), nullptr, parameters, Login::exempt},
      {"GET", PathPattern("/whoami"), nullptr, who_am_i, Login::as_server, 200, false},
      {"GET", PathPattern("/valid_login"), nullptr, valid_login, Login::exempt},
      {"GET", PathPattern("/login"), nullptr, log_in, Login::exempt},
      {"GET", PathPattern("/user"), nullptr, users},
      {"GET", PathPattern("/user/(\\d+)"), "ids", users},
      {"GET", PathPattern("/user/([^/]+)"), "names", users},
      {"GET", PathPattern("/group"), nullptr, groups},
      {"GET", PathPattern("/group/([^/]+)"), "names", groups},
      {"GET", PathPattern("/field/bug"), nullptr, fields},
      {"GET", PathPattern("/field/bug/([^/]+)"), "names", fields},
      {"GET", PathPattern("/field/bug/([^/]+)/values"), "field", field_values},
      {"GET", PathPattern("/field/bug/([^/]+)/\\d+/values"), "field", field_values},
      {"GET", PathPattern("/product"), nullptr, products},
      {"GET", PathPattern("/product/(\\d+)"), "ids", products},
      {"GET", PathPattern("/product/([^/]+)"), "names", products},
      {"GET", PathPattern("/product_(?:accessible|enterable|selectable)"), nullptr, product_ids},
      {"GET", PathPattern("/flag_type/([^/]+)"), "product", flag_types},
      {"GET", PathPattern("/flag_type/([^/]+)/[^/]+"), "product", flag_types},
      {"GET", PathPattern("/bug"), nullptr, search},
      {"POST", PathPattern("/bug"), nullptr, create_bug},
      {"GET", PathPattern("/bug/"), nullptr, get_bugs},
      {"PUT", PathPattern("/bug/([^/]+)"), "ids", update_bugs},
      {"GET", PathPattern("/bug/([^/]+)"), "ids", get_bugs},
      {"GET", PathPattern("/bug/comment/(\\d+)"), "comment_ids", get_comments},
      {"GET", PathPattern("/bug/([^/]+)/comment"), "ids", get_comments},
      {"POST", PathPattern("/bug/([^/]+)/comment"), "id", post_comment, Login::as_server, 201},
      {"GET", PathPattern("/bug/([^/]+)/history"), "ids", get_history},
  };
  return k_routes;
}

std::string path_of(const HttpRequest& request) {
  const auto path = request.target.substr(0, request.target.find('?'));
  const auto at = path.find("/rest/");
  return at == std::string::npos ? "" : path.substr(at + 5);
}

std::string unescaped(const std::string& segment) {
  return query_parameters("?x=" + segment)["x"].get<std::string>();
}

struct Matched {
  const Route* route = nullptr;
  std::string parameter;
};

Matched match(const State& state, const std::string& method, const std::string& path) {
  for (const auto& route : routes()) {
    const auto caught = method == route.method ? route.path.caught(path) : std::nullopt;
    if (!caught) continue;
    if (!route.for_classic && state.settings.flavour == Flavour::classic) continue;
    return {&route, caught->empty() ? "" : unescaped(caught->front())};
  }
  return {};
}

// The path's value joins those of the query where many are taken, and replaces them where one is.
Json merged(const Matched& matched, const HttpRequest& request) {
  auto params = query_parameters(request.target);
  if (!matched.route->parameter) return params;
  const std::string name = matched.route->parameter;
  const bool takes_many = name == "ids" || name == "names" || name == "comment_ids";
  auto values = Json::array({matched.parameter});
  if (takes_many && params.contains(name))
    for (const auto& value : texts_of(params[name]))
      if (value != matched.parameter) values.push_back(value);
  params[name] = takes_many ? values : Json(matched.parameter);
  return params;
}

const User* caller(const State& state, const Route& route, const Json& params, const HttpRequest& request) {
  if (route.login == Login::unread) return nullptr;
  const auto* user = login_of(state, params, request);
  const bool is_needed = request.method != "GET" || (state.settings.login_required && route.login == Login::as_server);
  if (!user && is_needed) refuse(410, "You must log in before using this part of Bugzilla.");
  return user;
}

HttpResponse allowed_methods(const State& state, const std::string& path) {
  std::string methods;
  for (const auto* method : {"PUT", "POST", "GET"})
    if (match(state, method, path).route) methods += (methods.empty() ? "" : ", ") + std::string(method);
  return options_answer(methods);
}

}  // namespace

HttpResponse answer(State& state, const Bugs& replica, const HttpRequest& request, Instant now) {
  const auto path = path_of(request);
  auto params = query_parameters(request.target);
  try {
    const auto matched = match(state, request.method, path);
    if (request.method == "HEAD") return {404, {}, ""};
    if (request.method == "OPTIONS") return allowed_methods(state, path);
    if (!matched.route) refuse(32614, "A REST API resource was not found for '" + request.method + " " + path + "'.");
    params = with_body(merged(matched, request), request);
    const auto* user = caller(state, *matched.route, params, request);
    const auto body = matched.route->handler({state, replica, params, user, now});
    return json_answer(state, request, params, matched.route->status, body);
  } catch (const Refusal& refusal) {
    return refusal_answer(state, request, params, refusal);
  } catch (const NotAnObject& died) {
    return died_answer(died.message);
  }
}

}  // namespace cb::fake_bugzilla
