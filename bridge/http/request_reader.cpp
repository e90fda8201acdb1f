#include "bridge/http/request_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_longest_target = 8'000;
constexpr std::size_t k_longest_chunk_line = 256;
constexpr std::size_t k_longest_trailer = 4'096;

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// A whole number and nothing else.
std::optional<std::size_t> number_from(std::string_view text, int base) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

// Whether a list of words (`keep-alive, TE`) holds this one.
bool lists(const std::optional<std::string>& list, std::string_view word) {
  const auto text = lower(list.value_or(""));
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find(',', from), text.size());
    if (trimmed(text.substr(from, end - from)) == word) return true;
    from = end + 1;
  }
  return false;
}

std::size_t count_of(const Headers& headers, const std::string& name) {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(), [&](const auto& each) { return lower(each.first) == name; }));
}

}  // namespace

bool RequestReader::refuse(int status, const std::string& why) {
  state_ = State::refused;
  refusal_ = plain_answer(status, why);
  request_ = {};
  buffer_.clear();
  at_ = 0;
  return false;
}

RequestReader::State RequestReader::feed(std::string_view bytes) {
  if (state_ == State::refused) return state_;
  buffer_ += bytes;
  read_on();
  return state_;
}

// Each step returns whether another one can follow.
void RequestReader::read_on() {
  bool more = state_ == State::incomplete;
  while (more) {
    switch (part_) {
      case Part::head:
        more = read_head();
        break;
      case Part::body:
        more = read_body();
        break;
      case Part::chunk_size:
        more = read_chunk_size();
        break;
      case Part::chunk:
        more = read_chunk();
        break;
      case Part::chunk_end:
        more = read_chunk_end();
        break;
      case Part::trailer:
        more = read_trailer();
        break;
    }
  }
  buffer_.erase(0, at_);
  at_ = 0;
}

WebRequest RequestReader::take() {
  auto request = std::exchange(request_, {});
  state_ = State::incomplete;
  part_ = Part::head;
  looked_ = 0;
  path_.clear();
  expects_continue_ = false;
  read_on();
  return request;
}

bool RequestReader::awaits_continue() {
  return state_ == State::incomplete && part_ != Part::head && std::exchange(expects_continue_, false);
}

bool RequestReader::read_head() {
  const auto bytes = rest();
  // The end may have come in two pieces.
  const auto end = bytes.find("\r\n\r\n", looked_ - std::min<std::size_t>(looked_, 3));
  looked_ = bytes.size();
  if (std::min(end, bytes.size()) > limits_.head)
    return refuse(431, "The headers are longer than " + std::to_string(limits_.head) + " bytes.");
  if (end == std::string_view::npos) return false;
  const auto head = bytes.substr(0, end);
  at_ += end + 4;
  auto from = std::min(head.find("\r\n"), head.size());
  if (!read_request_line(head.substr(0, from))) return false;
  while (from < head.size()) {
    from += 2;
    const auto stop = std::min(head.find("\r\n", from), head.size());
    if (!read_header(head.substr(from, stop - from))) return false;
    from = stop;
  }
  return read_framing();
}

bool RequestReader::read_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return refuse(400, "This is no HTTP request.");
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, second - first - 1);
  const auto version = line.substr(second + 1);
  if (!is_token(method) || method.size() > 20 || !version.starts_with("HTTP/"))
    return refuse(400, "This is no HTTP request.");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return refuse(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  const auto mark = std::min(target.find('?'), target.size());
  path_ = target.substr(0, mark);
  if (target.size() > k_longest_target) return refuse(414, "The address is too long.");
  if (!target.starts_with('/') || !is_visible(target)) return refuse(400, "The address is malformed.");
  request_ = {};
  request_.method = method;
  request_.path = path_;
  request_.query = target.substr(std::min(mark + 1, target.size()));
  old_version_ = version == "HTTP/1.0";
  return true;
}

bool RequestReader::read_header(std::string_view line) {
  if (request_.headers.size() == limits_.headers)
    return refuse(431, "There are more than " + std::to_string(limits_.headers) + " headers.");
  const auto colon = line.find(':');
  // A line that goes on with a blank, as of old, has no name either.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || has_control(line.substr(colon)))
    return refuse(400, "A header is malformed.");
  request_.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  return true;
}

// How long the body is, and what comes after the request.
bool RequestReader::read_framing() {
  const auto& headers = request_.headers;
  const auto hosts = count_of(headers, "host");
  if (hosts > 1 || (hosts == 0 && !old_version_)) return refuse(400, "A request names one Host.");
  const auto connection = header(request_, "Connection");
  keeps_alive_ = old_version_ ? lists(connection, "keep-alive") : !lists(connection, "close");
  const auto encoding = header(request_, "Content-Encoding");
  if (count_of(headers, "content-encoding") > 1 || (encoding && lower(*encoding) != "identity"))
    return refuse(415, "Packed bodies are not taken; send it without Content-Encoding.");
  if (const auto expect = header(request_, "Expect")) {
    if (lower(*expect) != "100-continue") return refuse(417, "Only `Expect: 100-continue` is understood.");
    expects_continue_ = !old_version_;
  }
  const auto lengths = count_of(headers, "content-length");
  if (const auto coding = count_of(headers, "transfer-encoding"); coding > 0) {
    if (coding > 1 || lengths > 0 || old_version_) return refuse(400, "It is not clear how long the body is.");
    if (lower(*header(request_, "Transfer-Encoding")) != "chunked")
      return refuse(501, "Of transfer encodings only `chunked` is understood.");
    part_ = Part::chunk_size;
    return true;
  }
  if (lengths > 1) return refuse(400, "It is not clear how long the body is.");
  const auto length = header(request_, "Content-Length");
  const auto bytes = length ? number_from(*length, 10) : std::optional<std::size_t>(0);
  if (!bytes) return refuse(400, "Content-Length is no number.");
  if (*bytes > limits_.body)
    return refuse(413, "The body is longer than " + std::to_string(limits_.body) + " bytes; that is the most.");
  missing_ = *bytes;
  part_ = Part::body;
  return true;
}

bool RequestReader::read_body() {
  const auto piece = rest().substr(0, missing_);
  request_.body += piece;
  at_ += piece.size();
  missing_ -= piece.size();
  if (missing_ == 0) state_ = State::whole;
  return false;
}

// `1a2b;name=value`
bool RequestReader::read_chunk_size() {
  const auto bytes = rest().substr(0, k_longest_chunk_line);
  const auto end = bytes.find("\r\n");
  if (end == std::string_view::npos && bytes.size() == k_longest_chunk_line)
    return refuse(400, "The size of a chunk is malformed.");
  if (end == std::string_view::npos) return false;
  const auto line = bytes.substr(0, end);
  const auto size = number_from(line.substr(0, line.find(';')), 16);
  if (!size || has_control(line)) return refuse(400, "The size of a chunk is malformed.");
  at_ += end + 2;
  if (*size > limits_.body - request_.body.size())
    return refuse(413, "The body is longer than " + std::to_string(limits_.body) + " bytes; that is the most.");
  missing_ = *size;
  trailer_ = 0;
  part_ = missing_ == 0 ? Part::trailer : Part::chunk;
  return true;
}

bool RequestReader::read_chunk() {
  read_body();
  state_ = State::incomplete;  // a chunk is not the body
  if (missing_ > 0) return false;
  part_ = Part::chunk_end;
  return true;
}

bool RequestReader::read_chunk_end() {
  if (rest().size() < 2) return false;
  if (!rest().starts_with("\r\n")) return refuse(400, "A chunk is longer than it says.");
  at_ += 2;
  part_ = Part::chunk_size;
  return true;
}

// Headers behind the body: passed over, nobody could have checked them before.
bool RequestReader::read_trailer() {
  const auto bytes = rest().substr(0, k_longest_trailer);
  const auto end = bytes.find("\r\n");
  if (trailer_ + std::min(end, bytes.size()) >= k_longest_trailer)
    return refuse(431, "The headers behind the body are too long.");
  if (end == std::string_view::npos) return false;
  trailer_ += end + 2;
  at_ += end + 2;
  if (end > 0) return true;
  state_ = State::whole;
  return false;
}

}  // namespace cb
