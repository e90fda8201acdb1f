#include "tests/bridge/web/web_world.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

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
            [] { return Seconds(900); }},
      router(parts.access) {
  add_status_routes(router, parts);
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
