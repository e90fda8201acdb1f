#include "tests/bridge/web/web_world.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bridge/report/decision_json.hpp"
#include "bridge/report/issue_json.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "bridge/web/api_routes.hpp"
#include "bridge/web/issue_page.hpp"

namespace cb {

namespace {

std::shared_ptr<const Settings> example_settings() {
  auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
  REQUIRE(loaded.settings);
  return std::make_shared<const Settings>(*std::move(loaded.settings));
}

}  // namespace

void note_for_the_judge(const WebRequest& request, const WebAnswer& answer) {
  const char* file = std::getenv("CB_API_DUMP");
  if (file == nullptr || *file == '\0') return;
  const nlohmann::json line = {{"method", request.method}, {"path", request.path},
                               {"query", request.query},   {"request", request.body},
                               {"status", answer.status},  {"content_type", answer.content_type},
                               {"body", answer.body}};
  std::ofstream(file, std::ios::app) << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

WebWorld::WebWorld(const std::string& token)
    : settings(example_settings()),
      loops{well("support")},
      parts{store,
            clock,
            requests,
            Access(token, ""),
            "0.0.0-test",
            k_web_now - Seconds(3'600),
            [this] { return settings; },
            [this] { return loops; },
            Seconds(0),
            Seconds(0)},
      router(parts.access) {
  add_status_routes(router, parts);
  add_api_routes(router, parts);
  add_page_routes(router, parts);
}

void WebWorld::keep(const std::string& id, const std::string& summary, Instant created) {
  Issue issue;
  issue.key = {"support", id};
  issue.url = "https://redmine.vendor.example/issues/" + id;
  issue.project = "lms";
  issue.product = "lms";
  issue.type = "Bug";
  issue.status = "New";
  issue.priority = "Normal";
  issue.summary = summary;
  issue.reporter.address = "eva.mala@acme.example";
  issue.created = issue.updated = created;
  keep(issue);
}

void WebWorld::keep(const Issue& issue) {
  const auto now = clock.now();
  const auto decision = evaluate(issue, settings->book, {}, now);
  memory.save_fetched({issue.key, issue.updated, now, issue.revision, issue_json(issue), "", "", {}, false},
                      decision.claims);
  Record record;
  record.key = issue.key;
  record.decision = decision_json(decision);
  record.book_version = settings->book.version;
  record.recheck_at = decision.recheck_at;
  record.ledger = {{issue.key, now, "reserve", {"ACME-2026"}, "2026-02-28T23:00:00Z", "one unit of five"}};
  record.at = now;
  record.changed = true;
  record.outline = outline_of(decision);
  memory.record(record);
}

LoopStatus WebWorld::well(const std::string& tracker) {
  LoopStatus loop;
  loop.tracker = tracker;
  loop.last_list = k_web_now - Seconds(60);
  loop.last_step = k_web_now - Seconds(50);
  loop.next_at = k_web_now + Seconds(10);
  loop.lists = 7;
  loop.fetched = 5;
  loop.written = 3;
  loop.unchanged = 2;
  loop.parked = 1;
  loop.failures = 4;
  return loop;
}

WebAnswer WebWorld::ask(const std::string& method, const std::string& target, const std::string& body) {
  WebRequest request;
  request.method = method;
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  request.headers = headers;
  request.body = body;
  auto answer = in_api_words(request, router.answer(request));
  note_for_the_judge(request, answer);
  return answer;
}

}  // namespace cb
