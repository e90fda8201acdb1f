#include "tests/trackers/fake_bugzilla_answers.hpp"

namespace cb::fake_bugzilla {

namespace {

int status_of(int code) {
  static const std::set<int> k_missing{51, 101, 32614};
  static const std::set<int> k_denied{102, 106, 109, 110, 113, 115, 120, 300, 301, 302, 303, 304, 410, 504, 505};
  if (code == 100500) return 200;
  if (k_missing.count(code)) return 404;
  return k_denied.count(code) ? 401 : 400;
}

// As Template Toolkit escapes: apostrophes stay.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

// As Perl's JSON module prints it: three blanks, sorted, a blank before the colon too.
std::string pretty(const Json& json, const std::string& indent = "") {
  if ((!json.is_object() && !json.is_array()) || json.empty()) return json.dump();
  const auto inner = indent + "   ";
  std::string out;
  for (const auto& [name, value] : json.items())
    out +=
        (out.empty() ? "" : ",\n") + inner + (json.is_object() ? Json(name).dump() + " : " : "") + pretty(value, inner);
  return json.is_object() ? "{\n" + out + "\n" + indent + "}" : "[\n" + out + "\n" + indent + "]";
}

std::string web_page(const State& state, const Json& body) {
  return "<!DOCTYPE html>\n<html>\n  <head>\n    <title>Bugzilla::REST::API</title>\n    <link href=\"" +
         state.settings.url_base +
         "skins/standard/global.css?1725376744\"\n          rel=\"stylesheet\" type=\"text/css\">\n  </head>\n  "
         "<body>\n"
         "    <pre>" +
         escaped(pretty(body)) + "\n</pre>\n  </body>\n</html>";
}

// Tokens are new each time and do not count.
std::string tag_of(Json body) {
  if (body.contains("bugs") && body["bugs"].is_array())
    for (auto& bug : body["bugs"])
      if (bug.is_object()) bug.erase("update_token");
  return std::to_string(std::hash<std::string>{}(body.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::string documentation(const State& state) {
  const bool is_trunk = state.settings.flavour != Flavour::classic;
  return is_trunk ? "https://bmo.readthedocs.io/en/latest/api/" : "https://bugzilla.readthedocs.org/en/5.0/api/";
}

}  // namespace

HttpResponse json_answer(const State& state, const HttpRequest& request, const Json& params, int status,
                         const Json& body) {
  const auto tag = tag_of(body);
  if (request.method == "GET" && status == 200 && request_header(request, "If-None-Match") == tag)
    return {304, {{"ETag", tag}}, ""};
  Headers headers{{"ETag", tag}};
  if (request_header(request, "Accept").rfind("text/html", 0) == 0) {
    headers.emplace_back("Content-Type", "text/html; charset=UTF-8");
    return {status, std::move(headers), web_page(state, body)};
  }
  auto text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (request.method == "GET" && params.contains("callback")) {
    headers.emplace_back("Content-Type", "text/javascript; charset=UTF-8");
    return {status, std::move(headers), "/**/" + text_of(params["callback"]) + "(" + text + ")"};
  }
  headers.emplace_back("Content-Type", "application/json; charset=UTF-8");
  return {status, std::move(headers), std::move(text)};
}

HttpResponse refusal_answer(const State& state, const HttpRequest& request, const Json& params,
                            const Refusal& refusal) {
  return json_answer(
      state, request, params, status_of(refusal.code),
      {{"error", true}, {"code", refusal.code}, {"message", refusal.message}, {"documentation", documentation(state)}});
}

HttpResponse died_answer(const std::string& message) {
  return {
      500,
      {{"Content-Type", "text/html"}},
      "<h1>Software error:</h1>\n<pre>" + escaped(message) +
          "</pre>\n<p>\nFor help, please send mail to the webmaster (<a href=\"mailto:[no address given]\">[no address "
          "given]</a>), giving this error message \nand the time and date of the error.\n\n</p>\n"};
}

HttpResponse options_answer(const std::string& methods) {
  return {200,
          {{"Allow", methods},
           {"Access-Control-Allow-Methods", methods},
           {"Content-Type", "application/json; charset=UTF-8"}},
          "{}"};
}

}  // namespace cb::fake_bugzilla
