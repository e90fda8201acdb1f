#include "tests/faults/fault_world.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <sstream>

#include "bridge/cli/backfill.hpp"
#include "bridge/http/paced_http.hpp"
#include "tests/faults/fault_site.hpp"

namespace cb::faults {

namespace {

using namespace std::chrono_literals;

class RecordedHttp final : public Http {
 public:
  RecordedHttp(Http& inner, SharedClock& clock, std::vector<Sent>& sent) : inner_(inner), clock_(clock), sent_(sent) {}
  Result<HttpResponse> send(const HttpRequest& request) override {
    const auto at = clock_.now();
    auto answer = inner_.send(request);
    sent_.push_back({at, request.method, request.target, answer ? answer->status : 0});
    return answer;
  }

 private:
  Http& inner_;
  SharedClock& clock_;
  std::vector<Sent>& sent_;
};

// As production's, but patient for less than a test lasts.
HttpOptions http_options(const std::string& url, const std::string& ca_file) {
  HttpOptions options;
  options.base_url = url;
  options.ca_file = ca_file;
  options.connect = 2000ms;
  options.read = 250ms;
  options.write = 2000ms;
  options.total = 600ms;
  return options;
}

Settings settings_for(TrackerKind kind) {
  auto settings = demo_settings(kind);
  settings.trackers.front().poll_every = Seconds(300);
  return settings;
}

std::string comments_text(const Issue& issue) {
  std::string text;
  for (const auto& event : issue.history) {
    if (!event.comment) continue;
    text += std::string("  ") + (event.comment->visibility == Visibility::everybody ? "public: " : "internal: ") +
            event.comment->text + "\n";
  }
  return text;
}

}  // namespace

const char* name_of(TrackerKind kind) {
  if (kind == TrackerKind::redmine) return "redmine";
  return kind == TrackerKind::bugzilla ? "bugzilla" : "jira";
}

Instant start() {
  return *instant_from_iso("2026-06-08T08:00:00Z");
}

Instant the_end() {
  return start() + Seconds(130 * 60);
}

struct FaultWorld::Site {
  std::unique_ptr<FakeTracker> fake;
  InProcessHttp beside;  // for the test: past proxy and socket
  std::unique_ptr<Tracker> seen;
};

FaultWorld::FaultWorld(WorldOptions options)
    : options_(std::move(options)),
      settings_(settings_for(options_.kind)),
      texts_(settings_.texts),
      store_(options_.store == nullptr ? &memory_ : options_.store) {
  const auto tracker_now = [this] { return clock.now() + options_.tracker_ahead; };
  auto fake = fake_with_issues(options_.kind, start(), tracker_now);
  auto& to = *fake;
  site_ = std::make_unique<Site>(Site{std::move(fake), InProcessHttp(to), nullptr});
  site_->seen = demo_tracker(settings_, site_->beside);
  server_ = std::make_unique<FakeServer>(to);
  FaultProxyOptions proxy;
  proxy.upstream = server_->url();
  proxy.certificate = options_.certificate;
  proxy.now = [this] { return clock.now(); };
  if (options_.tells_time) proxy.server_time = tracker_now;
  proxy_ = std::make_unique<FaultProxy>(proxy);
  restart();
}

FaultWorld::~FaultWorld() = default;

void FaultWorld::restart() {
  loop_.reset();
  tracker_.reset();
  client_ = make_http_client(http_options(proxy_->url(), options_.ca_file));
  recorded_ = std::make_unique<RecordedHttp>(*client_, clock, sent);
  http_ = recorded_.get();
  if (options_.kind == TrackerKind::jira) {
    paced_ = make_paced_http(*recorded_, clock, chance_, paces_.of(proxy_->url()));
    http_ = paced_.get();
  }
  tracker_ = demo_tracker(settings_, *http_);
  loop_ = std::make_unique<TrackerLoop>(
      EngineParts{*tracker_, *store_, clock, chance_, log_, settings_.trackers.front(), settings_.book, texts_});
}

void FaultWorld::use_store(Store& store) {
  store_ = &store;
  restart();
}

int FaultWorld::backfill(std::ostream& out) {
  const auto open = [this](const TrackerSettings&) {
    OpenTracker opened;
    opened.tracker = demo_tracker(settings_, *http_);
    return Result<OpenTracker>(std::move(opened));
  };
  std::ostringstream progress;
  return cb::backfill(
      {}, {settings_, *store_, clock, chance_, log_, open}, [] { return false; }, out, progress);
}

FakeTracker& FaultWorld::fake() {
  return *site_->fake;
}

CycleReport FaultWorld::step() {
  return loop_->step();
}

void FaultWorld::run_until(Instant end) {
  for (int steps = 0;; ++steps) {
    REQUIRE_MESSAGE(steps < 2000, "the loop does not rest");
    const auto next = loop_->next_at();
    if (next >= end) break;
    if (next > clock.now()) clock.set(next);
    loop_->step();
    clock.sleep(Seconds(1));  // a step takes time: one that is wanted at once again and again is no endless loop
  }
  if (clock.now() < end) clock.set(end);
}

std::vector<IssueKey> FaultWorld::issues() {
  const auto page = site_->seen->changed_since({}, {});
  REQUIRE(page.has_value());
  std::vector<IssueKey> keys;
  for (const auto& ref : page->refs) keys.push_back(ref.key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::function<bool(const HttpRequest&)> FaultWorld::about(const IssueKey& key) const {
  const auto kind = options_.kind;
  return [kind, id = key.id](const HttpRequest& request) {
    const auto& target = request.target;
    if (kind == TrackerKind::redmine) return target.rfind("/issues/" + id + ".json", 0) == 0;
    if (kind == TrackerKind::bugzilla)
      return std::regex_search(target, std::regex("/rest/bug/" + id + "(\\D|$)|[?&,](ids?=)?" + id + "(,|&|$)")) &&
             target.find("limit=") == std::string::npos;
    const std::regex word("\\b" + id + "\\b");
    return std::regex_search(target, word) || std::regex_search(request.body, word);
  };
}

Fetched FaultWorld::shown(const IssueKey& key) {
  auto fetched = site_->seen->fetch(key);
  REQUIRE(fetched.has_value());
  return *std::move(fetched);
}

std::string FaultWorld::end_state() {
  std::string text;
  for (const auto& key : issues()) {
    const auto fetched = shown(key);
    text += to_text(key) + " " + fetched.issue.status + "\n";
    for (const auto& [slot, shown] : fetched.shown)
      text += "  " + to_text(slot) + "=" + shown.text + (shown.instant ? to_iso(*shown.instant) : "") + "\n";
    for (const auto& label : fetched.issue.labels) text += "  label " + label + "\n";
    for (const auto& [flag, sign] : fetched.flags) text += "  flag " + flag + sign + "\n";
    text += "  assignee " +
            (fetched.issue.assignee ? fetched.issue.assignee->login + fetched.issue.assignee->id : "-") + "\n" +
            comments_text(fetched.issue);
    for (const auto& line : store_->ledger(key))
      text += "  ledger " + line.action + " " + line.contract.value + " " + line.note + "\n";
  }
  return text;
}

std::string difference(const std::string& wanted, const std::string& got) {
  if (wanted == got) return {};
  std::map<std::string, int> lines;
  std::string line;
  for (std::istringstream text(wanted); std::getline(text, line);) ++lines[line];
  for (std::istringstream text(got); std::getline(text, line);) --lines[line];
  std::string result;
  for (const auto& [each, more] : lines) {
    if (more != 0) result += (more > 0 ? "missing: " : "too much: ") + each + "\n";
  }
  return result.empty() ? "the same lines in another order" : result;
}

const Undisturbed& undisturbed(TrackerKind kind) {
  static std::map<TrackerKind, Undisturbed> known;
  auto& found = known[kind];
  if (found.requests > 0) return found;
  FaultWorld world({kind});
  world.run_until(the_end());
  found.requests = static_cast<int>(world.sent.size());
  found.end_state = world.end_state();
  REQUIRE(world.store().all_parked(world.tracker()).empty());
  // It is worth comparing: units were taken, promises broken, comments written.
  CHECK(found.end_state.find("ledger reserve ACME-2025") != std::string::npos);
  CHECK(found.end_state.find("internal: ") != std::string::npos);
  CHECK(found.end_state.find("public: ") != std::string::npos);
  return found;
}

}  // namespace cb::faults
