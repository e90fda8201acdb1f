#include "bridge/web/api_answers.hpp"

#include <nlohmann/json.hpp>

#include "bridge/store/store.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* k_problem = "application/problem+json";

std::string title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return status < 500 ? "Bad Request" : "Internal Server Error";
  }
}

}  // namespace

WebAnswer json_answer(int status, std::string json) {
  WebAnswer answer;
  answer.status = status;
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.content_type = "application/json";
  answer.body = std::move(json) + "\n";
  return answer;
}

WebAnswer problem_answer(int status, const std::string& detail, const std::vector<PlacedError>& errors) {
  Json json = {{"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", detail}};
  for (const auto& error : errors) json["errors"].push_back({{"at", error.at}, {"text", error.text}});
  auto answer = json_answer(status, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  answer.content_type = k_problem;
  return answer;
}

Router::Handler with_store_errors(Router::Handler handler) {
  return [handler = std::move(handler)](const WebCall& call) {
    try {
      return handler(call);
    } catch (const StoreError& error) {
      return problem_answer(503, std::string("The store failed: ") + error.what());
    }
  };
}

Router::Handler with_parameters(std::vector<std::string> known, Router::Handler handler) {
  return [known = std::move(known), handler = std::move(handler)](const WebCall& call) {
    const auto problem = query_problem(call.request.query, known);
    return problem.empty() ? handler(call) : problem_answer(400, problem);
  };
}

WebAnswer in_api_words(const std::string& path, WebAnswer answer) {
  const bool is_plain = answer.content_type.starts_with("text/plain");
  if (answer.status < 400 || !is_plain || !path.starts_with("/api/")) return answer;
  auto problem = problem_answer(answer.status, trimmed(answer.body));
  for (auto& header : answer.headers) problem.headers.push_back(std::move(header));
  return problem;
}

}  // namespace cb
