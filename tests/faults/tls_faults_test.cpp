// Certificates that must not be trusted: refused in clear words before anything is sent, and forgotten once the server
// has a good one.
#include "tests/faults/fault_world.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/trackers/certificates.hpp"

using namespace cb;
using namespace cb::faults;

namespace {

struct Row {
  const char* name;
  CertificateTerms terms;
  bool self_signed;
  std::vector<std::string> words;
};

const Row k_rows[] = {
    {"expired", {"localhost", -20, -1}, false, {"expired", "renew it"}},
    {"not valid yet", {"localhost", 1, 20}, false, {"not yet valid", "clock"}},
    {"of another name", {"other.example", -2, 1}, false, {"for another host than localhost"}},
    {"signed by itself", {"localhost", -2, 1}, true, {"cannot be trusted (self", "ca_file"}},
};

}  // namespace

TEST_CASE("a certificate that is not good: nothing is sent, and the next look goes on once it is renewed") {
  const TemporaryFolder folder;
  const CertificateAuthority authority;
  authority.write(folder.path("ca.pem"));
  authority.sign({"localhost"}, folder.path("good.pem"));
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const auto& row : k_rows) {
      if (!is_taken(number, k_world_stride)) continue;
      CAPTURE(name_of(kind));
      CAPTURE(row.name);
      if (row.self_signed) {
        write_self_signed(row.terms, folder.path("bad.pem"));
      } else {
        authority.sign(row.terms, folder.path("bad.pem"));
      }
      WorldOptions options{kind};
      options.certificate = folder.path("bad.pem");
      options.ca_file = folder.path("ca.pem");
      FaultWorld world(options);
      const auto report = world.step();
      CAPTURE(report.error);
      CHECK(report.error.find("TLS: the certificate of https://localhost:") != std::string::npos);
      for (const auto& words : row.words) CHECK(report.error.find(words) != std::string::npos);
      CHECK(report.error.find("key-of-") == std::string::npos);
      CHECK(world.proxy().seen().empty());
      CHECK(world.fake().requests() == 0);
      CHECK(world.sent.size() <= 2);
      world.proxy().use_certificate(folder.path("good.pem"));
      world.run_until(the_end());
      CHECK(difference(undisturbed(kind).end_state, world.end_state()) == "");
    }
  }
}

TEST_CASE("a certificate that expires while the bridge runs stops it, and a new one lets it go on") {
  const TemporaryFolder folder;
  const CertificateAuthority authority;
  authority.write(folder.path("ca.pem"));
  authority.sign({"localhost"}, folder.path("good.pem"));
  authority.sign({"localhost", -20, -1}, folder.path("expired.pem"));
  WorldOptions options{TrackerKind::redmine};
  options.certificate = folder.path("good.pem");
  options.ca_file = folder.path("ca.pem");
  FaultWorld world(options);
  world.run_until(start() + Seconds(180));
  CHECK(world.loop().status().error.empty());
  const auto sent_before = world.fake().requests();
  world.proxy().use_certificate(folder.path("expired.pem"));
  world.run_until(start() + Seconds(1200));
  CHECK(world.loop().status().error.find("expired") != std::string::npos);
  CHECK(world.fake().requests() == sent_before);
  world.proxy().use_certificate(folder.path("good.pem"));
  world.run_until(the_end());
  CHECK(difference(undisturbed(TrackerKind::redmine).end_state, world.end_state()) == "");
}
