#include "bridge/web/access.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

using Verdict = Access::Verdict;

WebRequest with(Headers headers) {
  WebRequest request;
  request.method = "GET";
  request.path = "/";
  request.headers = std::move(headers);
  return request;
}

}  // namespace

TEST_CASE("a token is taken as bearer and as a browser's password") {
  const Access access("s3cret:token", "");
  struct Row {
    const char* name;
    std::string authorization;
    Verdict verdict;
  };
  const Row rows[] = {
      {"bearer", "Bearer s3cret:token", Verdict::welcome},
      {"any case, more blanks", "bEARER   s3cret:token ", Verdict::welcome},
      // printf %s eva:s3cret:token | base64, and so on.
      {"basic", "Basic ZXZhOnMzY3JldDp0b2tlbg==", Verdict::welcome},
      {"basic without a user", "Basic OnMzY3JldDp0b2tlbg==", Verdict::welcome},
      {"basic, the token as the user", "Basic czNjcmV0OnRva2VuOg==", Verdict::wrong_token},
      {"basic, no colon", "Basic ZXZh", Verdict::wrong_token},
      {"basic, no base64", "Basic ****", Verdict::wrong_token},
      {"basic, cut", "Basic ZXZhOnMzY3JldDp0b2tlb", Verdict::wrong_token},
      {"empty", "", Verdict::wrong_token},
      {"only the scheme", "Bearer", Verdict::wrong_token},
      {"empty token", "Bearer ", Verdict::wrong_token},
      {"no scheme", "s3cret:token", Verdict::wrong_token},
      {"another scheme", "Digest s3cret:token", Verdict::wrong_token},
      {"a beginning", "Bearer s3cret:toke", Verdict::wrong_token},
      {"more", "Bearer s3cret:token1", Verdict::wrong_token},
      {"another case", "Bearer S3cret:token", Verdict::wrong_token},
      {"long", "Bearer " + std::string(100'000, 'x'), Verdict::wrong_token},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(access.judge(with({{"authorization", row.authorization}})) == row.verdict);
  }
  CHECK(access.judge(with({})) == Verdict::no_token);
  CHECK(access.judge(with({{"Host", "localhost"}})) == Verdict::no_token);
  // Two of them: whichever a proxy looked at.
  CHECK(access.judge(with({{"Authorization", "Bearer s3cret:token"}, {"Authorization", "Bearer x"}})) ==
        Verdict::no_token);
}

TEST_CASE("without a token only our own names open the pages") {
  const Access access("", "https://Support.vendor.example:8443/bridge");
  for (const auto* host : {"localhost", "LOCALHOST:8480", "127.0.0.1", "127.0.0.1:8480", "127.1.2.3", "[::1]:8480",
                           "[::1]", "support.vendor.example", "SUPPORT.vendor.example:443"}) {
    CAPTURE(host);
    CHECK(access.judge(with({{"Host", host}})) == Verdict::welcome);
  }
  for (const auto* host :
       {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.evil.example", "", ":8480",
        "support.vendor.example.evil.example", "[::2]:8480", "10.0.0.1", "[::1].evil.example", "[::1]evil.example:80",
        "[::1", "[::1]:80.evil.example", "localhost:evil.example"}) {
    CAPTURE(host);
    CHECK(access.judge(with({{"Host", host}})) == Verdict::strange_host);
  }
  CHECK(access.judge(with({})) == Verdict::strange_host);
  CHECK(access.judge(with({{"Host", "localhost"}, {"Host", "evil.example"}})) == Verdict::strange_host);
  // No name of ours is the empty one, whatever public_url.
  CHECK(Access("", "").judge(with({{"Host", ""}})) == Verdict::strange_host);
}

TEST_CASE("what a page of another origin makes a browser send is known by its headers") {
  struct Row {
    const char* name;
    Headers headers;  // beside Host
    bool own;
  };
  const Row rows[] = {
      {"a program", {}, true},
      {"our page", {{"Origin", "http://localhost:8480"}, {"Sec-Fetch-Site", "same-origin"}}, true},
      {"our page in capitals", {{"origin", "HTTP://LOCALHOST:8480"}}, true},
      {"our page behind the proxy", {{"Origin", "https://bridge.vendor.example:8443"}}, true},
      {"public_url without its TLS", {{"Origin", "http://bridge.vendor.example:8443"}}, false},
      {"what a person typed", {{"Sec-Fetch-Site", "none"}}, true},
      {"a foreign page", {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}}, false},
      {"one that hides its origin", {{"Origin", "null"}}, false},
      {"an old browser's foreign page", {{"Origin", "https://evil.example"}}, false},
      {"one that tells no origin", {{"Sec-Fetch-Site", "cross-site"}}, false},
      {"another program on this machine",
       {{"Sec-Fetch-Site", "same-site"}, {"Origin", "http://localhost:3000"}},
       false},
      {"the same, told by its origin alone", {{"Origin", "http://localhost:3000"}}, false},
      {"a neighbour of public_url", {{"Origin", "https://wiki.vendor.example"}}, false},
      {"public_url at another port", {{"Origin", "https://bridge.vendor.example"}}, false},
      {"ours as a beginning", {{"Origin", "http://localhost:8480.evil.example"}}, false},
      {"ours as a user name", {{"Origin", "http://localhost:8480@evil.example"}}, false},
      {"two origins", {{"Origin", "http://localhost:8480"}, {"Origin", "https://evil.example"}}, false},
      {"two sites", {{"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "cross-site"}}, false},
      {"no origin at all", {{"Origin", ""}}, false},
  };
  const Access access("", "https://bridge.vendor.example:8443/cb");
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto headers = row.headers;
    headers.emplace_back("Host", "localhost:8480");
    CHECK(access.is_own_page(with(headers)) == row.own);
  }
  CHECK_FALSE(access.is_own_page(
      with({{"Host", "bridge.vendor.example:8443"}, {"Origin", "http://bridge.vendor.example:8443"}})));
  CHECK(access.is_own_page(
      with({{"Host", "bridge.vendor.example:8443"}, {"Origin", "https://bridge.vendor.example:8443"}})));
  // Without a Host nothing is the same as it.
  CHECK_FALSE(Access("", "").is_own_page(with({{"Origin", "http://"}})));
}

}  // namespace cb
