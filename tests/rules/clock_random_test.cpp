// Random histories under random terms, read by evaluate() and by the walker: the same clocks with the same state, due,
// stop, used and left. The seeds are fixed; a failure prints the story in the words of clock_story.hpp.
#include <doctest/doctest.h>

#include <random>

#include "tests/rules/support/clock_story.hpp"
#include "tests/support/effort.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int operator()(int from, int to) { return from + static_cast<int>(engine_() % static_cast<unsigned>(to - from + 1)); }
  bool one_in(int n) { return (*this)(1, n) == 1; }
  template <class T>
  T of(std::initializer_list<T> choices) {
    return *(choices.begin() + (*this)(0, static_cast<int>(choices.size()) - 1));
  }

 private:
  std::mt19937 engine_;
};

std::optional<Target> random_target(Dice& dice) {
  if (dice.one_in(3)) return std::nullopt;
  if (dice.one_in(2)) return business_days(dice(0, 4));
  return Target{Target::Unit::open_time, Seconds{dice.of({600, 1800, 7200, 14400, 3601, 100000})}, 0};
}

Targets random_targets(Dice& dice) {
  return {random_target(dice), random_target(dice), random_target(dice), random_target(dice), random_target(dice)};
}

void vary(Site& site, Dice& dice) {
  auto& plan = site.plan();
  if (dice.one_in(2)) site.contract().calendar = {dice.of({"moscow", "always", "night", "duty"})};
  if (dice.one_in(4)) plan.on_priority_change = OnPriorityChange::restart;
  if (dice.one_in(3)) plan.pause_on_third_party = true;
  if (dice.one_in(4)) plan.priority_floor = dice.of({Priority::normal, Priority::high});
  if (dice.one_in(3)) plan.reopen_window = Seconds{dice.of({0, 3600, 86400, 3 * 86400})};
  if (dice.one_in(3)) plan.raise_share = dice.of({0.1, 0.5, 1.0});
  if (dice.one_in(3)) {
    UrgentProcedure urgent;
    urgent.when = {Priority::urgent};
    urgent.calendars = {{"en", {"duty"}}, {"", {dice.of({"night", "always"})}}};
    if (dice.one_in(2)) urgent.targets = TargetTable{{}, random_targets(dice)};
    plan.urgent = urgent;
  }
  if (dice.one_in(2)) {
    for (const auto priority : {Priority::normal, Priority::high, Priority::urgent}) {
      plan.targets.by_priority[priority] = random_targets(dice);
    }
  }
  if (dice.one_in(4)) plan.targets.otherwise = random_targets(dice);
  if (dice.one_in(4)) plan.confirmation->close_after = Target{Target::Unit::open_time, Seconds{7200}, 0};
}

std::string text_of(Instant instant) {
  return brief(to_iso(instant));
}

Instant later(Dice& dice, Instant instant) {
  instant += Seconds{dice.of({1, 600, 3600, 4 * 3600, 12 * 3600, 40 * 3600}) * dice(1, 3)};
  return dice.one_in(2) ? std::chrono::ceil<std::chrono::minutes>(instant) : instant;
}

std::string random_change(Dice& dice, bool& waits, Instant when) {
  switch (dice(0, 9)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const std::string status = dice.of(
          {"New", "In Progress", "Feedback", "Feedback", "Offered", "Vendor", "Resolved", "Closed", "Rejected"});
      if (status == "In Progress") return "_";
      waits = status != "Resolved" && status != "Closed" && status != "Rejected";
      return ">" + status;
    }
    case 4:
    case 5:
      return std::string("=") + dice.of({"low", "normal", "high", "urgent"});
    case 6:
      return !waits           ? "_"
             : dice.one_in(5) ? "fix="
                              : "fix=" + to_iso(when + Seconds{86400 * dice(-1, 9)}).substr(0, 10);
    case 7:
      return waits ? "ok" : "_";
    case 8:
      return waits ? dice.of({"works", "works", "fails"}) : "_";
    default:
      return "_";
  }
}

std::string random_story(Dice& dice, Instant& last) {
  const auto* day = dice.of({"03-26", "04-29", "06-09", "06-12", "10-22", "10-26"});
  last = instant_of(std::string(day) + " 00:00") + Seconds{60 * dice(0, 4 * 1440)} + Seconds{dice.of({0, 0, 1, 59})};
  std::string out = text_of(last);
  out += std::string("; ") + dice.of({"low", "normal", "high", "urgent"});
  if (dice.one_in(5)) out += "; Training";
  if (dice.one_in(8)) out += "; staff";
  if (dice.one_in(2)) out += std::string("; ") + dice.of({"en", "ru"});
  bool waits = true;
  for (int events = dice(0, 9); events > 0; --events) {
    last = later(dice, last);
    out += "; " + text_of(last) + " " + dice.of({"a", "a", "a", "b", "e", "e", "j", "o", "c"});
    if (dice.one_in(2)) out += dice.one_in(4) ? " -" : " +";
    out += " " + random_change(dice, waits, last);
  }
  return out;
}

void compare(const Site& site, const Issue& issue, Instant now) {
  CAPTURE(text_of(now));
  const auto walked = site.walked(issue, now);
  const auto decided = site.decided(issue, now);
  for (int each = 0; each <= static_cast<int>(ClockName::confirmation); ++each) {
    const auto name = static_cast<ClockName>(each);
    CAPTURE(to_text(name));
    CHECK(brief(cb::testing::text_of(decided, name)) == brief(cb::testing::text_of(walked, name)));
  }
}

}  // namespace

TEST_CASE("random clock histories read as the walker reads them") {
  Site site;
  const auto customers = site.book.customers;
  for (unsigned seed = 1; seed <= 2500; seed += k_stride) {
    Dice dice(seed);
    site.book.customers = customers;
    vary(site, dice);
    Instant last;
    const auto story = random_story(dice, last);
    CAPTURE(seed);
    CAPTURE(story);
    const auto issue = issue_of(story);
    const auto now = last + Seconds{dice.of({0, 1, 3600, 86400, 4 * 86400, 20 * 86400})};
    compare(site, issue, now);
    for (const auto& [name, clock] : site.walked(issue, now)) {  // at the edges of a deadline
      if (clock.due && *clock.due > issue.created) compare(site, issue, *clock.due + Seconds{dice(-1, 1)});
    }
  }
}
