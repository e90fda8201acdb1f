// kill_loop PROGRAM [--kills N] [--seed S]: kill -9 at random moments, hundreds of times; three in four around a write:
// when it has come to the tracker, when it is done and not answered, and right after the answer. Two services work on
// two equal trackers in which people do the same: one is killed again and again, the other never. People go on once
// both have come to the same, because who looks later at an issue that moved on has other things to say. In the end
// both trackers must show the same; no comment of ours may stand twice, no unit be taken twice. Exit code 0: so it is;
// 1: it is not; 2: the command line.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <thread>

#include "tests/kills/tracker_world.hpp"
#include "tests/support/virtual_clock.hpp"

namespace {

namespace fs = std::filesystem;
using namespace cb;
using kills::Child;
using kills::Doorway;
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

// The moments of a kill. By what the tracker sees and not by the clock, so that a slow machine is killed at the same
// places.
enum class Moment { at_any_time, after_a_write, before_the_effect, before_the_answer };

// True when a write was on its way.
bool wait_for_the_moment(Doorway& door, Moment moment, std::uint64_t roll) {
  constexpr milliseconds k_start{10'000}, k_write{400};
  door.await_request(k_start);
  std::uint64_t microseconds = 0;
  bool on_its_way = false;
  switch (moment) {
    case Moment::at_any_time:
      microseconds = roll % 150'000;
      break;
    case Moment::after_a_write:
      door.await_write(k_write);
      microseconds = roll % 3000;
      break;
    default:
      on_its_way = door.await_held(k_write);
  }
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  return on_its_way;
}

// The issues that differ, whole; each begins with a '#'.
std::string difference(const std::string& killed, const std::string& spared) {
  const auto issues = [](const std::string& text) {
    std::map<std::string, std::string> found;
    for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
      next = std::min(text.find("\n#", at), text.size() - 1) + 1;
      const auto issue = text.substr(at, next - at);
      found[issue.substr(0, issue.find_first_of(" \n"))] = issue;
    }
    return found;
  };
  std::string text;
  const auto theirs = issues(spared);
  auto ours = issues(killed);
  for (const auto& [id, issue] : theirs) {
    if (ours[id] != issue) text += "- " + ours[id] + "+ " + issue;
  }
  return text;
}

class KillLoop {
 public:
  KillLoop(Options options, fs::path folder)
      : options_(std::move(options)),
        folder_(std::move(folder)),
        killed_(made(folder_ / "killed"), start_, [this] { return tracker_time(); }),
        spared_(made(folder_ / "spared"), start_, [this] { return tracker_time(); }),
        chance_(options_.seed) {}

  int run() {
    const auto other = spared_.start(options_.program);
    for (int i = 0; i < options_.kills; ++i) {
      if (are_equal() && !is_due_now()) {
        let_people_work(*other);
      } else if (since_people_ >= k_kills_without_people) {
        do {
          if (!come_to_the_same()) return wrong("two services that nobody kills do not come to the same");
        } while (is_due_now());
        let_people_work(*other);
      }
      ++since_people_;
      if (!kill_once()) return wrong("the service ended by itself");
    }
    const bool same = come_to_the_same() && killed_.settled() == spared_.settled();
    const auto what_is_wrong = killed_.wrong() + spared_.wrong();
    std::cout << options_.kills << " kills, " << on_their_way_ << " of them with a write on its way and "
              << while_writing_ << " before it was recorded; people were at work " << rounds_ << " times; "
              << killed_.redmine().snapshot().issues.size() << " issues; " << (same ? "equal" : "NOT equal")
              << std::endl;
    if (!same) return wrong("not the same in the end");
    if (!what_is_wrong.empty()) return wrong(what_is_wrong);
    if (other->end() != 0) return wrong("SIGTERM did not end a service with 0");
    // Enough of each must have happened to prove anything.
    if (while_writing_ == 0 || on_their_way_ == 0 || rounds_ * (k_kills_without_people + 1) < options_.kills)
      return wrong("too little happened to prove anything");
    return 0;
  }

 private:
  // So often the killed one is killed before it is left in peace, so that people can go on.
  static constexpr int k_kills_without_people = 9;

  static std::string made(const fs::path& folder) {
    fs::create_directories(folder);
    return folder.string();
  }

  // Reading the stores costs more than a look at the trackers.
  bool are_equal() { return killed_.shown() == spared_.shown() && spared_.knows_all_since(last_deed_); }

  bool come_to_the_same() {
    const auto in_peace = killed_.start(options_.program);
    const auto until = std::chrono::steady_clock::now() + k_peace;
    const auto same = [&] { return killed_.knows_all_since(last_deed_) && killed_.is_calm() && are_equal(); };
    while (!same()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(milliseconds(100));
    }
    return in_peace->end() == 0;
  }

  [[nodiscard]] Instant tracker_time() const {
    const auto still = deed_at_.load();
    return still != Instant{} ? still : std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  }

  // One of them may tell of it before people go on, and the other after.
  bool is_due_now() {
    const auto now = tracker_time();
    return spared_.is_due_between(now - Seconds{5}, now + Seconds{3});
  }

  // In both worlds in the same second, and seen by nobody before all is done.
  void let_people_work(const Child& other) {
    ++rounds_;
    since_people_ = 0;
    last_deed_ = tracker_time();
    {
      const auto nobody = spared_.door().closed();
      deed_at_ = last_deed_;
      for (int deeds = 0; deeds < k_deeds; ++deeds) {
        const auto roll = chance_.next();
        killed_.act(roll);
        spared_.act(roll);
      }
      deed_at_ = Instant{};
    }
    // What is listed in a later second saw all of it; the other one looks whenever it starts.
    std::this_thread::sleep_until(std::chrono::system_clock::time_point(last_deed_ + Seconds{1}));
    other.reload();
  }

  // False: it had ended by itself, which no service should.
  bool kill_once() {
    auto& door = killed_.door();
    const auto moment = static_cast<Moment>(chance_.next() % 4);
    if (moment == Moment::before_the_effect) door.hold_writes(Doorway::Place::before_effect);
    if (moment == Moment::before_the_answer) door.hold_writes(Doorway::Place::before_answer);
    const auto child = killed_.start(options_.program);
    on_their_way_ += wait_for_the_moment(door, moment, chance_.next()) ? 1 : 0;
    const bool ran = child->kill();
    door.reset();
    while_writing_ += killed_.is_writing() ? 1 : 0;
    return ran;
  }

  int wrong(const std::string& what) {
    std::cerr << what << "\nkilled (-) and spared (+):\n" << difference(killed_.shown(), spared_.shown());
    std::cerr << "their ledgers:\n" << difference(killed_.settled(), spared_.settled());
    std::cerr << "the stores and logs are in " << folder_ << "; again: --kills " << options_.kills << " --seed "
              << options_.seed << "\n";
    return 1;
  }

  const Options options_;
  const fs::path folder_;
  const Instant start_ = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  std::atomic<Instant> deed_at_{Instant{}};  // the tracker's time while people act; none: it goes on
  TrackerWorld killed_, spared_;
  SeededChance chance_;
  Instant last_deed_ = start_;
  int on_their_way_ = 0, while_writing_ = 0, rounds_ = 0, since_people_ = 0;
};

int run(const Options& options) {
  const auto folder = fs::temp_directory_path() / ("cb-kills-" + std::to_string(::getpid()));
  const int code = KillLoop(options, folder).run();
  if (code == 0) fs::remove_all(folder);
  return code;
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
