#include "bridge/web/web_secrets.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/support/temporary_folder.hpp"

namespace cb {

namespace {

class SecretFiles {
 public:
  SecretReference write(const std::string& name, const std::string& secret) const {
    const auto path = folder_.write(name, secret + "\n");
    chmod(path.c_str(), 0600);
    return {"file:" + path};
  }

 private:
  TemporaryFolder folder_;
};

TrackerSettings tracker(std::optional<WebhookSettings> webhook) {
  TrackerSettings settings;
  settings.name = "support";
  settings.kind = TrackerKind::bugzilla;
  settings.webhook = std::move(webhook);
  return settings;
}

WebRequest with_token(const std::string& token) {
  WebRequest request;
  request.headers = {{"Host", "localhost"}, {"Authorization", "Bearer " + token}};
  return request;
}

}  // namespace

TEST_CASE("a tracker's secrets are resolved, the old one behind the new") {
  const SecretFiles files;
  Settings settings;
  settings.trackers = {tracker(WebhookSettings{files.write("new", "0123456789abcdef"),
                                               files.write("old", "fedcba9876543210"), "X-Secret"}),
                       tracker({})};
  const auto sources = hook_sources(settings);
  REQUIRE(sources);
  REQUIRE(sources->size() == 2);
  CHECK((*sources)[0].tracker == "support");
  CHECK((*sources)[0].kind == TrackerKind::bugzilla);
  CHECK((*sources)[0].secrets == std::vector<std::string>{"0123456789abcdef", "fedcba9876543210"});
  CHECK((*sources)[0].header == "X-Secret");
  CHECK((*sources)[1].secrets.empty());
}

TEST_CASE("a secret that cannot be had or can be guessed is refused with its place") {
  const SecretFiles files;
  struct Row {
    WebhookSettings webhook;
    std::string begins;
    std::string says;
  };
  const Row rows[] = {
      {{{"file:/no/such/file"}, {}, {}}, "tracker support, webhook: secret: ", "cannot be found"},
      {{{"${CB_NO_SUCH_VARIABLE}"}, {}, {}}, "tracker support, webhook: secret: ", "CB_NO_SUCH_VARIABLE is not set"},
      {{files.write("short", "0123456789abcde"), {}, {}}, "tracker support, webhook: secret: ", "less than 16 signs"},
      {{files.write("new", "0123456789abcdef"), files.write("short", "x1y2z3"), {}},
       "tracker support, webhook: old_secret: ",
       "less than 16 signs"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.says);
    Settings settings;
    settings.trackers = {tracker(row.webhook)};
    const auto sources = hook_sources(settings);
    REQUIRE_FALSE(sources);
    CHECK(sources.error().kind == ErrorKind::denied);
    CHECK(sources.error().what.starts_with(row.begins));
    CHECK(sources.error().what.find(row.says) != std::string::npos);
    CHECK(sources.error().what.find("0123456789abcde") == std::string::npos);
    CHECK(sources.error().what.find("x1y2z3") == std::string::npos);
  }
}

TEST_CASE("only on loopback a token may be missing") {
  const SecretFiles files;
  const auto token = files.write("token", "0123456789abcdef");
  for (const auto* listen : {"127.0.0.1:8480", "localhost:8480", "[::1]:8480", "127.0.0.2:1"}) {
    CAPTURE(listen);
    const auto open = access_of({.listen = listen, .public_url = "", .token = {}});
    REQUIRE(open);
    CHECK(open->judge(with_token("")) == Access::Verdict::welcome);
  }
  for (const auto* listen :
       {"0.0.0.0:8480", "[::]:8480", "192.0.2.1:8480", "bridge.vendor.example:8480", "127.0.0.1.vendor.example:8480"}) {
    CAPTURE(listen);
    const auto none = access_of({.listen = listen, .public_url = "", .token = {}});
    REQUIRE_FALSE(none);
    CHECK(none.error().what.find("add server: token") != std::string::npos);
    const auto guarded = access_of({.listen = listen, .public_url = "", .token = token});
    REQUIRE(guarded);
    CHECK(guarded->judge(with_token("0123456789abcdef")) == Access::Verdict::welcome);
    CHECK(guarded->judge(with_token("")) == Access::Verdict::wrong_token);
  }
  CHECK_FALSE(access_of({.listen = "127.0.0.1:8480", .public_url = "", .token = {"file:/no/such/file"}}));
}

}  // namespace cb
