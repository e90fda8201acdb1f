// Our clocks beside the tracker's: which belong together, what differs, and why that can be.
#include "bridge/report/sla_pairs.hpp"

#include <doctest/doctest.h>

using namespace cb;

namespace {

Instant at(const char* time) {
  return *instant_from_iso(std::string("2026-06-") + time + "Z");
}

ClockReading ours(ClockName name) {
  ClockReading clock;
  clock.name = name;
  clock.state = ClockState::running;
  clock.start = at("08T08:00:00");
  clock.due = at("08T16:00:00");
  clock.target = BusinessTime{Seconds{8 * 3600}};
  clock.calendar = CalendarId{"office-prague"};
  return clock;
}

OwnClock theirs(const std::string& name) {
  OwnClock clock;
  clock.name = name;
  clock.ongoing = true;
  clock.started = at("08T08:00:00");
  clock.due = at("08T16:00:00");
  clock.goal = Seconds{8 * 3600};
  return clock;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

SlaPair one_pair(const ClockReading& our, const OwnClock& their) {
  Decision decision;
  decision.clocks = {our};
  const auto pairs = sla_pairs(decision, {their});
  REQUIRE(pairs.size() == 1);
  return pairs.front();
}

// `first_response=Time to first response`, a dash where there is no partner.
std::string who_with_whom(const std::vector<SlaPair>& pairs) {
  std::string text;
  for (const auto& pair : pairs) {
    text += (text.empty() ? "" : ", ") +
            (pair.ours ? to_text(pair.ours->name) + std::to_string(pair.ours->cycle) : std::string("-")) + "=" +
            (pair.theirs ? pair.theirs->name : "-");
  }
  return text;
}

}  // namespace

TEST_CASE("names of the tracker's clocks in words") {
  struct Row {
    const char* name;
    std::optional<ClockName> clock;
  };
  const Row rows[] = {{"Time to first response", ClockName::first_response},
                      {"TIME TO RESOLUTION", ClockName::resolution},
                      {"Time to resolve", ClockName::resolution},
                      {"Time to close after resolution", ClockName::confirmation},
                      {"Time to next update", ClockName::next_update},
                      {"Workaround", ClockName::workaround},
                      {"Zeit bis zur ersten Antwort", ClockName::first_response},
                      {"Zeit bis zur Lösung", ClockName::resolution},
                      {"Doba do vyřešení", ClockName::resolution},
                      {"Время до первого ответа", ClockName::first_response},
                      {"Time to review normal change", {}},
                      {"Time waiting for support", {}},
                      {"", {}}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(clock_called(row.name) == row.clock);
  }
}

TEST_CASE("what differs, and what is visible of the reason") {
  struct Row {
    const char* name;
    void (*change)(ClockReading&, OwnClock&);
    const char* differences;
    const char* reasons;
  };
  const Row rows[] = {
      {"nothing", [](ClockReading&, OwnClock&) {}, "", ""},
      {"fractions of a minute", [](ClockReading&, OwnClock& t) { *t.due += Seconds{59}; }, "", ""},
      {"at risk is running", [](ClockReading& o, OwnClock&) { o.state = ClockState::at_risk; }, "", ""},
      {"time used alone", [](ClockReading& o, OwnClock&) { o.used = BusinessTime{Seconds{1}}; }, "", ""},
      {"another calendar", [](ClockReading&, OwnClock& t) { *t.due += Seconds{7800}; }, "due 2h10m earlier here",
       "start and goal are the same, so another calendar or other pauses count there; here it is the calendar "
       "office-prague"},
      {"another goal",
       [](ClockReading&, OwnClock& t) {
         *t.due -= Seconds{3600};
         t.goal = Seconds{7 * 3600};
       },
       "due 1h later here", "the goal is 8h here and 7h there"},
      {"another start",
       [](ClockReading& o, OwnClock& t) {
         *t.due -= Seconds{1800};
         *o.start += Seconds{1800};
       },
       "due 30m later here", "it started 30m later here"},
      {"breached here",
       [](ClockReading& o, OwnClock& t) {
         o.state = ClockState::breached;
         o.used = BusinessTime{Seconds{9 * 3600}};
         t.used = Seconds{7 * 3600};
       },
       "breached here, not there", "9h are used here and 7h there"},
      {"breached there", [](ClockReading&, OwnClock& t) { t.breached = true; }, "breached there, not here", ""},
      {"both breached",
       [](ClockReading& o, OwnClock& t) {
         o.state = ClockState::breached;
         t.breached = true;
       },
       "", ""},
      {"paused here",
       [](ClockReading& o, OwnClock&) {
         o.state = ClockState::paused;
         o.due.reset();
         o.paused = {{at("08T09:00:00"), k_never}};
       },
       "paused here, not there", "paused here 1 time, which the tracker may count"},
      {"paused there", [](ClockReading&, OwnClock& t) { t.paused = true; }, "paused there, not here", ""},
      {"both paused",
       [](ClockReading& o, OwnClock& t) {
         o.state = ClockState::paused;
         o.due.reset();
         o.left = BusinessTime{Seconds{3600}};
         t.paused = true;
         t.left = Seconds{3600};
       },
       "", ""},
      {"both paused with another rest",
       [](ClockReading& o, OwnClock& t) {
         o.state = ClockState::paused;
         o.due.reset();
         o.left = BusinessTime{Seconds{3600}};
         t.paused = true;
         t.left = Seconds{5400};
       },
       "30m less left here", ""},
      {"over here",
       [](ClockReading& o, OwnClock&) {
         o.state = ClockState::met;
         o.stopped = at("08T10:00:00");
       },
       "over here, still counted there", ""},
      {"over there",
       [](ClockReading&, OwnClock& t) {
         t.ongoing = false;
         t.stopped = at("08T10:00:00");
       },
       "over there, still counted here", ""},
      {"both over, at other times",
       [](ClockReading& o, OwnClock& t) {
         o.state = ClockState::met;
         o.stopped = at("08T10:00:00");
         t.ongoing = false;
         t.stopped = at("08T10:05:00");
       },
       "stopped 5m earlier here", ""},
      {"stopped late on both sides",
       [](ClockReading& o, OwnClock& t) {
         o.state = ClockState::breached;
         o.stopped = at("08T17:00:00");
         t.ongoing = false;
         t.breached = true;
         t.stopped = at("08T17:00:30");
       },
       "", ""},
      {"waits for the order",
       [](ClockReading& o, OwnClock&) {
         o.state = ClockState::not_started;
         o.start.reset();
         o.due.reset();
       },
       "not started here, running there", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto our = ours(ClockName::first_response);
    auto their = theirs("Time to first response");
    row.change(our, their);
    const auto pair = one_pair(our, their);
    CHECK(pair.is_compared());
    CHECK(joined(pair.differences) == row.differences);
    CHECK(joined(pair.reasons) == row.reasons);
  }
}

TEST_CASE("who has no partner stands by itself, and rounds belong together from the last") {
  Decision decision;
  decision.clocks = {ours(ClockName::first_response), ours(ClockName::resolution), ours(ClockName::next_update)};
  CHECK(who_with_whom(sla_pairs(decision, {theirs("Time to resolution"), theirs("Time to triage")})) ==
        "first_response1=-, resolution1=Time to resolution, next_update1=-, -=Time to triage");
  CHECK(who_with_whom(sla_pairs(decision, {})) == "first_response1=-, resolution1=-, next_update1=-");
  CHECK(who_with_whom(sla_pairs(Decision{}, {theirs("Time to triage")})) == "-=Time to triage");

  auto again = ours(ClockName::resolution);
  again.cycle = 2;
  decision.past_clocks = {ours(ClockName::resolution)};
  decision.clocks = {again};
  auto first = theirs("Time to resolution");
  first.ongoing = false;
  const auto second = theirs("Time to resolution");
  auto pairs = sla_pairs(decision, {first, second});
  CHECK(who_with_whom(pairs) == "resolution1=Time to resolution, resolution2=Time to resolution");
  CHECK_FALSE(pairs[0].theirs->ongoing);
  CHECK(pairs[1].theirs->ongoing);
  CHECK(who_with_whom(sla_pairs(decision, {second})) == "resolution1=-, resolution2=Time to resolution");
  // Three of theirs for two of ours: the oldest stands by itself.
  pairs = sla_pairs(decision, {first, first, second});
  CHECK(who_with_whom(pairs) == "resolution1=Time to resolution, resolution2=Time to resolution, -=Time to resolution");
  // Of two names for one clock the first is compared.
  decision.past_clocks.clear();
  CHECK(who_with_whom(sla_pairs(decision, {theirs("Time to resolution"), theirs("Resolution for VIPs")})) ==
        "resolution2=Time to resolution, -=Resolution for VIPs");
}
