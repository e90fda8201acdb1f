// Deliveries of Redmine and Bugzilla, in the forms of trackers.md A8 and B8; Jira's have a file of their own.
#include <doctest/doctest.h>

#include "adapters/bugzilla/bugzilla_webhook.hpp"
#include "adapters/hook_ids.hpp"
#include "adapters/redmine/redmine_webhook.hpp"

namespace cb {

namespace {

std::string joined(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : " ") + id;
  return out;
}

std::string deep(const std::string& begin) {
  auto text = begin;
  for (int i = 0; i < 100'000; ++i) text += "{\"a\":";
  return text;
}

}  // namespace

TEST_CASE("an id is a whole number and nothing else") {
  for (const auto* id : {"1", "10068", "999999999999999999"}) CHECK(is_hook_id(id));
  for (const auto* id :
       {"", "0", "007", "-1", "1.5", "1e3", " 1", "1 ", "1/2", "../1", "ABC-1", "1\n", "0x1", "1000000000000000000"}) {
    CAPTURE(id);
    CHECK_FALSE(is_hook_id(id));
  }
}

TEST_CASE("Redmine signs its deliveries") {
  const std::string body = R"({"type":"issue.updated"})";
  // By openssl dgst -sha256 -hmac redmine-secret.
  const std::string good = "sha256=9941e414cb207913476e34fbecfc944cb6debfaf02c12345de2499ca15bf6bd4";
  CHECK(redmine_hook_signer(good, body, {"redmine-secret"}).value() == 0);
  CHECK(redmine_hook_signer(good, body, {"new", "redmine-secret"}).value() == 1);
  for (const auto& signature : {std::optional<std::string>(), std::optional<std::string>(good.substr(7)),
                                std::optional<std::string>("sha1=" + good.substr(7, 40)),
                                std::optional<std::string>(good.substr(0, 70) + "0")}) {
    const auto signer = redmine_hook_signer(signature, body, {"redmine-secret"});
    REQUIRE_FALSE(signer);
    CHECK(signer.error().kind == ErrorKind::denied);
    CHECK(signer.error().what.starts_with("webhook delivery refused: "));
    CHECK(signer.error().what.find("redmine-secret") == std::string::npos);
  }
}

TEST_CASE("Redmine's deliveries tell of which issue they are, in both forms") {
  struct Row {
    std::string body;
    std::string event;
    std::string issues;
  };
  const Row rows[] = {
      {R"({"type":"issue.created","timestamp":"2026-11-27T12:00:00Z","data":{"issue":{"id":12,"subject":"x"}}})",
       "issue.created", "12"},
      {R"({"type":"issue.updated","data":{"issue":{"id":12},"journal":{"id":3,"notes":"y","details":[]}}})",
       "issue.updated", "12"},
      {R"({"type":"issue.deleted","data":{"issue":{"id":12}}})", "issue.deleted", "12"},
      {R"({"type":"time_entry.created","data":{"time_entry":{"id":5,"issue":{"id":12}}}})", "time_entry.created", "12"},
      {R"({"type":"time_entry.created","data":{"time_entry":{"id":5}}})", "time_entry.created", ""},
      {R"({"type":"news.created","data":{"news":{"id":5}}})", "news.created", ""},
      {R"({"type":"version.updated","data":null})", "version.updated", ""},
      {R"({"type":"of.tomorrow"})", "of.tomorrow", ""},
      {R"({"payload":{"action":"opened","issue":{"id":191,"lock_version":2},"url":"https://x"}})", "opened", "191"},
      {R"({"payload":{"action":"updated","issue":{"id":191},"journal":{"private_notes":true,"notes":"z"}}})", "updated",
       "191"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    const auto hook = redmine_hook_from(row.body);
    REQUIRE(hook);
    CHECK(hook->event == row.event);
    CHECK(joined(hook->issues) == row.issues);
  }
  const std::string wrong[] = {"",
                               "null",
                               "[]",
                               "7",
                               "{}",
                               "<html>",
                               R"({"type":"issue.updated")",
                               R"({"type":7})",
                               R"({"type":"issue.updated"})",
                               R"({"type":"issue.updated","data":[]})",
                               R"({"type":"issue.updated","data":{"issue":{"id":"12/../13"}}})",
                               R"({"type":"issue.updated","data":{"issue":{"id":-12}}})",
                               R"({"type":"issue.updated","data":{"issue":{"id":[]}}})",
                               R"({"type":"issue.updated","data":{"issue":{"id":12345678901234567890123}}})",
                               R"({"payload":{"action":"opened"}})",
                               R"({"payload":{"issue":{"id":1}}})",
                               R"({"payload":[1]})",
                               "{\"type\":\"\xFF\"}",
                               deep(R"({"type":"issue.updated","data":)")};
  for (const auto& body : wrong) {
    CAPTURE(body.substr(0, 100));
    const auto hook = redmine_hook_from(body);
    REQUIRE_FALSE(hook);
    CHECK(hook.error().kind == ErrorKind::bad_reply);
    CHECK(hook.error().what.find("webhook delivery of Redmine") != std::string::npos);
  }
}

TEST_CASE("Bugzilla's deliveries tell of which bug they are") {
  struct Row {
    std::string body;
    std::string event;
    std::string issues;
  };
  const Row rows[] = {
      {R"({"webhook_id":1,"webhook_name":"bridge","event":{"action":"create","time":"2026-05-01T09:12:44"},)"
       R"("bug":{"id":35,"summary":"x"}})",
       "create", "35"},
      {R"({"event":{"action":"modify","changes":[{"field":"status","removed":"NEW","added":"RESOLVED"}]},"bug":{"id":35}})",
       "modify", "35"},
      // A private one.
      {R"({"event":{"action":"modify"},"bug":{"id":35,"is_private":true}})", "modify", "35"},
      {R"({"event":{"action":"create","target":"comment"},"bug":{"id":35,"comment":{"id":9,"is_private":1}}})",
       "create", "35"},
      {R"({"event":{"action":"ping"}})", "ping", ""},
      {R"({"event":{"action":"ping"},"bug":null})", "ping", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    const auto hook = bugzilla_hook_from(row.body);
    REQUIRE(hook);
    CHECK(hook->event == row.event);
    CHECK(joined(hook->issues) == row.issues);
  }
  const std::string wrong[] = {"",
                               "null",
                               "[]",
                               "{}",
                               "<html>",
                               R"({"event":{}})",
                               R"({"event":[]})",
                               R"({"event":{"action":"modify"},"bug":[]})",
                               R"({"event":{"action":"modify"},"bug":{"id":"a"}})",
                               R"({"event":{"action":"modify"},"bug":{"id":0}})",
                               R"({"event":{"action":"modify"},"bug":{"id":1})",
                               deep(R"({"event":{"action":"modify"},"bug":)")};
  for (const auto& body : wrong) {
    CAPTURE(body.substr(0, 100));
    const auto hook = bugzilla_hook_from(body);
    REQUIRE_FALSE(hook);
    CHECK(hook.error().kind == ErrorKind::bad_reply);
    CHECK(hook.error().what.find("webhook delivery of Bugzilla") != std::string::npos);
  }
}

}  // namespace cb
