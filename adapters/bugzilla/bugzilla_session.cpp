#include "adapters/bugzilla/bugzilla_session.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "rules/plain_line.hpp"

namespace cb {

namespace {

bool is_2xx(int status) {
  return status >= 200 && status <= 299;
}

std::string cut_out(std::string text, const std::string& secret) {
  if (secret.empty()) return text;
  static const std::string k_hidden = "(hidden)";
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + k_hidden.size()))
    text.replace(at, secret.size(), k_hidden);
  return text;
}

// Without parsing the body: it is ours, an object, and stays byte for byte what was decided.
std::string with_key(const std::string& body, const std::string& key) {
  const auto open = body.find('{');
  const auto first = open == std::string::npos ? open : body.find_first_not_of(" \t\r\n", open + 1);
  if (first == std::string::npos) return body;
  const auto member =
      "\"api_key\":" + nlohmann::json(key).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return body.substr(0, open + 1) + member + (body[first] == '}' ? "" : ",") + body.substr(open + 1);
}

HttpRequest request_for(const std::string& method, const std::string& target, const std::string& body,
                        const std::string& key, const BugzillaServer& server) {
  HttpRequest request{method, "/rest" + target, {{"Accept", "application/json"}}, body};
  if (method != "GET") request.headers.emplace_back("Content-Type", "application/json");
  if (server.key_in_header) request.headers.emplace_back("X-BUGZILLA-API-KEY", key);
  if (!server.key_in_parameter) return request;
  if (method == "GET")
    request.target += (target.find('?') == std::string::npos ? "?" : "&") + ("Bugzilla_api_key=" + url_encoded(key));
  else
    request.body = with_key(body, key);
  return request;
}

bool begins_with(const std::string& text, const char* start) {
  return text.rfind(start, 0) == 0;
}

// 20260820.1
bool is_date(const std::string& version) {
  return version.size() >= 8 &&
         std::all_of(version.begin(), version.begin() + 8, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

BugzillaServer bugzilla_server(const std::string& version) {
  BugzillaServer server;
  server.version = version;
  if (is_date(version)) {
    server.flavour = BugzillaFlavour::bmo;
  } else if (begins_with(version, "5.9")) {
    server.flavour = BugzillaFlavour::harmony;
  } else if (begins_with(version, "5.0") || begins_with(version, "5.1") || begins_with(version, "5.2") ||
             begins_with(version, "4.")) {
    return server;
  } else {
    // 5.3, and whatever comes later: the key both ways and date-times in the old form, until it is known better.
    server.flavour = BugzillaFlavour::trunk;
    server.key_in_header = server.whoami = true;
    server.key_in_parameter = !begins_with(version, "5.3");
    return server;
  }
  server.key_in_header = server.whoami = server.writes_iso_date_times = server.history_in_bug = true;
  server.key_in_parameter = false;
  return server;
}

std::string BugzillaSession::attempt(const std::string& doing) const {
  return plain_line("tracker " + terms_.name + ": " + doing);  // a key that is none may hold anything
}

std::string BugzillaSession::without_key(std::string text) const {
  return cut_out(cut_out(std::move(text), terms_.api_key), url_encoded(terms_.api_key));
}

BugzillaResult<JsonDocument> BugzillaSession::answer(const HttpRequest& request, const std::string& doing) {
  const auto refused = [&](Error error, std::int64_t code) {
    error.what = without_key(std::move(error.what));
    return tl::unexpected<BugzillaRefusal>({std::move(error), code});
  };
  auto response = http_.send(request);
  if (!response) {
    auto error = std::move(response.error());
    error.what = attempt(doing) + ": " + error.what;
    return refused(std::move(error), 0);
  }
  auto document = JsonDocument::parse(response->body, attempt(doing));
  if (document)
    // Without a number it is not Bugzilla that speaks; a status tells more, where it tells of a failure.
    if (auto refusal = bugzilla_refusal(*document, request.method, attempt(doing));
        refusal && (refusal->code != 0 || is_2xx(response->status)))
      return refused(std::move(refusal->error), refusal->code);
  if (!is_2xx(response->status)) {
    auto refusal = refused(bugzilla_error_of(*response, attempt(doing)), 0);
    refusal.value().page = without_key(response->body);
    return refusal;
  }
  if (!document) return refused(std::move(document.error()), 0);
  return std::move(*document);
}

// Told to anybody, even where a login is required (recording 353); a server that refuses it all the same is asked with
// the key in both forms.
Result<BugzillaServer> BugzillaSession::server() {
  if (server_) return *server_;
  const std::string doing = "asking for the server's version";
  const BugzillaServer nothing{"", BugzillaFlavour::classic, false, false, false, false, false};
  auto document = answer(request_for("GET", "/version", "", terms_.api_key, nothing), doing);
  if (!document && document.error().error.kind == ErrorKind::denied) {
    auto both = nothing;
    both.key_in_header = both.key_in_parameter = true;
    document = answer(request_for("GET", "/version", "", terms_.api_key, both), doing);
  }
  if (!document) return Failure(std::move(document.error().error));
  TRY(version, bugzilla_version(*document));
  server_ = bugzilla_server(version);
  return *server_;
}

BugzillaResult<JsonDocument> BugzillaSession::ask(const std::string& method, const std::string& target,
                                                  const std::string& body, const std::string& doing) {
  auto known = server();
  if (!known) return tl::unexpected<BugzillaRefusal>({std::move(known.error()), 0});
  return answer(request_for(method, target, body, terms_.api_key, *known), doing);
}

Result<JsonDocument> BugzillaSession::get(const std::string& target, const std::string& doing) {
  auto document = ask("GET", target, "", doing);
  if (!document) return Failure(std::move(document.error().error));
  return std::move(*document);
}

}  // namespace cb
