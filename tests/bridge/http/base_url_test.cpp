#include "bridge/http/base_url.hpp"

#include <doctest/doctest.h>

namespace cb {

TEST_CASE("addresses taken apart") {
  struct Row {
    const char* text;
    bool tls;
    const char* host;
    int port;
    const char* prefix;
    const char* shown;
  };
  const Row rows[] = {
      {"https://redmine.vendor.example", true, "redmine.vendor.example", 443, "", "https://redmine.vendor.example"},
      {"http://h", false, "h", 80, "", "http://h"},
      {"HTTPS://Host.Example:8443/redmine/", true, "host.example", 8443, "/redmine", "https://host.example:8443"},
      {"http://127.0.0.1:3000/a/b", false, "127.0.0.1", 3000, "/a/b", "http://127.0.0.1:3000"},
      {"http://[::1]:3000", false, "::1", 3000, "", "http://[::1]:3000"},
      {"https://[::1]/", true, "::1", 443, "", "https://[::1]"},
      {"http://h:65535", false, "h", 65535, "", "http://h:65535"}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto url = base_url_from(row.text);
    REQUIRE(url.has_value());
    CHECK(url->tls == row.tls);
    CHECK(url->host == row.host);
    CHECK(url->port == row.port);
    CHECK(url->prefix == row.prefix);
    CHECK(to_text(*url) == row.shown);
  }
}

TEST_CASE("addresses that cannot be used are refused in words and without secrets") {
  for (const auto* text :
       {"", "redmine.example", "ftp://h", "http://", "http:///x", "http://h:0", "http://h:65536", "http://h:x",
        "http://h:", "https://user:SECRET@h", "https://h/?key=SECRET", "https://h/#SECRET", "https://h/a SECRET"}) {
    CAPTURE(text);
    const auto url = base_url_from(text);
    REQUIRE(!url.has_value());
    CHECK(url.error().kind == ErrorKind::rejected);
    CHECK(url.error().what.find("SECRET") == std::string::npos);
    CHECK(url.error().what.find("expected https://host") != std::string::npos);
  }
}

}  // namespace cb
