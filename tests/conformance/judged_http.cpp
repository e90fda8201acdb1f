#include "tests/conformance/judged_http.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rules/text.hpp"

namespace cb::conformance {

namespace {

using Json = nlohmann::json;

std::string path_of(const std::string& target) {
  return target.substr(0, target.find('?'));
}

std::string shortened(std::string text) {
  constexpr std::size_t k_longest = 400;
  if (text.size() > k_longest) text = text.substr(0, k_longest) + "...";
  return text;
}

// Prism's: [{"location":["request","body"],"message":"..."}]
std::string findings(const Json& list) {
  std::string out;
  for (const auto& finding : list.is_array() ? list : Json::array()) {
    if (!finding.is_object()) continue;
    std::string where;
    for (const auto& part : finding.value("location", Json::array()))
      where += (where.empty() ? "" : "/") + (part.is_string() ? part.get<std::string>() : part.dump());
    out += (out.empty() ? "" : "; ") + where + ": " + finding.value("message", std::string());
  }
  return out;
}

// The other validator says everything in `message`; Prism in `detail` and `validation`.
std::string words_of(const Json& body) {
  if (!body.is_object()) return {};
  if (const auto message = body.find("message"); message != body.end() && message->is_string()) return *message;
  const auto found = findings(body.value("validation", Json::array()));
  const auto detail = body.value("detail", body.value("title", std::string()));
  return found.empty() ? detail : found;
}

// The server that sends it on frames it anew, and two of a kind are refused.
HttpResponse unframed(HttpResponse response) {
  static const std::vector<std::string> k_framing{"content-length", "transfer-encoding", "connection", "keep-alive"};
  auto& all = response.headers;
  const auto is_framing = [](const auto& entry) {
    return std::count(k_framing.begin(), k_framing.end(), folded(entry.first)) > 0;
  };
  all.erase(std::remove_if(all.begin(), all.end(), is_framing), all.end());
  return response;
}

bool is_problem(const HttpResponse& response) {
  return header(response, "Content-Type").value_or("").find("application/problem+json") != std::string::npos;
}

}  // namespace

std::string complaint(const HttpResponse& judged) {
  const auto marked = header(judged, "sl-violations");
  if (!marked && !header(judged, "x-violation") && !is_problem(judged)) return {};
  auto words = marked ? findings(Json::parse(*marked, nullptr, false)) : std::string();
  if (words.empty()) words = words_of(Json::parse(judged.body, nullptr, false));
  if (words.empty()) words = marked.value_or(judged.body);
  return shortened(words.empty() ? "a violation without words" : words);
}

std::string to_text(const Violation& violation) {
  const auto answer =
      violation.status == 0 ? std::string("not sent on") : "answered with " + std::to_string(violation.status);
  return violation.document + ": " + violation.method + " " + violation.path + " (" + answer + "): " + violation.words;
}

void Upstream::Relay::expect(const Expected& expected) {
  const std::lock_guard<std::mutex> lock(mutex_);
  expected_ = expected;
  passed_.reset();
}

std::optional<Upstream::Passed> Upstream::Relay::taken() {
  const std::lock_guard<std::mutex> lock(mutex_);
  expected_.reset();
  return std::exchange(passed_, std::nullopt);
}

// What a test spoiled is kept from the validators, which need not survive it; they get an answer that all documents
// know instead.
HttpResponse Upstream::Relay::answer(const HttpRequest& request) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!expected_ || passed_) return {500, {}, "one request was expected, and no other"};
  const auto& [expected, to, fake] = *expected_;
  const int faults = fake->faults_met();
  const bool is_other = request.method != expected->method || path_of(request.target) != path_of(expected->target);
  passed_ = Passed{is_other, false, to->send(*expected)};
  passed_->is_spoiled = fake->faults_met() > faults;
  return passed_->is_spoiled || !passed_->answer ? HttpResponse{504, {}, ""} : unframed(*passed_->answer);
}

Upstream::Upstream(int port) : server_(relay_, port) {}

void Upstream::expect(const Expected& expected) {
  relay_.expect(expected);
}

std::optional<Upstream::Passed> Upstream::taken() {
  relay_.clear_log();
  return relay_.taken();
}

JudgedHttp::JudgedHttp(std::unique_ptr<Http> direct, const FakeTracker& fake, Bench bench)
    : direct_(std::move(direct)), fake_(fake), bench_(std::move(bench)) {}

Result<HttpResponse> JudgedHttp::send(const HttpRequest& request) {
  const auto path = path_of(request.target);
  for (auto* judge : bench_.judges) {
    const auto* operation = judge->operations.find(request.method, path);
    if (operation == nullptr) continue;
    bench_.tally->covered[judge->document].insert(operation->text());
    return judged(request, *judge);
  }
  ++bench_.tally->unknown[request.method + " " + without_names(path)];
  return direct_->send(request);
}

void JudgedHttp::blame(const HttpRequest& request, const Judge& judge, int status, const std::string& words) {
  const Violation violation{judge.document, request.method, path_of(request.target), status, words};
  bench_.tally->violations.push_back(violation);
  if (bench_.report) bench_.report(violation);
}

Result<HttpResponse> JudgedHttp::judged(const HttpRequest& request, Judge& judge) {
  ++bench_.tally->requests[judge.document];
  bench_.upstream->expect({&request, direct_.get(), &fake_});
  auto response = judge.chain->send(request);
  auto passed = bench_.upstream->taken();
  if (!response) {
    blame(request, judge, 0, "the validators do not answer: " + response.error().what);
  } else if (!passed) {
    const auto words = complaint(*response);
    blame(request, judge, 0, words.empty() ? "answered by the validators: " + std::to_string(response->status) : words);
  } else if (passed->is_spoiled) {
    ++bench_.tally->spoiled;
  } else {
    compare(request, judge, *passed, *response);
  }
  return passed ? std::move(passed->answer) : std::move(response);
}

void JudgedHttp::compare(const HttpRequest& request, const Judge& judge, const Upstream::Passed& passed,
                         const HttpResponse& judged) {
  const int status = passed.answer ? passed.answer->status : 0;
  if (const auto words = complaint(judged); !words.empty()) return blame(request, judge, status, words);
  if (passed.is_other) return blame(request, judge, status, "the validators sent on another request");
  if (judged.status != status)
    blame(request, judge, status, "the validators made a status of " + std::to_string(judged.status) + " of it");
}

}  // namespace cb::conformance
