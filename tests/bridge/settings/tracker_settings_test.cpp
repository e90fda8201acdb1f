// What a tracker's block says: flags, a Bugzilla's own keys, statuses with a resolution, and what no rule may ask for.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/settings/loader.hpp"
#include "bridge/settings/scenario.hpp"
#include "rules/decision.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

// A copy of the example in which texts can be replaced.
class Edited {
 public:
  Edited() { fs::copy(fs::path(CB_TEST_DATA) / "example", folder_.name(), fs::copy_options::recursive); }
  void replace(const std::string& file, const std::string& what, const std::string& by) const {
    std::ifstream stream(folder_.path(file), std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    auto text = content.str();
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    static_cast<void>(folder_.write(file, text.replace(at, what.size(), by)));
  }
  void to_bugzilla() const {
    replace("bridge.yaml", "kind: redmine",
            "kind: bugzilla\n    login: bridge@vendor.example\n"
            "    server_timezone: Europe/Berlin");
  }
  void write_also(const std::string& line) const {
    replace("bridge.yaml", "      billing: { field: Billing }\n",
            "      billing: { field: Billing }\n      " + line + "\n");
  }
  [[nodiscard]] Loaded load() const { return load_settings(folder_.name()); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

std::string problems_of(const Loaded& loaded) {
  std::string text;
  for (const auto& problem : loaded.problems) text += to_text(problem) + "\n";
  return text;
}

using Flags = std::vector<WriteFlag>;

TEST_CASE("flags by state: a sign, or a name alone, which under `entitled` shows all three") {
  struct Row {
    std::string yaml;
    Flags flags;
  };
  const Row rows[] = {
      {"{ entitled: entitled }",
       {{"not_entitled", "entitled", "-"}, {"undecided", "entitled", "?"}, {"entitled", "entitled", "+"}}},
      {"{ entitled: entitled+ }", {{"entitled", "entitled", "+"}}},
      {"{ entitled: \"entitled+\", not_entitled: \"entitled?\" }",
       {{"entitled", "entitled", "+"}, {"not_entitled", "entitled", "?"}}},
      {"{ entitled: entitled, undecided: look }",
       {{"not_entitled", "entitled", "-"},
        {"undecided", "entitled", "?"},
        {"entitled", "entitled", "+"},
        {"undecided", "look", "+"}}},
      {"\n        paid: sales?", {{"paid", "sales", "?"}}},
      {"{ breached: sla-late-, paid: \"sales?\", met: in-testsuite }",
       {{"breached", "sla-late", "-"}, {"paid", "sales", "?"}, {"met", "in-testsuite", "+"}}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    const Edited edited;
    edited.to_bugzilla();
    edited.write_also("flags: " + row.yaml);
    const auto loaded = edited.load();
    CAPTURE(problems_of(loaded));
    REQUIRE(loaded.settings);
    CHECK(loaded.settings->trackers.front().write.flags == row.flags);
  }
}

TEST_CASE("a Bugzilla's own keys") {
  const Edited edited;
  edited.to_bugzilla();
  const auto loaded = edited.load();
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  CHECK(loaded.settings->trackers.front().login == "bridge@vendor.example");
  CHECK(loaded.settings->trackers.front().server_timezone == "Europe/Berlin");
}

TEST_CASE("a Jira's own keys, and changes of status one or several for a state") {
  using Transitions = std::vector<WriteTransition>;
  const Edited edited;
  edited.replace("bridge.yaml", "kind: redmine", "kind: jira\n    login: bridge@vendor.example");
  edited.write_also("transitions: { waiting_for_order: { from: New, to: Offered } }\n      property: contract-bridge");
  const auto one = edited.load();
  CAPTURE(problems_of(one));
  REQUIRE(one.settings);
  CHECK(problems_of(one).find("bridge.yaml") == std::string::npos);
  const auto& tracker = one.settings->trackers.front();
  CHECK(tracker.login == "bridge@vendor.example");
  CHECK(tracker.write.property == "contract-bridge");
  CHECK(tracker.write.transitions == Transitions{{"waiting_for_order", "New", "Offered"}});

  edited.replace("bridge.yaml", "transitions: { waiting_for_order: { from: New, to: Offered } }",
                 "transitions:\n        paid:\n          - { from: New, to: Offered }\n"
                 "          - { from: In Progress, to: Offered }\n        breached: { from: Offered, to: new }");
  const auto several = edited.load();
  CAPTURE(problems_of(several));
  REQUIRE(several.settings);
  CHECK(several.settings->trackers.front().write.transitions ==
        Transitions{{"paid", "New", "Offered"}, {"paid", "In Progress", "Offered"}, {"breached", "Offered", "new"}});
}

TEST_CASE("changes of status are told to have no effect on trackers of other kinds") {
  const Edited edited;
  edited.write_also("transitions: { waiting_for_order: { from: New, to: Offered } }");
  const auto loaded = edited.load();
  REQUIRE(loaded.settings);
  CHECK(problems_of(loaded).find("bridge.yaml:29:7: warning: `transitions` is for Jira and has no effect here") !=
        std::string::npos);
}

TEST_CASE("where people reach the pages is known to every tracker, without a slash at the end") {
  const Edited edited;
  CHECK(edited.load().settings->trackers.front().write.pages.empty());
  edited.replace("bridge.yaml", "server: { listen: 127.0.0.1:8480 }",
                 "server: { public_url: \"https://support.vendor.example/bridge/\" }");
  const auto loaded = edited.load();
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  CHECK(loaded.settings->server.public_url == "https://support.vendor.example/bridge");
  CHECK(loaded.settings->server.listen == "127.0.0.1:8480");
  CHECK(loaded.settings->trackers.front().write.pages == "https://support.vendor.example/bridge");
}

TEST_CASE("webhooks and the server's token are kept as references") {
  const Edited edited;
  CHECK_FALSE(edited.load().settings->trackers.front().webhook);
  CHECK(edited.load().settings->server.token.text.empty());
  CHECK(edited.load().settings->server.behind_after == std::chrono::minutes(15));
  edited.replace("bridge.yaml", "    poll_every: 1m\n",
                 "    poll_every: 1m\n    webhook: { secret: \"${CB_NEW}\", old_secret: file:/etc/cb/old }\n");
  edited.replace("bridge.yaml", "server: { listen: 127.0.0.1:8480 }",
                 "server: { listen: 0.0.0.0:80, token: file:/etc/cb/token, behind_after: 1h }");
  const auto loaded = edited.load();
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  const auto& webhook = loaded.settings->trackers.front().webhook;
  REQUIRE(webhook);
  CHECK(webhook->secret.text == "${CB_NEW}");
  CHECK(webhook->old_secret.text == "file:/etc/cb/old");
  CHECK(webhook->header.empty());
  CHECK(loaded.settings->server.token.text == "file:/etc/cb/token");
  CHECK(loaded.settings->server.behind_after == std::chrono::hours(1));
}

TEST_CASE("a header for webhooks is for Bugzilla, which cannot sign") {
  const Edited edited;
  edited.replace("bridge.yaml", "    poll_every: 1m\n",
                 "    poll_every: 1m\n    webhook: { secret: \"${CB_NEW}\", header: X-Bridge-Secret }\n");
  CHECK(problems_of(edited.load()).find("bridge.yaml:9:37: warning: `header` is for Bugzilla and has no effect here") !=
        std::string::npos);
  edited.to_bugzilla();
  const auto loaded = edited.load();
  REQUIRE(loaded.settings);
  CHECK(problems_of(loaded).find("`header`") == std::string::npos);
  CHECK(loaded.settings->trackers.front().webhook->header == "X-Bridge-Secret");
}

TEST_CASE("labels may say whether an issue is entitled") {
  const Edited edited;
  edited.to_bugzilla();
  edited.write_also("labels: { entitled: served, not_entitled: order-needed }");
  const auto loaded = edited.load();
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  CHECK(loaded.settings->trackers.front().write.labels.at("not_entitled") == "order-needed");
}

TEST_CASE("no rule asks for a label that the bridge writes, nor the urgent procedure for its marker") {
  {
    const Edited edited;
    edited.to_bugzilla();
    edited.write_also("labels: { met: Training }");
    const auto text = problems_of(edited.load());
    CAPTURE(text);
    CHECK(text.find("classification.yaml:4:") != std::string::npos);
    CHECK(
        text.find("the label `training` is written by `write.labels.met` of tracker `support`; what the bridge writes "
                  "itself cannot be evidence, ask for another label") != std::string::npos);
  }
  const Edited edited;
  edited.replace("plans.yaml", "when: { priority: urgent }", "when: { any: [ { labels: [x, Urgent-procedure] } ] }");
  const auto text = problems_of(edited.load());
  CAPTURE(text);
  CHECK(text.find("the label `Urgent-procedure` is written by `marker` of this procedure") != std::string::npos);
}

TEST_CASE("what asks for a field or label of ours is warned of, and counts") {
  struct Row {
    const char* file;
    const char* good;
    const char* doubtful;
    const char* warning;
  };
  const Row rows[] = {
      {"classification.yaml", "{ labels: training }", "{ not: { field: { SLA: met } } }",
       "classification.yaml:4:74: warning: the field `SLA` is written by `write.sla_state` of tracker `support`"},
      {"bridge.yaml", "      billing: { field: Billing }\n",
       "      billing: { field: Billing }\n      labels: { paid: Modified_Code }\n",
       "bridge.yaml:29:23: warning: the label `modified_code` says that the customer changed the code"},
      {"classification.yaml", "justification: { field: Business impact }", "justification: { field: billing }",
       "classification.yaml:26:18: warning: the field `billing` is written by `write.billing` of tracker `support`"},
  };
  for (const auto& row : rows) {
    const Edited edited;
    edited.replace(row.file, row.good, row.doubtful);
    const auto loaded = edited.load();
    const auto text = problems_of(loaded);
    CAPTURE(text);
    CHECK(loaded.settings.has_value());
    CHECK(text.find(row.warning) != std::string::npos);
  }
}

TEST_CASE("a status may be named with its resolution, and a scenario can tell both") {
  const Edited edited;
  edited.replace("bridge.yaml", "withdrawn: [Rejected]", "withdrawn: [Rejected, Resolved Duplicate]");
  edited.replace("bridge.yaml", "resolved: [Resolved]", "resolved: [RESOLVED]");
  const auto loaded = edited.load();
  CAPTURE(problems_of(loaded));
  REQUIRE(loaded.settings);
  const auto& book = loaded.settings->book;
  for (const auto& entry :
       {std::pair{"Duplicate", Phase::withdrawn}, {"DUPLICATE", Phase::withdrawn}, {"Fixed", Phase::resolved}}) {
    const auto& [resolution, phase] = entry;
    CAPTURE(entry.first);
    const auto path = edited.folder().write(
        "story.yaml",
        std::string(
            "scenarios:\n"
            "  - name: one\n    now: 2026-06-09T12:00:00Z\n    issue:\n      id: support#1\n      project: lms\n"
            "      type: Support\n      summary: How do I export marks\n      reporter: eva.mala@acme.example\n"
            "      created: 2026-06-09T07:00:00Z\n      history:\n"
            "        - { at: 2026-06-09T08:00:00Z, by: alena@vendor.example, status: [New, Resolved], resolution: "
            "[\"\", ") +
            resolution + "] }\n    expect: { billing: pool }\n");
    const auto file = read_scenarios(path, book, std::nullopt);
    for (const auto& problem : file.problems) FAIL_CHECK(to_text(problem));
    REQUIRE(file.scenarios.size() == 1);
    const auto& issue = file.scenarios.front().issue;
    CHECK(evaluate(issue, book, {}, *instant_from_iso("2026-06-09T12:00:00Z")).phase == phase);
  }
}

TEST_CASE("who is told outside the tracker: where, in which form, of what") {
  const Edited edited;
  edited.replace("bridge.yaml", "\nserver:",
                 "\nnotifications:\n"
                 "  - { name: chat, kind: chat, url: \"${CHAT_URL}\", events: [breach] }\n"
                 "  - { name: on-call, url: \"https://oncall.example/hook?team=1\", secret: \"${SIGN}\" }\n"
                 "server:");
  const auto loaded = edited.load();
  REQUIRE_MESSAGE(loaded.settings.has_value(), problems_of(loaded));
  const auto& told = loaded.settings->notifications;
  REQUIRE(told.size() == 2);
  CHECK(told[0].name == "chat");
  CHECK(told[0].kind == NotificationKind::chat);
  CHECK(told[0].url.text == "${CHAT_URL}");
  CHECK(told[0].events == std::set<NotificationEvent>{NotificationEvent::breach});
  CHECK(told[1].kind == NotificationKind::json);
  CHECK(told[1].secret.text == "${SIGN}");
  CHECK(told[1].events.size() == 4);
}

TEST_CASE("what is wrong with a notification is told with its place, and never shows a secret") {
  struct Row {
    const char* yaml;
    const char* message;
  };
  const Row rows[] = {
      {"{ name: a, url: \"ftp://x.example\" }", "https://"},
      {"{ name: a }", "the key `url` is missing"},
      {"{ url: \"https://x.example\" }", "the key `name` is missing"},
      {"{ name: a, url: \"https://x.example\", secret: s3cr3t }", "`secret` must not hold the secret itself"},
      {"{ name: a, url: \"https://x.example\", kind: mail }", "json or chat"},
      {"{ name: a, url: \"https://x.example\", events: [never] }", "risk, breach, urgent or outage"},
      {"{ name: a, url: \"https://x.example\", evnts: [risk] }", "did you mean `events`?"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    const Edited edited;
    edited.replace("bridge.yaml", "\nserver:", "\nnotifications:\n  - " + std::string(row.yaml) + "\nserver:");
    const auto loaded = edited.load();
    CHECK_FALSE(loaded.settings.has_value());
    const auto problems = problems_of(loaded);
    CAPTURE(problems);
    CHECK(problems.find(row.message) != std::string::npos);
    CHECK(problems.find("bridge.yaml:") != std::string::npos);
    CHECK(problems.find("s3cr3t") == std::string::npos);
  }
}

}  // namespace
}  // namespace cb
