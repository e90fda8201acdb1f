#include "bridge/web/issue_page.hpp"

#include <doctest/doctest.h>

#include "bridge/report/issue_json.hpp"
#include "bridge/web/html.hpp"
#include "tests/bridge/store/store_samples.hpp"
#include "tests/bridge/web/web_world.hpp"

namespace cb {

namespace {

bool says(const WebAnswer& answer, const std::string& part) {
  return answer.body.find(part) != std::string::npos;
}

std::string policy_of(const WebAnswer& answer) {
  for (const auto& [name, value] : answer.headers) {
    if (name == "Content-Security-Policy") return value;
  }
  return "none";
}

}  // namespace

TEST_CASE("staff read what was decided and why") {
  WebWorld world;
  world.keep("12");
  const auto answer = world.get("/issues/support/12");
  CHECK(answer.status == 200);
  CHECK(answer.content_type == "text/html; charset=utf-8");
  CHECK(policy_of(answer) ==
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'");
  for (const auto* part :
       {"<h1>support#12 Login does nothing</h1>", "href=\"https://redmine.vendor.example/issues/12\"",
        "<dt>customer</dt><dd>ACME University</dd>", "<dt>contract</dt><dd>ACME-2026, plan standard, until 2027-02-28",
        "<dt>billing</dt><dd>free</dd>", "<h2>Why</h2>", "<b>first_response</b>: running, due ", "<h2>Ledger</h2>",
        "one unit of five", "decided at 2026-06-09T12:00:00Z", "name=\"viewport\"",
        "<pre>support#12  Login does nothing"}) {
    CAPTURE(part);
    CHECK(says(answer, part));
  }
  CHECK_FALSE(says(answer, "<script"));
  CHECK_FALSE(says(answer, "class=\"note\""));
}

TEST_CASE("the page says where it differs from what is stored, and what is wrong") {
  WebWorld world;
  world.keep("12");
  SUBCASE("time alone makes no difference") {
    world.clock.set(k_web_now + Seconds(1));
    CHECK_FALSE(says(world.get("/issues/support/12"), "class=\"note\""));
  }
  SUBCASE("a breach does") {
    world.clock.set(k_web_now + Seconds(86'400 * 30));
    CHECK(says(world.get("/issues/support/12"), "was decided earlier and differs"));
    CHECK(says(world.get("/issues/support/12"), "<dd class=\"breached\">breached</dd>"));
  }
  SUBCASE("another configuration") {
    auto changed = *world.settings;
    changed.book.version = "another";
    changed.book.customers.clear();
    world.settings = std::make_shared<const Settings>(changed);
    CHECK(says(world.get("/issues/support/12"), "with an earlier configuration"));
    CHECK(says(world.get("/issues/support/12"), "<dd>nobody known</dd>"));
  }
  SUBCASE("parked") {
    world.memory.park({{"support", "12"}, "the server answered <500>", k_web_now, k_web_now + Seconds(60), 1});
    CHECK(says(world.get("/issues/support/12"),
               "tried again at 2026-06-09T12:01:00Z (1 try so far): the server "
               "answered &lt;500&gt;"));
  }
  SUBCASE("gone") {
    world.memory.mark_gone({"support", "12"}, k_web_now);
    CHECK(says(world.get("/issues/support/12"), "does not show this issue any more"));
  }
  SUBCASE("not decided yet") {
    Issue issue;
    issue.key = {"support", "13"};
    issue.created = issue.updated = k_web_now;
    world.memory.save_fetched(samples::fetched(issue.key, issue_json(issue)), {});
    CHECK(says(world.get("/issues/support/13"), "not decided yet"));
  }
}

TEST_CASE("pages that cannot be shown say why") {
  WebWorld world;
  CHECK(world.get("/issues/support/99").status == 404);
  CHECK(says(world.get("/issues/support/99"), "has not seen the issue support#99"));
  CHECK(world.get("/issues/helpdesk/99").status == 404);
  CHECK(world.get("/issues/support/%3Cb%3E").status == 404);
  CHECK_FALSE(says(world.get("/issues/support/%3Cb%3E"), "<b>"));
  world.memory.park({{"support", "98"}, "denied", k_web_now, k_web_now, 1});
  CHECK(says(world.get("/issues/support/98"), "could not read the issue support#98 yet: denied"));
  world.memory.save_fetched(samples::fetched({"support", "97"}, "cut"), {});
  CHECK(world.get("/issues/support/97").status == 500);
  world.let_the_store_fail();
  CHECK(world.get("/issues/support/99").status == 503);
}

TEST_CASE("nothing that people wrote becomes markup") {
  const std::string hostile = "\"><script>alert('x')</script><img src=x onerror=y> & \x01 \xE2\x80\xAE \xFF";
  WebWorld world;
  Issue issue;
  issue.key = {"support", "12"};
  issue.created = issue.updated = k_web_now - Seconds(600);
  issue.url = "javascript:alert(1)//" + hostile;
  issue.status = "New";
  for (auto* text : {&issue.project, &issue.product, &issue.type, &issue.priority, &issue.summary, &issue.description,
                     &issue.organisation, &issue.channel, &issue.reporter.name, &issue.reporter.login}) {
    *text = hostile;
  }
  issue.labels = {hostile};
  issue.fields["Customer"] = {hostile};
  Event event;
  event.at = k_web_now - Seconds(500);
  event.by.name = hostile;
  event.comment = Comment{Visibility::everybody, hostile};
  issue.history = {event};
  world.keep(issue);
  world.memory.park({issue.key, hostile, k_web_now, k_web_now, 1});
  const auto answer = world.get("/issues/support/12");
  REQUIRE(answer.status == 200);
  for (const auto* part : {"<script", "<img", "onerror=y>", "href=\"javascript", "\x01", "\xE2\x80\xAE", "\xFF"}) {
    CAPTURE(part);
    CHECK_FALSE(says(answer, part));
  }
  CHECK(says(answer, "&lt;script&gt;alert(&#39;x&#39;)"));
}

TEST_CASE("texts are escaped character by character") {
  struct Row {
    std::string text;
    std::string html;
  };
  const std::string bad = "\xEF\xBF\xBD";
  const Row rows[] = {
      {"", ""},
      {"a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"},
      {"&amp;", "&amp;amp;"},
      {"P\xC5\x99\xC3\xADli\xC5\xA1 \xD0\x90 \xF0\x9F\x98\x80",
       "P\xC5\x99\xC3\xADli\xC5\xA1 \xD0\x90 \xF0\x9F\x98\x80"},
      {"a\nb\tc", "a\nb\tc"},
      {std::string("a\0b", 3), "a" + bad + "b"},
      {"\x1b[31m", bad + "[31m"},
      {"\xC2\x85", bad},
      {"\xE2\x81\xA7", bad},
      {"\xC0\xBC", bad + bad},
      {"\xE2\x82", bad + bad},
      {"\xC3<", bad + "&lt;"},
      {"\xED\xA0\x80", bad + bad + bad},
      {"\xF4\x90\x80\x80", bad + bad + bad + bad},
  };
  for (const auto& row : rows) {
    CAPTURE(row.html);
    CHECK(html_escaped(row.text) == row.html);
  }
}

TEST_CASE("pages are for who has the token, and their style too") {
  WebWorld world("a-long-token");
  world.keep("12");
  CHECK(world.get("/issues/support/12").status == 401);
  CHECK(world.get("/pages.css").status == 401);
  world.headers.emplace_back("Authorization", "Bearer a-long-token");
  CHECK(world.get("/issues/support/12").status == 200);
  const auto style = world.get("/pages.css");
  CHECK(style.content_type == "text/css; charset=utf-8");
  CHECK(says(style, "@media (max-width"));
}

}  // namespace cb
