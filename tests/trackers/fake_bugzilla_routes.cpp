#include "tests/trackers/fake_bugzilla_routes.hpp"

#include <functional>
#include <regex>

#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_answers.hpp"
#include "tests/trackers/fake_bugzilla_bugs.hpp"
#include "tests/trackers/fake_bugzilla_search.hpp"
#include "tests/trackers/fake_bugzilla_server.hpp"

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
  std::regex path;
  const char* parameter;  // what the path's first group is
  std::function<Json(const Call&)> handler;
  Login login = Login::as_server;
  int status = 200;
  bool for_classic = true;
};

// Paths without /rest. One answers POST with 200 although something was made (040).
const std::vector<Route>& routes() {
  static const std::vector<Route> k_routes{
      {"GET", std::regex("/version"), nullptr, version, Login::unread},
      {"GET", std::regex("/extensions"), nullptr, extensions},
      {"GET", std::regex("/time"), nullptr, time_now},
      {"GET", std::regex("/timezone"), nullptr, time_zone, Login::unread},
      {"GET", std::regex("/last_audit_time"), nullptr, last_audit_time},
      {"GET", std::regex("/parameters"), nullptr, parameters, Login::exempt},
      {"GET", std::regex("/whoami"), nullptr, who_am_i, Login::as_server, 200, false},
      {"GET", std::regex("/valid_login"), nullptr, valid_login, Login::exempt},
      {"GET", std::regex("/login"), nullptr, log_in, Login::exempt},
      {"GET", std::regex("/user"), nullptr, users},
      {"GET", std::regex("/user/(\\d+)"), "ids", users},
      {"GET", std::regex("/user/([^/]+)"), "names", users},
      {"GET", std::regex("/group"), nullptr, groups},
      {"GET", std::regex("/group/([^/]+)"), "names", groups},
      {"GET", std::regex("/field/bug"), nullptr, fields},
      {"GET", std::regex("/field/bug/([^/]+)"), "names", fields},
      {"GET", std::regex("/field/bug/([^/]+)/values"), "field", field_values},
      {"GET", std::regex("/field/bug/([^/]+)/\\d+/values"), "field", field_values},
      {"GET", std::regex("/product"), nullptr, products},
      {"GET", std::regex("/product/(\\d+)"), "ids", products},
      {"GET", std::regex("/product/([^/]+)"), "names", products},
      {"GET", std::regex("/product_(?:accessible|enterable|selectable)"), nullptr, product_ids},
      {"GET", std::regex("/flag_type/([^/]+)"), "product", flag_types},
      {"GET", std::regex("/flag_type/([^/]+)/[^/]+"), "product", flag_types},
      {"GET", std::regex("/bug"), nullptr, search},
      {"POST", std::regex("/bug"), nullptr, create_bug},
      {"GET", std::regex("/bug/"), nullptr, get_bugs},
      {"PUT", std::regex("/bug/([^/]+)"), "ids", update_bugs},
      {"GET", std::regex("/bug/([^/]+)"), "ids", get_bugs},
      {"GET", std::regex("/bug/comment/(\\d+)"), "comment_ids", get_comments},
      {"GET", std::regex("/bug/([^/]+)/comment"), "ids", get_comments},
      {"POST", std::regex("/bug/([^/]+)/comment"), "id", post_comment, Login::as_server, 201},
      {"GET", std::regex("/bug/([^/]+)/history"), "ids", get_history},
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
    std::smatch part;
    if (method != route.method || !std::regex_match(path, part, route.path)) continue;
    if (!route.for_classic && state.settings.flavour == Flavour::classic) continue;
    return {&route, part.size() > 1 ? unescaped(part[1].str()) : ""};
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
