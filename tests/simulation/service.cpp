#include "tests/simulation/service.hpp"

#include <algorithm>

#include "bridge/http/paced_http.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/store/locked_store.hpp"

namespace cb::simulation {

namespace {

constexpr Micros k_second{1'000'000};
// A thread that rests looks at the clock so often at least.
constexpr Micros k_longest_rest = 15 * k_second;
constexpr Micros k_look = k_second / 10;

}  // namespace

struct Service::Lane {
  std::string name;
  std::unique_ptr<SeededChance> chance;
  std::unique_ptr<Wire> wire;
  std::unique_ptr<Http> paced;
  std::unique_ptr<Tracker> tracker;
  std::unique_ptr<TrackerLoop> loop;
  FiberId fiber = 0;
  bool stop = false, ended = false, rests = false;
};

struct Service::Generation {
  explicit Generation(std::shared_ptr<const Settings> from) : settings(std::move(from)), texts(settings->texts) {}
  std::shared_ptr<const Settings> settings;
  TextBook texts;
  std::vector<std::unique_ptr<Lane>> lanes;
};

struct Service::Process {
  Process(Store& disk, Machine& machine, std::function<void(const std::string&)> on_wake)
      : failing(disk, machine.store_plan()),
        locked(make_locked_store(failing, std::move(on_wake))),
        store(*locked, machine.turn_plan()) {}
  FailingStore failing;
  std::unique_ptr<Store> locked;
  FailingStore store;
  Paces paces;
  std::unique_ptr<Generation> generation;
  std::shared_ptr<const Settings> next;  // waits until the loops have ended
};

Service::Service(ServiceParts parts) : parts_(std::move(parts)) {}

Service::~Service() {
  if (process_) die();
}

void Service::start(std::shared_ptr<const Settings> settings) {
  parts_.machine.revive();
  process_ = std::make_unique<Process>(parts_.disk, parts_.machine, [this](const std::string& tracker) {
    if (!process_ || !process_->generation) return;
    for (auto& lane : process_->generation->lanes) {
      if (lane->name != tracker) continue;
      lane->loop->wake();
      parts_.turns.nudge(lane->fiber);
    }
  });
  begin(std::move(settings));
}

void Service::begin(std::shared_ptr<const Settings> settings) {
  ++generations_;
  process_->generation = std::make_unique<Generation>(std::move(settings));
  auto& generation = *process_->generation;
  for (const auto& tracker : generation.settings->trackers) {
    auto lane = std::make_unique<Lane>();
    lane->name = tracker.name;
    const auto word = tracker.name + " " + std::to_string(generations_);
    lane->chance = std::make_unique<SeededChance>(Dice(parts_.seed, "jitter of " + word).roll());
    auto& site = *parts_.sites.at(tracker.name);
    lane->wire = std::make_unique<Wire>(
        Wire::Parts{parts_.turns, parts_.trace, parts_.machine, site, parts_.weather[tracker.name],
                    parts_.traffic[tracker.name],
                    [this, name = tracker.name](const HttpRequest& request) { parts_.after_effect(name, request); }},
        Dice(parts_.seed, "network of " + word));
    if (tracker.kind == TrackerKind::jira)
      lane->paced =
          make_paced_http(*lane->wire, parts_.machine.clock(), *lane->chance, process_->paces.of(tracker.url));
    Http& http = lane->paced ? *lane->paced : static_cast<Http&>(*lane->wire);
    lane->tracker = make_tracker(tracker, generation.settings->book.trackers.at(tracker.name), key_of(k_bridge), http);
    const EngineParts parts{*lane->tracker, process_->store, parts_.machine.clock(),    *lane->chance,
                            parts_.log,     tracker,         generation.settings->book, generation.texts};
    lane->loop = std::make_unique<TrackerLoop>(parts, [to = lane.get()] { return to->stop; });
    lane->fiber = parts_.turns.spawn([this, to = lane.get()] { live(*to); });
    generation.lanes.push_back(std::move(lane));
  }
}

// As LoopThread::run() has it.
void Service::live(Lane& lane) {
  while (!lane.stop) {
    ++steps_;
    lane.rests = false;
    try {
      const auto report = lane.loop->step();
      parts_.trace.step(parts_.turns.now(),
                        lane.name + " step: listed " + std::to_string(report.listed) + ", read " +
                            std::to_string(report.fetched) + ", wrote " + std::to_string(report.written) + ", parked " +
                            std::to_string(report.parked) + (report.complete() ? "" : ": " + report.error));
    } catch (const std::exception& error) {
      parts_.surprise(lane.name + ": a step threw: " + error.what());
      return;
    }
    lane.rests = true;
    while (!lane.stop) {
      const auto left = lane.loop->next_at() - parts_.machine.clock().now();
      if (left <= Seconds{0}) break;
      parts_.turns.rest(left);
    }
  }
  lane.ended = true;
}

void Service::reload(std::shared_ptr<const Settings> settings) {
  if (!process_) return;
  const bool waits = process_->next != nullptr;
  process_->next = std::move(settings);
  for (auto& lane : process_->generation->lanes) {
    lane->stop = true;
    parts_.turns.nudge(lane->fiber);
  }
  if (!waits) swap_when_ended();
}

void Service::swap_when_ended() {
  if (!process_ || !process_->next) return;
  const auto& lanes = process_->generation->lanes;
  if (std::all_of(lanes.begin(), lanes.end(), [](const auto& lane) { return lane->ended; })) {
    begin(std::exchange(process_->next, nullptr));
  } else {
    parts_.turns.in(k_look, [this] { swap_when_ended(); });
  }
}

void Service::die() {
  parts_.turns.kill_all();
  process_.reset();
}

void Service::webhook(const IssueKey& key) {
  if (process_) process_->store.wake({key}, "a webhook told so", parts_.machine.clock().now());
}

void Service::look_at_the_clock() {
  parts_.turns.in(k_longest_rest, [this] {
    if (!process_) return;
    for (auto& lane : process_->generation->lanes) parts_.turns.nudge(lane->fiber);
  });
}

std::vector<LoopStatus> Service::status() const {
  std::vector<LoopStatus> all;
  if (!process_) return all;
  for (const auto& lane : process_->generation->lanes) all.push_back(lane->loop->status());
  return all;
}

bool Service::is_at_rest() const {
  if (!process_ || process_->next) return false;
  const auto& lanes = process_->generation->lanes;
  return std::all_of(lanes.begin(), lanes.end(), [](const auto& lane) { return lane->rests; });
}

}  // namespace cb::simulation
