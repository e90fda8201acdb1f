// One HTTP/1.1 request out of the bytes of a connection, as they come, without trust: strict where servers and proxies
// could read two things (RFC 9112: line ends, Content-Length beside Transfer-Encoding, blanks before a colon), bounded
// in head, headers and body, and never more work than bytes. Bodies come with Content-Length or chunked; packed ones
// (Content-Encoding) are refused, because a small one can hold gigabytes. No I/O; after a refusal the connection is
// over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "bridge/http/web_request.hpp"

namespace cb {

struct RequestLimits {
  std::size_t head = 16U * 1024U;  // request line and headers, in bytes
  std::size_t headers = 64;        // their number
  std::size_t body = 1024U * 1024U;
};

class RequestReader {
 public:
  enum class State { incomplete, whole, refused };

  explicit RequestReader(RequestLimits limits) : limits_(limits) {}

  // More bytes. Those behind a whole request are kept for the next.
  State feed(std::string_view bytes);
  // The whole request; then reading begins anew with what is left, which may be whole already.
  WebRequest take();

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool has_begun() const { return part_ != Part::head || !buffer_.empty(); }
  // The client sends the body only after `100 Continue`; asked once.
  bool awaits_continue();
  // Of a whole request, before it is taken: whether another may follow on its connection.
  [[nodiscard]] bool keeps_alive() const { return keeps_alive_; }
  // The answer to what was refused: 400, 413, 414, 415, 417, 431, 501 or 505.
  [[nodiscard]] const WebAnswer& refusal() const { return refusal_; }
  // Of the request that is being read or was refused, as sent; empty as long as its first line is not read.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::size_t size() const { return buffer_.size() + request_.body.size(); }

 private:
  enum class Part { head, body, chunk_size, chunk, chunk_end, trailer };

  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(at_); }
  void read_on();
  bool read_head();
  bool read_request_line(std::string_view line);
  bool read_header(std::string_view line);
  bool read_framing();
  bool read_body();
  bool read_chunk_size();
  bool read_chunk();
  bool read_chunk_end();
  bool read_trailer();
  bool refuse(int status, const std::string& why);

  RequestLimits limits_;
  State state_ = State::incomplete;
  Part part_ = Part::head;
  std::string buffer_;
  std::size_t at_ = 0;       // what stands before is understood
  std::size_t looked_ = 0;   // so far there is no end of the head
  std::size_t missing_ = 0;  // bytes of the body or chunk
  std::size_t trailer_ = 0;  // bytes of it so far
  bool keeps_alive_ = false;
  bool old_version_ = false;  // HTTP/1.0
  bool expects_continue_ = false;
  WebRequest request_;
  std::string path_;  // a refused request is gone
  WebAnswer refusal_;
};

}  // namespace cb
