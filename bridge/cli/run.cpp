#include "bridge/cli/run.hpp"

#include <chrono>
#include <cstdlib>
#include <ostream>
#include <sstream>

#include "bridge/cli/load_or_report.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/cli/system_ports.hpp"
#include "bridge/http/server.hpp"
#include "bridge/service/real_threads.hpp"
#include "bridge/service/signals.hpp"
#include "bridge/service/supervisor.hpp"
#include "bridge/service/whole_service.hpp"
#include "bridge/store/locked_store.hpp"
#include "bridge/web/api_answers.hpp"
#include "bridge/web/health.hpp"

namespace cb {

namespace {

constexpr std::chrono::milliseconds k_look{1000};
// So long an issue may take to be finished before what is asked of its tracker is broken off.
constexpr std::chrono::milliseconds k_grace{5000};
// Longer than any request with all its time-outs.
constexpr std::chrono::seconds k_hung{900};

std::string tracker_names(const Settings& settings) {
  std::string names;
  for (const auto& tracker : settings.trackers) names += (names.empty() ? "" : ", ") + tracker.name;
  return names;
}

// Everything that lives as long as the service, in the order in which it must be made.
class Running {
 public:
  Running(RunOptions options, std::unique_ptr<Store> store, Log& log)
      : options_(std::move(options)),
        log_(log),
        opened_(std::move(store)),
        store_(make_locked_store(*opened_, waking(), turns_)),
        web_store_(make_locked_store(*opened_, waking(), turns_, StoreTurns::Asker::web)),
        service_({*store_, *clock_, log, *threads_, make_system_chance,
                  [this](const TrackerSettings& tracker, const ContractBook& book, Clock& clock, Chance& chance) {
                    const Pacing pacing{clock, chance, paces_, 0, &counts_};
                    return open_tracker(tracker, book, log_, &pacing);
                  },
                  open_channel},
                 *web_store_, counts_, CB_VERSION) {}

  int run(const std::shared_ptr<const Settings>& settings, Signals& signals, std::ostream& err) {
    // The address first: who cannot have it must not have begun to work. Until then pages answer that it starts.
    const auto listen = settings->server.listen;
    if (!serve(listen, err)) return k_exit_trouble;
    if (!use(settings, err)) return k_exit_wrong;
    log_.info("the service runs for " + tracker_names(*loops().settings()) + ", and answers at http://" + listen);
    supervisor_.ready("serving " + tracker_names(*loops().settings()));
    for (auto told = Told::nothing; told != Told::to_stop; told = signals.wait(k_look)) {
      if (told == Told::to_reload) reload(signals);
      loops().look_after();
      show_life();
    }
    log_.info("the service ends: each issue that was begun is finished first");
    supervisor_.stopping();
    turns_->hurry();
    server_->stop();
    if (!loops().stop(k_grace)) end_at_once();
    log_.info("the service has ended");
    return k_exit_ok;
  }

 private:
  BridgeService& loops() { return service_.loops(); }
  std::function<void(const std::string&)> waking() {
    return [this](const std::string& tracker) { loops().wake(tracker); };
  }

  // Nothing can break off who waits for the address of a host, and it may take a minute. Killed at any moment, the
  // bridge does nothing twice and forgets nothing.
  [[noreturn]] void end_at_once() {
    log_.warning("a request could not be broken off: the service ends without waiting for it");
    std::_Exit(k_exit_ok);
  }

  void show_life() {
    if (loops().silent_for() < k_hung) supervisor_.alive();
  }

  bool use(const std::shared_ptr<const Settings>& settings, std::ostream& err,
           const std::function<bool()>& enough = {}) {
    const auto problems = service_.use(settings, enough);
    for (const auto& problem : problems) err << "contract-bridge: " << problem << "\n";
    return problems.empty();
  }

  bool serve(const std::string& listen, std::ostream& err) {
    WebServerOptions options;
    options.listen = listen;
    options.words = [](const std::string& path, WebAnswer answer) { return in_api_words(path, std::move(answer)); };
    options.at_once = healthz_at_once;
    options.turned_away = [this](const std::string& path, const WebAnswer& answer) {
      service_.turned_away(path, answer);
    };
    auto server = WebServer::open(
        options, [this](const WebRequest& request) { return service_.answer(request); },
        [this](const std::string& what) { log_.error("an answer to a browser or program failed: " + what); });
    if (!server) {
      err << "contract-bridge: " << server.error().what << "\n";
      return false;
    }
    server_ = *std::move(server);
    return true;
  }

  void reload(const Signals& signals) {
    supervisor_.reloading();
    std::ostringstream problems;
    auto loaded = load_or_report(options_.folder, problems);
    const auto before = loops().settings();
    if (loaded && loaded->store != before->store) {
      log_.warning("`store` has changed: that takes effect with the next start");
      loaded->store = before->store;
    }
    if (loaded && loaded->server.listen != before->server.listen) {
      log_.warning("`server: listen` has changed: that takes effect with the next start");
      loaded->server.listen = before->server.listen;
    }
    turns_->hurry();
    // What ends may take seconds, and we answer for our life and listen meanwhile.
    const auto enough = [&] {
      show_life();
      return signals.has_come_to_stop();
    };
    const bool used = loaded && use(std::make_shared<Settings>(std::move(*loaded)), problems, enough);
    turns_->hurry(false);
    if (used) {
      log_.info("the configuration was read again, for " + tracker_names(*loops().settings()) +
                "; `${NAME}` still has the value that it had at the start, a new one takes a restart");
    } else {
      std::istringstream lines(problems.str());
      for (std::string line; std::getline(lines, line);) log_.error(line);
      log_.error("the configuration was read again and is not valid: the one before stays in use");
    }
    supervisor_.ready("serving " + tracker_names(*loops().settings()));
  }

  RunOptions options_;
  Log& log_;
  std::unique_ptr<Clock> clock_ = make_system_clock();
  std::unique_ptr<Threads> threads_ = make_real_threads();
  Paces paces_;
  HttpCounts counts_;
  Supervisor supervisor_;
  std::unique_ptr<Store> opened_;
  std::shared_ptr<StoreTurns> turns_ = std::make_shared<StoreTurns>();
  std::unique_ptr<Store> store_;
  std::unique_ptr<Store> web_store_;
  WholeService service_;
  std::unique_ptr<WebServer> server_;
};

}  // namespace

int run_service(const RunOptions& options, const std::shared_ptr<const Settings>& settings, Log& log,
                std::ostream& err) {
  Signals signals;
  // No wait in SQLite: the turns wait outside of it (store_turns.hpp).
  auto store = open_store(settings->store, StoreAccess::exclusive, std::chrono::milliseconds{0});
  Running running(options, std::move(store), log);
  return running.run(settings, signals, err);
}

}  // namespace cb
