// kill_loop PROGRAM [--kills N] [--seed S]: kill -9 at random moments, hundreds of times, half of them right after a
// write. Two services work on two equal trackers in which people do the same: one is killed again and again, the other
// never. People go on once both have come to the same, because who looks later at an issue that moved on has other
// things to say. In the end both trackers must show the same; no comment of ours may stand twice, no unit be taken
// twice. Exit code 0: so it is; 1: it is not; 2: the command line.
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <string>
#include <thread>

#include "tests/kills/tracker_world.hpp"
#include "tests/support/virtual_clock.hpp"

namespace {

using namespace cb;
using kills::TrackerWorld;
using std::chrono::milliseconds;

constexpr std::chrono::seconds k_peace{180};
// What people do in a round: some of it changes what the bridge says.
constexpr int k_deeds = 4;

struct Options {
  std::string program;
  int kills = 300;
  std::uint64_t seed = 1;
};

template <class Number>
bool read(const char* word, Number& number) {
  const std::string text(word);
  return std::from_chars(text.data(), text.data() + text.size(), number).ptr == text.data() + text.size();
}

bool read_options(int count, char** words, Options& options) {
  if (count < 2) return false;
  options.program = words[1];
  for (int i = 2; i + 1 < count; i += 2) {
    const std::string name(words[i]);
    if (name == "--kills" ? !read(words[i + 1], options.kills) : name != "--seed" || !read(words[i + 1], options.seed))
      return false;
  }
  return count % 2 == 0;
}

// Waits for a moment to kill: some time after the service has begun to ask its tracker, or right after the tracker took
// a write. By what the tracker sees and not by the clock, so that a slow machine is killed at the same places.
void wait_for_the_moment(TrackerWorld& world, std::uint64_t roll) {
  const bool after_write = roll % 2 != 0;
  const auto has_come = [&] { return after_write ? world.redmine().writes() > 0 : world.redmine().requests() > 0; };
  for (int i = 0; i < 4000 && !has_come(); ++i) std::this_thread::sleep_for(milliseconds(1));
  const auto microseconds = after_write ? (roll >> 8U) % 3000 : (roll >> 8U) % 150'000;
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
}

int run(const Options& options) {
  const auto folder = std::filesystem::temp_directory_path() / ("cb-kills-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "killed");
  std::filesystem::create_directories(folder / "spared");
  const auto start = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  TrackerWorld killed((folder / "killed").string(), start);
  TrackerWorld spared((folder / "spared").string(), start);
  SeededChance chance(options.seed);
  const auto other = spared.start(options.program);
  int while_writing = 0;
  int rounds = 0;
  auto last_deed = start;
  for (int i = 0; i < options.kills; ++i) {
    if (spared.knows_all_since(last_deed) && killed.shown() == spared.shown()) {
      ++rounds;
      last_deed = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
      for (int deeds = 0; deeds < k_deeds; ++deeds) {
        const auto roll = chance.next();
        killed.act(roll);
        spared.act(roll);
      }
    }
    killed.redmine().clear_log();
    const auto child = killed.start(options.program);
    wait_for_the_moment(killed, chance.next());
    if (!child->kill()) {
      std::cerr << "the service ended by itself: see " << folder << "/killed/log\n";
      return 1;
    }
    while_writing += killed.is_writing() ? 1 : 0;
  }
  const auto in_peace = killed.start(options.program);
  const auto until = std::chrono::steady_clock::now() + k_peace;
  std::string difference = "not calm";
  while (std::chrono::steady_clock::now() < until && !difference.empty()) {
    std::this_thread::sleep_for(milliseconds(500));
    if (killed.is_calm() && spared.is_calm())
      difference = killed.shown() != spared.shown()       ? "not equal"
                   : killed.settled() != spared.settled() ? "not equal in the ledger"
                                                          : "";
  }
  const auto wrong = killed.wrong() + spared.wrong();
  std::cout << options.kills << " kills, " << while_writing << " of them with a write under way; people were at work "
            << rounds << " times; " << killed.redmine().snapshot().issues.size() << " issues; "
            << (difference.empty() ? "equal" : difference) << (wrong.empty() ? "" : "\n" + wrong) << std::endl;
  const bool ended = in_peace->end() == 0 && other->end() == 0;
  if (!ended) std::cerr << "SIGTERM did not end a service with 0\n";
  const bool tried = while_writing > 0 && rounds > options.kills / 30;
  if (!tried) std::cerr << "too little happened to prove anything\n";
  if (difference.empty() && wrong.empty() && ended && tried) {
    std::filesystem::remove_all(folder);
    return 0;
  }
  if (!difference.empty()) std::cerr << "killed:\n" << killed.shown() << "\nspared:\n" << spared.shown();
  std::cerr << "the stores and logs are in " << folder << "; again: --kills " << options.kills << " --seed "
            << options.seed << "\n";
  return 1;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  if (!read_options(count, words, options)) {
    std::cerr << "usage: kill_loop PROGRAM [--kills N] [--seed S]\n";
    return 2;
  }
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << "kill_loop: " << error.what() << "\n";
    return 1;
  }
}
