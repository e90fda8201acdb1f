#include "tests/trackers/fake_jira_call.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb::fake_jira {

namespace {

bool is_hex(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

void refuse(int status, const std::string& message) {
  throw Refusal{status, {message}, {}};
}

void refuse_field(const std::string& field, const std::string& message) {
  throw Refusal{400, {}, {{field, message}}};
}

std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto to = std::min(text.find(at, from), text.size());
    if (to > from) out.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

std::map<std::string, std::vector<std::string>> query_of(const std::string& target) {
  std::map<std::string, std::vector<std::string>> out;
  const auto question = target.find('?');
  if (question == std::string::npos) return out;
  auto query = target.substr(question + 1);
  std::replace(query.begin(), query.end(), '+', ' ');
  for (const auto& pair : split(query, '&')) {
    const auto equals = pair.find('=');
    out[unescaped(pair.substr(0, equals))].push_back(equals == std::string::npos ? ""
                                                                                 : unescaped(pair.substr(equals + 1)));
  }
  return out;
}

std::string request_header(const Headers& headers, const std::string& name) {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return "";
}

const Json& member(const Json& object, const char* name) {
  static const Json k_nothing;
  if (!object.is_object()) return k_nothing;
  const auto found = object.find(name);
  return found == object.end() ? k_nothing : *found;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? "" : value.dump();
}

std::string Call::text(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() || found->second.empty() ? "" : found->second.front();
}

std::vector<std::string> Call::list(const std::string& name) const {
  std::vector<std::string> out;
  const auto found = query.find(name);
  if (found == query.end()) return out;
  for (const auto& value : found->second)
    for (const auto& part : split(value, ',')) out.push_back(trimmed(part));
  return out;
}

long Call::number(const std::string& name, long otherwise) const {
  constexpr std::size_t k_longest = 9;
  const auto given = text(name);
  if (given.empty()) return otherwise;
  if (given.size() > k_longest || given.find_first_not_of("0123456789") != std::string::npos)
    refuse(400, "The value '" + given + "' of " + name + " is not a number.");
  return std::stol(given);
}

std::string Call::root() const {
  return state.settings.url + "/rest/api/" + std::to_string(version);
}

std::string Call::zone() const {
  return user ? user->zone : state.settings.server_zone;
}

Window window(const Call& call, std::size_t total, std::size_t otherwise, std::size_t cap) {
  const auto from = static_cast<std::size_t>(call.number("startAt", 0));
  const auto most = std::min(static_cast<std::size_t>(call.number("maxResults", static_cast<long>(otherwise))), cap);
  return {from, most, std::min(total, from + most)};
}

}  // namespace cb::fake_jira
