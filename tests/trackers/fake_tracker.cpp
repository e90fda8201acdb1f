#include "tests/trackers/fake_tracker.hpp"

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

std::optional<Fault> FakeTracker::fault_for(const HttpRequest& request, const std::string& path) {
  const auto planned = faults_.find(++number_);
  if (planned != faults_.end()) {
    const auto fault = planned->second;
    faults_.erase(planned);
    return fault;
  }
  for (const auto& standing : standing_)
    if ((standing.method.empty() || standing.method == meant(request)) && begins_with(path, standing.path_prefix))
      return standing.fault;
  return std::nullopt;
}

std::optional<HttpResponse> FakeTracker::answered(const HttpRequest& request, const std::optional<Fault>& fault) {
  HttpResponse response;
  if (!fault || happens(*fault)) response = answer(request);
  if (!fault) return response;
  if (is_silent(*fault)) return std::nullopt;
  return spoiled(std::move(response), *fault);
}

std::optional<HttpResponse> FakeTracker::exchange(const HttpRequest& request) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto path = request.target.substr(0, request.target.find('?'));
  const auto fault = fault_for(request, path);
  if (fault) ++faults_met_;
  auto response = answered(request, fault);
  log_.push_back({request.method, path, request.target, request.body, response ? response->status : 0, meant(request)});
  return response;
}

HttpResponse FakeTracker::handle(const HttpRequest& request) {
  return exchange(request).value_or(HttpResponse{500, {}, ""});
}

void FakeTracker::fail(int nth, Fault fault) {
  const std::lock_guard<std::mutex> lock(mutex_);
  faults_[number_ + nth] = fault;
}

void FakeTracker::fail_always(const std::string& method, const std::string& path_prefix, Fault fault) {
  const std::lock_guard<std::mutex> lock(mutex_);
  standing_.push_back({method, path_prefix, fault});
}

void FakeTracker::clear_faults() {
  const std::lock_guard<std::mutex> lock(mutex_);
  faults_.clear();
  standing_.clear();
}

std::vector<FakeTracker::Logged> FakeTracker::log() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return log_;
}

void FakeTracker::clear_log() {
  const std::lock_guard<std::mutex> lock(mutex_);
  log_.clear();
}

int FakeTracker::faults_met() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return faults_met_;
}

int FakeTracker::requests() const {
  return requests("", "");
}

int FakeTracker::requests(const std::string& method, const std::string& path_prefix) const {
  int count = 0;
  for (const auto& entry : log())
    if ((method.empty() || entry.meant == method) && begins_with(entry.path, path_prefix)) ++count;
  return count;
}

int FakeTracker::writes() const {
  int count = 0;
  for (const auto& entry : log())
    if (is_write(entry.meant)) ++count;
  return count;
}

Result<HttpResponse> InProcessHttp::send(const HttpRequest& request) {
  auto response = tracker_->exchange(request);
  if (!response) return failure(ErrorKind::retry_later, "no answer from the tracker (timed out)");
  return std::move(*response);
}

}  // namespace cb
