// A service with real threads over fake Redmines in this process, for tests that wait for real time, shortly.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "adapters/redmine/redmine_tracker.hpp"
#include "bridge/service/real_threads.hpp"
#include "bridge/service/service.hpp"
#include "bridge/settings/loader.hpp"
#include "bridge/store/locked_store.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/virtual_clock.hpp"
#include "tests/trackers/fake_redmine.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"

namespace cb {

// The time of the machine: threads wait for it.
class RealClock final : public Clock {
 public:
  Instant now() override { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }
  void sleep(Seconds duration) override { std::this_thread::sleep_for(duration); }
};

// Asks again and again, for at most that long.
inline bool comes_true(const std::function<bool()>& holds, std::chrono::seconds longest = std::chrono::seconds{20}) {
  const auto until = std::chrono::steady_clock::now() + longest;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

// An Http into a fake that can be made to hang, as a server that accepts and never answers.
class HangingHttp final : public Http {
 public:
  explicit HangingHttp(FakeTracker& tracker) : inner_(tracker) {}
  Result<HttpResponse> send(const HttpRequest& request) override {
    ++asked;
    for (; hangs && (!interrupted || unbreakable); std::this_thread::sleep_for(std::chrono::milliseconds(2)))
      hanging = true;
    if (interrupted) return failure(ErrorKind::retry_later, "broken off");
    if (fails) return failure(ErrorKind::retry_later, "no answer");
    return inner_.send(request);
  }
  std::atomic<int> asked = 0;
  std::atomic<bool> hangs = false;
  std::atomic<bool> unbreakable = false;  // hangs as one who waits for the address of a host
  std::atomic<bool> hanging = false;      // a request is in it
  std::atomic<bool> fails = false;
  std::atomic<bool> interrupted = false;

 private:
  InProcessHttp inner_;
};

inline fake::State redmine_state(const Settings& settings, int issues, Instant now) {
  auto state = fake::small_state(now - Seconds{86400});
  for (auto& user : state.users) {
    if (user.login == "customer") user.mail = "eva.mala@acme.example";
  }
  int id = 100;
  for (const auto& [slot, field] : settings.trackers.front().write.fields) {
    std::erase_if(state.fields, [&name = field.field](const fake::Field& other) { return other.name == name; });
    fake::Field row;
    row.id = id++;
    row.name = field.field;
    row.for_all = true;
    state.fields.push_back(row);
  }
  for (int i = 0; i < issues; ++i)
    fake::add_issue(state, "customer", i % 2 == 0 ? "Bug" : "Support", "How is this done", now - Seconds{900 - i});
  return state;
}

// Two trackers, `support` and `other`, one store.
struct ServiceWorld {
  explicit ServiceWorld(int issues = 3, std::chrono::milliseconds grace = std::chrono::milliseconds{300})
      : grace_of_reload(grace),
        redmine(redmine_state(*settings, issues, system.now()), now()),
        other(redmine_state(*settings, issues, system.now()), now()) {}

  static std::shared_ptr<Settings> two_trackers() {
    auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
    REQUIRE(loaded.settings.has_value());
    auto settings = std::make_shared<Settings>(std::move(*loaded.settings));
    auto& first = settings->trackers.front();
    first.poll_every = Seconds{10};
    auto second = first;
    second.name = "other";
    auto terms = settings->book.trackers.at(first.name);
    terms.name = second.name;
    settings->book.trackers[second.name] = terms;
    settings->trackers.push_back(second);
    return settings;
  }

  std::function<Instant()> now() {
    return [this] { return system.now(); };
  }

  Result<OpenTracker> open(const TrackerSettings& tracker, const ContractBook& book) {
    if (cannot_open == tracker.name) return failure(ErrorKind::denied, "tracker " + tracker.name + ": no key");
    RedmineTerms terms;
    terms.name = tracker.name;
    terms.base_url = "https://redmine.vendor.example";
    terms.api_key = "admin-key";
    terms.projects = {"lms"};
    terms.read = book.trackers.at(tracker.name).read;
    for (const auto& [slot, field] : tracker.write.fields) terms.write[slot] = field.field;
    OpenTracker opened;
    auto http = std::make_unique<HangingHttp>(tracker.name == "other" ? other : redmine);
    auto* raw = http.get();
    raw->fails = next_fails && tracker.name == "support";
    (tracker.name == "other" ? other_http : http_) = raw;
    opened.interrupt = [raw] { raw->interrupted = true; };
    opened.http = std::move(http);
    opened.tracker = make_redmine_tracker(terms, *opened.http);
    return opened;
  }

  int written(FakeRedmine& tracker) {
    int count = 0;
    for (const auto& [id, issue] : tracker.snapshot().issues) {
      for (const auto& [field, values] : issue.values) {
        if (field >= 100 && !values.empty() && !values.front().empty()) {
          ++count;
          break;
        }
      }
    }
    return count;
  }

  // Listed, and nothing of it is left to do.
  bool is_calm(const std::string& tracker) {
    for (const auto& status : service.status())
      if (status.tracker == tracker && !status.last_list) return false;
    const auto counts = store->counts(tracker);
    return counts.woken + counts.intended == 0;
  }

  std::chrono::milliseconds grace_of_reload;
  RealClock system;
  std::shared_ptr<Settings> settings = two_trackers();
  FakeRedmine redmine, other;
  std::string cannot_open;
  OpenChannel channel;
  bool next_fails = false;  // the next that is opened for `support` gets no answer
  std::atomic<HangingHttp*> http_ = nullptr;
  std::atomic<HangingHttp*> other_http = nullptr;
  std::ostringstream log_text;
  Log log{LogLevel::error, Log::Form::human, log_text};
  std::unique_ptr<Threads> threads = make_real_threads();
  MemoryStore memory;
  std::unique_ptr<Store> store =
      make_locked_store(memory, [this](const std::string& tracker) { service.wake(tracker); });
  BridgeService service{{*store, system, log, *threads, [] { return std::make_unique<SeededChance>(7); },
                         [this](const TrackerSettings& tracker, const ContractBook& book, Clock&, Chance&) {
                           return open(tracker, book);
                         },
                         [this](const std::string& url) { return channel(url); }, grace_of_reload}};
};

}  // namespace cb
