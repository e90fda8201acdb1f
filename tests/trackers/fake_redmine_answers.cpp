#include "tests/trackers/fake_redmine_answers.hpp"

#include <functional>

namespace cb::fake {

namespace {

const char* const k_json = "application/json; charset=utf-8";

}  // namespace

HttpResponse json_answer(int status, const Json& body) {
  auto text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto tag = "W/\"" + std::to_string(std::hash<std::string>{}(text)) + "\"";
  return {status,
          {{"Content-Type", k_json}, {"ETag", tag}, {"Cache-Control", "max-age=0, private, must-revalidate"}},
          std::move(text)};
}

HttpResponse empty_answer(int status) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}}, ""};
}

HttpResponse error_answer(int status, const std::string& text) {
  return {status, {{"Content-Type", k_json}}, Json{{"status", status}, {"error", text}}.dump()};
}

HttpResponse done_answer() {
  return {204, {{"Cache-Control", "no-cache"}, {"Set-Cookie", "_redmine_session=x; path=/; HttpOnly"}}, ""};
}

HttpResponse invalid_answer(const std::vector<std::string>& errors) {
  auto list = Json::array();
  for (const auto& error : errors) list.push_back(error);
  return {422, {{"Content-Type", k_json}, {"Cache-Control", "no-cache"}}, Json{{"errors", list}}.dump()};
}

HttpResponse denied(const User* user) {
  if (user) return empty_answer(403);
  auto response = empty_answer(401);
  response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Redmine API\"");
  return response;
}

HttpResponse page_answer(const char* name, const Json& rows, const Window& window) {
  auto page = Json::array();
  const auto from = static_cast<std::size_t>(window.offset);
  for (auto i = from; i < rows.size() && i < from + static_cast<std::size_t>(window.limit); ++i)
    page.push_back(rows[i]);
  return json_answer(
      200,
      Json{{name, std::move(page)}, {"total_count", rows.size()}, {"offset", window.offset}, {"limit", window.limit}});
}

HttpResponse unless_known(HttpResponse response, const Call& call) {
  const auto tag = header(response, "ETag");
  if (response.status == 200 && tag && *tag == call.header("If-None-Match")) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace cb::fake
