#include "bridge/service/service.hpp"

#include <algorithm>

#include "bridge/service/notifier_threads.hpp"
#include "bridge/texts/text_book.hpp"

namespace cb {

namespace {

constexpr std::chrono::milliseconds k_between_looks{20};
// After it has been broken off. Trackers wait for that, so it is short.
constexpr std::chrono::milliseconds k_patience_of_reload{500};
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

  // First they know, then they are woken: a pause that we break off ourselves is no failure.
  void ask_to_stop(Threads::Moment until) {
    grace_until = until;
    for (auto& each : served) each.thread->ask_to_stop();
    if (notifier) notifier->ask_to_stop();
    clock.stop();
  }
  [[nodiscard]] bool ended() const {
    return (!notifier || notifier->ended()) &&
           std::all_of(served.begin(), served.end(), [](const Served& each) { return each.thread->ended(); });
  }
  // Whether a loop of it still works on that tracker.
  [[nodiscard]] bool works_on(const std::string& tracker) const {
    for (std::size_t i = 0; i < served.size(); ++i)
      if (settings->trackers[i].name == tracker && !served[i].thread->ended()) return true;
    return false;
  }
  void break_off() const {
    for (const auto& each : served)
      if (!each.thread->ended() && each.open.interrupt) each.open.interrupt();
    for (const auto& route : routes)
      if (route.interrupt) route.interrupt();
  }
  void break_off_late() const {
    for (const auto& each : served)
      if (each.open.break_off_late) each.open.break_off_late();
    for (const auto& route : routes)
      if (route.break_off_late) route.break_off_late();
  }
  void join() {
    for (auto& each : served) each.thread->join();
    notifier.reset();
  }

  Threads::Moment grace_until{};  // once it ends; known to who starts and stops
  StoppableClock clock;
  std::shared_ptr<const Settings> settings;
  TextBook texts;
  std::vector<Served> served;
  std::vector<NotificationRoute> routes;
  std::unique_ptr<NotifierThreads> notifier;
};

BridgeService::BridgeService(const ServiceParts& parts) : parts_(parts) {}

BridgeService::~BridgeService() {
  end(all(), std::chrono::milliseconds{0}, {});
}

std::shared_ptr<BridgeService::Generation> BridgeService::present() const {
  const std::lock_guard lock(mutex_);
  return present_;
}

BridgeService::Generations BridgeService::all() const {
  const std::lock_guard lock(mutex_);
  auto found = kept_aside_;
  if (present_) found.push_back(present_);
  return found;
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

std::vector<std::string> BridgeService::use(std::shared_ptr<const Settings> settings,
                                            const std::function<bool()>& enough) {
  auto next = std::make_shared<Generation>(std::move(settings), parts_.clock, parts_.threads);
  if (auto problems = open_all(*next); !problems.empty()) return problems;
  const auto before = present();
  if (before && !end({before}, parts_.grace_of_reload, k_patience_of_reload, enough)) tell_kept_aside(*before);
  make_loops(*next, status());
  replace(before, next);
  begin_where_free(*next);
  next->notifier = std::make_unique<NotifierThreads>(
      NotifierThreads::Parts{parts_.store, next->clock, parts_.log, parts_.threads, parts_.chance, next->routes});
  return {};
}

void BridgeService::replace(const std::shared_ptr<Generation>& before, std::shared_ptr<Generation> next) {
  const std::lock_guard lock(mutex_);
  if (before && !before->ended()) kept_aside_.push_back(before);
  present_ = std::move(next);
}

void BridgeService::tell_kept_aside(const Generation& before) const {
  for (const auto& tracker : before.settings->trackers) {
    if (!before.works_on(tracker.name)) continue;
    parts_.log.warning("what was begun under the configuration before has not ended yet: this tracker goes on after it",
                       {{"tracker", tracker.name}});
  }
}

bool BridgeService::end(const Generations& ending, std::chrono::milliseconds grace,
                        std::optional<std::chrono::milliseconds> patience, const std::function<bool()>& enough) {
  const auto until = parts_.threads.now() + grace;
  for (const auto& each : ending) each->ask_to_stop(until);
  const auto all_ended = [&] {
    return std::all_of(ending.begin(), ending.end(), [](const auto& each) { return each->ended(); });
  };
  while (!all_ended()) {
    const auto now = parts_.threads.now();
    if ((patience && now >= until + *patience) || (enough && enough())) return false;
    // Again and again: one that was only about to connect is not seen the first time.
    if (now >= until)
      for (const auto& each : ending) each->break_off();
    parts_.threads.pause(k_between_looks);
  }
  for (const auto& each : ending) each->join();
  return true;
}

bool BridgeService::stop(std::chrono::milliseconds grace) {
  return end(all(), grace, k_patience_at_the_end);
}

void BridgeService::look_after() {
  drop_ended();
  for (const auto& each : all()) each->break_off_late();
  const auto generation = present();
  const auto now = parts_.threads.now();
  for (const auto& each : all())
    if (each != generation && now >= each->grace_until) each->break_off();
  if (generation) begin_where_free(*generation);
}

void BridgeService::drop_ended() {
  Generations ended;
  {
    const std::lock_guard lock(mutex_);
    const auto first =
        std::stable_partition(kept_aside_.begin(), kept_aside_.end(), [](const auto& each) { return !each->ended(); });
    ended.assign(first, kept_aside_.end());
    kept_aside_.erase(first, kept_aside_.end());
  }
  for (const auto& each : ended) each->join();
}

// Two loops of one tracker at once would do everything twice.
void BridgeService::begin_where_free(Generation& generation) const {
  const auto everybody = all();
  for (std::size_t i = 0; i < generation.served.size(); ++i) {
    auto& thread = *generation.served[i].thread;
    const auto& tracker = generation.settings->trackers[i].name;
    const bool is_free =
        std::none_of(everybody.begin(), everybody.end(), [&](const auto& each) { return each->works_on(tracker); });
    if (!thread.started() && is_free) thread.start();
  }
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
  for (const auto& generation : all())
    for (const auto& served : generation->served) longest = std::max(longest, served.thread->silent_for());
  return longest;
}

bool BridgeService::settled() const {
  const std::lock_guard lock(mutex_);
  return kept_aside_.empty();
}

bool BridgeService::rests() const {
  const auto generation = present();
  return generation && settled() &&
         std::all_of(generation->served.begin(), generation->served.end(),
                     [](const auto& served) { return served.thread->rests(); });
}

}  // namespace cb
