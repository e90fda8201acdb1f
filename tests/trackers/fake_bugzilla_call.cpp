#include "tests/trackers/fake_bugzilla_call.hpp"

#include <algorithm>
#include <regex>

#include "rules/text.hpp"

namespace cb::fake_bugzilla {

namespace {

std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto hex = [&](std::size_t at) {
      return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])) != 0;
    };
    if (text[i] == '%' && hex(i + 1) && hex(i + 2)) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

Json form_parameters(const std::string& text) {
  auto out = Json::object();
  std::size_t from = 0;
  while (from < text.size()) {
    const auto to = std::min(text.find('&', from), text.size());
    const auto pair = text.substr(from, to - from);
    const auto equals = pair.find('=');
    const auto name = unescaped(pair.substr(0, equals));
    const auto value = equals == std::string::npos ? std::string() : unescaped(pair.substr(equals + 1));
    if (!out.contains(name)) {
      out[name] = value;
    } else {
      if (!out[name].is_array()) out[name] = Json::array({out[name]});
      out[name].push_back(value);
    }
    from = to + 1;
  }
  return out;
}

// Bytes that are no UTF-8 are taken for Latin-1 (259).
std::string as_utf8(const std::string& text) {
  try {
    return Json(text).dump().empty() ? "" : text;
  } catch (const Json::type_error&) {
  }
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80U) {
      out += c;
    } else {
      out += static_cast<char>(0xC0U | byte >> 6U);
      out += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return out;
}

// Perl's words for what is wrong with the JSON.
std::string parse_error(const std::string& text) {
  static const std::regex k_high(R"(\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F]))");
  std::smatch part;
  const auto at = [&](const std::string& what, std::size_t offset) {
    const auto rest = text.substr(offset);
    return what + ", at character offset " + std::to_string(offset) + " (before \"" +
           (rest.empty() ? "(end of string)" : rest) + "\")";
  };
  if (std::regex_search(text, part, k_high))
    return at("missing low surrogate character in surrogate pair",
              static_cast<std::size_t>(part.position(0) + part.length(0)));
  try {
    return Json::parse(text).is_discarded() ? text : "";
  } catch (const Json::parse_error& error) {
    const auto offset = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
    if (offset == text.size()) return at(", or } expected while parsing object/hash", offset);
    return at("malformed JSON string, neither tag, array, object, number, string or atom", offset);
  }
}

}  // namespace

void refuse(int code, const std::string& message) {
  throw Refusal{code, message};
}

void broken_inside(const std::string& message) {
  throw Refusal{100500, message};
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "";
  if (value.is_boolean()) return value.get<bool>() ? "1" : "0";
  return value.dump();
}

std::vector<std::string> texts_of(const Json& value) {
  std::vector<std::string> out;
  if (value.is_array()) {
    for (const auto& entry : value) out.push_back(text_of(entry));
  } else {
    out.push_back(text_of(value));
  }
  return out;
}

bool is_true(const Json& value) {
  const auto text = text_of(value);
  return !text.empty() && text != "0";
}

std::string Call::text(const char* name) const {
  if (!has(name)) return "";
  const auto all = texts_of(params[name]);
  return all.empty() ? "" : all.front();
}

std::vector<std::string> Call::list(const char* name) const {
  return has(name) ? texts_of(params[name]) : std::vector<std::string>();
}

bool Call::flag(const char* name) const {
  return has(name) && is_true(params[name]);
}

Json query_parameters(const std::string& target) {
  const auto question = target.find('?');
  return question == std::string::npos ? Json::object() : form_parameters(target.substr(question + 1));
}

Json with_body(const Json& given, const HttpRequest& request) {
  auto out = given;
  if (request.method == "GET" || request.body.empty()) return out;
  const auto body = as_utf8(request.body);
  Json extra;
  if (request_header(request, "Content-Type").rfind("application/x-www-form-urlencoded", 0) == 0) {
    extra = form_parameters(body);
  } else {
    const auto error = parse_error(body);
    if (!error.empty())
      refuse(32000, "Could not parse the 'params' argument as valid JSON. Error: " + error +
                        " at Bugzilla/WebService/Server/REST.pm line 384. Value:");
    extra = Json::parse(body);
  }
  const std::string place = " at Bugzilla/WebService/Server/REST.pm line 394.\n";
  if (extra.is_string())
    throw NotAnObject{"Can't use string (\"" + extra.get<std::string>() +
                      "\") as a HASH ref while \"strict refs\" in use" + place};
  if (!extra.is_object()) throw NotAnObject{"Not a HASH reference" + place};
  // The query wins over the body (245), the body over the path (176).
  out.update(extra);
  out.update(query_parameters(request.target));
  return out;
}

std::string request_header(const HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers)
    if (same_name(key, name)) return value;
  return "";
}

}  // namespace cb::fake_bugzilla
