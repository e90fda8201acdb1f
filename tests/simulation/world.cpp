#include "tests/simulation/world.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

#include "tests/simulation/auditor.hpp"
#include "tests/simulation/crowd.hpp"
#include "tests/simulation/service.hpp"
#include "tests/simulation/storms.hpp"
#include "tests/simulation/watched_store.hpp"
#include "tests/simulation/world_setting.hpp"

namespace cb::simulation {

namespace {

constexpr Micros k_second{1'000'000};
constexpr Micros k_minute = 60 * k_second;
constexpr Micros k_hour = 60 * k_minute;
constexpr Micros k_day = 24 * k_hour;
// Long enough for the daily sweep, for the longest back-off and for what is stopped for a day.
constexpr Micros k_calm = 27 * k_hour;
constexpr Micros k_after_trouble = 40 * k_minute;

class World {
 public:
  explicit World(const WorldOptions& options);
  Outcome run();

 private:
  void set_up_sites();
  void start_service();
  void after_event();
  void change_configuration();
  void tell_bridge(const IssueKey& key);
  void deliver(const IssueKey& key);
  void look_now_and_then();
  void plan_audits();
  void try_audit(Moment give_up);
  [[nodiscard]] bool is_quiet() const;
  void audit_now(bool at_the_end);
  void run_until(Moment end);
  void come_to_rest();

  WorldOptions options_;
  Dice dice_;
  Setting setting_ = draw_setting(dice_);
  Deal deal_ = draw_deal(dice_, setting_);
  std::shared_ptr<const Settings> settings_ = load_deal(setting_, deal_);
  Trace trace_{options_.trace};
  Turns turns_{setting_.start};
  Moment until_ = turns_.now() + options_.days * k_day;
  Machine machine_{turns_, trace_, Dice(options_.seed, "machine")};
  std::vector<std::unique_ptr<Site>> sites_;
  std::map<std::string, Site*> sites_by_name_ = [this] {
    set_up_sites();
    std::map<std::string, Site*> all;
    for (const auto& site : sites_) all[site->form().name] = site.get();
    return all;
  }();
  std::map<std::string, Weather> weather_;
  std::map<std::string, Traffic> traffic_;
  Judge judge_{turns_, trace_, sites_by_name_};
  WatchedStore store_{judge_};
  std::ostringstream log_text_;
  Log log_{options_.trace != nullptr ? LogLevel::info : LogLevel::error, Log::Form::human, log_text_};
  Service service_{{turns_, trace_, machine_, store_, log_, options_.seed, sites_by_name_, weather_, traffic_,
                    [this](const std::string& site, const HttpRequest& request) { judge_.bridge_asked(site, request); },
                    [this](const std::string& what) { judge_.fail("no step throws", what); }}};
  Crowd crowd_{{turns_, trace_, judge_, sites_by_name_, [this](const IssueKey& key) { tell_bridge(key); }, until_},
               Dice(options_.seed, "people"),
               static_cast<int>(dice_.between(12, 36))};
  Storms storms_{{turns_, trace_, machine_, weather_, [this] { service_.look_at_the_clock(); },
                  [this] { change_configuration(); }, until_},
                 Dice(options_.seed, "storms")};
  Dice webhooks_{options_.seed, "webhooks"};
  int webhooks_per_mille_ = webhooks_.happens(500) ? static_cast<int>(webhooks_.between(100, 1000)) : 0;
};

World::World(const WorldOptions& options) : options_(options), dice_(options.seed, "world") {}

void World::set_up_sites() {
  for (const auto& form : setting_.sites) {
    sites_.push_back(make_site(form, turns_));
    // A Redmine does not tell its time: only so far off may it be (bridge/sync/engine.hpp).
    const auto most = form.kind == TrackerKind::redmine ? k_allowed_skew.count() - k_commit_delay.count() : 300;
    if (dice_.happens(300)) sites_.back()->clock_error = Seconds(dice_.between(-most, most));
    trace_.step(turns_.now(),
                to_text(form) + ", its clock off by " + std::to_string(sites_.back()->clock_error.count()) + " s");
  }
}

void World::start_service() {
  if (service_.runs()) return;
  trace_.step(turns_.now(), "the service starts");
  trace_.count("starts of the service");
  storms_.trouble();
  service_.start(settings_);
}

// Asked after each event.
void World::after_event() {
  if (log_text_.tellp() > 0) {
    std::istringstream lines(log_text_.str());
    for (std::string line; options_.trace != nullptr && std::getline(lines, line);) trace_.remark(line);
    log_text_.str("");
  }
  if (!machine_.died() || !service_.runs()) return;
  service_.die();
  storms_.trouble();
  trace_.count("deaths of the process");
  turns_.in(Micros(dice_.mostly_near((5 * k_second).count(), k_hour.count())), [this] { start_service(); });
}

void World::change_configuration() {
  deal_ = changed_deal(dice_, deal_);
  settings_ = load_deal(setting_, deal_);
  trace_.step(turns_.now(), "the configuration changes");
  trace_.count("changes of the configuration");
  storms_.trouble();
  service_.reload(settings_);
}

// Deliveries come late, twice, or not at all; some are nobody's.
void World::tell_bridge(const IssueKey& key) {
  if (!webhooks_.happens(webhooks_per_mille_)) return;
  constexpr int k_twice = 100, k_forged = 20;
  const auto late = [this] { return Micros(webhooks_.mostly_near(50'000, (10 * k_minute).count())); };
  turns_.in(late(), [this, key] { deliver(key); });
  if (webhooks_.happens(k_twice)) turns_.in(late(), [this, key] { deliver(key); });
  if (webhooks_.happens(k_forged)) turns_.in(late(), [this, key] { deliver({key.tracker, "999999"}); });
}

void World::deliver(const IssueKey& key) {
  if (!service_.runs() || turns_.is_frozen()) return;
  trace_.step(turns_.now(), "a webhook names " + to_text(key));
  trace_.count("webhooks");
  try {
    service_.webhook(key);
  } catch (const StoreError&) {
    trace_.count("webhooks that the store could not keep");
  }
}

void World::look_now_and_then() {
  std::map<std::string, std::size_t> requests;
  for (const auto& [name, traffic] : traffic_) requests[name] = traffic.last_hour.size();
  judge_.look_at(store_, requests);
  turns_.in(10 * k_minute, [this] { look_now_and_then(); });
}

void World::plan_audits() {
  constexpr int k_audits = 4;
  for (int i = 0; i < k_audits; ++i)
    turns_.at(turns_.now() + Micros(dice_.between(0, (until_ - turns_.now()).count())),
              [this] { try_audit(turns_.now() + 6 * k_hour); });
}

void World::try_audit(Moment give_up) {
  if (is_quiet()) {
    trace_.count("audits on the way");
    audit_now(false);
  } else if (turns_.now() < give_up) {
    turns_.in(3 * k_minute, [this, give_up] { try_audit(give_up); });
  }
}

// Nothing has happened for so long that all of it must have been dealt with.
bool World::is_quiet() const {
  const auto polls = std::chrono::minutes(*std::max_element(deal_.poll_every.begin(), deal_.poll_every.end()));
  Seconds lag{0};
  for (const auto& form : setting_.sites) lag = std::max(lag, form.index_lag);
  const bool disturbed = std::any_of(weather_.begin(), weather_.end(), [](const auto& each) {
    return each.second.is_down || each.second.is_slow || each.second.faults_per_mille > 0;
  });
  const auto now = turns_.now();
  return service_.runs() && service_.is_at_rest() && !disturbed && !machine_.disk_full && !turns_.is_frozen() &&
         machine_.clock_error == Seconds{0} && now - storms_.last_trouble() > k_after_trouble &&
         now - judge_.last_change() > polls + 2 * lag + 3 * k_minute;
}

void World::audit_now(bool at_the_end) {
  try {
    const auto wrong = audit({sites_by_name_, *settings_, store_, machine_.clock().now(), at_the_end});
    if (!wrong.empty()) judge_.fail(at_the_end ? "once calm, everything is as decided" : "what is due is done", wrong);
  } catch (const std::exception& error) {
    judge_.fail("the auditor can look", error.what());
  }
}

void World::run_until(Moment end) {
  turns_.run_until(end, [this] {
    after_event();
    return judge_.breach().has_value();
  });
}

void World::come_to_rest() {
  constexpr int k_tries = 200;
  for (int i = 0; i < k_tries && !judge_.breach(); ++i) {
    run_until(turns_.now() + 7 * k_second);
    if (service_.is_at_rest()) return;
  }
  judge_.fail("the service comes to rest", "there is always a loop in the middle of a step");
}

Outcome World::run() {
  for (const auto& [name, site] : sites_by_name_) weather_[name];
  start_service();
  crowd_.begin();
  storms_.begin();
  plan_audits();
  look_now_and_then();
  run_until(until_ + k_second);
  machine_.die_at_call(0, false);
  run_until(until_ + k_calm);
  if (!judge_.breach()) come_to_rest();
  if (!judge_.breach()) audit_now(true);
  trace_.count("steps of the loops", service_.steps());
  return {judge_.breach(), trace_.hash(), trace_.steps(), trace_.counts()};
}

}  // namespace

Outcome run_world(const WorldOptions& options) {
  return World(options).run();
}

}  // namespace cb::simulation
