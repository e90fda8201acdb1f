#include "bridge/http/web_request.hpp"

#include <algorithm>

namespace cb {

namespace {

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same_header(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return small_letter(x) == small_letter(y); });
}

}  // namespace

std::optional<std::string> header(const WebRequest& request, const std::string& name) {
  std::optional<std::string> found;
  for (const auto& [each, value] : request.headers) {
    if (!is_same_header(each, name)) continue;
    if (found) return {};
    found = value;
  }
  return found;
}

std::size_t header_count(const WebRequest& request, const std::string& name) {
  return static_cast<std::size_t>(std::count_if(request.headers.begin(), request.headers.end(),
                                                [&](const auto& each) { return is_same_header(each.first, name); }));
}

WebAnswer plain_answer(int status, const std::string& text) {
  WebAnswer answer;
  answer.status = status;
  answer.body = text + "\n";
  return answer;
}

}  // namespace cb
