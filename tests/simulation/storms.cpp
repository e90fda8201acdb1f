#include "tests/simulation/storms.hpp"

#include <algorithm>

namespace cb::simulation {

namespace {

constexpr Micros k_second{1'000'000};
constexpr Micros k_minute = 60 * k_second;
constexpr Micros k_hour = 60 * k_minute;
constexpr Micros k_day = 24 * k_hour;
constexpr int k_known = 600;  // per mille of seeds that know a kind of trouble

std::string some_site(Dice& dice, const std::map<std::string, Weather>& weather) {
  std::vector<std::string> names;
  for (const auto& [name, each] : weather) names.push_back(name);
  return dice.one_of(names);
}

}  // namespace

void Storms::begin() {
  const auto known = [this](int a_week, void (Storms::*happen)()) {
    if (dice_.happens(k_known)) plan(a_week, [this, happen] { (this->*happen)(); });
  };
  constexpr int k_calm_seeds = 80;
  if (dice_.happens(k_calm_seeds)) return;
  known(12, &Storms::bad_network);
  known(4, &Storms::outage);
  known(4, &Storms::slow_network);
  known(25, &Storms::death);
  known(3, &Storms::full_disk);
  known(3, &Storms::clock_jump);
  known(2, &Storms::sleep);
  if (dice_.happens(k_known)) plan(4, parts_.change_configuration);
}

void Storms::plan(int a_week, const std::function<void()>& happen) {
  const auto gap = 2 * 7 * k_day.count() / a_week;
  for (auto at = parts_.turns.now() + Micros(dice_.between(1, gap)); at < parts_.until;
       at += Micros(dice_.between(1, gap)))
    parts_.turns.at(at, happen);
}

void Storms::for_a_while(Micros time, const std::string& what, const std::function<void()>& begin_it,
                         const std::function<void()>& end_it) {
  const auto end = std::min(parts_.turns.now() + time, parts_.until);
  parts_.trace.step(parts_.turns.now(), what + " until " + text_of(end));
  parts_.trace.count(what.substr(what.find(": ") + 2));
  trouble();
  begin_it();
  parts_.turns.at(end, [this, what, end_it] {
    parts_.trace.step(parts_.turns.now(), what + " is over");
    trouble();
    end_it();
  });
}

void Storms::bad_network() {
  const auto site = some_site(dice_, parts_.weather);
  auto& weather = parts_.weather[site];
  const auto faults = static_cast<int>(dice_.mostly_near(10, 900));
  for_a_while(
      Micros(dice_.mostly_near(k_minute.count(), 12 * k_hour.count())), site + ": bad network",
      [&] { weather.faults_per_mille = faults; }, [&weather] { weather.faults_per_mille = 0; });
}

void Storms::outage() {
  const auto site = some_site(dice_, parts_.weather);
  auto& weather = parts_.weather[site];
  for_a_while(
      Micros(dice_.mostly_near(k_minute.count(), 10 * k_hour.count())), site + ": outage",
      [&] { weather.is_down = true; }, [&weather] { weather.is_down = false; });
}

void Storms::slow_network() {
  const auto site = some_site(dice_, parts_.weather);
  auto& weather = parts_.weather[site];
  for_a_while(
      Micros(dice_.mostly_near(k_minute.count(), 6 * k_hour.count())), site + ": slow network",
      [&] { weather.is_slow = true; }, [&weather] { weather.is_slow = false; });
}

void Storms::death() {
  parts_.machine.die_at_call(static_cast<int>(dice_.mostly_near(1, 400)), dice_.happens(500));
  trouble();
}

void Storms::full_disk() {
  for_a_while(
      Micros(dice_.mostly_near(k_second.count(), 3 * k_hour.count())), "machine: disk full",
      [this] { parts_.machine.disk_full = true; }, [this] { parts_.machine.disk_full = false; });
}

void Storms::clock_jump() {
  const auto error = Seconds(dice_.happens(500) ? dice_.between(60, 1500) : dice_.between(1800, 6 * 3600));
  const bool back = dice_.happens(500);
  for_a_while(
      Micros(dice_.mostly_near(k_minute.count(), 8 * k_hour.count())),
      "machine: clock " + std::string(back ? "behind" : "ahead"),
      [&] { parts_.machine.clock_error = back ? -error : error; }, [this] { parts_.machine.clock_error = Seconds{0}; });
}

void Storms::sleep() {
  const auto time = Micros(dice_.mostly_near(k_minute.count(), 14 * k_hour.count()));
  const auto end = std::min(parts_.turns.now() + time, parts_.until);
  for_a_while(
      time, "machine: sleep", [&] { parts_.turns.freeze_until(end); }, [] {});
}

}  // namespace cb::simulation
