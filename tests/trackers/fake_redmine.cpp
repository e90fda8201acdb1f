#include "tests/trackers/fake_redmine.hpp"

#include "tests/trackers/fake_redmine_routes.hpp"

namespace cb {

namespace {

constexpr int k_absurd_depth = 200000;
const char* const k_page =
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Please sign in to continue</h1></body></html>";

bool begins_with(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

bool is_write(const std::string& method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

HttpResponse spoiled(HttpResponse response, const Fault& fault) {
  switch (fault.kind) {
    case Fault::Kind::html_page:
      return {200, {{"Content-Type", "text/html; charset=utf-8"}}, k_page};
    case Fault::Kind::truncated:
      response.body.resize(response.body.size() / 2);
      return response;
    case Fault::Kind::nested:
      return {200, {{"Content-Type", "application/json; charset=utf-8"}}, std::string(k_absurd_depth, '[')};
    default:
      response = {fault.status, {{"Content-Type", "application/json"}}, ""};
      if (fault.retry_after) response.headers.emplace_back("Retry-After", std::to_string(*fault.retry_after));
      return response;
  }
}

// A truncated answer needs a true one; everything else that fails has not happened.
bool happens(const Fault& fault) {
  return fault.kind == Fault::Kind::truncated || fault.kind == Fault::Kind::answer_lost;
}

bool is_silent(const Fault& fault) {
  return fault.kind == Fault::Kind::no_answer || fault.kind == Fault::Kind::answer_lost;
}

}  // namespace

FakeRedmine::FakeRedmine(fake::State state, Now now) : state_(std::move(state)), now_(std::move(now)) {}

std::optional<Fault> FakeRedmine::fault_for(const HttpRequest& request, const std::string& path) {
  const auto planned = faults_.find(++number_);
  if (planned != faults_.end()) {
    const auto fault = planned->second;
    faults_.erase(planned);
    return fault;
  }
  for (const auto& standing : standing_)
    if ((standing.method.empty() || standing.method == request.method) && begins_with(path, standing.path_prefix))
      return standing.fault;
  return std::nullopt;
}

std::optional<HttpResponse> FakeRedmine::answered(const HttpRequest& request, const std::optional<Fault>& fault) {
  HttpResponse response;
  if (!fault || happens(*fault)) response = fake::answer(state_, fake::take_apart(request), now_());
  if (!fault) return response;
  if (is_silent(*fault)) return std::nullopt;
  return spoiled(std::move(response), *fault);
}

std::optional<HttpResponse> FakeRedmine::exchange(const HttpRequest& request) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto path = request.target.substr(0, request.target.find('?'));
  auto response = answered(request, fault_for(request, path));
  log_.push_back({request.method, path, request.target, request.body, response ? response->status : 0});
  return response;
}

HttpResponse FakeRedmine::handle(const HttpRequest& request) {
  return exchange(request).value_or(HttpResponse{500, {}, ""});
}

void FakeRedmine::fail(int nth, Fault fault) {
  const std::lock_guard<std::mutex> lock(mutex_);
  faults_[number_ + nth] = fault;
}

void FakeRedmine::fail_always(const std::string& method, const std::string& path_prefix, Fault fault) {
  const std::lock_guard<std::mutex> lock(mutex_);
  standing_.push_back({method, path_prefix, fault});
}

void FakeRedmine::clear_faults() {
  const std::lock_guard<std::mutex> lock(mutex_);
  faults_.clear();
  standing_.clear();
}

std::vector<FakeRedmine::Logged> FakeRedmine::log() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return log_;
}

void FakeRedmine::clear_log() {
  const std::lock_guard<std::mutex> lock(mutex_);
  log_.clear();
}

int FakeRedmine::requests() const {
  return requests("", "");
}

int FakeRedmine::requests(const std::string& method, const std::string& path_prefix) const {
  int count = 0;
  for (const auto& entry : log())
    if ((method.empty() || entry.method == method) && begins_with(entry.path, path_prefix)) ++count;
  return count;
}

int FakeRedmine::writes() const {
  int count = 0;
  for (const auto& entry : log())
    if (is_write(entry.method)) ++count;
  return count;
}

fake::State FakeRedmine::snapshot() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return state_;
}

Result<HttpResponse> InProcessHttp::send(const HttpRequest& request) {
  auto response = redmine_->exchange(request);
  if (!response) return failure(ErrorKind::retry_later, "no answer from the tracker (timed out)");
  return std::move(*response);
}

}  // namespace cb
