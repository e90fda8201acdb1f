#include "bridge/service/service.hpp"

#include <algorithm>

#include "bridge/service/notifier_threads.hpp"
#include "bridge/texts/text_book.hpp"

namespace cb {

namespace {

// So long a loop that makes place for a new configuration may go on with what it asks of its tracker.
constexpr std::chrono::milliseconds k_grace_of_reload{5'000};
constexpr std::chrono::milliseconds k_between_looks{20};
constexpr std::chrono::milliseconds k_patience_at_the_end{3'000};

}  // namespace

// Everything that was made from one configuration. The threads come last and go first.
struct BridgeService::Generation {
  struct Served {
    std::unique_ptr<Chance> chance;
    OpenTracker open;
    std::unique_ptr<LoopThread> thread;
  };

  Generation(std::shared_ptr<const Settings> from, Clock& inner, Threads& threads)
      : clock(inner, threads), settings(std::move(from)), texts(settings->texts) {}

  StoppableClock clock;
  std::shared_ptr<const Settings> settings;
  TextBook texts;
  std::vector<Served> served;
  std::vector<NotificationRoute> routes;
  std::unique_ptr<NotifierThreads> notifier;
};

BridgeService::BridgeService(const ServiceParts& parts) : parts_(parts) {}

BridgeService::~BridgeService() {
  if (const auto last = present()) end(*last, std::chrono::milliseconds{0}, {});
}

std::shared_ptr<BridgeService::Generation> BridgeService::present() const {
  const std::lock_guard lock(mutex_);
  return present_;
}

std::vector<std::string> BridgeService::open_all(Generation& next) const {
  std::vector<std::string> problems;
  for (const auto& tracker : next.settings->trackers) {
    auto& served = next.served.emplace_back();
    served.chance = parts_.chance();
    auto open = parts_.open(tracker, next.settings->book, next.clock, *served.chance);
    if (!open) {
      problems.push_back(open.error().what);
    } else {
      served.open = std::move(*open);
    }
  }
  for (const auto& target : next.settings->notifications) {
    auto route = open_route(target, parts_.log, parts_.channel);
    if (!route) {
      problems.push_back(route.error().what);
    } else {
      next.routes.push_back(std::move(*route));
    }
  }
  return problems;
}

// Counts and failures of the loops before go on, for trackers that stay.
void BridgeService::make_loops(Generation& next, const std::vector<LoopStatus>& before) const {
  for (std::size_t i = 0; i < next.served.size(); ++i) {
    auto& served = next.served[i];
    const auto& settings = *next.settings;
    const auto known = std::find_if(before.begin(), before.end(),
                                    [&](const LoopStatus& each) { return each.tracker == settings.trackers[i].name; });
    const auto& tracker = settings.trackers[i];
    // As /readyz judges: one that is asked more calmly is not behind for that alone.
    const auto outage_after = std::max(settings.server.behind_after, 2 * tracker.poll_every);
    const EngineParts parts{*served.open.tracker, parts_.store, next.clock,
                            *served.chance,       parts_.log,   tracker,
                            settings.book,        next.texts,   &settings.notifications,
                            outage_after};
    const auto make = [&](std::function<bool()> stop_asked, Progress progress) {
      return std::make_unique<TrackerLoop>(parts, std::move(stop_asked), std::move(progress),
                                           known == before.end() ? std::nullopt : std::optional(*known));
    };
    served.thread = std::make_unique<LoopThread>(make, next.clock, parts_.log, parts_.threads);
  }
}

std::vector<std::string> BridgeService::use(std::shared_ptr<const Settings> settings) {
  auto next = std::make_shared<Generation>(std::move(settings), parts_.clock, parts_.threads);
  if (auto problems = open_all(*next); !problems.empty()) return problems;
  if (const auto before = present()) end(*before, k_grace_of_reload, {});
  make_loops(*next, status());
  {
    const std::lock_guard lock(mutex_);
    present_ = next;
  }
  for (auto& served : next->served) served.thread->start();
  next->notifier = std::make_unique<NotifierThreads>(
      NotifierThreads::Parts{parts_.store, next->clock, parts_.log, parts_.threads, parts_.chance, next->routes});
  return {};
}

bool BridgeService::end(Generation& generation, std::chrono::milliseconds grace,
                        std::optional<std::chrono::milliseconds> patience) {
  // First they know, then they are woken: a pause that we break off ourselves is no failure.
  for (auto& served : generation.served) served.thread->ask_to_stop();
  if (generation.notifier) generation.notifier->ask_to_stop();
  generation.clock.stop();
  const auto until = parts_.threads.now() + grace;
  const auto all_ended = [&] {
    return (!generation.notifier || generation.notifier->ended()) &&
           std::all_of(generation.served.begin(), generation.served.end(),
                       [](const auto& served) { return served.thread->ended(); });
  };
  while (!all_ended() && parts_.threads.now() < until) parts_.threads.pause(k_between_looks);
  // Again and again: one that was only about to connect is not seen the first time.
  while (!all_ended()) {
    if (patience && parts_.threads.now() >= until + *patience) return false;
    for (auto& served : generation.served) {
      if (!served.thread->ended() && served.open.interrupt) served.open.interrupt();
    }
    for (auto& route : generation.routes) {
      if (route.interrupt) route.interrupt();
    }
    parts_.threads.pause(k_between_looks);
  }
  for (auto& served : generation.served) served.thread->join();
  generation.notifier.reset();
  return true;
}

bool BridgeService::stop(std::chrono::milliseconds grace) {
  const auto before = present();
  return !before || end(*before, grace, k_patience_at_the_end);
}

void BridgeService::break_off_late() const {
  const auto generation = present();
  if (!generation) return;
  for (const auto& served : generation->served)
    if (served.open.break_off_late) served.open.break_off_late();
  for (const auto& route : generation->routes)
    if (route.break_off_late) route.break_off_late();
}

void BridgeService::wake(const std::string& tracker) {
  const auto generation = present();
  if (!generation) return;
  for (std::size_t i = 0; i < generation->served.size(); ++i) {
    if (generation->settings->trackers[i].name == tracker) generation->served[i].thread->wake();
  }
}

void BridgeService::list_soon(const std::string& tracker) {
  const auto generation = present();
  if (!generation) return;
  for (std::size_t i = 0; i < generation->served.size(); ++i) {
    if (generation->settings->trackers[i].name == tracker) generation->served[i].thread->list_soon();
  }
}

std::vector<LoopStatus> BridgeService::status() const {
  std::vector<LoopStatus> all;
  const auto generation = present();
  if (!generation) return all;
  all.reserve(generation->served.size());
  for (const auto& served : generation->served) all.push_back(served.thread->status());
  return all;
}

std::shared_ptr<const Settings> BridgeService::settings() const {
  const auto generation = present();
  return generation ? generation->settings : nullptr;
}

std::chrono::seconds BridgeService::silent_for() const {
  std::chrono::seconds longest{0};
  const auto generation = present();
  if (!generation) return longest;
  for (const auto& served : generation->served) longest = std::max(longest, served.thread->silent_for());
  return longest;
}

bool BridgeService::rests() const {
  const auto generation = present();
  return generation && std::all_of(generation->served.begin(), generation->served.end(),
                                   [](const auto& served) { return served.thread->rests(); });
}

}  // namespace cb
