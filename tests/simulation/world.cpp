#include "tests/simulation/world.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

#include "bridge/sync/engine.hpp"
#include "tests/simulation/auditor.hpp"
#include "tests/simulation/crowd.hpp"
#include "tests/simulation/deliveries.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/simulation/receivers.hpp"
#include "tests/simulation/service.hpp"
#include "tests/simulation/storms.hpp"
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
  void judge_use(const std::shared_ptr<const Settings>& settings, const std::vector<std::string>& problems,
                 bool in_use);
  void judge_log();
  void look_now_and_then();
  void plan_audits();
  void try_audit(Moment give_up);
  [[nodiscard]] bool is_calm(Micros since_trouble) const;
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
  NewsJudge news_{trace_, judge_, machine_.clock()};
  Receivers receivers_{{turns_, trace_, machine_, news_, weather_}, options_.seed};
  StoreWatchers watchers_{
      [this](const Record& record, Store& store) {
        judge_.recorded(record.key, store.ledger(record.key));
        news_.recorded(record);
      },
      [this](const std::vector<IssueKey>& keys, const std::string& why) { deliveries_.woken(keys, why); },
      [this](const IssueKey& key, Instant at) { deliveries_.read(key, at); },
      [this](const Intent& intent, Store& store) { news_.intended(intent, store); },
      [this](const std::vector<Notification>& news, Store& store) { news_.announced(news, store); },
      [this](const std::string& target, const std::vector<Notification>& due) { news_.listed(target, due); },
      [this](const std::string& id, const std::string& target) { news_.tried(id, target); },
      [this](const std::string& id, const std::string& target) { news_.closed(id, target); },
      [this](const std::string& id, const std::optional<std::string>& target) { news_.withdrawn(id, target); }};

  Disk disk_{setting_.store_in_a_file, watchers_};
  std::ostringstream log_text_;
  Log log_{options_.trace != nullptr ? LogLevel::info : LogLevel::error, Log::Form::human, log_text_};
  Service service_{
      {turns_, trace_, machine_, [this]() -> Store& { return disk_.store(); }, log_, options_.seed, sites_by_name_,
       weather_, traffic_,
       [this](const std::string& site, const HttpRequest& request) { judge_.bridge_asked(site, request); },
       [this](const std::string& site, const std::string& what) {
         judge_.fail("who asks to be left alone is left alone", site + ": " + what);
       },
       [this](const std::string& base_url) { return receivers_.open(base_url); },
       [this](const auto& settings, const auto& problems, bool in_use) { judge_use(settings, problems, in_use); }}};
  Crowd crowd_{
      {turns_, trace_, judge_, sites_by_name_, [this](const IssueKey& key) { deliveries_.changed(key); }, until_},
      Dice(options_.seed, "people"),
      static_cast<int>(dice_.between(12, 36))};
  Storms storms_{{turns_, trace_, machine_, weather_, [this] { change_configuration(); }, until_},
                 Dice(options_.seed, "storms")};
  Deliveries deliveries_{
      {turns_, trace_, judge_, sites_by_name_, machine_.clock(), [this]() -> Store& { return disk_.store(); },
       [this](WebRequest request, std::function<void(const WebAnswer&)> answered) {
         service_.request(std::move(request), std::move(answered));
         return service_.runs();
       },
       [this] { return is_calm(k_after_trouble); }, [this] { return machine_.disk_full; }},
      Dice(options_.seed, "webhooks")};
  std::vector<std::shared_ptr<const Settings>> unusable_;
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

void World::judge_use(const std::shared_ptr<const Settings>& settings, const std::vector<std::string>& problems,
                      bool in_use) {
  const bool is_usable = std::find(unusable_.begin(), unusable_.end(), settings) == unusable_.end();
  const auto said = problems.empty() ? std::string("nothing") : problems.front();
  trace_.step(turns_.now(), "the configuration is " + std::string(problems.empty() ? "in use" : "refused: " + said));
  if (problems.empty()) news_.use(settings);
  if (problems.empty() != is_usable)
    judge_.fail("a configuration is used exactly when it can be", "its problem is " + said);
  if (!in_use) judge_.fail("a configuration that cannot be used changes nothing, another takes its place", said);
}

// What the service tells of itself; it must never have to tell that.
void World::judge_log() {
  const auto text = log_text_.str();
  log_text_.str("");
  std::istringstream lines(text);
  for (std::string line; options_.trace != nullptr && std::getline(lines, line);) trace_.remark(line);
  for (const auto* fault : {"nobody foresaw", "a fault of the program"})
    if (text.find(fault) != std::string::npos) judge_.fail("the service tells of no fault of its own", text);
  for (const auto& secret : {std::string(k_hook_secret), key_of(k_bridge), std::string(k_staff_secret),
                             std::string(k_chat_path), on_call_secret()})
    if (text.find(secret) != std::string::npos) judge_.fail("the log holds no secret", text);
}

// Asked after each event.
void World::after_event() {
  if (log_text_.tellp() > 0) judge_log();
  if (!machine_.died() || !service_.runs()) return;
  service_.die();
  deliveries_.process_died();
  disk_.reopen();
  storms_.trouble();
  trace_.count("deaths of the process");
  turns_.in(Micros(dice_.mostly_near((5 * k_second).count(), k_hour.count())), [this] { start_service(); });
}

// Whoever changes it makes a mistake now and then: then what was in use stays so.
void World::change_configuration() {
  constexpr int k_mistaken = 250;
  auto next = changed_deal(dice_, deal_);
  next.unusable = dice_.happens(k_mistaken);
  const auto settings = load_deal(setting_, next);
  trace_.step(turns_.now(), "the configuration changes" + std::string(next.unusable ? ", and cannot be used" : ""));
  trace_.count(next.unusable ? "configurations that cannot be used" : "changes of the configuration");
  storms_.trouble();
  if (next.unusable) unusable_.push_back(settings);
  service_.reload(settings);
  if (next.unusable) return;
  deal_ = next;
  settings_ = settings;
}

void World::look_now_and_then() {
  std::map<std::string, std::size_t> requests;
  for (const auto& [name, traffic] : traffic_) requests[name] = traffic.last_hour.size();
  judge_.look_at(disk_.store(), requests);
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

// The service runs, nothing disturbs it, and nothing has for so long.
bool World::is_calm(Micros since_trouble) const {
  const bool disturbed = std::any_of(weather_.begin(), weather_.end(), [](const auto& each) {
    return each.second.is_down || each.second.is_slow || each.second.faults_per_mille > 0;
  });
  return service_.runs() && !disturbed && !machine_.disk_full && !turns_.is_frozen() &&
         machine_.clock_error == Seconds{0} && turns_.now() - storms_.last_trouble() > since_trouble;
}

// Nothing has happened for so long that all of it must have been dealt with.
bool World::is_quiet() const {
  const auto polls = std::chrono::minutes(*std::max_element(deal_.poll_every.begin(), deal_.poll_every.end()));
  Seconds lag{0};
  for (const auto& form : setting_.sites) lag = std::max(lag, form.index_lag);
  return is_calm(k_after_trouble) && service_.is_at_rest() &&
         turns_.now() - judge_.last_change() > polls + 2 * lag + 3 * k_minute;
}

void World::audit_now(bool at_the_end) {
  try {
    const auto wrong = audit({sites_by_name_, *settings_, disk_.store(), machine_.clock().now(), at_the_end});
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
  if (deal_.on_call) {
    weather_[k_on_call];
    weather_[k_chat];
  }
  trace_.count(setting_.store_in_a_file ? "worlds with the store in a file" : "worlds with the store in memory");
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
  news_.at_the_end();
  return {judge_.breach(), trace_.hash(), trace_.steps(), trace_.counts()};
}

}  // namespace

Outcome run_world(const WorldOptions& options) {
  return World(options).run();
}

}  // namespace cb::simulation
