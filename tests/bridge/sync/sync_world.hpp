// A world for tests of the engine: the example's configuration, a tracker and a store in memory, and virtual time.
// It begins on Monday, 8 June 2026, 08:00 UTC, when Prague's office has been open for an hour.
#pragma once

#include <doctest/doctest.h>

#include <sstream>

#include "bridge/settings/loader.hpp"
#include "bridge/sync/engine.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/scripted_tracker.hpp"
#include "tests/support/virtual_clock.hpp"

namespace cb {

inline Instant at_iso(const std::string& text) {
  return *instant_from_iso(text);
}

inline const Settings& example_settings() {
  static const Settings settings = [] {
    auto loaded = load_settings(std::string(CB_TEST_DATA) + "/example");
    REQUIRE(loaded.settings.has_value());
    return *loaded.settings;
  }();
  return settings;
}

inline Author person(const std::string& address) {
  Author author;
  author.id = address;
  author.login = address;
  author.address = address;
  return author;
}

inline Author eva() {
  return person("eva.mala@acme.example");
}
inline Author alena() {
  return person("alena@vendor.example");
}

// A consultation of ACME: takes a unit of its pool of five.
inline Issue consultation(const std::string& id, Instant created) {
  Issue issue;
  issue.key = {"support", id};
  issue.project = "lms";
  issue.type = "Support";
  issue.priority = "Normal";
  issue.status = "New";
  issue.summary = "How do we set up a course";
  issue.reporter = eva();
  issue.channel = "email";
  issue.language = "en";
  issue.created = created;
  return issue;
}

inline Issue defect(const std::string& id, Instant created) {
  auto issue = consultation(id, created);
  issue.type = "Bug";
  issue.summary = "The page stays empty";
  return issue;
}

struct SyncWorld {
  VirtualClock clock{at_iso("2026-06-08T08:00:00Z")};
  SeededChance chance{7};
  ScriptedTracker tracker{clock};
  MemoryStore store;
  std::ostringstream log_text;
  Log log{LogLevel::error, Log::Form::human, log_text};
  Settings settings = example_settings();
  TextBook texts{settings.texts};

  EngineParts parts() { return {tracker, store, clock, chance, log, settings.trackers.front(), settings.book, texts}; }
  CycleReport cycle(EngineOptions options = {}) {
    const auto with = parts();
    return Engine(with, options).run_cycle();
  }
  void pass(Seconds time) { clock.set(clock.now() + time); }
  std::string shows(const std::string& id, Slot slot) { return tracker.at(id).shown.at(slot).text; }
};

}  // namespace cb
