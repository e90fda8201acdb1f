#include "bridge/http/request_reader.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

using State = RequestReader::State;

const RequestLimits k_small{.head = 500, .headers = 5, .body = 100};

std::string shown(const WebRequest& request) {
  auto text = request.method + " " + request.path + " ?" + request.query + " ";
  for (const auto& [name, value] : request.headers) text += name + "=" + value + ";";
  return text + " " + request.body;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a request is the same however it is cut into pieces") {
  struct Row {
    std::string bytes;
    std::string request;
    bool keeps_alive;
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / ? Host=a; ", true},
      {"GET /a%20b?c=%20&d HTTP/1.1\r\nhost:a\r\nX: \t b c \t\r\n\r\n", "GET /a%20b ?c=%20&d host=a;X=b c; ", true},
      // A value is not decoded: an escaped line break stays one.
      {"GET / HTTP/1.1\r\nHost: a\r\nX: %0d%0aY: 1\r\n\r\n", "GET / ? Host=a;X=%0d%0aY: 1; ", true},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n", "GET / ? Host=a;Connection=TE, Close; ", false},
      {"GET / HTTP/1.0\r\n\r\n", "GET / ?  ", false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET / ? Connection=keep-alive; ", true},
      {"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab\r\nc", "POST /x ? Host=a;Content-Length=5; ab\r\nc",
       true},
      {"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "POST /x ? Host=a;Content-Length=0; ", true},
      {"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
       "Chunked\r\n\r\n3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n\r\n",
       "POST /x ? Host=a;Transfer-Encoding=Chunked; abc0123456789", true},
      {"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n000\r\nX: y\r\nHost: evil\r\n\r\n",
       "POST /x ? Host=a;Transfer-Encoding=chunked; a", true},
      {"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "POST /x ? Host=a;Transfer-Encoding=chunked; ", true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.bytes);
    for (std::size_t piece = 1; piece <= row.bytes.size(); ++piece) {
      RequestReader reader(k_small);
      CHECK_FALSE(reader.has_begun());
      auto state = State::incomplete;
      for (std::size_t from = 0; from < row.bytes.size(); from += piece) {
        REQUIRE(state == State::incomplete);
        state = reader.feed(std::string_view(row.bytes).substr(from, piece));
        REQUIRE(reader.has_begun());
      }
      REQUIRE(state == State::whole);
      CHECK(reader.keeps_alive() == row.keeps_alive);
      CHECK(shown(reader.take()) == row.request);
      CHECK_FALSE(reader.has_begun());
      CHECK(reader.size() == 0);
    }
  }
}

TEST_CASE("requests that come together are taken one after the other") {
  RequestReader reader(k_small);
  const std::string one = "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab";
  const std::string two = "GET /2 HTTP/1.0\r\n\r\n";
  CHECK(reader.feed(one + two + one.substr(0, 20)) == State::whole);
  CHECK(reader.keeps_alive());
  CHECK(reader.take().path == "/1");
  CHECK(reader.state() == State::whole);
  CHECK_FALSE(reader.keeps_alive());
  CHECK(reader.take().path == "/2");
  CHECK(reader.state() == State::incomplete);
  CHECK(reader.has_begun());
  CHECK(reader.feed(one.substr(20)) == State::whole);
  CHECK(reader.take().body == "ab");
}

TEST_CASE("a body that waits to be asked for is asked for once") {
  RequestReader reader(k_small);
  CHECK_FALSE(reader.awaits_continue());
  reader.feed("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n");
  CHECK_FALSE(reader.awaits_continue());
  reader.feed("\r\n");
  CHECK(reader.awaits_continue());
  CHECK_FALSE(reader.awaits_continue());
  reader.feed("ab");
  CHECK_FALSE(reader.awaits_continue());
  reader.take();
  // Not when it is here already.
  reader.feed("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nab");
  CHECK_FALSE(reader.awaits_continue());
}

TEST_CASE("what is malformed, too big or could be read in two ways is refused") {
  const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  struct Row {
    std::string name;
    std::string bytes;
    int status;
  };
  const Row rows[] = {
      {"no request", "hello\r\n\r\n", 400},
      {"a TLS client", std::string("\x16\x03\x01\x02\0\x01\0\x01\xFC\x03\x03\r\n\r\n", 15), 400},
      {"empty line first", "\r\n\r\nGET / HTTP/1.1\r\n\r\n", 400},
      {"two words", "GET /\r\nHost: a\r\n\r\n", 400},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"four words", "GET / / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"method with a sign", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"long method", std::string(21, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"another protocol", "GET / SPDY/1.1\r\nHost: a\r\n\r\n", 400},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 505},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"address of another", "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"star", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"tab in the address", "GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"raw bytes in the address", "GET /\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"NUL in the address", std::string("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 30), 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", get + "host: b\r\n\r\n", 400},
      {"no colon", get + "X\r\n\r\n", 400},
      {"no name", get + ": x\r\n\r\n", 400},
      {"blank before the colon", get + "X : x\r\n\r\n", 400},
      {"folded", get + "X: x\r\n y\r\n\r\n", 400},
      {"NUL in a value", get + std::string("X: a\0b\r\n\r\n", 10), 400},
      {"bare carriage return", get + "X: a\rY: b\r\n\r\n", 400},
      {"bare line feed", get + "X: a\nY: b\r\n\r\n", 400},
      {"too many headers", get + repeated("X: a\r\n", 5) + "\r\n", 431},
      {"head too long", get + "X: " + std::string(500, 'a'), 431},
      {"head too long, whole", get + "X: " + std::string(500, 'a') + "\r\n\r\n", 431},
      {"endless first line", std::string(501, 'G'), 431},
      {"no number", post + "Content-Length: x\r\n\r\n", 400},
      {"empty number", post + "Content-Length:\r\n\r\n", 400},
      {"negative", post + "Content-Length: -1\r\n\r\n", 400},
      {"plus", post + "Content-Length: +1\r\n\r\n", 400},
      {"two numbers", post + "Content-Length: 1, 1\r\n\r\n", 400},
      {"twice", post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400},
      {"hex", post + "Content-Length: 0x1\r\n\r\n", 400},
      {"beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"one byte too many", post + "Content-Length: 101\r\n\r\n", 413},
      {"far too many", post + "Content-Length: 18446744073709551615\r\n\r\n", 413},
      {"both lengths", post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"both lengths, the other way", post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400},
      {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"chunked of old", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
      {"chunked with something", post + "Transfer-Encoding: xchunked\r\n\r\n", 501},
      {"packed", post + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", 415},
      {"packed twice", post + "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n\r\n", 415},
      {"other expectation", post + "Expect: money\r\n\r\n", 417},
      {"chunk without a size", chunked + "\r\n", 400},
      {"chunk with another size", chunked + "g\r\n", 400},
      {"negative chunk", chunked + "-1\r\n", 400},
      {"chunk with a prefix", chunked + "0x1\r\n", 400},
      {"chunk beyond 64 bits", chunked + "10000000000000000\r\n", 400},
      {"chunk as big as can be", chunked + "ffffffffffffffff\r\n", 413},
      {"chunk too big", chunked + "65\r\n", 413},
      {"chunks too big together", chunked + "64\r\n" + std::string(100, 'a') + "\r\n1\r\n", 413},
      {"chunk longer than it says", chunked + "1\r\nab\r\n", 400},
      {"endless chunk line", chunked + "1;" + std::string(300, 'a'), 400},
      {"control in a chunk line", chunked + "1;a\tb\nc\r\na\r\n", 400},
      {"endless trailer", chunked + "0\r\n" + repeated("X: aaaaaaaaaa\r\n", 300), 431},
      {"endless trailer line", chunked + "0\r\n" + std::string(5'000, 'a'), 431},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    RequestReader reader(k_small);
    REQUIRE(reader.feed(row.bytes) == State::refused);
    CHECK(reader.refusal().status == row.status);
    CHECK(reader.size() == 0);
    // It stays refused, and remembers nothing.
    CHECK(reader.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == State::refused);
    // Byte by byte it is no other.
    RequestReader slow(k_small);
    for (const char c : row.bytes)
      if (slow.feed({&c, 1}) != State::incomplete) break;
    CHECK(slow.state() == State::refused);
    CHECK(slow.refusal().status == row.status);
  }
}

TEST_CASE("the limits themselves are allowed") {
  RequestReader reader(k_small);
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\nContent-Length: 100\r\n\r\n";
  CHECK(reader.feed(head + std::string(100, 'b')) == State::whole);
  CHECK(reader.take().body.size() == 100);
  const std::string begin = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  CHECK(reader.feed(begin + std::string(k_small.head - begin.size(), 'a') + "\r\n\r\n") == State::whole);
  reader.take();
  CHECK(reader.feed(begin + std::string(k_small.head - begin.size() + 1, 'a') + "\r\n\r\n") == State::refused);
}

TEST_CASE("what is held is bounded, whatever comes") {
  RequestReader reader({});
  reader.feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 100'000; ++i) {
    REQUIRE(reader.feed("1\r\na\r\n") == State::incomplete);
  }
  CHECK(reader.size() == 100'000);
}

TEST_CASE("what is refused tells which address it was for, once that is read") {
  struct Row {
    std::string bytes;
    std::string path;
  };
  const Row rows[] = {
      {"POST /a/b?c=d HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", "/a/b"},
      {"POST /a HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n\r\n", "/a"},
      {"POST /a HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", "/a"},
      {"GET /a HTTP/1.1\r\n" + repeated("X: y\r\n", 6) + "\r\n", "/a"},
      {"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "/a"},
      {"GET /a HTTP/1.1\r\nX: " + std::string(600, 'x'), ""},
      {"nonsense\r\n\r\n", ""},
      {"GET /a HTTP/3.0\r\n\r\n", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.bytes);
    RequestReader reader(k_small);
    REQUIRE(reader.feed(row.bytes) == State::refused);
    CHECK(reader.path() == row.path);
  }
  RequestLimits wide;
  RequestReader reader(wide);
  REQUIRE(reader.feed("GET /a?" + std::string(8'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n") == State::refused);
  CHECK(reader.refusal().status == 414);
  CHECK(reader.path() == "/a");
  // The next request on a connection begins without the address of the last.
  RequestReader next(k_small);
  REQUIRE(next.feed("GET /a HTTP/1.1\r\nHost: a\r\n\r\n") == State::whole);
  next.take();
  REQUIRE(next.feed("nonsense\r\n\r\n") == State::refused);
  CHECK(next.path().empty());
}

}  // namespace cb
