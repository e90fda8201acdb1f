#include "tests/simulation/service.hpp"

#include <utility>

#include "bridge/service/whole_service.hpp"
#include "bridge/settings/secret.hpp"
#include "bridge/store/locked_store.hpp"
#include "tests/simulation/fiber_threads.hpp"

namespace cb::simulation {

namespace {

constexpr std::chrono::hours k_until_told{24};
constexpr std::chrono::seconds k_look{1};  // while something of a configuration before is still at work

}  // namespace

struct Service::Process {
  Process(Service& service, ProcessParts& parts)
      : failing(parts.disk(), parts.machine.store_plan()),
        threads(parts.turns),
        locked(make_locked_store(failing, [this](const std::string& tracker) { whole.loops().wake(tracker); })),
        store(*locked, parts.machine.turn_plan()),
        whole({store, parts.machine.clock(), parts.log, threads,
               [&service] {
                 const auto word = "jitter " + std::to_string(++service.chances_);
                 return std::make_unique<SeededChance>(Dice(service.parts_.seed, word).roll());
               },
               [this, &service](const TrackerSettings& tracker, const ContractBook& book, Clock& clock,
                                Chance& chance) { return service.open(*this, tracker, book, clock, chance); },
               parts.channel},
              store, counts, "simulated"),
        told(threads.make_bell()) {}

  FailingStore failing;
  FiberThreads threads;
  std::unique_ptr<Store> locked;
  FailingStore store;
  Paces paces;
  HttpCounts counts;
  WholeService whole;
  std::unique_ptr<Bell> told;
  std::shared_ptr<const Settings> wanted;
  bool is_changing = false;
};

Service::Service(ProcessParts parts) : parts_(std::move(parts)) {}

Service::~Service() {
  if (process_) die();
}

void Service::start(std::shared_ptr<const Settings> settings) {
  parts_.machine.revive();
  process_ = std::make_unique<Process>(*this, parts_);
  process_->wanted = std::move(settings);
  parts_.turns.spawn([this, to = process_.get()] { live(*to); });
}

// As cli/run.cpp has it: the thread that takes the signals also changes the configuration.
void Service::live(Process& process) {
  for (;;) {
    while (process.wanted) use(process);
    const bool settled = process.whole.loops().settled();
    process.told->wait(settled ? std::chrono::milliseconds(k_until_told) : k_look,
                       [&] { return process.wanted != nullptr; });
    if (!settled) process.whole.loops().look_after();
  }
}

void Service::use(Process& process) {
  const auto before = process.whole.loops().settings();
  const auto wanted = std::exchange(process.wanted, nullptr);
  process.is_changing = true;
  const auto problems = process.whole.use(wanted);
  process.is_changing = false;
  parts_.used(wanted, problems, process.whole.loops().settings() == (problems.empty() ? wanted : before));
}

Result<OpenTracker> Service::open(Process& process, const TrackerSettings& tracker, const ContractBook& book,
                                  Clock& clock, Chance& chance) {
  TRY(key, resolve(tracker.api_key));
  auto& site = *parts_.sites.at(tracker.name);
  // Who starts anew does not know what was wished before.
  parts_.traffic[tracker.name].quiet_until = {};
  auto wire = std::make_unique<Wire>(
      Wire::Parts{parts_.turns, parts_.trace, parts_.machine, site, parts_.weather[tracker.name],
                  parts_.traffic[tracker.name],
                  [this, name = tracker.name](const std::string& what) { parts_.impatient(name, what); },
                  [this, name = tracker.name](const HttpRequest& request) { parts_.after_effect(name, request); }},
      Dice(parts_.seed, "network " + std::to_string(++wires_)));
  auto interrupt = [to = wire.get()] { to->interrupt(); };
  const Pacing pacing{clock, chance, process.paces, 0, &process.counts};
  auto opened = assemble_tracker(tracker, book, key, std::move(wire), &pacing);
  opened.interrupt = std::move(interrupt);
  return opened;
}

void Service::reload(std::shared_ptr<const Settings> settings) {
  if (!process_) return;
  process_->told->ring([&] { process_->wanted = std::move(settings); });
}

void Service::die() {
  parts_.turns.kill_all();
  process_.reset();
}

void Service::request(WebRequest request, std::function<void(const WebAnswer&)> answered) {
  if (!process_) return;
  parts_.turns.spawn([to = process_.get(), request = std::move(request), answered = std::move(answered)] {
    answered(to->whole.answer(request));
  });
}

bool Service::is_at_rest() const {
  return process_ && !process_->wanted && !process_->is_changing && process_->whole.loops().rests();
}

}  // namespace cb::simulation
