// Webhooks through the router, as the server asks it: proofs, what is woken, repetitions, and what never reaches the
// log.
#include "bridge/web/webhooks.hpp"

#include <doctest/doctest.h>
#include "hook_world.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using Woken = std::vector<std::string>;

}  // namespace

TEST_CASE("a delivery wakes its issue when it is proved, and only then") {
  struct Row {
    std::string name;
    std::string path;
    std::string body;
    Headers headers;
    int status;
    Woken woken;
  };
  const std::string jira = "X-Hub-Signature";
  const std::string redmine = "X-Redmine-Signature-256";
  const auto path_secret = "/" + k_secret;
  const Row rows[] = {
      {"Jira", "/webhooks/jira", k_jira_body, {{jira, hmac(k_secret, k_jira_body)}}, 200, {"jira#10068"}},
      {"Jira, any case",
       "/webhooks/jira",
       k_jira_body,
       {{"x-hub-signature", hmac(k_secret, k_jira_body)}},
       200,
       {"jira#10068"}},
      {"Jira, the old secret", "/webhooks/jira", k_jira_body, {{jira, hmac(k_old, k_jira_body)}}, 200, {"jira#10068"}},
      {"Jira that cannot sign", "/webhooks/jira" + path_secret, k_jira_body, {}, 200, {"jira#10068"}},
      {"Jira, no proof", "/webhooks/jira", k_jira_body, {}, 401, {}},
      {"Jira, another body", "/webhooks/jira", k_jira_body, {{jira, hmac(k_secret, k_redmine_body)}}, 401, {}},
      {"Jira, another secret", "/webhooks/jira", k_jira_body, {{jira, hmac("guessed", k_jira_body)}}, 401, {}},
      {"Jira, empty secret", "/webhooks/jira", k_jira_body, {{jira, hmac("", k_jira_body)}}, 401, {}},
      {"Jira, two signatures",
       "/webhooks/jira",
       k_jira_body,
       {{jira, hmac(k_secret, k_jira_body)}, {jira, hmac("guessed", k_jira_body)}},
       401,
       {}},
      {"Jira, good path, wrong signature",
       "/webhooks/jira" + path_secret,
       k_jira_body,
       {{jira, hmac("guessed", k_jira_body)}},
       401,
       {}},
      {"Jira, wrong path, good signature",
       "/webhooks/jira/guessed",
       k_jira_body,
       {{jira, hmac(k_secret, k_jira_body)}},
       401,
       {}},
      {"Redmine's header for Jira", "/webhooks/jira", k_jira_body, {{redmine, hmac(k_secret, k_jira_body)}}, 401, {}},
      {"Redmine",
       "/webhooks/redmine",
       k_redmine_body,
       {{redmine, hmac(k_secret, k_redmine_body)}},
       200,
       {"redmine#12"}},
      {"Redmine, unsigned", "/webhooks/redmine", k_redmine_body, {}, 401, {}},
      {"Redmine's plugin", "/webhooks/redmine" + path_secret, k_plugin_body, {}, 200, {"redmine#191"}},
      {"Redmine's plugin, no secret", "/webhooks/redmine", k_plugin_body, {}, 401, {}},
      {"Redmine's plugin, escaped",
       "/webhooks/redmine/%63orrect-horse-battery",
       k_plugin_body,
       {},
       200,
       {"redmine#191"}},
      {"BMO", "/webhooks/bmo", k_bug_body, {{"x-bridge-secret", k_secret}}, 200, {"bmo#35"}},
      {"BMO, another value", "/webhooks/bmo", k_bug_body, {{"X-Bridge-Secret", k_secret + "x"}}, 401, {}},
      {"BMO, no header", "/webhooks/bmo", k_bug_body, {}, 401, {}},
      {"BMO, two headers",
       "/webhooks/bmo",
       k_bug_body,
       {{"X-Bridge-Secret", k_secret}, {"X-Bridge-Secret", "x"}},
       401,
       {}},
      {"BMO by its path", "/webhooks/bmo" + path_secret, k_bug_body, {}, 200, {"bmo#35"}},
      {"BMO, good path, wrong header", "/webhooks/bmo" + path_secret, k_bug_body, {{"X-Bridge-Secret", "x"}}, 401, {}},
      {"Harmony", "/webhooks/harmony" + path_secret, k_bug_body, {}, 200, {"harmony#35"}},
      {"Harmony, no secret", "/webhooks/harmony", k_bug_body, {}, 401, {}},
      {"Harmony, part of it", "/webhooks/harmony/correct-horse", k_bug_body, {}, 401, {}},
      {"Harmony, more", "/webhooks/harmony" + path_secret + "1", k_bug_body, {}, 401, {}},
      {"Harmony, a signature is no proof",
       "/webhooks/harmony",
       k_bug_body,
       {{jira, hmac(k_secret, k_bug_body)}},
       401,
       {}},
      {"no secret configured", "/webhooks/bare", k_jira_body, {{jira, hmac("", k_jira_body)}}, 403, {}},
      {"no secret configured, by path", "/webhooks/bare/x", k_jira_body, {}, 403, {}},
      {"unknown tracker", "/webhooks/unknown" + path_secret, k_jira_body, {}, 404, {}},
      {"no tracker", "/webhooks", k_jira_body, {}, 404, {}},
      {"too long a path", "/webhooks/jira" + path_secret + "/x", k_jira_body, {}, 404, {}},
      {"way up", "/webhooks/jira/..%2f" + k_secret, k_jira_body, {}, 400, {}},
      {"line break", "/webhooks/jira/x%0d%0aY:%20z", k_jira_body, {}, 400, {}},
      {"proved, no JSON", "/webhooks/harmony" + path_secret, "<html>", {}, 400, {}},
      {"proved, another tracker's", "/webhooks/harmony" + path_secret, k_redmine_body, {}, 400, {}},
      {"proved, an id that is none",
       "/webhooks/harmony" + path_secret,
       R"({"event":{"action":"modify"},"bug":{"id":"1/../2"}})",
       {},
       400,
       {}},
      {"proved, nothing in it", "/webhooks/harmony" + path_secret, "", {}, 200, {}},
      {"proved, blanks", "/webhooks/harmony" + path_secret, " \r\n", {}, 200, {}},
      {"proved, about no issue",
       "/webhooks/redmine" + path_secret,
       R"({"type":"news.created","data":{}})",
       {},
       200,
       {}},
      {"proved, an event of tomorrow",
       "/webhooks/jira" + path_secret,
       R"({"webhookEvent":"board_painted"})",
       {},
       200,
       {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    HookWorld world;
    const auto answer = world.post(row.path, row.body, row.headers);
    CHECK(answer.status == row.status);
    CHECK(world.woken == row.woken);
    CHECK(answer.body.find(k_secret) == std::string::npos);
    for (const auto& secret : {k_secret, k_old, std::string("guessed"), std::string("correct-horse")}) {
      CHECK(world.log().find(secret) == std::string::npos);
    }
    // Nothing of the body either, and one line for what was refused by a tracker of ours.
    CHECK(world.log().find("{\"") == std::string::npos);
    const bool refused =
        row.status == 401 || row.status == 403 || (row.status == 400 && row.name.starts_with("proved"));
    const bool empty = row.status == 200 && trimmed(row.body).empty();
    CHECK(world.lines() == (refused || empty || !row.woken.empty() ? 1 : 0));
  }
}

TEST_CASE("with the vector that Atlassian published a delivery counts as Jira's") {
  VirtualClock clock(*instant_from_iso("2026-11-27T12:00:00Z"));
  std::ostringstream lines;
  Log log(LogLevel::debug, Log::Form::json, lines);
  Webhooks hooks(
      {{"jira", TrackerKind::jira, {"It's a Secret to Everybody"}, ""}},
      [](const std::vector<IssueKey>&) { return true; }, clock, log);
  WebRequest request;
  request.body = "Hello World!";
  request.headers = {{"X-Hub-Signature", "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"}};
  // Proved, and then no JSON.
  CHECK(hooks.take(request, "jira", {}).status == 400);
  request.body += " ";
  CHECK(hooks.take(request, "jira", {}).status == 401);
}

TEST_CASE("a repetition of Jira's wakes nothing, unless the first was not stored") {
  HookWorld world;
  CHECK(world.jira(k_jira_body, "a1").status == 200);
  CHECK(world.jira(k_jira_body, "a1").status == 200);
  CHECK(world.calls == 1);
  CHECK(world.jira(k_jira_body, "a2").status == 200);
  CHECK(world.jira(k_jira_body, "").status == 200);
  CHECK(world.jira(k_jira_body, "").status == 200);
  CHECK(world.calls == 4);

  world.store_is_good = false;
  const auto failed = world.jira(k_jira_body, "a3");
  CHECK(failed.status == 503);
  REQUIRE(failed.headers.size() == 1);
  CHECK(failed.headers.front().first == "Retry-After");
  world.store_is_good = true;
  world.woken.clear();
  CHECK(world.jira(k_jira_body, "a3").status == 200);
  CHECK(world.woken == Woken{"jira#10068"});
  CHECK(world.jira(k_jira_body, "a3").status == 200);
  CHECK(world.woken.size() == 1);
}

TEST_CASE("a stranger cannot make a delivery look like one that came before") {
  HookWorld world;
  CHECK(world.post("/webhooks/jira", k_jira_body, {{"X-Atlassian-Webhook-Identifier", "a1"}}).status == 401);
  CHECK(world.jira("broken", "a1").status == 400);
  CHECK(world.jira(k_jira_body, "a1").status == 200);
  CHECK(world.woken == Woken{"jira#10068"});
}

TEST_CASE("a delivery replayed without an identifier asks for the same issue again and no more") {
  HookWorld world;
  for (int i = 0; i < 100; ++i) {
    CHECK(world.post("/webhooks/redmine", k_redmine_body, {{"X-Redmine-Signature-256", hmac(k_secret, k_redmine_body)}})
              .status == 200);
  }
  CHECK(std::count(world.woken.begin(), world.woken.end(), "redmine#12") == 100);
  CHECK(world.woken.size() == 100);
}

TEST_CASE("two ids of one delivery are one wake, each once") {
  HookWorld world;
  const std::string body =
      R"({"webhookEvent":"issuelink_created","issueLink":{"sourceIssueId":11442,"destinationIssueId":11961}})";
  CHECK(world.jira(body, "a1").status == 200);
  CHECK(world.calls == 1);
  CHECK(world.woken == Woken{"jira#11442", "jira#11961"});
}

TEST_CASE("of more ids than are allowed the first are woken, polling finds the others") {
  VirtualClock clock(*instant_from_iso("2026-11-27T12:00:00Z"));
  std::ostringstream lines;
  Log log(LogLevel::debug, Log::Form::human, lines);
  std::vector<IssueKey> woken;
  Webhooks hooks(
      {{"jira", TrackerKind::jira, {k_secret}, ""}},
      [&](const std::vector<IssueKey>& keys) {
        woken = keys;
        return true;
      },
      clock, log, 1);
  WebRequest request;
  request.body = R"({"webhookEvent":"issuelink_created","issueLink":{"sourceIssueId":7,"destinationIssueId":8}})";
  CHECK(hooks.take(request, "jira", k_secret).status == 200);
  CHECK(woken == std::vector<IssueKey>{{"jira", "7"}});
}

TEST_CASE("refusals get a line a minute for each tracker, which counts the others") {
  HookWorld world;
  for (int i = 0; i < 1'000; ++i) world.post("/webhooks/jira", k_jira_body);
  world.post("/webhooks/bare", k_jira_body);
  CHECK(world.lines() == 2);
  CHECK(world.log().find("X-Hub-Signature; set a secret for this webhook in Jira") != std::string::npos);
  CHECK(world.log().find("set `webhook: { secret: ${NAME} }`") != std::string::npos);
  world.clock.set(world.clock.now() + Seconds(59));
  world.post("/webhooks/jira", k_jira_body);
  CHECK(world.lines() == 2);
  world.clock.set(world.clock.now() + Seconds(1));
  world.post("/webhooks/jira", k_jira_body);
  CHECK(world.lines() == 3);
  CHECK(world.log().find("(and 1000 more since the last line)") != std::string::npos);
  // A clock that was set back does not keep it silent.
  world.clock.set(world.clock.now() - std::chrono::hours(5));
  world.post("/webhooks/jira", k_jira_body);
  CHECK(world.lines() == 4);
  // Strangers cannot fill the log, or its memory, by names of their own.
  for (int i = 0; i < 100; ++i) world.post("/webhooks/x" + std::to_string(i), k_jira_body);
  CHECK(world.lines() == 4);
}

TEST_CASE("a proof that comes twice is told as such, also beside a good address") {
  HookWorld world;
  const auto sign = std::pair<std::string, std::string>("X-Redmine-Signature-256", hmac(k_secret, k_redmine_body));
  CHECK(world.post("/webhooks/redmine", k_redmine_body, {sign, sign}).status == 401);
  CHECK(world.log().find("it has the header X-Redmine-Signature-256 2 times, and one is expected") !=
        std::string::npos);
  CHECK(world.post("/webhooks/redmine/" + k_secret, k_redmine_body, {sign, sign}).status == 401);
  const std::pair<std::string, std::string> value("X-Bridge-Secret", k_secret);
  CHECK(world.post("/webhooks/bmo", k_bug_body, {value, value, value}).status == 401);
  CHECK(world.log().find("it has the header X-Bridge-Secret 3 times") != std::string::npos);
  CHECK(world.woken.empty());
}

TEST_CASE("a delivery without a body is told, with what to do in Jira") {
  HookWorld world;
  for (int i = 0; i < 3; ++i) CHECK(world.jira("", "").status == 200);
  CHECK(world.lines() == 1);
  CHECK(world.log().find("without a body: it tells no issue, so nothing was woken; in Jira") != std::string::npos);
  CHECK(world.post("/webhooks/harmony/" + k_secret, "").status == 200);
  CHECK(world.lines() == 2);
}

TEST_CASE("what the server turned away is told once a minute for each tracker, without path or secret") {
  HookWorld world;
  const auto big = plain_answer(413, "The body is longer than 1048576 bytes; that is the most.");
  for (int i = 0; i < 5; ++i) world.turn_away("/webhooks/harmony/" + k_secret, big);
  CHECK(world.lines() == 1);
  CHECK(world.log().find("webhook delivery not taken, answered 413: The body is longer than 1048576 bytes; that is "
                         "the most. Polling finds what it was about; Bugzilla sends it again and again") !=
        std::string::npos);
  CHECK(world.log().find("tracker=harmony") != std::string::npos);
  world.turn_away("/webhooks/jira", plain_answer(408, "The request took too long to come."));
  CHECK(world.lines() == 2);
  // One reason does not hide another.
  CHECK(world.post("/webhooks/harmony/guessed", k_bug_body).status == 401);
  CHECK(world.lines() == 3);
  world.clock.set(world.clock.now() + Seconds(60));
  world.turn_away("/webhooks/harmony/" + k_secret, big);
  CHECK(world.log().find("(and 4 more since the last line)") != std::string::npos);
  const auto before = world.lines();
  for (const auto* path : {"/webhooks/unknown", "/webhooks", "/issues/harmony/1", "/webhooks/..%2f", ""})
    world.turn_away(path, big);
  CHECK(world.lines() == before);
  CHECK(world.log().find(k_secret) == std::string::npos);
}

}  // namespace cb
