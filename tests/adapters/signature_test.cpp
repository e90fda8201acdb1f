#include "adapters/signature.hpp"

#include <doctest/doctest.h>

namespace cb {

TEST_CASE("a secret is the same or not, and nobody's when it is empty") {
  CHECK(is_same_secret("abc", "abc"));
  CHECK_FALSE(is_same_secret("abd", "abc"));
  CHECK_FALSE(is_same_secret("abc ", "abc"));
  CHECK_FALSE(is_same_secret("ab", "abc"));
  CHECK_FALSE(is_same_secret("", "abc"));
  CHECK_FALSE(is_same_secret("abc", ""));
  CHECK_FALSE(is_same_secret("", ""));
  CHECK_FALSE(is_same_secret(std::string("abc\0", 4), "abc"));
  CHECK(same_secret("b", {"a", "b", "b"}) == std::optional<std::size_t>(1));
  CHECK_FALSE(same_secret("", {"", "a"}));
  CHECK_FALSE(same_secret("a", {}));
}

TEST_CASE("an HMAC names the tracker and the header that it came in") {
  // printf '{"type":"issue.updated"}' | openssl dgst -sha256 -hmac redmine-secret
  const SignatureWords words{"Redmine", "X-Redmine-Signature-256"};
  const std::string body = R"({"type":"issue.updated"})";
  const std::string good = "sha256=9941e414cb207913476e34fbecfc944cb6debfaf02c12345de2499ca15bf6bd4";
  CHECK(hmac_signer(words, good, body, {"new", "redmine-secret"}).value() == 1);
  const auto changed = hmac_signer(words, good, body + "\n", {"redmine-secret"});
  REQUIRE_FALSE(changed);
  CHECK(changed.error().kind == ErrorKind::denied);
  CHECK(changed.error().what.find("is the secret in Redmine the same") != std::string::npos);
  CHECK(changed.error().what.find("redmine-secret") == std::string::npos);
  const auto missing = hmac_signer(words, {}, body, {"redmine-secret"});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().what.find("has no X-Redmine-Signature-256; set a secret for this webhook in Redmine") !=
        std::string::npos);
}

}  // namespace cb
