#include "tests/trackers/http_message.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace cb {

namespace {

constexpr std::size_t k_greatest = 64UL * 1024 * 1024;

// Reads until the text holds `end`; its place, or nothing.
std::optional<std::size_t> read_to(NetStream& stream, std::string& text, const std::string& end) {
  for (;;) {
    if (const auto at = text.find(end); at != std::string::npos) return at;
    auto more = stream.read();
    if (more.empty() || text.size() > k_greatest) return {};
    text += more;
  }
}

// The first line, and the headers below it.
std::string split_head(const std::string& head, Headers& headers) {
  std::istringstream lines(head);
  std::string first;
  std::getline(lines, first);
  if (!first.empty() && first.back() == '\r') first.pop_back();
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const auto value = line.find_first_not_of(' ', colon + 1);
    headers.emplace_back(line.substr(0, colon), value == std::string::npos ? "" : line.substr(value));
  }
  return first;
}

std::optional<std::size_t> length_in(const Headers& headers) {
  const auto text = header({0, headers, {}}, "Content-Length");
  if (!text) return {};
  std::size_t length = 0;
  const auto end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, length);
  if (read.ec != std::errc() || read.ptr != end || length > k_greatest) return {};
  return length;
}

// Of the connection to the client, not of the request.
bool is_between_two(const std::string& name) {
  static const char* const k_names[] = {"Connection", "Keep-Alive", "Accept-Encoding", "Content-Length", "Host"};
  const HttpResponse named{0, {{name, "x"}}, {}};
  return std::any_of(std::begin(k_names), std::end(k_names),
                     [&](const char* each) { return header(named, each).has_value(); });
}

}  // namespace

std::optional<HttpRequest> read_request(NetStream& stream, std::string& rest) {
  const auto end = read_to(stream, rest, "\r\n\r\n");
  if (!end) return {};
  HttpRequest request;
  std::istringstream first(split_head(rest.substr(0, *end), request.headers));
  if (!(first >> request.method >> request.target)) return {};
  rest.erase(0, *end + 4);
  const auto length = length_in(request.headers).value_or(0);
  while (rest.size() < length) {
    auto more = stream.read();
    if (more.empty()) return {};
    rest += more;
  }
  request.body = rest.substr(0, length);
  rest.erase(0, length);
  return request;
}

std::optional<HttpResponse> exchange_with(const std::string& host, int port, const HttpRequest& request) {
  const auto stream = connect_to(host, port);
  if (!stream) return {};
  auto text = request.method + " " + request.target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
  for (const auto& [name, value] : request.headers)
    if (!is_between_two(name)) text += name + ": " + value + "\r\n";
  text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
  if (!stream->write(text)) return {};
  std::string answer;
  for (auto more = stream->read(); !more.empty(); more = stream->read()) answer += more;
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string::npos) return {};
  HttpResponse response;
  std::istringstream first(split_head(answer.substr(0, end), response.headers));
  std::string version;
  if (!(first >> version >> response.status)) return {};
  response.body = answer.substr(end + 4);
  const auto length = length_in(response.headers);
  if (length && *length != response.body.size()) return {};
  return response;
}

}  // namespace cb
