#include "adapters/jira/jira_webhook.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "tests/adapters/jira_shared.hpp"

namespace cb {

namespace {

// trackers.md C8.
const std::string k_secret = "It's a Secret to Everybody";
const std::string k_body = "Hello World!";
const std::string k_hex = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

std::string upper(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string ids_text(const JiraHook& hook) {
  std::string out;
  for (const auto& id : hook.issues) out += (out.empty() ? "" : " ") + id;
  return out;
}

}  // namespace

TEST_CASE("a signature is taken whatever its case and blanks") {
  for (const auto& signature : {"sha256=" + k_hex, "SHA256=" + upper(k_hex), " sha256 = " + k_hex + "\t"}) {
    CAPTURE(signature);
    const auto signer = jira_hook_signer(signature, k_body, {k_secret});
    REQUIRE(signer);
    CHECK(*signer == 0);
  }
  // By openssl dgst -sha256 -hmac, of an empty body.
  CHECK(jira_hook_signer("sha256=5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0", "", {"key"}));
}

TEST_CASE("while a secret is being replaced both are good") {
  const auto signature = "sha256=" + k_hex;
  CHECK(jira_hook_signer(signature, k_body, {k_secret, "new"}).value() == 0);
  CHECK(jira_hook_signer(signature, k_body, {"new", k_secret}).value() == 1);
  CHECK(jira_hook_signer(signature, k_body, {"", k_secret, k_secret}).value() == 1);
}

TEST_CASE("everything else is refused, with the reason and without the secret") {
  struct Row {
    const char* name;
    std::optional<std::string> signature;
    std::string body;
    std::vector<std::string> secrets;
    std::string why;
  };
  const auto good = "sha256=" + k_hex;
  // These fit: by openssl dgst -hmac, with the empty secret and with the older methods.
  const std::string unsigned_hex = "0366d43cf5215a646b90008490ca34b5994cc08f173c9e6cdccef82656896592";
  const Row rows[] = {
      {"no header", {}, k_body, {k_secret}, "has no X-Hub-Signature"},
      {"empty header", "", k_body, {k_secret}, "not of the form"},
      {"only hex", k_hex, k_body, {k_secret}, "not of the form"},
      {"sha1", "sha1=c515f330a339e006a451ec24110648f028c87a11", k_body, {k_secret}, "signed with sha1"},
      {"md5", "MD5=523d32c124d3f41f87cac387a0394c30", k_body, {k_secret}, "signed with md5"},
      {"unknown method", "sha512=" + k_hex + k_hex, k_body, {k_secret}, "method that is not known"},
      {"no method", "=" + k_hex, k_body, {k_secret}, "method that is not known"},
      {"short", "sha256=" + k_hex.substr(1), k_body, {k_secret}, "64 hexadecimal digits"},
      {"long", good + "00", k_body, {k_secret}, "64 hexadecimal digits"},
      {"two", good + "," + good, k_body, {k_secret}, "64 hexadecimal digits"},
      {"no hex", "sha256=" + std::string(64, 'g'), k_body, {k_secret}, "64 hexadecimal digits"},
      {"another digit", "sha256=b" + k_hex.substr(1), k_body, {k_secret}, "fits no configured secret"},
      {"another body", good, k_body + " ", {k_secret}, "fits no configured secret"},
      {"another secret", good, k_body, {"secret"}, "fits no configured secret"},
      {"no secrets", good, k_body, {}, "no secret is configured"},
      {"empty secret", "sha256=" + unsigned_hex, k_body, {""}, "no secret is configured"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto signer = jira_hook_signer(row.signature, row.body, row.secrets);
    REQUIRE_FALSE(signer);
    CHECK(signer.error().kind == ErrorKind::denied);
    CHECK_MESSAGE(signer.error().what.find(row.why) != std::string::npos, signer.error().what);
    CHECK(signer.error().what.find(k_secret) == std::string::npos);
  }
}

TEST_CASE("the issue is found wherever the event has it") {
  struct Row {
    std::string body;
    std::string issues;
    bool deleted = false;
  };
  const Row rows[] = {
      {R"({"webhookEvent":"jira:issue_created","issue":{"id":"10068","key":"ABC-12"}})", "10068"},
      {R"({"webhookEvent":"jira:issue_updated","issue":{"id":10068}})", "10068"},
      {R"({"webhookEvent":"jira:issue_deleted","issue":{"id":"10068"}})", "10068", true},
      {R"({"webhookEvent":"jira:issue_updated","issue":{"self":"https://x/rest/api/2/issue/7?a"}})", "7"},
      {R"({"webhookEvent":"comment_created","comment":{"self":"https://x/jira/rest/api/2/issue/26313/comment/31039"}})",
       "26313"},
      {R"({"webhookEvent":"worklog_updated","worklog":{"issueId":"10013","self":"https://x/issue/9/worklog/1"}})",
       "10013"},
      {R"({"webhookEvent":"issue_property_set","property":{"self":"https://x/rest/api/2/issue/5/properties/a"}})", "5"},
      {R"({"webhookEvent":"issuelink_created","issueLink":{"sourceIssueId":11442,"destinationIssueId":11961}})",
       "11442 11961"},
      {R"({"webhookEvent":"issuelink_deleted","issueLink":{"sourceIssueId":1,"destinationIssueId":1}})", "1"},
      {R"({"webhookEvent":"jira:version_released","version":{"id":"10000"}})", ""},
      {R"({"webhookEvent":"attachment_created","attachment":{"id":"10000"}})", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    const auto hook = jira_hook_from(row.body);
    REQUIRE(hook);
    CHECK(ids_text(*hook) == row.issues);
    CHECK(hook->issue_deleted == row.deleted);
  }
}

TEST_CASE("a body that is none is refused") {
  std::string deep = R"({"webhookEvent":"jira:issue_created","issue":)";
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  const std::string bodies[] = {
      "",
      "null",
      "[]",
      "\"jira:issue_updated\"",
      "{}",
      "<html>",
      "{\"webhookEvent\":\"jira:issue_updated\",",
      "{\"webhookEvent\":\"\xFF\"}",
      R"({"webhookEvent":7,"issue":{"id":"1"}})",
      R"({"webhookEvent":"jira:issue_updated"})",
      R"({"webhookEvent":"jira:issue_updated","issue":null})",
      R"({"webhookEvent":"jira:issue_updated","issue":[]})",
      R"({"webhookEvent":"jira:issue_updated","issue":{"id":{}}})",
      R"({"webhookEvent":"jira:issue_updated","issue":{"id":"../../myself"}})",
      R"({"webhookEvent":"jira:issue_updated","issue":{"id":-1}})",
      R"({"webhookEvent":"jira:issue_updated","issue":{"id":1.5}})",
      R"({"webhookEvent":"jira:issue_updated","issue":{"id":"12345678901234567890"}})",
      R"({"webhookEvent":"comment_created","comment":{"id":"3"}})",
      R"({"webhookEvent":"comment_created","comment":{"self":["https://x/issue/1"]}})",
      R"({"webhookEvent":"comment_created","comment":{"self":"https://x/issue/ABC-1/comment/3"}})",
      R"({"webhookEvent":"comment_created","comment":{"self":"https://x/issue/"}})",
      R"({"webhookEvent":"issuelink_created","issueLink":{"sourceIssueId":true}})",
      deep,
      std::string(17U * 1024U * 1024U, ' ') + "{}",
  };
  for (const auto& body : bodies) {
    CAPTURE(body.substr(0, 100));
    const auto hook = jira_hook_from(body);
    REQUIRE_FALSE(hook);
    CHECK(hook.error().kind == ErrorKind::bad_reply);
    CHECK(hook.error().what.find("webhook") != std::string::npos);
  }
}

TEST_CASE("recorded deliveries are read") {
  const auto shared = shared_jira("recorded webhook bodies");
  if (!shared) return;
  struct Row {
    const char* file;
    const char* event;
    const char* issues;
  };
  const Row rows[] = {
      {"mattermost-webhooks/webhook-cloud-comment-created.json", "comment_created", "10040"},
      {"mattermost-webhooks/webhook-cloud-comment-deleted.json", "comment_deleted", "10357"},
      {"mattermost-webhooks/webhook-server-comment-created.json", "comment_created", "10013"},
      {"jira-to-matrix/webhooks/comment-created.json", "comment_created", "26313"},
      {"jira-to-matrix/webhooks/comment-updated.json", "comment_updated", "11961"},
      {"jira-to-matrix/webhooks/comment-deleted.json", "comment_deleted", "11961"},
      {"jira-to-matrix/webhooks/issuelink-created.json", "issuelink_created", "11442 11961"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.file);
    const auto hook = jira_hook_from(read_file(*shared / "recorded" / row.file));
    REQUIRE(hook);
    CHECK(hook->event == row.event);
    CHECK(ids_text(*hook) == row.issues);
  }
  std::map<std::string, int> events;
  for (const auto* folder : {"mattermost-webhooks", "jira-to-matrix/webhooks"}) {
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "recorded" / folder)) {
      CAPTURE(entry.path().string());
      const auto body = read_file(entry.path());
      const auto hook = jira_hook_from(body);
      REQUIRE(hook);
      CHECK_FALSE(hook->issues.empty());
      CHECK(hook->issue_deleted == (hook->event == "jira:issue_deleted"));
      ++events[hook->event];
      // Broken off anywhere, it is refused and nothing else happens.
      for (std::size_t size = 0; size < body.rfind('}'); size += 997) CHECK_FALSE(jira_hook_from(body.substr(0, size)));
    }
  }
  CHECK(events["jira:issue_created"] == 3);
  CHECK(events["jira:issue_updated"] == 11);
  CHECK(events["jira:issue_deleted"] == 1);
}

}  // namespace cb
